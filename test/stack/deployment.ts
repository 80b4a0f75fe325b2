import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Properties } from "pulumi-exchange-server/protocol";
import {
  type EngineEvent,
  exportStack,
  importStack,
  type OperationRequest,
  type ResourceState,
  readStack,
  runOperation,
} from "pulumi-local-engine";
import { ALLOWLIST } from "../../provider/powershell/allowlist";
import {
  EXCHANGE_ONLINE,
  readTenant,
  resetTenant,
  startTenant,
  type Tenant,
  type TenantOptions,
} from "../../sandbox/entra";
import {
  type JournalEntry,
  openOrganisation,
  readJournal,
  readOrganisation,
  resetOrganisation,
  type State,
} from "../../sandbox/exchange";
import { writeProject } from "./program";
import { reachConfiguration } from "./reach";

const ROOT = path.resolve(__dirname, "../..");
const AZUREAD = {
  command: "node",
  arguments: [path.join(ROOT, "sandbox/dist/entra/provider/main.js")],
  version: "6.9.1",
};

/** What one operation gave. */
export interface Run {
  succeeded: boolean;
  exitCode: number;
  outputs: Record<string, unknown>;
  events: EngineEvent[];
  /** Cmdlets that Exchange was asked for in it, oldest first. */
  calls: JournalEntry[];
}

/** The arguments of each resource that `programs/resources.ts` declares. */
export interface Declared {
  certificate?: object;
  /** Of a later generation, and what lets it become current. */
  laterCertificate?: object;
  rollover?: object;
  hold?: object;
  authServer?: object;
  partnerApplication?: object;
  prerequisites?: object;
  probe?: object;
  /** Arguments of the component, with `programs/component.ts`. */
  component?: object;
  proxy?: object;
  /** With `programs/arranged.ts`: what is declared under which name, and which names it had before. */
  /** With `programs/two-applications.ts`. */
  applications?: { first?: string; second?: string };
  /** With `programs/looked-up.ts`. */
  lookedUp?: { kind: string; id: string };
  arranged?: Record<string, { name: string; arguments?: object; aliases?: unknown[]; alone?: object }>;
}

const PROGRAMS = {
  /** The stack at this repository's root. */
  root: "index.ts",
  /** Its component, with the further arguments that the test says. */
  component: "test/stack/programs/component.ts",
  /** The resources that the test says, without the tenant. */
  resources: "test/stack/programs/resources.ts",
  /** The component and single resources under names that the test says. */
  arranged: "test/stack/programs/arranged.ts",
  /** One object, only looked up. */
  "looked-up": "test/stack/programs/looked-up.ts",
  /** Two partner applications, by the ids that the test says. */
  "two-applications": "test/stack/programs/two-applications.ts",
  "existing-organisation": "examples/existing-organisation/index.ts",
};

/** How a deployment begins. */
export interface Beginning {
  /** The sandbox Exchange's scenario. */
  scenario: string;
  tenant?: TenantOptions;
  program: keyof typeof PROGRAMS;
  /** Configuration beside the connection. */
  configuration?: Record<string, string>;
}

/** One stack on a sandbox of its own, in a folder of its own, deployed by the engine. */
export class Deployment {
  static readonly PASSPHRASE = "a passphrase of the tests";
  /** Of that passphrase, the same for all, so that its key is derived once a process, which takes a million rounds. */
  static readonly SALT = "v1:wMynYAy54sw=:v1:W/Lc+woBnVfR3vJL:q+0w+jM95J6n345+tO0tawzb21icNQ==";

  declared: Declared = {};

  private constructor(
    /** The sandbox's folder. */
    readonly home: string,
    private readonly project: string,
    private readonly tenant: Tenant,
  ) {}

  static async begin({ scenario, tenant, program, configuration = {} }: Beginning): Promise<Deployment> {
    // Below the repository's root, so that the program finds the packages there.
    const work = path.join(ROOT, ".work");
    mkdirSync(work, { recursive: true });
    const folder = mkdtempSync(path.join(work, "stack-"));
    const home = path.join(folder, "home");
    const project = path.join(folder, "project");
    mkdirSync(home);
    mkdirSync(project);
    writeProject(project, "exchange-push-notifications", PROGRAMS[program]);
    await setUpOrganisation(home, scenario);
    await resetTenant(home, tenant);
    const deployment = new Deployment(home, project, await startTenant({ home }));
    deployment.configure({
      "exchange-push-notifications:tenantDomain": "contoso.example",
      ...reachConfiguration(home),
      ...configuration,
    });
    return deployment;
  }

  /** Writes the stack's configuration. */
  configure(configuration: Record<string, string>): void {
    const settings = { encryptionsalt: Deployment.SALT, config: configuration };
    writeFileSync(path.join(this.project, "Pulumi.test.yaml"), JSON.stringify(settings));
  }

  /** Adds a second stack of the same program and configuration: name it in `up` and `destroy`. */
  addStack(name: string): void {
    cpSync(path.join(this.project, "Pulumi.test.yaml"), path.join(this.project, `Pulumi.${name}.yaml`));
  }

  get tenantId(): string {
    return this.tenant.tenantId;
  }

  preview(): Promise<Run> {
    return this.run("preview");
  }

  up(changes: Partial<OperationRequest> = {}): Promise<Run> {
    return this.run("up", changes);
  }

  refresh(): Promise<Run> {
    return this.run("refresh");
  }

  destroy(changes: Partial<OperationRequest> = {}): Promise<Run> {
    return this.run("destroy", changes);
  }

  private async run(operation: OperationRequest["operation"], changes: Partial<OperationRequest> = {}): Promise<Run> {
    const before = (await readJournal(this.home)).length;
    const events: EngineEvent[] = [];
    const result = await runOperation({
      operation,
      projectDirectory: this.project,
      stack: "test",
      backend: this.home,
      passphrase: Deployment.PASSPHRASE,
      plugins: { azuread: AZUREAD },
      environment: {
        ...process.env,
        ...this.tenant.environment,
        SANDBOX_HOME: this.home,
        PULUMI_HOME: path.join(this.home, "pulumi-home"),
        DECLARED: JSON.stringify(this.declared),
      },
      onEvent: (event) => events.push(event),
      ...changes,
    });
    const calls = (await readJournal(this.home)).slice(before);
    for (const call of calls) expectListed(call);
    return { ...result, events, calls };
  }

  /** The resources in the stack's state, by the last part of their names; empty where there is no stack yet. */
  async resources(): Promise<Record<string, ResourceState>> {
    const stack = await readStack(this.home, "exchange-push-notifications", "test", Deployment.PASSPHRASE);
    const resources = stack?.resources ?? [];
    return Object.fromEntries(resources.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
  }

  /** Somebody edits the file of `stack export` and hands it to `stack import`. */
  async editState(change: (text: string) => string): Promise<void> {
    const exported = await exportStack(this.home, "exchange-push-notifications", "test");
    await importStack({
      projectDirectory: this.project,
      stack: "test",
      backend: this.home,
      passphrase: Deployment.PASSPHRASE,
      exported: JSON.parse(change(JSON.stringify(exported))),
    });
  }

  /** The outputs of one resource in the stack's state. */
  async outputsOf(name: string): Promise<Record<string, unknown>> {
    const resource = (await this.resources())[name];
    if (!resource) throw new Error(`no resource ${name} in the state`);
    return resource.outputs as Record<string, unknown>;
  }

  organisation(): Promise<State> {
    return readOrganisation(this.home);
  }

  /** An administrator at work: runs one cmdlet, which must succeed. */
  async exchange(cmdlet: string, parameters: Properties): Promise<Properties[]> {
    const organisation = await openOrganisation(this.home);
    const unasked: Properties = cmdlet.startsWith("Get-") ? {} : { Confirm: false };
    const { output, errors } = await organisation.invoke(cmdlet, { ...parameters, ...unasked });
    if (errors[0]) throw new Error(`${cmdlet}: ${errors[0].message}`);
    return output as Properties[];
  }

  /** What no cmdlet does: time passes, a server is rebuilt. */
  async edit(change: (state: State) => void): Promise<void> {
    const file = path.join(this.home, "exchange.json");
    const state = JSON.parse(readFileSync(file, "utf8")) as State;
    change(state);
    writeFileSync(file, JSON.stringify(state));
  }

  /** The key credentials of the tenant's Exchange Online principal. */
  async keyCredentials() {
    const { servicePrincipals } = await readTenant(this.home);
    return servicePrincipals.find(({ appId }) => appId === EXCHANGE_ONLINE)?.keyCredentials ?? [];
  }

  /** Somebody removes the newest key credential of the tenant's Exchange Online principal. */
  async removeKeyCredential(): Promise<void> {
    const file = path.join(this.home, "entra.json");
    const state = JSON.parse(readFileSync(file, "utf8"));
    for (const principal of state.servicePrincipals) {
      if (principal.appId === EXCHANGE_ONLINE) principal.keyCredentials.pop();
    }
    writeFileSync(file, JSON.stringify(state));
  }

  async end(): Promise<void> {
    await this.tenant.close();
    rmSync(path.dirname(this.home), { recursive: true, force: true });
  }
}

const prepared = new Map<string, string>();

/**
 * Each shipped scenario is set up once a process and copied from then on: its servers' RSA keys take most of a second. Two
 * deployments of a process therefore have the same organisation, each for itself.
 */
async function setUpOrganisation(home: string, scenario: string): Promise<void> {
  const file = path.join(home, "exchange.json");
  const state = prepared.get(scenario);
  if (state !== undefined) return writeFileSync(file, state);
  await resetOrganisation(home, scenario);
  // A scenario that is a file is one test's own.
  if (!path.isAbsolute(scenario)) prepared.set(scenario, readFileSync(file, "utf8"));
}

/** docs/permissions.md lists everything that is ever asked of Exchange: whatever else arrives there fails the test. */
function expectListed({ cmdlet, parameters }: JournalEntry): void {
  const listed = ALLOWLIST[cmdlet]?.parameters;
  const foreign = Object.keys(parameters).filter((name) => !listed?.includes(name));
  if (listed && foreign.length === 0) return;
  throw new Error(`Exchange was asked for what the provider's list does not hold: ${[cmdlet, ...foreign].join(" -")}`);
}

/** The cmdlets among the calls that write, in order, with the server that they were for. */
export function writes(run: Run): string[] {
  return run.calls
    .filter(({ cmdlet }) => !cmdlet.startsWith("Get-"))
    .map(({ cmdlet, parameters }) => (parameters.Server ? `${cmdlet} ${parameters.Server}` : cmdlet));
}

/** What was done to each resource but those that stay the same: `update proxy`. Failures say `failed`. */
export function steps(run: Run): string[] {
  return run.events.flatMap(({ resOutputsEvent, resOpFailedEvent }) => {
    const event = resOutputsEvent ?? resOpFailedEvent;
    if (!event || event.metadata.op === "same") return [];
    const { op, urn, type, new: fresh, old } = event.metadata;
    // Components and providers only follow their resources.
    if (!(fresh ?? old)?.custom || type.startsWith("pulumi:")) return [];
    const name = urn.split("::").at(-1)?.replace("push-notifications-", "");
    return [`${resOpFailedEvent ? "failed " : ""}${op} ${name}`];
  });
}

/** What a user reads of one severity. */
export function messages(run: Run, severity: "error" | "warning" | "info" | "info#err"): string[] {
  return run.events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === severity ? [diagnosticEvent.message.trim()] : [],
  );
}
