import { randomBytes } from "node:crypto";
import { type Ending, FarEnd } from "./far-end";
import type { Launch } from "./launch";
import { MAXIMUM_LINE_BYTES, MalformedFrame, parseReply, type Reply, requestLine } from "./protocol";
import type { Redaction } from "./redaction";
import { Tail } from "./tail";

/** Why a conversation is over. */
export type ConversationEnd =
  /** The far end ended by itself, or never began. */
  | { kind: "ended"; ending: Ending }
  /** It broke the protocol. */
  | { kind: "broken"; how: string }
  /** It did not answer in time. */
  | { kind: "silent"; milliseconds: number }
  /** We closed it. */
  | { kind: "closed" };

/** The conversation came to its end before the answer. */
export class ConversationOver extends Error {
  override readonly name = "ConversationOver";

  constructor(readonly end: ConversationEnd) {
    super(`The conversation is over: ${end.kind}.`);
  }
}

/** The answer that a request may have. */
export interface Expectation {
  types: Reply["type"][];
  /** The request's id, which the reply repeats; `open` has none. */
  id?: number;
}

interface Pending {
  expectation: Expectation;
  resolve(reply: Reply): void;
  reject(over: ConversationOver): void;
}

/** One far end from its start to its end: a request, then its reply, one at a time. Once over it is over. */
export class Conversation {
  /** What the caller's `open` must carry. */
  readonly nonce = randomBytes(16).toString("hex");
  readonly #redaction: Redaction;
  readonly #noise = new Tail();
  readonly #farEnd: FarEnd;
  #pending: Pending | undefined;
  #ended: ConversationEnd | undefined;

  /** Starts the far end. */
  constructor(launch: Launch, redaction: Redaction) {
    this.#redaction = redaction;
    this.#farEnd = new FarEnd(launch, {
      line: (text) => this.#read(text),
      oversized: (beginning) => this.#refuse(beginning, `a frame of more than ${MAXIMUM_LINE_BYTES} bytes`),
      unfinished: (text) => this.#refuse(text, "a truncated frame"),
    });
    void this.#farEnd.ended.then((ending) => {
      this.#ended ??= { kind: "ended", ending };
      this.#settle();
    });
  }

  /** Whether no more can be asked. */
  get over(): boolean {
    return this.#ended !== undefined || this.#farEnd.exited;
  }

  /**
   * Sends a request's line and waits for its reply.
   * @throws ConversationOver, once the far end is gone.
   */
  async ask(line: string, expectation: Expectation, milliseconds: number): Promise<Reply> {
    if (this.#ended !== undefined) throw new ConversationOver(this.#ended);
    const timer = setTimeout(() => this.#end({ kind: "silent", milliseconds }), milliseconds);
    try {
      return await new Promise<Reply>((resolve, reject) => {
        this.#pending = { expectation, resolve, reject };
        this.#farEnd.write(line);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Stops a call that runs, whose answer may still come; lets the far end end by itself, and kills it when it has not
   * after `milliseconds`.
   */
  async close(milliseconds: number): Promise<void> {
    const { types = [], id } = this.#pending?.expectation ?? {};
    // Of a pipeline that was stopped the far end can still close its session at Exchange, which would otherwise stay there
    // among the few that an account may have. One that knows no cancel reads the end of its input next.
    if (this.#ended === undefined && id !== undefined && types.includes("timedOut"))
      this.#farEnd.write(requestLine({ type: "cancel", id }));
    this.#ended ??= { kind: "closed" };
    await this.#farEnd.end(milliseconds);
  }

  /** The last of what the far end printed beside its replies; empty when there was nothing. */
  printed(): string {
    return [this.#farEnd.standardError, this.#noise]
      .map((tail) => tail.show(this.#redaction))
      .filter((text) => text !== "")
      .join(" … ");
  }

  #read(text: string): void {
    // While we close it, a call under way may still be answered.
    if (this.#ended !== undefined && this.#ended.kind !== "closed") return;
    let reply: Reply | undefined;
    try {
      reply = parseReply(this.nonce, text);
    } catch (error) {
      const how = error instanceof MalformedFrame ? error.message : "a frame that cannot be read";
      this.#end({ kind: "broken", how });
      return;
    }
    if (reply === undefined) this.#noise.add(`${text}\n`);
    else this.#take(reply);
  }

  #take(reply: Reply): void {
    const how = mismatch(reply, this.#pending?.expectation);
    if (how !== undefined) {
      this.#end({ kind: "broken", how });
      return;
    }
    const pending = this.#pending;
    this.#pending = undefined;
    if (reply.type === "hello") this.#farEnd.look();
    pending?.resolve(reply);
  }

  /** A line that was not taken whole: with our nonce it was a frame, otherwise noise. */
  #refuse(text: string, how: string): void {
    if (text.startsWith(`#${this.nonce} `)) this.#end({ kind: "broken", how });
    else this.#noise.add(`${text}\n`);
  }

  #end(end: ConversationEnd): void {
    this.#ended ??= end;
    this.#farEnd.kill();
  }

  /** Rejects whoever waits: only now, so that nothing of the old far end lives beside the next one. */
  #settle(): void {
    if (this.#ended !== undefined) this.#pending?.reject(new ConversationOver(this.#ended));
    this.#pending = undefined;
  }
}

/** How a reply is not what was asked for; undefined where it is. */
function mismatch(reply: Reply, expectation: Expectation | undefined): string | undefined {
  if (expectation === undefined) return "a reply without a request";
  const { types, id } = expectation;
  if (!types.includes(reply.type)) return `"${reply.type}" instead of ${expected(types)}`;
  if (id !== undefined && "id" in reply && reply.id !== id) return `a reply to request ${reply.id} instead of ${id}`;
}

function expected(types: Reply["type"][]): string {
  return types.map((type) => `"${type}"`).join(" or ");
}
