import path from "node:path";
import type { Connection, Credential } from "../../provider/powershell/connection";
import type { Properties } from "../../provider/powershell/protocol";
import { createSession, type Result, type Session, type SessionLimits } from "../../provider/powershell/session";
import { needShell } from "./shell";

/** A module of this folder's `modules`. */
export function moduleOf(name: string): string {
  return path.join(__dirname, "modules", `${name}.psm1`);
}

/** A session over a real shell, kept for a whole suite, since a start takes seconds. */
export class ShellSession {
  #session: Session | undefined;

  /** To be called in `before`: skips the suite where there is no shell. */
  open(context: Mocha.Context, opening: string, limits: Partial<SessionLimits> = {}, credential?: Credential): void {
    const connection: Connection = { kind: "module", shell: needShell(context), opening: { module: opening } };
    this.#session = createSession(connection, credential, limits);
  }

  invoke(cmdlet: string, parameters: Properties, timeoutSeconds = 60): Promise<Result> {
    if (!this.#session) throw new Error("The session is not open.");
    return this.#session.invoke(cmdlet, parameters, { timeoutSeconds });
  }

  async close(): Promise<void> {
    await this.#session?.close();
  }
}
