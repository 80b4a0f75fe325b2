import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CreateRequest, DeleteRequest, ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

const DIST = path.resolve(__dirname, "../../../provider/dist");

/** The text of a provider whose create and delete do this. It is built JavaScript: the dynamic provider reads no other. */
function providerText(body: string): string {
  return `exports.handler = () => {
    const { withSendableErrors } = require(${JSON.stringify(path.join(DIST, "resources/sendable-errors.js"))});
    const { HalfMade } = require(${JSON.stringify(path.join(DIST, "resources/half-made.js"))});
    const { Unreachable } = require(${JSON.stringify(path.join(DIST, "errors.js"))});
    const fail = async () => { ${body} };
    return withSendableErrors({ create: fail, delete: fail });
  }`;
}

/** Names of 450 servers, as an organisation of that size has them. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program's.
const SERVERS = "Array.from({ length: 450 }, (_, index) => `mailbox-server-${index}.europe.contoso.example`)";
const unreachable = (answer: string) =>
  `throw new Unreachable({ doing: "looking", answer: ${answer}, next: "try again" });`;

describe("what leaves Pulumi's own process of dynamic providers", () => {
  let host: ChildProcess;
  let client: ResourceProviderClient;

  before(async () => {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
    const env = { ...process.env, PULUMI_CONFIG: "{}", PULUMI_PROJECT: "project", PULUMI_NODEJS_PROJECT: "project" };
    host = spawn(process.execPath, [script, "127.0.0.1:1"], { env, stdio: ["pipe", "pipe", "ignore"] });
    const [port] = await once(createInterface({ input: host.stdout as NodeJS.ReadableStream }), "line");
    client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  });
  after(() => {
    client.close();
    host.kill("SIGKILL");
  });

  // Without a limit the call is never answered, so the deadline is what fails.
  const deadline = () => ({ deadline: Date.now() + 20_000 });
  const created = (body: string) => {
    const request = new CreateRequest();
    request.setProperties(Struct.fromJavaScript({ __provider: providerText(body) }));
    return new Promise<ServiceError>((resolve) => {
      client.create(request, new Metadata(), deadline(), (error) => resolve(error as ServiceError));
    });
  };
  const deleted = (body: string) => {
    const request = new DeleteRequest();
    request.setProperties(Struct.fromJavaScript({ __provider: providerText(body) }));
    return new Promise<ServiceError>((resolve) => {
      client.delete(request, new Metadata(), deadline(), (error) => resolve(error as ServiceError));
    });
  };

  const TOO_LONG: [string, string][] = [
    ["450 unreachable servers", `${SERVERS}.join(", ")`],
    ["9 500 Chinese characters", '"中".repeat(9_500)'],
    ["2 MB", '"x".repeat(2_000_000)'],
    ["2 MB of signs that are written as three", '"%".repeat(2_000_000)'],
    ["characters of four bytes", '"😀".repeat(20_000)'],
  ];
  for (const [what, answer] of TOO_LONG) {
    it(`is a message with both its ends, though it names ${what}`, async () => {
      for (const error of [await created(unreachable(answer)), await deleted(unreachable(answer))]) {
        expect(error.details).to.match(/^Failed while looking: .* \[\d+ bytes left out\] .*\. Try again\.$/);
        expect(Buffer.byteLength(error.details)).to.be.below(4_096);
      }
    });
  }

  it("is a message with half a surrogate pair", async () => {
    expect((await created(unreachable('"\\ud83d"'))).details).to.equal("Failed while looking: \ufffd. Try again.");
  });

  const FOREIGN: { what: string; body: string; shown: string }[] = [
    {
      what: "an error that is none of ours",
      body: 'throw new TypeError("x is no function");',
      shown: "TypeError: x is no function",
    },
    { what: "no error at all", body: "throw undefined;", shown: "undefined" },
  ];
  for (const { what, body, shown } of FOREIGN) {
    it(`is a defect, where ${what} is thrown`, async () => {
      expect((await created(body)).details).to.equal(
        `Failed while running the create of a resource: an internal error occurred in this package (${shown}). Run \`pulumi refresh\` to see what was carried out, and report this as a bug in pulumi-exchange-server.`,
      );
    });
  }

  it("is a half-made object, though 450 servers are in its reasons, lists and warnings", async () => {
    const error = await created(`
      const servers = ${SERVERS};
      const outputs = {
        subject: "中".repeat(9_500), repair: servers.map((name) => "missing on " + name), provenance: "here",
        servers: servers.map((name) => ({ name, state: "unreachable" })),
        warnings: [{ name: "unreachableServers", text: servers.join(", "), link: "" }],
      };
      throw Object.assign(new HalfMade("1", outputs, ["中".repeat(9_500), servers.join(", ")]), { properties: outputs });`);
    const [packed] = error.metadata.get("grpc-status-details-bin");
    const [detail] = Status.deserializeBinary(Buffer.from(packed as Buffer)).getDetailsList();
    const failure = ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
    const properties = failure.getProperties()?.toJavaScript() as Record<string, string & unknown[]>;
    expect(failure.getId()).to.equal("1");
    for (const reason of failure.getReasonsList()) expect(reason).to.match(/ \[\d+ bytes left out\] /);
    expect(properties.provenance).to.equal("here");
    expect(properties.subject).to.match(/^中+ \[\d+ bytes left out\] 中+$/);
    expect(properties.repair?.[0]).to.equal("missing on mailbox-server-0.europe.contoso.example");
    expect(properties.servers?.[0]).to.deep.equal({
      name: "mailbox-server-0.europe.contoso.example",
      state: "unreachable",
    });
  });
});
