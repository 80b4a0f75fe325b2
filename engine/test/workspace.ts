import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EngineEvent, type OperationRequest, type OperationResult, runOperation } from "..";

const repository = path.resolve(__dirname, "..", "..");

/** A salt that Pulumi's CLI made for the passphrase `password`: with it the key is derived once a test run. */
export const SALT = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

/** Each test has a program of its own, whose types would be checked anew: a second and more. */
export const TYPES_UNCHECKED = { ...process.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

/** A Pulumi project in a temporary folder, from which the repository's packages are found. */
export class Workspace {
  readonly project: string;
  readonly backend: string;
  /** What the last operation has told. */
  events: EngineEvent[] = [];

  private constructor(readonly folder: string) {
    this.project = path.join(folder, "program");
    this.backend = path.join(folder, "state");
  }

  static async create(): Promise<Workspace> {
    const workspace = new Workspace(await realpath(await mkdtemp(path.join(tmpdir(), "engine-"))));
    await mkdir(workspace.project);
    await symlink(path.join(repository, "node_modules"), path.join(workspace.folder, "node_modules"), "junction");
    await workspace.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    await workspace.write("Pulumi.dev.yaml", `encryptionsalt: ${SALT}\n`);
    await workspace.write("package.json", '{ "name": "shop", "main": "index.ts" }');
    await workspace.write("tsconfig.json", '{ "compilerOptions": { "target": "es2022", "module": "node20" } }');
    return workspace;
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(path.join(this.project, name), text);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  run(operation: OperationRequest["operation"], request: Partial<OperationRequest> = {}): Promise<OperationResult> {
    this.events = [];
    return runOperation({
      operation,
      projectDirectory: this.project,
      stack: "dev",
      backend: this.backend,
      passphrase: "password",
      plugins: {},
      environment: TYPES_UNCHECKED,
      onEvent: (event) => this.events.push(event),
      ...request,
    });
  }

  /** The diagnostics of the last operation, but for debug messages: severity and text. */
  get diagnostics(): string[] {
    return this.events.flatMap(({ diagnosticEvent }) => {
      if (!diagnosticEvent || diagnosticEvent.severity === "debug") return [];
      return `${diagnosticEvent.severity}: ${diagnosticEvent.message.trimEnd()}`;
    });
  }
}
