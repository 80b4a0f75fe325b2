import { CmdletFailed, ExchangeError, InvalidInput, NotFound, ServerUnreachable, TimedOut } from "../../errors";
import type { ProbeResult } from "../../exchange/monitoring";
import { sameText } from "../../exchange/properties";
import type { ExchangeServer, ExchangeServers } from "../../exchange/servers";

const UNKNOWN = "Unknown";

/**
 * The result of a probe that the health manager did not come to know in time.
 * @param refusal what Exchange answered last: since any plain refusal is waited for, it may be about something else.
 */
export function unknownResult(refusal: unknown): ProbeResult {
  return { resultType: UNKNOWN, error: refusal instanceof ExchangeError ? refusal.answer : "", exception: "" };
}

/** Whether the probe did not become known in time. */
export function isUnknown({ resultType }: ProbeResult): boolean {
  return resultType === UNKNOWN;
}

/**
 * The server that runs the probe.
 * @param wanted its name or full name: an ignored one, too, where the program names it. Without one it is the first
 * Mailbox server that counts, in name order.
 * @throws NotFound that lists the Mailbox servers.
 */
export function chooseServer({ counted, ignored }: ExchangeServers, wanted: string | undefined): ExchangeServer {
  const servers = wanted === undefined ? counted : [...counted, ...ignored];
  const mailboxes = servers.filter(({ isMailbox }) => isMailbox);
  const isWanted = ({ name, fqdn }: ExchangeServer) =>
    wanted === undefined || [name, fqdn].some((text) => sameText(text, wanted));
  const found = mailboxes.find(isWanted);
  if (found) return found;
  throw new NotFound({
    doing: "choosing the server for the push notification probe",
    answer:
      wanted === undefined
        ? "the organisation has no Mailbox server of version 15 or later that is not ignored"
        : `no Mailbox server is named ${wanted}; the Mailbox servers are ${mailboxes.map(({ name }) => name).join(", ")}`,
    next: wanted === undefined ? "check `ignoreServers`, or set `server`" : "set `server` to one of them",
  });
}

/**
 * Whether the probe may yet become known. Exchange has no class of its own for a probe that it does not know, so every
 * plain refusal counts, and silence up to the time limit, too; a server whose health manager was just restarted may not
 * answer for a while either.
 */
export function mayBecomeKnown(error: unknown, restarted: boolean): boolean {
  const refusals = [InvalidInput, NotFound, CmdletFailed, TimedOut];
  return refusals.some((kind) => error instanceof kind) || (restarted && error instanceof ServerUnreachable);
}

/** Whether the probe found that notifications get through. */
export function hasSucceeded({ resultType }: ProbeResult): boolean {
  return sameText(resultType, "Succeeded");
}

/**
 * What to do about a probe that did not succeed, without a final full stop.
 * @param restarted whether the health manager was restarted before it.
 * @param again how the probe comes to run again.
 */
export function advice(result: ProbeResult, restarted: boolean, again: string): string {
  if (!isUnknown(result)) return `Correct what it names, then ${again}`;
  if (restarted) {
    return `The health manager was restarted and needs longer than \`timeoutSeconds\`, or is not well: look at Get-ServerHealth there, then ${again}`;
  }
  return (
    "The health manager learns of a newly enabled proxy when it is restarted: set `restartHealthService`, or restart " +
    `MSExchangeHM there and ${again}`
  );
}

/** What the probe found, in a few words for people. */
export function verdict({ resultType, error, exception }: ProbeResult): string {
  return [resultType, error, exception].filter((text) => text !== "").join(": ");
}
