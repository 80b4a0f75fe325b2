import type { EventEmitter } from "../events";
import type { Registrar } from "../execution/registrar";
import type { ProcessGroup } from "../plugins/process-group";
import { resourceMonitor } from "./monitor";
import { type ProgramOptions, startProgram } from "./program";
import { EngineServer } from "./server";

/** A program and the services that it talks to. It may be started before there is anybody to take what it declares. */
export class ProgramSession {
  #serve: (registrar: Registrar) => void = () => undefined;
  readonly #server: EngineServer;
  #process: ProcessGroup | undefined;

  constructor(events: EventEmitter) {
    const registrar = new Promise<Registrar>((resolve) => {
      this.#serve = resolve;
    });
    this.#server = new EngineServer(resourceMonitor(registrar, events), events);
  }

  async start(options: Omit<ProgramOptions, "address">): Promise<void> {
    if (this.#process) return;
    const address = await this.#server.start();
    this.#process = startProgram({ ...options, address });
  }

  /** From now on what the program declares is taken; what it has declared so far has waited. */
  serve(registrar: Registrar): void {
    this.#serve(registrar);
  }

  /** Settles when the program has ended: its exit code, undefined if a signal ended it. */
  get ended(): Promise<number | undefined> {
    if (!this.#process) throw new Error("the program has not been started");
    return this.#process.ended;
  }

  async end(): Promise<void> {
    await this.#process?.end();
    this.#server.stop();
  }
}
