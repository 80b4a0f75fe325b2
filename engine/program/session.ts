import type { EventEmitter } from "../events";
import type { Registrar } from "../execution/registrar";
import type { ProcessGroup } from "../plugins/process-group";
import type { Doorway } from "./doorway";
import { resourceMonitor } from "./monitor";
import { EngineServer } from "./server";

/** A program that has been started, and the services that it talks to. */
export class ProgramSession {
  #serve: (registrar: Registrar) => void = () => undefined;
  readonly #server: EngineServer;
  readonly #process: ProcessGroup;

  constructor(program: ProcessGroup, doorway: Doorway, events: EventEmitter) {
    const registrar = new Promise<Registrar>((resolve) => {
      this.#serve = resolve;
    });
    this.#process = program;
    this.#server = new EngineServer(doorway, resourceMonitor(registrar, events), events);
  }

  /** From now on what the program declares is taken; what it has declared so far has waited. */
  serve(registrar: Registrar): void {
    this.#serve(registrar);
  }

  /** Settles when the program has ended: its exit code, undefined if a signal ended it. */
  get ended(): Promise<number | undefined> {
    return this.#process.ended;
  }

  async end(): Promise<void> {
    await this.#process.end();
    this.#server.stop();
  }
}
