import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PASSPHRASE } from "../golden/replay";

/** A project without a program, and a backend without stacks. */
export class TestProject {
  readonly backend: string;
  readonly passphrase = PASSPHRASE;

  private constructor(readonly projectDirectory: string) {
    this.backend = path.join(projectDirectory, "state");
  }

  static async create(): Promise<TestProject> {
    const folder = await mkdtemp(path.join(tmpdir(), "transfer-"));
    await writeFile(path.join(folder, "Pulumi.yaml"), "name: recorded\nruntime: nodejs\n");
    return new TestProject(folder);
  }

  /** The request to import something into one of its stacks. */
  into(stack: string, exported: unknown) {
    const { projectDirectory, backend, passphrase } = this;
    return { projectDirectory, backend, passphrase, stack, exported };
  }

  remove(): Promise<void> {
    return rm(this.projectDirectory, { recursive: true, force: true });
  }
}
