import type { EventEmitter } from "../events";
import type { Registrar } from "../execution/registrar";
import type { ProcessGroup } from "../plugins/process-group";
import { resourceMonitor } from "./monitor";
import { type ProgramOptions, startProgram } from "./program";
import { EngineServer } from "./server";

/** A running program, and the services that it talks to. */
export class ProgramSession {
  private constructor(
    private readonly process: ProcessGroup,
    private readonly server: EngineServer,
    /** From now on what the program declares is taken; what it has declared so far has waited. */
    readonly serve: (registrar: Registrar) => void,
  ) {}

  static async start(options: Omit<ProgramOptions, "address">, events: EventEmitter): Promise<ProgramSession> {
    let serve: (registrar: Registrar) => void = () => undefined;
    const registrar = new Promise<Registrar>((resolve) => {
      serve = resolve;
    });
    const server = await EngineServer.listen(resourceMonitor(registrar, events), events);
    try {
      return new ProgramSession(startProgram({ ...options, address: server.address }), server, serve);
    } catch (error) {
      server.stop();
      throw error;
    }
  }

  /** Settles when the program has ended: its exit code, undefined if a signal ended it. */
  get ended(): Promise<number | undefined> {
    return this.process.ended;
  }

  async end(): Promise<void> {
    await this.process.end();
    this.server.stop();
  }
}
