import { expect } from "chai";
import { ConnectionLost, type ExchangeError, Throttled, Unauthorised, Unreachable } from "../../../provider/errors";
import { classify } from "../../../provider/exchange/classify";
import type { Connection } from "../../../provider/powershell/connection";
import type { ConversationEnd } from "../../../provider/powershell/conversation";
import { errorOfEnd, errorOfRefusal, type Stage } from "../../../provider/powershell/failures";
import type { RefusalReason } from "../../../provider/powershell/protocol";

type Failure = new (...details: never[]) => ExchangeError;

const server = { server: "mbx1.contoso.example", authentication: "Kerberos" as const };
const MODULE: Connection = { kind: "module", opening: { module: "./sandbox/powershell" } };
const ENDPOINT: Connection = { kind: "endpoint", opening: server };
const SSH: Connection = { kind: "ssh", destination: "admin@mbx1", opening: server };

const SERVER = "Check exchange:server, the fully qualified domain name of a server that runs Exchange";
const CREDENTIAL = "Check exchange:username and exchange:password";
const CLOSE = "Close other sessions of this account, then try again";
const OUTCOME = "It is not known whether it was carried out: run `pulumi refresh` to find out, then try again";
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
const FAILURES: [failure: string, on: string, error: ExchangeError, type: Failure, next: string][] = [
  [
    "refused",
    "endpoint",
    refused(ENDPOINT, "notListening"),
    Unreachable,
    `${SERVER}, and that its web server runs and no firewall blocks the connection`,
  ],
  [
    "refused",
    "ssh",
    opening(SSH, exited(255), "ssh: connect to host mbx1 port 22: Connection refused"),
    Unreachable,
    "Check host and port of exchange:sshDestination, and that sshd runs",
  ],
  [
    "unknown host",
    "endpoint",
    refused(ENDPOINT, "unknownHost"),
    Unreachable,
    `${SERVER}, and that the machine that runs PowerShell can resolve that name`,
  ],
  [
    "unknown host",
    "ssh",
    opening(SSH, exited(255), "ssh: Could not resolve hostname mbx1: Name or service not known"),
    Unreachable,
    "Check the host in exchange:sshDestination",
  ],
  [
    "wrong host key",
    "ssh",
    opening(SSH, exited(255), "WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! Host key verification failed."),
    Unreachable,
    "Find out why, since somebody may intercept the connection, then correct the known hosts file",
  ],
  [
    "unknown host key",
    "ssh",
    opening(SSH, exited(255), "Host key verification failed."),
    Unreachable,
    "Compare it with the machine's own key and add it to the known hosts file, for example by running `ssh` yourself",
  ],
  [
    "key refused",
    "ssh",
    opening(SSH, exited(255), "admin@mbx1: Permission denied (publickey)."),
    Unauthorised,
    "Check the user in exchange:sshDestination and the key that ssh offers; ssh cannot ask for a password here",
  ],
  [
    "no shell there",
    "module",
    opening(MODULE, { kind: "ended", ending: { kind: "notStarted", error: new Error("spawn pwsh ENOENT") } }),
    Unreachable,
    "Check exchange:shell, a PowerShell that this machine can run, such as /usr/bin/pwsh",
  ],
  ["no shell there", "ssh, a shell of Unix", opening(SSH, exited(127)), Unreachable, NO_SHELL],
  ["no shell there", "ssh, cmd of Windows", opening(SSH, exited(9009)), Unreachable, NO_SHELL],
  [
    "no such configuration",
    "endpoint",
    refused(ENDPOINT, "noConfiguration"),
    Unreachable,
    `${SERVER}, and that \`Get-PowerShellVirtualDirectory\` lists its endpoint there`,
  ],
  [
    "no such configuration",
    "ssh",
    refused(SSH, "noConfiguration"),
    Unreachable,
    `${SERVER}, and that \`Get-PowerShellVirtualDirectory\` lists its endpoint there`,
  ],
  ["wrong password", "endpoint", refused(ENDPOINT, "unauthorised"), Unauthorised, CREDENTIAL],
  ["wrong password", "ssh", refused(SSH, "unauthorised"), Unauthorised, CREDENTIAL],
  ["too many shells", "endpoint", refused(ENDPOINT, "throttled"), Throttled, CLOSE],
  ["too many shells", "ssh", refused(SSH, "throttled"), Throttled, CLOSE],
  [
    "silent peer",
    "endpoint, as WinRM says",
    refused(ENDPOINT, "silent"),
    Unreachable,
    `${SERVER}, the network, and whether the server is overloaded`,
  ],
  [
    "silent peer",
    "endpoint, where WinRM says nothing",
    errorOfEnd({ kind: "connecting", connection: ENDPOINT }, { kind: "silent", milliseconds: 60_000 }, ""),
    Unreachable,
    `${SERVER}, the network, and whether the server is overloaded`,
  ],
  [
    "silent peer",
    "ssh, as it says",
    opening(SSH, exited(255), "Connection timed out during banner exchange"),
    Unreachable,
    "Check host, network and firewall",
  ],
  [
    "silent peer",
    "ssh, where it says nothing",
    opening(SSH, { kind: "silent", milliseconds: 60_000 }),
    Unreachable,
    "Run `ssh admin@mbx1` yourself and correct what it reports",
  ],
  ["lost in mid-call", "endpoint", classify(broken, "running Set-AuthConfig"), ConnectionLost, LOOK],
  ["lost in mid-call", "module", errorOfEnd(WRITE, exited(null, "SIGKILL"), ""), ConnectionLost, OUTCOME],
  [
    "lost in mid-call",
    "ssh",
    errorOfEnd(WRITE, exited(255), "Connection to mbx1 closed by remote host."),
    ConnectionLost,
    OUTCOME,
  ],
];

describe("the failures of a connection", () => {
  for (const [failure, on, error, type, next] of FAILURES) {
    it(`have an error that says what to do: ${failure}, ${on}`, () => {
      expect(error).to.be.instanceOf(type);
      expect(error.message.endsWith(`${next}.`), error.message).to.equal(true);
      expect(error.outcomeUnknown).to.equal(failure === "lost in mid-call");
    });
  }
});
