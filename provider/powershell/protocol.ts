/**
 * The protocol between the provider and whatever answers for Exchange: a bridge in PowerShell, the sandbox, or any
 * program of your own (connection `process`). docs/decisions/002-protocol.md says why it is so.
 *
 * - The caller writes one line a request: base64 of the request's JSON. The first is `open`, with a nonce of its choice.
 * - The far end writes one line a reply: `#<nonce> ` and base64 of the reply's JSON, with a line feed before and after.
 *   Every other line on its standard output is noise, kept only for error messages.
 * - One request at a time; each is answered by exactly one reply with its `id` (`open` by `hello`), except `cancel`,
 *   which may come while a call runs and ends it early.
 * - The far end ends when its standard input does. After `timedOut` the caller ends it and starts another.
 * - In the JSON every leaf is a string that begins with the letter of its type (see {@link encode}), since PowerShell's
 *   ConvertFrom-Json turns bare text that looks like a date into a date.
 */

/** The version of this schema; both ends name theirs and must agree. */
export const PROTOCOL_VERSION = 1;

/** The longest line that either end accepts, in bytes. */
export const MAXIMUM_LINE_BYTES = 32 * 1024 * 1024;

/** The deepest nesting of lists and objects that either end accepts. */
export const MAXIMUM_DEPTH = 16;

/** Text that must never be printed or logged: a password. PowerShell receives it as a SecureString. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}

/** What travels as a parameter or a result. A number is a whole one within ±(2^53 − 1). */
export type Value = null | string | number | boolean | Date | Uint8Array | Secret | Value[] | { [name: string]: Value };

/** An object of a cmdlet's output: its properties by name. */
export type Properties = { [name: string]: Value };

/** One PowerShell error record, as the cmdlet wrote it. */
export interface ErrorRecord {
  /** `CategoryInfo.Reason`: the class name of the exception, such as `ManagementObjectNotFoundException`. */
  reason: string;
  /** `CategoryInfo.Category`, such as `ObjectNotFound`. */
  category: string;
  /** `FullyQualifiedErrorId`. */
  fullyQualifiedErrorId: string;
  /** `CategoryInfo.TargetName`; empty when there is none. */
  target: string;
  /** The message, in the far end's language: for people, never for decisions. */
  message: string;
}

/** What the caller may ask. */
export type Request =
  | { type: "open"; protocol: number; nonce: string }
  | { type: "connect"; id: number; connection: Properties; userName: string; password: Secret | null }
  | { type: "invoke"; id: number; cmdlet: string; parameters: Properties; timeoutSeconds: number }
  /** Stops the call of that id, which is then answered by `timedOut`; without an answer of its own. */
  | { type: "cancel"; id: number };

const REFUSAL_REASONS = {
  /** A line that is not a request, or a request out of order. */
  protocol: true,
  /** Another version of the protocol. */
  version: true,
  /** The place behind the far end (an endpoint, a module, a state file) cannot be opened. */
  unreachable: true,
  /** Nobody knows the endpoint's host by that name. */
  unknownHost: true,
  /** The host is there, and nothing listens where the endpoint should. */
  notListening: true,
  /** The host accepts and does not answer. */
  silent: true,
  /** Something answers there that has no Exchange behind it. */
  noConfiguration: true,
  /** The credential is not accepted. */
  unauthorised: true,
  /** There are too many sessions; later it may succeed unchanged. */
  throttled: true,
  /** The cmdlet or one of its parameters is not on the far end's list. */
  notAllowed: true,
};

/** Why the far end did not do what was asked; nothing was changed. */
export type RefusalReason = keyof typeof REFUSAL_REASONS;

/** What the far end answers. `now` is its clock. */
export type Reply =
  | { type: "hello"; protocol: number; name: string; versions: Properties; processId: number; now: Date }
  | { type: "connected"; id: number; now: Date }
  | { type: "result"; id: number; output: Value[]; warnings: string[]; errors: ErrorRecord[]; now: Date }
  | { type: "timedOut"; id: number; now: Date }
  | { type: "refused"; id: number; reason: RefusalReason; message: string; now: Date };

/** A line or value that does not follow the schema. The message never quotes the line, which may hold a secret. */
export class MalformedFrame extends Error {
  override readonly name = "MalformedFrame";
}

/** The far end's line for a reply, line feeds included. */
export function replyLine(nonce: string, reply: Reply): string {
  return `\n#${nonce} ${encode(reply as unknown as Value)}\n`;
}

/** The caller's line for a request, line feed included. */
export function requestLine(request: Request): string {
  return `${encode(request as unknown as Value)}\n`;
}

/**
 * Reads one line of the far end's standard output, without its line end.
 * @returns the reply, or `undefined` for noise (any line without our nonce).
 * @throws MalformedFrame for a line with our nonce that holds no reply.
 */
export function parseReply(nonce: string, line: string): Reply | undefined {
  const mark = `#${nonce} `;
  if (!line.startsWith(mark)) return undefined;
  const value = objectOf(decode(line.slice(mark.length)), "a reply");
  switch (value.type) {
    case "hello":
      requireFields(value, { protocol: isNumber, name: isText, versions: isObject, processId: isNumber, now: isDate });
      break;
    case "connected":
    case "timedOut":
      requireFields(value, { id: isNumber, now: isDate });
      break;
    case "result":
      requireFields(value, {
        id: isNumber,
        output: Array.isArray,
        warnings: isTexts,
        errors: isErrorRecords,
        now: isDate,
      });
      break;
    case "refused":
      requireFields(value, { id: isNumber, reason: isRefusalReason, message: isText, now: isDate });
      break;
    default:
      throw new MalformedFrame("a reply of a type that this version does not know");
  }
  return value as unknown as Reply;
}

/**
 * Reads one line of the caller, without its line end.
 * @throws MalformedFrame for anything but a request.
 */
export function parseRequest(line: string): Request {
  const value = objectOf(decode(line), "a request");
  switch (value.type) {
    case "open":
      requireFields(value, { protocol: isNumber, nonce: isNonce });
      break;
    case "connect":
      requireFields(value, { id: isNumber, connection: isObject, userName: isText, password: isSecretOrNull });
      break;
    case "invoke":
      requireFields(value, { id: isNumber, cmdlet: isText, parameters: isObject, timeoutSeconds: isNumber });
      break;
    case "cancel":
      requireFields(value, { id: isNumber });
      break;
    default:
      throw new MalformedFrame("a request of a type that this version does not know");
  }
  return value as unknown as Request;
}

/**
 * Base64 of the JSON in which every leaf carries its type: `s:` text, `i:` whole number, `b:` true or false, `d:` UTC
 * date as ISO 8601, `x:` bytes as base64, `p:` secret text. Lists are arrays, objects are objects, null is null.
 * @throws MalformedFrame for what has no place in it: undefined, functions, numbers that are not whole, invalid dates.
 */
export function encode(value: Value): string {
  return Buffer.from(JSON.stringify(tag(value, 0)), "utf8").toString("base64");
}

/**
 * The value behind a line of {@link encode}. Objects have no prototype, so a property named `__proto__` is harmless.
 * @throws MalformedFrame for anything else.
 */
export function decode(line: string): Value {
  if (line.length > MAXIMUM_LINE_BYTES) throw new MalformedFrame(`a line of more than ${MAXIMUM_LINE_BYTES} bytes`);
  if (!isBase64(line)) throw new MalformedFrame("a line that is not base64");
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(line, "base64").toString("utf8"));
  } catch {
    throw new MalformedFrame("a line whose content is not JSON");
  }
  return untag(json, 0);
}

function tag(value: Value, depth: number): unknown {
  if (depth > MAXIMUM_DEPTH) throw new MalformedFrame(`values nested more than ${MAXIMUM_DEPTH} deep`);
  if (value === null) return null;
  if (typeof value === "string") return `s:${value}`;
  if (typeof value === "boolean") return `b:${value}`;
  if (typeof value === "number" && Number.isSafeInteger(value)) return `i:${value}`;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return `d:${value.toISOString()}`;
  if (value instanceof Uint8Array) return `x:${Buffer.from(value).toString("base64")}`;
  if (value instanceof Secret) return `p:${value.reveal()}`;
  if (Array.isArray(value)) return value.map((inner) => tag(inner, depth + 1));
  if (typeof value === "object" && !(value instanceof Date)) {
    const tagged: Record<string, unknown> = Object.create(null);
    for (const [name, inner] of Object.entries(value)) tagged[name] = tag(inner, depth + 1);
    return tagged;
  }
  throw new MalformedFrame(`a value of type ${typeof value}, which the protocol does not carry`);
}

function untag(json: unknown, depth: number): Value {
  if (depth > MAXIMUM_DEPTH) throw new MalformedFrame(`values nested more than ${MAXIMUM_DEPTH} deep`);
  if (json === null) return null;
  if (Array.isArray(json)) return json.map((inner) => untag(inner, depth + 1));
  if (typeof json === "object") {
    const value: Properties = Object.create(null);
    for (const [name, inner] of Object.entries(json)) value[name] = untag(inner, depth + 1);
    return value;
  }
  if (typeof json !== "string") throw new MalformedFrame(`a bare ${typeof json} where a tagged leaf was expected`);
  const text = json.slice(2);
  switch (json.slice(0, 2)) {
    case "s:":
      return text;
    case "b:":
      if (text === "true" || text === "false") return text === "true";
      break;
    case "i:":
      if (/^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
      break;
    case "d:": {
      const date = dateOf(text);
      if (date !== undefined) return date;
      throw new MalformedFrame("a date that is invalid or outside the years 1 to 9999");
    }
    case "x:":
      if (text === "" || isBase64(text)) return Buffer.from(text, "base64");
      break;
    case "p:":
      return new Secret(text);
  }
  throw new MalformedFrame("a leaf whose type or form the protocol does not know");
}

/** A day that the calendar does not have would become one of the next month. */
function dateOf(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) || text.startsWith("0000")) return undefined;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 19)) ? date : undefined;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function objectOf(value: Value, what: string): Properties {
  if (!isObject(value)) throw new MalformedFrame(`a line that is not ${what}`);
  return value;
}

/** Every named field is there and of its type. */
function requireFields(value: Properties, fields: Record<string, (field: Value) => boolean>): void {
  for (const [name, holds] of Object.entries(fields)) {
    if (!(name in value) || !holds(value[name] as Value)) {
      throw new MalformedFrame(`a frame of type "${value.type}" whose field "${name}" is missing or of another type`);
    }
  }
}

const isNumber = (value: Value): boolean => typeof value === "number";
const isText = (value: Value): boolean => typeof value === "string";
const isTexts = (value: Value): boolean => Array.isArray(value) && value.every(isText);
const isDate = (value: Value): boolean => value instanceof Date;
const isRefusalReason = (value: Value): boolean => typeof value === "string" && Object.hasOwn(REFUSAL_REASONS, value);
const isNonce = (value: Value): boolean => typeof value === "string" && /^[0-9a-f]{32}$/.test(value);
const isSecretOrNull = (value: Value): boolean => value === null || value instanceof Secret;

function isObject(value: Value | undefined): value is Properties {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof Date || value instanceof Uint8Array || value instanceof Secret);
}

function isErrorRecords(value: Value): boolean {
  const fields = ["reason", "category", "fullyQualifiedErrorId", "target", "message"];
  return (
    Array.isArray(value) &&
    value.every((record) => isObject(record) && fields.every((field) => isText(record[field] ?? null)))
  );
}
