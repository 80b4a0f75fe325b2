import { bounded } from "./bounded";

/** What an error says. Each text is a phrase without its final full stop; none holds a secret. */
export interface ErrorDetails {
  /** What was being done, to which object, as it follows "while": `reading the auth server "MicrosoftSts"`. */
  doing: string;
  /** What the other side answered, or that it did not. */
  answer: string;
  /** What whoever reads this can do next. */
  next: string;
  /** What lay behind it. */
  cause?: unknown;
  /** Whether the organisation may have been changed. @default false */
  outcomeUnknown?: boolean;
}

/** {@link ErrorDetails} where whoever throws must say whether the organisation may have been changed. */
export interface OutcomeDetails extends ErrorDetails {
  outcomeUnknown: boolean;
}

/** Names of objects are in it, which the far end gives. */
const MAXIMUM_DOING_BYTES = 512;

/**
 * What goes wrong between us and Exchange. A subclass is an outcome that a caller treats differently: decide by class,
 * never by message. The message is `Failed while <doing>: <answer>. <Next>.` on one line.
 */
export abstract class ExchangeError extends Error {
  readonly doing: string;
  /** Its beginning and its end, where it is longer than {@link bounded} allows. */
  readonly answer: string;
  readonly next: string;
  /** Whether the organisation may have been changed: read before you try again. Always false for a cmdlet that reads. */
  readonly outcomeUnknown: boolean;

  constructor(given: ErrorDetails) {
    const details = { ...given, doing: bounded(given.doing, MAXIMUM_DOING_BYTES), answer: bounded(given.answer) };
    super(compose(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.doing = details.doing;
    this.answer = details.answer;
    this.next = details.next;
    this.outcomeUnknown = details.outcomeUnknown ?? false;
  }
}

/** The object that the cmdlet was to work on does not exist. */
export class NotFound extends ExchangeError {}

/** An object of that name, or with what must be unique in it, exists. */
export class AlreadyExists extends ExchangeError {}

/** Exchange or PowerShell refused an argument, or would have asked a question. */
export class InvalidInput extends ExchangeError {}

/** The credential was not accepted, or its roles do not allow this. */
export class Unauthorised extends ExchangeError {}

/** Too many sessions or calls at once: later it may succeed unchanged. */
export class Throttled extends ExchangeError {}

/** The far end, Exchange, or a server that it had to ask, cannot be reached. */
export class Unreachable extends ExchangeError {}

/** Exchange answered that it could not reach one of its servers: a fact about that server alone. */
export class ServerUnreachable extends Unreachable {}

/** The cmdlet or one of its parameters is not on the far end's list, so it was not run. */
export class NotAllowed extends ExchangeError {}

/** The cmdlet does not exist where it was called, so that a caller can detect what this Exchange offers. */
export class CommandNotAvailable extends ExchangeError {}

/** The cmdlet failed for a reason that no other class names. */
export class CmdletFailed extends ExchangeError {}

/** The time limit passed; a write may still have been carried out. */
export class TimedOut extends ExchangeError {
  constructor(details: OutcomeDetails) {
    super(details);
  }
}

/** The far end died in the middle of a call; a write may have been carried out. */
export class ConnectionLost extends ExchangeError {
  constructor(details: OutcomeDetails) {
    super(details);
  }
}

/** The far end broke the protocol: a bad, oversized, truncated or foreign frame. */
export class ProtocolError extends ExchangeError {
  constructor(details: OutcomeDetails) {
    super(details);
  }
}

/** The far end speaks another version of the protocol, or a server of the organisation runs a build that cannot serve. */
export class UnsupportedVersion extends ExchangeError {}

/** The organisation that answers is not the one in the state; the answer names both. */
export class WrongOrganization extends ExchangeError {}

/** This package failed by itself: nothing that Exchange answers should come to it. */
export class Defect extends ExchangeError {}

/** Only a session on the server itself can do this. */
export class NotOnServer extends ExchangeError {}

function compose({ doing, answer, next }: ErrorDetails): string {
  const line = `Failed while ${doing}: ${sentence(answer)} ${sentence(next.charAt(0).toUpperCase() + next.slice(1))}`;
  return line.replace(/\s+/g, " ").trim();
}

/** Exchange's own messages end in a full stop, ours do not. */
function sentence(text: string): string {
  return /[.!?]["”]?\s*$/.test(text) ? text : `${text}.`;
}
