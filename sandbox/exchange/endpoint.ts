import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import {
  MalformedFrame,
  PROTOCOL_VERSION,
  parseRequest,
  type RefusalReason,
  type Reply,
  type Request,
  replyLine,
} from "pulumi-exchange-server/protocol";
import { DamagedState } from "../shared/state-file";
import { ProcessFault } from "./errors";
import { openOrganisation } from "./lifecycle";
import type { Organisation } from "./organisation";
import { InvalidScenario } from "./scenario";

/** What the time limit of a call ends it with. */
class TimeLimit extends Error {
  override readonly name = "TimeLimit";
}

/** What the end of the input ends a waiting call with. */
class CallerGone extends Error {
  override readonly name = "CallerGone";
}

/** What a frame's fault asks of the process. */
export interface ProcessActions {
  crash(): void;
  killParent(): void;
}

/** The protocol's far end: answers requests, one after the other, until its input ends. */
export class Endpoint {
  readonly #home: string;
  readonly #output: Writable;
  readonly #actions: ProcessActions;
  /** Aborted when whoever asks has gone: what waits then waits no longer. */
  readonly #gone = new AbortController();
  #nonce: string | undefined;
  #organisation: Organisation | undefined;

  constructor(home: string, output: Writable, actions: ProcessActions) {
    this.#home = home;
    this.#output = output;
    this.#actions = actions;
  }

  /** Resolves at the end of the input. */
  async serve(input: Readable): Promise<void> {
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on("close", () => this.#gone.abort(new CallerGone()));
    for await (const line of lines) {
      if (line !== "") await this.#answer(line);
    }
  }

  async #answer(line: string): Promise<void> {
    let request: Request;
    try {
      request = parseRequest(line);
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error;
      // Without a nonce there is nobody to answer: whatever this is, it does not speak the protocol.
      if (this.#nonce) await this.#refuse(0, "protocol", `The request cannot be read: ${error.message}.`);
      return;
    }
    switch (request.type) {
      case "open":
        return this.#open(request);
      case "connect":
        return this.#connect(request);
      case "invoke":
        return this.#invoke(request);
      case "cancel":
        // Read in order, it comes when its call has been answered.
        return;
    }
  }

  async #open({ protocol, nonce }: Request & { type: "open" }): Promise<void> {
    this.#nonce = nonce;
    if (protocol !== PROTOCOL_VERSION) {
      const message = `The Exchange sandbox speaks version ${PROTOCOL_VERSION} of the protocol, not ${protocol}.`;
      return this.#refuse(0, "version", message);
    }
    await this.#reply({
      type: "hello",
      protocol: PROTOCOL_VERSION,
      name: "Exchange sandbox",
      versions: { node: process.versions.node },
      processId: process.pid,
      now: new Date(),
    });
  }

  async #connect({ id }: Request & { type: "connect" }): Promise<void> {
    if (!this.#nonce) return;
    try {
      // Any credential is good here, and none too: a sandbox has nothing to protect.
      this.#organisation = await openOrganisation(this.#home);
      await this.#reply({ type: "connected", id, now: await this.#organisation.now() });
    } catch (error) {
      await this.#unreachable(id, error);
    }
  }

  async #invoke({ id, cmdlet, parameters, timeoutSeconds }: Request & { type: "invoke" }): Promise<void> {
    if (!this.#nonce) return;
    if (!this.#organisation) return this.#refuse(id, "protocol", "An invoke came before connect.");
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new TimeLimit()), timeoutSeconds * 1000);
    try {
      const patience = { limit: limit.signal, gone: this.#gone.signal };
      const result = await this.#organisation.invoke(cmdlet, parameters, patience);
      await this.#reply({ type: "result", id, ...result });
    } catch (error) {
      if (error instanceof CallerGone) return;
      if (error instanceof TimeLimit) await this.#reply({ type: "timedOut", id, now: await this.#organisation.now() });
      else if (error instanceof ProcessFault) await this.#suffer(error);
      else await this.#unreachable(id, error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #suffer({ kind }: ProcessFault): Promise<void> {
    if (kind === "crash") this.#actions.crash();
    else if (kind === "killParent") this.#actions.killParent();
    else await this.#write(`\n#${this.#nonce} this is no frame\n`);
  }

  async #unreachable(id: number, error: unknown): Promise<void> {
    if (!(error instanceof DamagedState || error instanceof InvalidScenario)) throw error;
    await this.#refuse(id, "unreachable", error.message);
  }

  async #refuse(id: number, reason: RefusalReason, message: string): Promise<void> {
    await this.#reply({ type: "refused", id, reason, message, now: new Date() });
  }

  async #reply(reply: Reply): Promise<void> {
    await this.#write(replyLine(this.#nonce as string, reply));
  }

  async #write(text: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#output.write(text, (error) => (error ? reject(error) : resolve()));
    });
  }
}
