import {
  ConnectionLost,
  type ExchangeError,
  NotAllowed,
  ProtocolError,
  Throttled,
  TimedOut,
  Unauthorised,
  Unreachable,
  UnsupportedVersion,
} from "../errors";
import type { Connection } from "./connection";
import type { ConversationEnd } from "./conversation";
import type { Ending } from "./far-end";
import type { RefusalReason } from "./protocol";
import { errorOfSsh } from "./ssh-failures";

/** What was under way when something went wrong. */
export type Stage =
  | { kind: "opening"; connection: Connection }
  | { kind: "connecting"; connection: Connection }
  /** The call has not been sent. */
  | { kind: "waiting"; cmdlet: string }
  | { kind: "calling"; cmdlet: string; timeoutSeconds: number };

/** The error for a conversation that came to its end in that stage. `printed` is what the far end printed, redacted. */
export function errorOfEnd(stage: Stage, end: ConversationEnd, printed: string): ExchangeError {
  const details = {
    doing: doingOf(stage),
    answer: printed === "" ? answerOf(stage, end) : `${answerOf(stage, end)}; it printed: “${printed}”`,
    next: nextOf(stage, end),
    outcomeUnknown: mayHaveChanged(stage),
    cause: end.kind === "ended" && end.ending.kind === "notStarted" ? end.ending.error : undefined,
  };
  if (end.kind === "broken") return new ProtocolError(details);
  if (end.kind === "closed") return new ConnectionLost(details);
  if (stage.kind === "opening" && stage.connection.kind === "ssh") return errorOfSsh(details, end, printed);
  if (stage.kind !== "calling") return new Unreachable(details);
  return end.kind === "silent" ? new TimedOut(details) : new ConnectionLost(details);
}

/** The error for a request that the far end refused; `message` is its own, redacted. */
export function errorOfRefusal(stage: Stage, reason: RefusalReason, message: string): ExchangeError {
  const details = { doing: doingOf(stage), answer: `the far end refused: ${message}`, next: REFUSAL_ADVICE[reason] };
  switch (reason) {
    case "version":
      return new UnsupportedVersion(details);
    case "throttled":
      return new Throttled(details);
    case "unauthorised":
      return new Unauthorised(details);
    case "notAllowed":
      return new NotAllowed(details);
    case "protocol":
      return new ProtocolError({ ...details, outcomeUnknown: false });
    default:
      return new Unreachable(details);
  }
}

/** The error for a far end that names another version of the protocol. */
export function errorOfVersion(connection: Connection, name: string, theirs: number, ours: number): UnsupportedVersion {
  return new UnsupportedVersion({
    doing: doingOf({ kind: "opening", connection }),
    answer: `“${name}” speaks version ${theirs} of the protocol, this package version ${ours}`,
    next: VERSION_ADVICE,
  });
}

/** The error for a call that the far end stopped at its time limit. */
export function errorOfTimeLimit(stage: Stage & { kind: "calling" }): TimedOut {
  return new TimedOut({
    doing: doingOf(stage),
    answer: `it was stopped at its time limit of ${stage.timeoutSeconds} seconds`,
    next: `${outcomeAdvice(stage)}; to allow more time, set exchange:timeoutSeconds or the resource's timeoutSeconds`,
    outcomeUnknown: mayHaveChanged(stage),
  });
}

/** The error for a call that the far end stopped because the session was closed. */
export function errorOfCancel(stage: Stage & { kind: "calling" }): ConnectionLost {
  return new ConnectionLost({
    doing: doingOf(stage),
    answer: "it was stopped because the session was closed",
    next: outcomeAdvice(stage),
    outcomeUnknown: mayHaveChanged(stage),
  });
}

const VERSION_ADVICE = "install matching versions of pulumi-exchange-server and of that program";
const PROTOCOL_ADVICE = "check that exchange:command names a program that speaks this package's protocol";
const SERVER_ADVICE = "check exchange:server, the fully qualified domain name of a server that runs Exchange";

const REFUSAL_ADVICE: Record<RefusalReason, string> = {
  version: VERSION_ADVICE,
  protocol: PROTOCOL_ADVICE,
  unreachable: "correct what it names, then try again; nothing was changed",
  unknownHost: `${SERVER_ADVICE}, and that the machine that runs PowerShell can resolve that name`,
  notListening: `${SERVER_ADVICE}, and that its web server runs and no firewall blocks the connection`,
  silent: `${SERVER_ADVICE}, the network, and whether the server is overloaded`,
  noConfiguration: `${SERVER_ADVICE}, and that \`Get-PowerShellVirtualDirectory\` lists its endpoint there`,
  throttled: "close other sessions of this account, then try again",
  unauthorised: "check exchange:username and exchange:password",
  notAllowed: "use a version of that program that allows it",
};

function doingOf(stage: Stage): string {
  switch (stage.kind) {
    case "opening":
      return `starting “${programOf(stage.connection)}”, the program that answers for Exchange`;
    case "connecting":
      return `connecting to Exchange through “${programOf(stage.connection)}”`;
    case "waiting":
    case "calling":
      return `running ${stage.cmdlet}`;
  }
}

function answerOf(stage: Stage, end: ConversationEnd): string {
  const due = {
    opening: "it was ready",
    connecting: "it was connected",
    waiting: "it was sent",
    calling: "it answered",
  }[stage.kind];
  switch (end.kind) {
    case "broken":
      return `it broke the protocol: ${end.how}`;
    case "closed":
      return `the session was closed before ${due}`;
    case "silent":
      return stage.kind === "calling"
        ? `no answer came within its time limit of ${stage.timeoutSeconds} seconds and the grace period after it`
        : `${end.milliseconds / 1000} seconds passed before ${due}`;
    case "ended":
      return end.ending.kind === "notStarted"
        ? `it could not be started (${end.ending.error.code ?? end.ending.error.message})`
        : `it ${howItEnded(end.ending)} before ${due}`;
  }
}

function howItEnded(ending: Exclude<Ending, { kind: "notStarted" }>): string {
  if (ending.kind === "closedStream") return `closed its standard ${ending.stream}`;
  return ending.signal === null ? `ended with exit code ${ending.code}` : `was ended by ${ending.signal}`;
}

function nextOf(stage: Stage, end: ConversationEnd): string {
  if (stage.kind === "calling") return outcomeAdvice(stage);
  if (end.kind === "closed") return "nothing was changed; try again";
  if (end.kind === "broken") return PROTOCOL_ADVICE;
  if (stage.kind === "connecting" && "opening" in stage.connection && !("module" in stage.connection.opening))
    return REFUSAL_ADVICE.silent;
  return stage.kind === "waiting" ? "try again" : startAdvice(stage.connection);
}

/** The program's name alone: its arguments are the user's and may hold anything. */
function programOf(connection: Connection): string {
  switch (connection.kind) {
    case "process":
      return connection.command[0] ?? "";
    case "ssh":
      return `ssh ${connection.destination}`;
    default:
      return connection.shell ?? "PowerShell";
  }
}

function startAdvice(connection: Connection): string {
  switch (connection.kind) {
    case "process":
      return 'check exchange:command, a program that this machine can run, such as ["node", "far-end.js"]';
    case "ssh":
      return `run \`ssh ${connection.destination}\` yourself and correct what it reports`;
    default:
      return "check exchange:shell, a PowerShell that this machine can run, such as /usr/bin/pwsh";
  }
}

function outcomeAdvice(stage: Stage & { kind: "calling" }): string {
  return mayHaveChanged(stage)
    ? "it is not known whether it was carried out: run `pulumi refresh` to find out, then try again"
    : "it only reads, so nothing was changed; try again";
}

/** Before a call, and by a cmdlet that only reads, nothing is changed. */
function mayHaveChanged(stage: Stage): boolean {
  return stage.kind === "calling" && !/^Get-/i.test(stage.cmdlet);
}
