import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { ExchangeError, Throttled, Unauthorised, Unreachable } from "../../provider/errors";
import { classify } from "../../provider/exchange/classify";
import type { ErrorRecord } from "../../provider/powershell/protocol";
import { createSession, type Session } from "../../provider/powershell/session";
import { family } from "../family";
import { gone } from "../provider/powershell/fixture";
import { ConfigurationFile } from "./configured";
import { type OpenFailure, type Opening, PlayedEndpoint } from "./played-endpoint";
import { moduleOf } from "./sessions";
import { needShell } from "./shell";
import { needSshServer, SshServer } from "./ssh-server";

type Failure = new (...details: never[]) => ExchangeError;

const TRANSPORT = "System.Management.Automation.Remoting.PSRemotingDataStructureException";
const SERVER = "check exchange:server, the fully qualified domain name of a server that runs Exchange";
const CLOSE = "close other sessions of this account, then try again";
const CREDENTIAL = "check exchange:username and exchange:password";

describe("the endpoint, played where WinRM's client would be", () => {
  let shell: string;
  const played: PlayedEndpoint[] = [];
  const sessions: Session[] = [];

  before(function () {
    shell = needShell(this);
  });
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
    for (const endpoint of played.splice(0)) endpoint.remove();
  });

  function open(opening: Opening): { session: Session; endpoint: PlayedEndpoint } {
    const endpoint = new PlayedEndpoint(shell, opening);
    played.push(endpoint);
    const server = { server: "mbx1.contoso.example", authentication: "Kerberos" as const };
    const session = createSession({ kind: "endpoint", shell: endpoint.shell, opening: server });
    sessions.push(session);
    return { session, endpoint };
  }

  const call = (session: Session, cmdlet: "Get-AuthConfig" | "Set-AuthConfig", behaviour: string) =>
    session.invoke(
      cmdlet,
      { [cmdlet === "Get-AuthConfig" ? "DomainController" : "CertificateThumbprint"]: behaviour },
      { timeoutSeconds: 60 },
    );
  const pidOf = async (session: Session) => (await call(session, "Get-AuthConfig", "pid")).output[0] as number;

  // The numbers are those of winerror.h and wsmerror.h; the text of Exchange's own limit is a public sample. Then what
  // the caller gets, and the pauses before that.
  const FAILURES: { what: string; failure: OpenFailure; type: Failure; advice: string; pauses: number[] }[] = [
    {
      what: "a wrong password",
      failure: { code: 1326, message: "The user name or password is incorrect." },
      type: Unauthorised,
      advice: CREDENTIAL,
      pauses: [],
    },
    {
      what: "no access",
      failure: { code: 5, message: "Access is denied." },
      type: Unauthorised,
      advice: CREDENTIAL,
      pauses: [],
    },
    {
      what: "too many shells for WinRM",
      failure: { code: -2144108123, message: "The maximum number of concurrent shells has been exceeded." },
      type: Throttled,
      advice: CLOSE,
      pauses: [2, 4, 8],
    },
    {
      what: "too many sessions for Exchange",
      failure: {
        code: 0,
        message:
          "Fail to create a runspace because you have exceeded the maximum number of connections allowed : 18 for the policy party : MaxConcurrency.",
      },
      type: Throttled,
      advice: CLOSE,
      pauses: [2, 4, 8],
    },
    {
      what: "nothing that listens",
      failure: { code: -2144108526, message: "The client cannot connect to the destination." },
      type: Unreachable,
      advice: `${SERVER}, and that its web server runs and no firewall blocks the connection`,
      pauses: [],
    },
    {
      what: "an unknown host",
      failure: { code: -2144108103, message: "The server name cannot be resolved." },
      type: Unreachable,
      advice: `${SERVER}, and that the machine that runs PowerShell can resolve that name`,
      pauses: [],
    },
    {
      what: "a silent peer",
      failure: { code: -2144108250, message: "The operation did not complete within the time specified." },
      type: Unreachable,
      advice: `${SERVER}, the network, and whether the server is overloaded`,
      pauses: [],
    },
    {
      what: "no such configuration",
      failure: { code: -2144108269, message: "The WinRM client received an HTTP status code of 404." },
      type: Unreachable,
      advice: `${SERVER}, and that \`Get-PowerShellVirtualDirectory\` lists its endpoint there`,
      pauses: [],
    },
    {
      what: "anything else",
      failure: { code: -2144108316, message: "The server certificate is not trusted." },
      type: Unreachable,
      advice: "correct what it names, then try again; nothing was changed",
      pauses: [],
    },
  ];
  family("tells a failure apart by number or identifier, with advice:", () => {
    for (const { what, failure, type, advice, pauses } of FAILURES) {
      it(what, async () => {
        const { session, endpoint } = open({ failure });
        const error: ExchangeError = await expect(call(session, "Set-AuthConfig", "pid")).to.be.rejectedWith(type);
        const name = type === Throttled ? "PSSessionOpenFailed" : TRANSPORT;
        expect(error.message).to.equal(
          `Failed while connecting to Exchange through “${endpoint.shell}”: the far end refused: ` +
            `${failure.message} (${name}, ${failure.code}). ${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`,
        );
        expect(error.outcomeUnknown).to.equal(false);
        expect(endpoint.pauses()).to.deep.equal(pauses);
      });
    }
  });

  it("is opened after a pause where there were too many shells only at first", async () => {
    const runspace = `$initial = [initialsessionstate]::CreateDefault2(); [void]$initial.ImportPSModule('${moduleOf("hostile")}'); [runspacefactory]::CreateRunspace($initial)`;
    const failure = { code: -2144108060, message: "Too many.", times: 2 };
    const { session, endpoint } = open({ failure, runspace });
    expect(await pidOf(session)).to.be.a("number");
    expect(endpoint.pauses()).to.deep.equal([2, 4]);
  });

  // A real remoting session, and a real break of it: over ssh in place of WinRM.
  describe("by a remoting session that breaks", () => {
    let server: SshServer;
    let file: ConfigurationFile;
    before(async function () {
      needSshServer(this);
      file = new ConfigurationFile(moduleOf("hostile"));
      const subsystem = `${shell} -SSHServerMode -NoLogo -NoProfile -ConfigurationFile ${file.path}`;
      server = await SshServer.start({ PATH: process.env.PATH ?? "" }, subsystem);
    });
    after(async () => {
      await server?.stop();
      file?.remove();
    });

    const remoting = () => open({ runspace: server.remotingSession() });

    it("is opened again for a read, which is asked again", async () => {
      const { session } = remoting();
      const first = await pidOf(session);
      const { output, errors } = await call(session, "Get-AuthConfig", `killed-once ${file.path}.once`);
      expect(errors).to.deep.equal([]);
      expect(output[0]).to.be.a("number").and.not.equal(first);
      await gone(first);
    });

    it("leaves the outcome of a write unknown, and is opened again for the next call", async () => {
      const { session } = remoting();
      const first = await pidOf(session);
      const writing = call(session, "Set-AuthConfig", "hang");
      await wait(300);
      server.cut();
      const { errors } = await writing;
      expect(errors.map(({ reason, fullyQualifiedErrorId }) => [reason, fullyQualifiedErrorId])).to.deep.equal([
        ["PSRemotingTransportException", TRANSPORT],
      ]);
      const error = classify(errors[0] as ErrorRecord, "naming a certificate");
      expect([error.name, error.outcomeUnknown]).to.deep.equal(["ConnectionLost", true]);
      expect(await pidOf(session)).to.not.equal(first);
      await gone(first);
    });

    it("is stopped, and closed on the other side, when our session closes in the middle of a call", async () => {
      const { session } = remoting();
      const first = await pidOf(session);
      const writing = expect(call(session, "Set-AuthConfig", "hang")).to.be.rejectedWith(ExchangeError);
      await wait(300);
      await session.close();
      const error: ExchangeError = await writing;
      expect(error.answer).to.equal("it was stopped because the session was closed");
      await gone(first);
    });
  });
});
