import type { dynamic } from "@pulumi/pulumi";
import { bounded } from "../bounded";
import { ConfigurationError } from "../configuration/exchange-connection";
import { Defect, ExchangeError } from "../errors";

// Pulumi's dynamic provider sends an error in HTTP/2 trailers: the message percent-encoded, where a byte may become three,
// and of a half-made object also message, reasons and properties as base64. Trailers that are too long are never sent, and
// the engine waits for ever. Measured with @pulumi/pulumi 3.248 on Node 20.20: a message of 6 835 Chinese characters
// arrived (61 KB encoded) and 7 000 did not; the least that did not arrive was somewhat above 36 KB. What is allowed here
// comes to 12 KB encoded for a message, and to 30 KB for a half-made object.
const MESSAGE_BYTES = 4_096;
const HALF_MADE_MESSAGE_BYTES = 512;
const REASONS_BYTES = 4_096;
const PROPERTIES_BYTES = 12_288;

/** An error that Pulumi takes for a half-made object. */
interface HalfMadeError extends Error {
  id: string;
  reasons: string[];
  properties: Record<string, unknown>;
}

/** A handler whose every error is one of ours, or a half-made object, and is short enough to reach the engine. */
export function withSendableErrors<Inputs, Outputs>(
  handler: dynamic.ResourceProvider<Inputs, Outputs>,
): dynamic.ResourceProvider<Inputs, Outputs> {
  const entries = Object.entries(handler).map(([name, method]) => [
    name,
    async (...given: unknown[]) => {
      try {
        return await method.apply(handler, given);
      } catch (error) {
        throw sized(error, name);
      }
    },
  ]);
  return Object.fromEntries(entries);
}

function sized(error: unknown, method: string): Error {
  if (isHalfMade(error)) return sizedHalfMade(error);
  const sendable = asOurs(error, method);
  sendable.message = bounded(sendable.message, MESSAGE_BYTES);
  // The dynamic provider prints a read's or delete's stack behind its message: ours say what there is to say.
  sendable.stack = sendable instanceof Defect ? bounded(stackOf(sendable.cause), MESSAGE_BYTES) : "";
  return sendable;
}

/**
 * An error of one of our classes. No answer of Exchange comes as any other: what does is a defect of this package.
 * @param method what the engine asked for.
 */
export function asOurs(error: unknown, method: string): Error {
  return error instanceof ExchangeError || error instanceof ConfigurationError ? error : defect(error, method);
}

function defect(error: unknown, method: string): Defect {
  const shown = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
  return new Defect({
    doing: `running the ${method} of a resource`,
    answer: `an internal error occurred in this package (${shown})`,
    next: "run `pulumi refresh` to see what was carried out, and report this as a bug in pulumi-exchange-server",
    cause: error,
    outcomeUnknown: !["check", "diff", "read"].includes(method),
  });
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? "") : "";
}

function isHalfMade(error: unknown): error is HalfMadeError {
  return error instanceof Error && "reasons" in error && "properties" in error;
}

function sizedHalfMade(error: HalfMadeError): Error {
  const most = Math.floor(REASONS_BYTES / error.reasons.length);
  error.message = bounded(error.message, HALF_MADE_MESSAGE_BYTES);
  error.reasons = error.reasons.map((reason) => bounded(reason, most));
  error.properties = shortened(error.properties);
  error.stack = "";
  return error;
}

/**
 * Properties with their longest lists cut, and then their longest texts, until they can travel. What is missing is read
 * again by the next update, which `repair` brings.
 */
function shortened(properties: Record<string, unknown>): Record<string, unknown> {
  let fitting = properties;
  while (Buffer.byteLength(JSON.stringify(fitting)) > PROPERTIES_BYTES) {
    const [name, value] = largestOf(fitting);
    const less = Array.isArray(value) && value.length > 1 ? value.slice(0, value.length >> 1) : textsBounded(value);
    fitting = { ...fitting, [name]: less };
  }
  return fitting;
}

function largestOf(properties: Record<string, unknown>): [string, unknown] {
  const sizes = Object.entries(properties).map(([name, value]) => ({ name, value, size: sizeOf(value) }));
  const [first] = sizes.sort((one, other) => other.size - one.size);
  return [first?.name ?? "", first?.value];
}

function sizeOf(value: unknown): number {
  return JSON.stringify(value ?? null).length;
}

/** Far less than the bound of all, so that each time there is less. */
const PROPERTY_TEXT_BYTES = 512;

function textsBounded(value: unknown): unknown {
  if (typeof value === "string") return bounded(value, PROPERTY_TEXT_BYTES);
  if (Array.isArray(value)) return value.map(textsBounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, textsBounded(inner)]));
}
