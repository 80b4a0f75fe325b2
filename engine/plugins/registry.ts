import path from "node:path";
import { NotSupportedError } from "../errors";
import { nameOf, packageOf, typeOf } from "../plan/urn";
import type { ResourceState } from "../state/resource";
import { containsUnknown, equal, type PropertyMap } from "../values/property";
import { PluginProcess } from "./plugin-process";
import { leashedNode } from "./process-group";
import { ProviderClient, type Subject } from "./provider";

/** The package of dynamic providers: the SDK itself brings their process. */
export const DYNAMIC = "pulumi-nodejs";

/** How to start the provider plugin of a package. */
export interface PluginCommand {
  command: string;
  arguments: string[];
  version: string;
}

export interface RegistryOptions {
  programDirectory: string;
  /** The folder of the program's own @pulumi/pulumi. */
  sdkDirectory: string;
  plugins: Record<string, PluginCommand>;
  environment: NodeJS.ProcessEnv;
  onLine(stream: "stdout" | "stderr", line: string): void;
}

interface Started {
  process: PluginProcess;
  client: Promise<ProviderClient>;
  /** The client, once it is there. */
  connected?: ProviderClient;
}

interface Declared {
  urn: string;
  id: string;
  inputs: PropertyMap;
  configured?: Promise<ProviderClient>;
}

/** The providers of one operation: a process for each provider resource, started and configured when it is first needed. */
export class ProviderRegistry {
  readonly #options: RegistryOptions;
  readonly #started = new Set<Started>();
  /** Started ahead of need, by package. */
  readonly #spare = new Map<string, Started>();
  /** Started to check a provider's configuration, by the provider's URN. */
  readonly #checking = new Map<string, Started>();
  readonly #declared = new Map<string, Declared>();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** Starts a package's plugin although nobody has asked for it yet. */
  warm(packageName: string): void {
    if (!this.#spare.has(packageName)) this.#spare.set(packageName, this.#start(packageName));
  }

  /** Makes a provider resource known. A provider whose configuration has changed gets a new process. */
  declare(state: Pick<ResourceState, "urn" | "id" | "inputs">): void {
    const { urn, id = "", inputs = {} } = state;
    const reference = `${urn}::${id}`;
    const known = this.#declared.get(reference);
    if (!known || !equal(known.inputs, inputs)) this.#declared.set(reference, { urn, id, inputs });
  }

  /** The provider's client, configured; undefined where its configuration is not known yet (in a preview). */
  async get(reference: string): Promise<ProviderClient | undefined> {
    const declared = this.#declared.get(reference);
    if (!declared) throw new Error(`no provider ${reference} has been declared`);
    if (containsUnknown(declared.inputs)) return undefined;
    declared.configured ??= this.#configure(declared);
    return declared.configured;
  }

  /** The client by which a provider's own configuration is checked. */
  async forCheck(urn: string): Promise<ProviderClient> {
    let started = this.#checking.get(urn);
    if (!started) {
      started = this.#take(packageOf(typeOf(urn)));
      this.#checking.set(urn, started);
    }
    return started.client;
  }

  /** Ends all plugins: first by their Cancel call, then as processes. */
  async end(): Promise<void> {
    const endings = [...this.#started].map(async ({ process, connected }) => {
      await connected?.cancel();
      connected?.close();
      await process.group.end();
    });
    await Promise.all(endings);
  }

  async #configure({ urn, id, inputs }: Declared): Promise<ProviderClient> {
    const packageName = packageOf(typeOf(urn));
    const started = this.#checking.get(urn) ?? this.#take(packageName);
    this.#checking.delete(urn);
    const client = await started.client;
    await client.configure(providerSubject(urn), id, packageName, inputs);
    return client;
  }

  #take(packageName: string): Started {
    const spare = this.#spare.get(packageName);
    this.#spare.delete(packageName);
    return spare ?? this.#start(packageName);
  }

  #start(packageName: string): Started {
    const { programDirectory, environment, onLine } = this.#options;
    const { command, arguments: list } = this.#commandOf(packageName);
    const process = new PluginProcess(packageName, command, {
      arguments: list,
      workingDirectory: programDirectory,
      environment,
      onLine,
    });
    const started: Started = { process, client: this.#connect(process) };
    const remember = (client: ProviderClient) => {
      started.connected = client;
    };
    // A plugin that was started ahead of need may fail unobserved.
    started.client.then(remember, () => undefined);
    this.#started.add(started);
    return started;
  }

  async #connect(process: PluginProcess): Promise<ProviderClient> {
    const client = new ProviderClient(await process.address);
    await client.handshake(this.#options.programDirectory);
    return client;
  }

  #commandOf(packageName: string): { command: string; arguments: string[] } {
    if (packageName === DYNAMIC) {
      const script = path.join(this.#options.sdkDirectory, "cmd", "dynamic-provider", "index.js");
      // The address of the engine: the dynamic provider requires one and never uses it.
      return { command: process.execPath, arguments: leashedNode(script, "127.0.0.1:1") };
    }
    const plugin = this.#options.plugins[packageName];
    if (!plugin) {
      const known = [DYNAMIC, ...Object.keys(this.#options.plugins)].join(", ");
      throw new NotSupportedError(`The provider package "${packageName}" (there are plugins for ${known})`);
    }
    return plugin;
  }
}

export const providerSubject = (urn: string): Subject => ({ urn, name: nameOf(urn), type: typeOf(urn) });

/** The reference by which resources name a provider's resource. */
export const referenceTo = (state: ResourceState): string => `${state.urn}::${state.id ?? ""}`;
