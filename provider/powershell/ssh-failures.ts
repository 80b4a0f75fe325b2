import { type ErrorDetails, type ExchangeError, Unauthorised, Unreachable } from "../errors";
import type { ConversationEnd } from "./conversation";

/** What ssh's own texts mean, which OpenSSH does not translate; the first row that fits counts. */
const TEXTS: [RegExp, { answer: string; next: string; unauthorised?: true }][] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for \S+ has changed/,
    {
      answer: "the other machine's host key is not the one that is known",
      next: "find out why: somebody may be in between; then put the right key into the known hosts file",
    },
  ],
  [
    /Host key verification failed/,
    {
      answer: "the other machine's host key is not known here",
      next: "compare it with the machine's own and put it into the known hosts file, for example by `ssh` by hand",
    },
  ],
  [
    /Permission denied|Too many authentication failures/,
    {
      answer: "ssh's key or account was refused",
      next: "check the user in exchange:sshDestination and the key that ssh offers; no password is ever typed",
      unauthorised: true,
    },
  ],
  [
    /Connection refused/,
    { answer: "nothing listens there", next: "check host and port of exchange:sshDestination, and that sshd runs" },
  ],
  [
    /Could not resolve hostname/,
    { answer: "the host's name is unknown", next: "check the host in exchange:sshDestination" },
  ],
  [
    /timed out|No route to host|Network is unreachable/,
    { answer: "the host does not answer", next: "check host, network and firewall" },
  ],
];

// What the shells of both systems give for a command that they cannot find or may not run.
const NO_SHELL = new Map<number | null, string>([
  [127, "there is no such PowerShell on the other machine"],
  [9009, "there is no such PowerShell on the other machine"],
  [126, "the PowerShell on the other machine cannot be executed"],
]);

/**
 * The error for an ssh that ended, or fell silent, before the bridge said hello.
 * @param details what is known without looking at what ssh said.
 * @param printed what it printed, redacted.
 */
export function errorOfSsh(details: ErrorDetails, end: ConversationEnd, printed: string): ExchangeError {
  if (end.kind !== "ended" || end.ending.kind !== "exited") return new Unreachable(details);
  const { code } = end.ending;
  const noShell = NO_SHELL.get(code);
  if (noShell !== undefined)
    return new Unreachable({
      ...details,
      answer: `${noShell}; ${details.answer}`,
      next: "name the one that is there, such as `pulumi config set exchange:shell pwsh`",
    });
  // Every other code is the bootstrap's or the bridge's own.
  const known = code === 255 ? TEXTS.find(([text]) => text.test(printed))?.[1] : undefined;
  if (known === undefined) return new Unreachable(details);
  const told = { ...details, answer: `${known.answer}; ${details.answer}`, next: known.next };
  return known.unauthorised ? new Unauthorised(told) : new Unreachable(told);
}
