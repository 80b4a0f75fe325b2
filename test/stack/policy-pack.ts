import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

const HOST = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const LEVELS = { [wire.EnforcementLevel.ADVISORY]: "advisory", [wire.EnforcementLevel.MANDATORY]: "mandatory" };

/** One resource as the engine tells a policy pack of it. */
export interface Judged {
  urn: string;
  type: string;
  parent?: string;
  /** Its inputs before it is made, its outputs at the end of a run. */
  properties: object;
}

/** A policy pack in the process in which Pulumi's CLI runs it, asked as the CLI asks. */
export class PolicyPackHost {
  private constructor(
    private readonly host: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  static async start(pack: string): Promise<PolicyPackHost> {
    const host = spawn(process.execPath, [HOST, "127.0.0.1:1", "."], {
      cwd: path.resolve(__dirname, "../..", pack),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = await once(createInterface({ input: host.stdout as NodeJS.ReadableStream }), "line");
    return new PolicyPackHost(host, new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()));
  }

  /** Gives each policy its configuration, by the policy's name. */
  configure(configuration: Record<string, Record<string, JavaScriptValue>>): Promise<unknown> {
    const request = new wire.ConfigureAnalyzerRequest();
    for (const [name, { enforcementLevel = "mandatory", ...properties }] of Object.entries(configuration)) {
      const config = new wire.PolicyConfig();
      const isAdvisory = enforcementLevel === "advisory";
      config.setEnforcementlevel(isAdvisory ? wire.EnforcementLevel.ADVISORY : wire.EnforcementLevel.MANDATORY);
      config.setProperties(Struct.fromJavaScript(properties));
      request.getPolicyconfigMap().set(name, config);
    }
    return new Promise((resolve, reject) => {
      this.client.configure(request, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  }

  /** What the pack says of one resource that is about to be made. */
  analyze(resource: Judged): Promise<string[]> {
    const request = described(new wire.AnalyzeRequest(), resource);
    return new Promise((resolve, reject) => {
      this.client.analyze(request, (error, answer) => (error ? reject(error) : resolve(violations(answer))));
    });
  }

  /** What the pack says of a whole stack. */
  analyzeStack(resources: Judged[]): Promise<string[]> {
    const request = new wire.AnalyzeStackRequest();
    for (const resource of resources) {
      const one = described(new wire.AnalyzerResource(), resource);
      one.setParent(resource.parent ?? "");
      request.addResources(one);
    }
    return new Promise((resolve, reject) => {
      this.client.analyzeStack(request, (error, answer) => (error ? reject(error) : resolve(violations(answer))));
    });
  }

  async end(): Promise<void> {
    this.client.close();
    const exited = once(this.host, "exit");
    this.host.kill();
    await exited;
  }
}

function described<Message extends wire.AnalyzeRequest | wire.AnalyzerResource>(
  message: Message,
  { urn, type, parent, properties }: Judged,
): Message {
  const options = new wire.AnalyzerResourceOptions();
  options.setParent(parent ?? "");
  message.setUrn(urn);
  message.setType(type);
  message.setName(urn.split("::").at(-1) ?? "");
  message.setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
  message.setOptions(options);
  return message;
}

/** As the CLI prints them: level, policy, resource, message. */
function violations(answer: wire.AnalyzeResponse): string[] {
  return answer.getDiagnosticsList().map((diagnostic) => {
    const level = LEVELS[diagnostic.getEnforcementlevel() as keyof typeof LEVELS];
    const resource = diagnostic.getUrn().split("::").at(-1);
    const [, message] = diagnostic.getMessage().split("\n");
    return [level, diagnostic.getPolicyname(), resource, message].filter((part) => part).join(" | ");
  });
}
