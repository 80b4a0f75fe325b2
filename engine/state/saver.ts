import type { DeploymentWriter } from "./deployment-format";
import type { Deployment } from "./resource";
import { writeStackFile } from "./stack-file";

/**
 * Writes a stack's file, one write at a time. Requests that come while a write is under way share the next one, which has
 * all that they ask for.
 */
export class StackSaver {
  #running: Promise<void> = Promise.resolve();
  #next: { deployment: Deployment; written: Promise<void> } | undefined;

  constructor(
    private readonly file: string,
    private readonly stackName: string,
    private readonly writer: DeploymentWriter,
  ) {}

  /** Settles when a file that holds this deployment, or a later one, has been written. */
  save(deployment: Deployment): Promise<void> {
    if (this.#next) {
      this.#next.deployment = deployment;
      return this.#next.written;
    }
    const next = { deployment, written: this.#running.catch(() => undefined).then(() => this.#write()) };
    this.#next = next;
    this.#running = next.written;
    return next.written;
  }

  async #write(): Promise<void> {
    const next = this.#next;
    this.#next = undefined;
    if (next) await writeStackFile(this.file, this.writer.stackFile(this.stackName, next.deployment, new Date()));
  }
}
