import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { EXCHANGE_ONLINE } from "../../../sandbox/entra";
import { addFaults, readJournal, resetOrganisation, type State } from "../../../sandbox/exchange";
import { writeProject } from "../../stack/program";
import { reachConfiguration } from "../../stack/reach";
import { TENANT } from "../answers/operations";
import { Command, type Ended } from "../command-line";

const ROOT = path.resolve(__dirname, "../../..");

/** What the program declares before and after a change of it. */
export const DECLARED = {
  certificate: {},
  prerequisites: {},
  authServer: { tenantId: TENANT, tenantDomain: "contoso.example" },
  partnerApplication: { applicationIdentifier: EXCHANGE_ONLINE },
  proxy: { organization: "contoso.example" },
};
export const CHANGED = {
  ...DECLARED,
  authServer: {
    tenantId: TENANT,
    authMetadataUrl: `https://accounts.accesscontrol.windows.net/${TENANT}/metadata/json/1`,
  },
  proxy: { organization: "contoso.example", uri: "https://push.contoso.example/" },
};

/** A stack on a sandbox of its own, operated by the command line as a user does. */
export class Stack {
  declared: typeof DECLARED | typeof CHANGED = DECLARED;

  private constructor(
    /** The sandbox's folder. */
    readonly home: string,
    /** The folder of the Pulumi project. */
    readonly project: string,
  ) {}

  /** @param elsewhere the sandbox's folder; one of its own where none is given. */
  static create(elsewhere?: string): Stack {
    // Below the repository's root, so that the program finds the packages there.
    const work = path.join(ROOT, ".work");
    mkdirSync(work, { recursive: true });
    const folder = mkdtempSync(path.join(work, "robustness-"));
    const stack = new Stack(elsewhere ?? path.join(folder, "home"), path.join(folder, "project"));
    mkdirSync(stack.home, { recursive: true });
    mkdirSync(stack.project);
    writeProject(stack.project, "robustness", "test/stack/programs/resources.ts");
    const config = JSON.stringify({ config: reachConfiguration(stack.home) });
    writeFileSync(path.join(stack.project, "Pulumi.dev.yaml"), config);
    return stack;
  }

  /** Another one that is where this one is. */
  copy(): Stack {
    const copy = Stack.create();
    copy.declared = this.declared;
    cpSync(this.home, copy.home, { recursive: true });
    return copy;
  }

  async reset(scenario: string): Promise<void> {
    await resetOrganisation(this.home, scenario);
  }

  start(...words: string[]): Command {
    return new Command(words, { cwd: this.project, home: this.home, declared: JSON.stringify(this.declared) });
  }

  run(...words: string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  /** @throws Error with what it printed where the command fails. */
  async mustRun(...words: string[]): Promise<Ended> {
    const ended = await this.run(...words);
    if (ended.exitCode !== 0) throw new Error(`${words.join(" ")} failed:\n${ended.stdout}${ended.stderr}`);
    return ended;
  }

  addFault(fault: Parameters<typeof addFaults>[1][number]): Promise<void> {
    return addFaults(this.home, [fault]);
  }

  /** The organisation as its file holds it, keys and faults included. */
  get organisation(): State {
    return JSON.parse(readFileSync(path.join(this.home, "exchange.json"), "utf8")) as State;
  }

  edit(change: (state: State) => void): void {
    const state = this.organisation;
    change(state);
    writeFileSync(path.join(this.home, "exchange.json"), JSON.stringify(state));
  }

  /** The files that lie where the sandbox and its stacks keep their states. */
  get stateFiles(): string[] {
    const folders = [this.home, path.dirname(this.stackFile)];
    return folders.flatMap((folder) => readdirSync(folder)).filter((name) => /\.json/.test(name));
  }

  get stackFile(): string {
    return path.join(this.home, ".pulumi/stacks/robustness/dev.json");
  }

  /** The resources in the state, and the types of the operations that it says were interrupted. */
  get state(): { resources: { urn: string; outputs?: Record<string, unknown> }[]; pending: string[] } {
    const { latest } = JSON.parse(readFileSync(this.stackFile, "utf8")).checkpoint;
    const pending = (latest?.pending_operations ?? []).map(({ type }: { type: string }) => type);
    return { resources: latest?.resources ?? [], pending };
  }

  journal() {
    return readJournal(this.home);
  }

  remove(): void {
    rmSync(path.dirname(this.project), { recursive: true, force: true, maxRetries: 5 });
  }
}
