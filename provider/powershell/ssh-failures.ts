import { type ErrorDetails, type ExchangeError, Unauthorised, Unreachable } from "../errors";
import type { ConversationEnd } from "./conversation";

/** What ssh's own texts mean, which OpenSSH does not translate; the first row that fits counts. */
const TEXTS: [RegExp, { answer: string; next: string; unauthorised?: true }][] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for \S+ has changed/,
    {
      answer: "the host key of the other machine has changed",
      next: "find out why, since somebody may intercept the connection, then correct the known hosts file",
    },
  ],
  [
    /Host key verification failed/,
    {
      answer: "the host key of the other machine is unknown",
      next: "compare it with the machine's own key and add it to the known hosts file, for example by running `ssh` yourself",
    },
  ],
  [
    /Permission denied|Too many authentication failures/,
    {
      answer: "the other machine refused the SSH key or the account",
      next: "check the user in exchange:sshDestination and the key that ssh offers; ssh cannot ask for a password here",
      unauthorised: true,
    },
  ],
  [
    /Connection refused/,
    {
      answer: "nothing listens on that port",
      next: "check host and port of exchange:sshDestination, and that sshd runs",
    },
  ],
  [
    /Could not resolve hostname/,
    { answer: "the host name cannot be resolved", next: "check the host in exchange:sshDestination" },
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
      next: "set the PowerShell of that machine, such as `pulumi config set exchange:shell pwsh`",
    });
  // Every other code is the bootstrap's or the bridge's own.
  const known = code === 255 ? TEXTS.find(([text]) => text.test(printed))?.[1] : undefined;
  if (known === undefined) return new Unreachable(details);
  const told = { ...details, answer: `${known.answer}; ${details.answer}`, next: known.next };
  return known.unauthorised ? new Unauthorised(told) : new Unreachable(told);
}
