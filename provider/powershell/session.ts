import { type ExchangeError, Unauthorised } from "../errors";
import type { Connection, Credential } from "./connection";
import { Conversation, ConversationOver, type Expectation } from "./conversation";
import { errorOfCancel, errorOfEnd, errorOfRefusal, errorOfTimeLimit, errorOfVersion, type Stage } from "./failures";
import { type ErrorRecord, PROTOCOL_VERSION, type Properties, type Reply, type Value } from "./protocol";
import { Redaction } from "./redaction";
import { checkedLine } from "./requests";

/** What a cmdlet gave. Error records are data here: the caller turns them into errors (exchange/classify.ts). */
export interface Result {
  output: Value[];
  warnings: string[];
  errors: ErrorRecord[];
  /** The far end's clock as it answered. */
  now: Date;
}

/** One far end: started by the first call, asked strictly in order and one at a time. */
export interface Session {
  /**
   * Runs a cmdlet. After a far end was lost, the next call starts another; no call is ever sent twice.
   * @param options `timeoutSeconds` counts from when the call is sent, not while it waits: a whole number, 1 to 3600.
   * @throws TimedOut, ConnectionLost or ProtocolError, whose `outcomeUnknown` says whether a change may have been made;
   * Unreachable, Unauthorised, UnsupportedVersion, NotAllowed or InvalidInput, after which nothing was changed.
   */
  invoke(cmdlet: string, parameters: Properties, options: { timeoutSeconds: number }): Promise<Result>;
  /**
   * Stops the call that runs and ends the far end. That call still gets an answer that comes in between; otherwise it and
   * those that wait reject with ConnectionLost. Safe to call twice.
   */
  close(): Promise<void>;
  /** Whether a call runs or waits. */
  readonly busy: boolean;
}

/** How long a session waits, in milliseconds. */
export interface SessionLimits {
  /** For hello, and once more for the connection. @default 60000 */
  open: number;
  /** For an answer, after a call's own time limit has passed. @default 5000 */
  grace: number;
  /** For the far end to stop its call and to end by itself, once its standard input is closed. @default 4000 */
  close: number;
}

const DEFAULT_LIMITS: SessionLimits = { open: 60_000, grace: 5_000, close: 4_000 };

/** A session over `connection`. Nothing is started until the first call. */
export function createSession(
  connection: Connection,
  credential?: Credential,
  limits: Partial<SessionLimits> = {},
): Session {
  return new QueuedSession(connection, credential, { ...DEFAULT_LIMITS, ...limits });
}

interface Call {
  id: number;
  stage: Stage & { kind: "calling" };
  line: string;
  parameters: Properties;
}

class QueuedSession implements Session {
  readonly #connection: Connection;
  readonly #credential: Credential | undefined;
  readonly #limits: SessionLimits;
  readonly #redaction: Redaction;
  #queue: Promise<unknown> = Promise.resolve();
  #conversation: Conversation | undefined;
  #lastId = 0;
  #calls = 0;
  #closed = false;
  #unauthorised: Unauthorised | undefined;

  constructor(connection: Connection, credential: Credential | undefined, limits: SessionLimits) {
    this.#connection = connection;
    this.#credential = credential;
    this.#limits = limits;
    this.#redaction = new Redaction(credential === undefined ? [] : [credential.password]);
  }

  async invoke(
    cmdlet: string,
    parameters: Properties,
    { timeoutSeconds }: { timeoutSeconds: number },
  ): Promise<Result> {
    const id = this.#nextId();
    const line = checkedLine({ type: "invoke", id, cmdlet, parameters, timeoutSeconds });
    const call: Call = { id, stage: { kind: "calling", cmdlet, timeoutSeconds }, line, parameters };
    this.#calls += 1;
    const result = this.#queue
      .then(() => this.#call(call))
      .finally(() => {
        this.#calls -= 1;
      });
    this.#queue = Promise.allSettled([result]);
    return result;
  }

  get busy(): boolean {
    return this.#calls > 0;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#conversation?.close(this.#limits.close);
    await this.#queue;
  }

  async #call(call: Call): Promise<Result> {
    const conversation = await this.#opened(call.stage.cmdlet);
    this.#redaction.remember(call.parameters);
    const { stage, id } = call;
    const milliseconds = stage.timeoutSeconds * 1000 + this.#limits.grace;
    const expectation: Expectation = { types: ["result", "timedOut", "refused"], id };
    const reply = await this.#ask(conversation, stage, call.line, expectation, milliseconds);
    if (reply.type === "timedOut") {
      if (this.#closed) throw errorOfCancel(stage);
      // A pipeline that would not stop may still hold the far end: the next call gets another one.
      await conversation.close(this.#limits.close);
      throw errorOfTimeLimit(stage);
    }
    if (reply.type !== "result") throw this.#refusal(stage, reply);
    return this.#redacted(reply);
  }

  /** The conversation that this call goes over: the present one while it lasts, else a new one. */
  async #opened(cmdlet: string): Promise<Conversation> {
    if (this.#closed) throw errorOfEnd({ kind: "waiting", cmdlet }, { kind: "closed" }, "");
    // Asking again with a password that was refused locks the account.
    if (this.#unauthorised !== undefined) throw this.#unauthorised;
    if (this.#conversation !== undefined && !this.#conversation.over) return this.#conversation;
    // Loaded by the first call: most providers of a preview, or of an update with nothing to do, make none.
    const { connectionProperties, launchOf } = require("./launch") as typeof import("./launch");
    const conversation = new Conversation(launchOf(this.#connection), this.#redaction);
    this.#conversation = conversation;
    try {
      await this.#open(conversation);
      await this.#connect(conversation, connectionProperties(this.#connection));
    } catch (error) {
      await conversation.close(this.#limits.close);
      if (error instanceof Unauthorised) this.#unauthorised = error;
      throw error;
    }
    return conversation;
  }

  async #open(conversation: Conversation): Promise<void> {
    const stage: Stage = { kind: "opening", connection: this.#connection };
    const line = checkedLine({ type: "open", protocol: PROTOCOL_VERSION, nonce: conversation.nonce });
    const reply = await this.#ask(conversation, stage, line, { types: ["hello", "refused"] }, this.#limits.open);
    if (reply.type !== "hello") throw this.#refusal(stage, reply);
    if (reply.protocol !== PROTOCOL_VERSION)
      throw errorOfVersion(this.#connection, reply.name, reply.protocol, PROTOCOL_VERSION);
  }

  async #connect(conversation: Conversation, connection: Properties): Promise<void> {
    const stage: Stage = { kind: "connecting", connection: this.#connection };
    const id = this.#nextId();
    const line = checkedLine({
      type: "connect",
      id,
      connection,
      userName: this.#credential?.userName ?? "",
      password: this.#credential?.password ?? null,
    });
    const reply = await this.#ask(
      conversation,
      stage,
      line,
      { types: ["connected", "refused"], id },
      this.#limits.open,
    );
    if (reply.type !== "connected") throw this.#refusal(stage, reply);
  }

  async #ask(
    conversation: Conversation,
    stage: Stage,
    line: string,
    expectation: Expectation,
    milliseconds: number,
  ): Promise<Reply> {
    try {
      return await conversation.ask(line, expectation, milliseconds);
    } catch (error) {
      if (!(error instanceof ConversationOver)) throw error;
      throw errorOfEnd(stage, error.end, conversation.printed());
    }
  }

  #refusal(stage: Stage, reply: Reply): ExchangeError {
    if (reply.type !== "refused") throw new Error(`a reply of type ${reply.type} is not a refusal`);
    return errorOfRefusal(stage, reply.reason, this.#redaction.boundedOut(reply.message));
  }

  #redacted({ output, warnings, errors, now }: Reply & { type: "result" }): Result {
    const clean = (text: string) => this.#redaction.boundedOut(text);
    return {
      output,
      warnings: warnings.map(clean),
      errors: errors.map((record) => ({
        reason: clean(record.reason),
        category: clean(record.category),
        fullyQualifiedErrorId: clean(record.fullyQualifiedErrorId),
        target: clean(record.target),
        message: clean(record.message),
      })),
      now,
    };
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}
