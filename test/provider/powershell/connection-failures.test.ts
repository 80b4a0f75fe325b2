import { expect } from "chai";
import { ConnectionLost, type ExchangeError, Throttled, Unauthorised, Unreachable } from "../../../provider/errors";
import { classify } from "../../../provider/exchange/classify";
import type { Connection } from "../../../provider/powershell/connection";
import type { ConversationEnd } from "../../../provider/powershell/conversation";
import { errorOfEnd, errorOfRefusal, type Stage } from "../../../provider/powershell/failures";
import type { RefusalReason } from "../../../provider/powershell/protocol";
import { NOT_KNOWN_WHETHER } from "./sentences";

type Failure = new (...details: never[]) => ExchangeError;

const server = { server: "mbx1.contoso.example", authentication: "Kerberos" as const };
const MODULE: Connection = { kind: "module", opening: { module: "./sandbox/powershell" } };
const ENDPOINT: Connection = { kind: "endpoint", opening: server };
const SSH: Connection = { kind: "ssh", destination: "admin@mbx1", opening: server };

const SERVER = "Check exchange:server, the fully qualified domain name of a server that runs Exchange";
const OVERLOADED = `${SERVER}, the network, and whether the server is overloaded`;
const NO_ENDPOINT = `${SERVER}, and that \`Get-PowerShellVirtualDirectory\` lists its endpoint there`;
const CREDENTIAL = "Check exchange:username and exchange:password";
const CLOSE = "Close other sessions of this account, then try again";
const LOOK = "Run `pulumi refresh` to find out whether it was carried out, then try again";
const NO_SHELL = "Set the PowerShell of that machine, such as `pulumi config set exchange:shell pwsh`";

const exited = (code: number | null, signal: NodeJS.Signals | null = null): ConversationEnd => ({
  kind: "ended",
  ending: { kind: "exited", code, signal },
});

/** The far end came to an end, or fell silent, while the connection was opened. */
const opening = (connection: Connection, end: ConversationEnd, printed = "") =>
  errorOfEnd({ kind: "opening", connection }, end, printed);

/** The bridge is there and refuses, with what WinRM's client said. */
const refused = (connection: Connection, reason: RefusalReason) =>
  errorOfRefusal({ kind: "connecting", connection }, reason, "WinRM said so");

const WRITE: Stage = { kind: "calling", cmdlet: "Set-AuthConfig", timeoutSeconds: 300 };

/** What a session to the endpoint that broke leaves, as measured over a real remoting session. */
const broken = {
  reason: "PSRemotingTransportException",
  category: "ResourceUnavailable",
  fullyQualifiedErrorId: "System.Management.Automation.Remoting.PSRemotingDataStructureException",
  target: "",
  message: "The session ended",
};

/**
 * Every failure that a connection can have, with the error that its user gets. Each is also had from the thing itself in
 * test/powershell: of the module and of ssh for real, of the endpoint played.
 */
const FAILURES: { failure: string; on: string; error: ExchangeError; type: Failure; next: string }[] = [
  {
    failure: "refused",
    on: "endpoint",
    error: refused(ENDPOINT, "notListening"),
    type: Unreachable,
    next: `${SERVER}, and that its web server runs and no firewall blocks the connection`,
  },
  {
    failure: "refused",
    on: "ssh",
    error: opening(SSH, exited(255), "ssh: connect to host mbx1 port 22: Connection refused"),
    type: Unreachable,
    next: "Check host and port of exchange:sshDestination, and that sshd runs",
  },
  {
    failure: "unknown host",
    on: "endpoint",
    error: refused(ENDPOINT, "unknownHost"),
    type: Unreachable,
    next: `${SERVER}, and that the machine that runs PowerShell can resolve that name`,
  },
  {
    failure: "unknown host",
    on: "ssh",
    error: opening(SSH, exited(255), "ssh: Could not resolve hostname mbx1: Name or service not known"),
    type: Unreachable,
    next: "Check the host in exchange:sshDestination",
  },
  {
    failure: "wrong host key",
    on: "ssh",
    error: opening(SSH, exited(255), "WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! Host key verification failed."),
    type: Unreachable,
    next: "Find out why, since somebody may intercept the connection, then correct the known hosts file",
  },
  {
    failure: "unknown host key",
    on: "ssh",
    error: opening(SSH, exited(255), "Host key verification failed."),
    type: Unreachable,
    next: "Compare it with the machine's own key and add it to the known hosts file, for example by running `ssh` yourself",
  },
  {
    failure: "key refused",
    on: "ssh",
    error: opening(SSH, exited(255), "admin@mbx1: Permission denied (publickey)."),
    type: Unauthorised,
    next: "Check the user in exchange:sshDestination and the key that ssh offers; ssh cannot ask for a password here",
  },
  {
    failure: "no shell there",
    on: "module",
    error: opening(MODULE, { kind: "ended", ending: { kind: "notStarted", error: new Error("spawn pwsh ENOENT") } }),
    type: Unreachable,
    next: "Check exchange:shell, a PowerShell that this machine can run, such as /usr/bin/pwsh",
  },
  {
    failure: "no shell there",
    on: "ssh, a shell of Unix",
    error: opening(SSH, exited(127)),
    type: Unreachable,
    next: NO_SHELL,
  },
  {
    failure: "no shell there",
    on: "ssh, cmd of Windows",
    error: opening(SSH, exited(9009)),
    type: Unreachable,
    next: NO_SHELL,
  },
  {
    failure: "no such configuration",
    on: "endpoint",
    error: refused(ENDPOINT, "noConfiguration"),
    type: Unreachable,
    next: NO_ENDPOINT,
  },
  {
    failure: "no such configuration",
    on: "ssh",
    error: refused(SSH, "noConfiguration"),
    type: Unreachable,
    next: NO_ENDPOINT,
  },
  {
    failure: "wrong password",
    on: "endpoint",
    error: refused(ENDPOINT, "unauthorised"),
    type: Unauthorised,
    next: CREDENTIAL,
  },
  { failure: "wrong password", on: "ssh", error: refused(SSH, "unauthorised"), type: Unauthorised, next: CREDENTIAL },
  { failure: "too many shells", on: "endpoint", error: refused(ENDPOINT, "throttled"), type: Throttled, next: CLOSE },
  { failure: "too many shells", on: "ssh", error: refused(SSH, "throttled"), type: Throttled, next: CLOSE },
  {
    failure: "silent peer",
    on: "endpoint, as WinRM says",
    error: refused(ENDPOINT, "silent"),
    type: Unreachable,
    next: OVERLOADED,
  },
  {
    failure: "silent peer",
    on: "endpoint, where WinRM says nothing",
    error: errorOfEnd({ kind: "connecting", connection: ENDPOINT }, { kind: "silent", milliseconds: 60_000 }, ""),
    type: Unreachable,
    next: OVERLOADED,
  },
  {
    failure: "silent peer",
    on: "ssh, as it says",
    error: opening(SSH, exited(255), "Connection timed out during banner exchange"),
    type: Unreachable,
    next: "Check host, network and firewall",
  },
  {
    failure: "silent peer",
    on: "ssh, where it says nothing",
    error: opening(SSH, { kind: "silent", milliseconds: 60_000 }),
    type: Unreachable,
    next: "Run `ssh admin@mbx1` yourself and correct what it reports",
  },
  {
    failure: "lost in mid-call",
    on: "endpoint",
    error: classify(broken, "running Set-AuthConfig"),
    type: ConnectionLost,
    next: LOOK,
  },
  {
    failure: "lost in mid-call",
    on: "module",
    error: errorOfEnd(WRITE, exited(null, "SIGKILL"), ""),
    type: ConnectionLost,
    next: NOT_KNOWN_WHETHER,
  },
  {
    failure: "lost in mid-call",
    on: "ssh",
    error: errorOfEnd(WRITE, exited(255), "Connection to mbx1 closed by remote host."),
    type: ConnectionLost,
    next: NOT_KNOWN_WHETHER,
  },
];

describe("the failures of a connection", () => {
  for (const { failure, on, error, type, next } of FAILURES) {
    it(`have an error that says what to do: ${failure}, ${on}`, () => {
      expect(error).to.be.instanceOf(type);
      expect(error.message.endsWith(`${next}.`), error.message).to.equal(true);
      expect(error.outcomeUnknown).to.equal(failure === "lost in mid-call");
    });
  }
});
