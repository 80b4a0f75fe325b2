import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect } from "chai";
import { ConnectionLost, type ExchangeError, TimedOut, Unauthorised, Unreachable } from "../../provider/errors";
import type { Connection } from "../../provider/powershell/connection";
import { createSession, type Session, type SessionLimits } from "../../provider/powershell/session";
import { gone } from "../provider/powershell/fixture";
import { NOT_KNOWN_WHETHER } from "../provider/powershell/sentences";
import { moduleOf } from "./sessions";
import { needShell } from "./shell";
import { needSshServer, SshServer } from "./ssh-server";

const ENDED = "it ended with exit code 255 before it was ready; it printed: “";

describe("PowerShell over a real ssh", () => {
  let shell: string;
  let server: SshServer;
  const sessions: Session[] = [];

  before(async function () {
    shell = needShell(this);
    needSshServer(this);
    server = await SshServer.start({ PATH: process.env.PATH ?? "" });
  });
  after(async () => {
    if (server) await server.stop();
  });
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
  });

  function open(changed: Partial<Connection & { kind: "ssh" }> = {}, limits: Partial<SessionLimits> = {}): Session {
    const connection: Connection = {
      kind: "ssh",
      destination: server.destination,
      config: server.config(),
      shell,
      opening: { module: moduleOf("hostile") },
      ...changed,
    };
    const session = createSession(connection, undefined, limits);
    sessions.push(session);
    return session;
  }

  const pidOf = async (session: Session): Promise<number> => {
    const { output } = await session.invoke("Get-AuthConfig", { DomainController: "pid" }, { timeoutSeconds: 60 });
    return output[0] as number;
  };

  it("is brought there by standard input, and answers as a local one", async () => {
    const session = open();
    const { output, errors } = await session.invoke(
      "Get-AuthConfig",
      { DomainController: "$(hostname) 'я' \"\u201d\ud800" },
      { timeoutSeconds: 60 },
    );
    expect({ output, errors }).to.deep.equal({ output: ["$(hostname) 'я' \"\u201d\ud800"], errors: [] });
    const pid = await pidOf(session);
    await session.close();
    await gone(pid);
  });

  it("leaves the outcome of a write unknown when the connection is cut, and nothing behind on the other side", async () => {
    const session = open();
    const first = await pidOf(session);
    const call = session.invoke("Set-AuthConfig", { CertificateThumbprint: "hang" }, { timeoutSeconds: 60 });
    setTimeout(() => server.cut(), 500);
    const error: ConnectionLost = await expect(call).to.be.rejectedWith(ConnectionLost);
    expect(error.outcomeUnknown).to.equal(true);
    expect(error.message).to.equal(
      `Failed while running Set-AuthConfig: it ended with exit code 255 before it answered; it printed: “Connection to 127.0.0.1 closed by remote host.” ${NOT_KNOWN_WHETHER}.`,
    );
    await gone(first);
    expect(await pidOf(session)).to.not.equal(first);
  });

  it("ends a call at its time limit, and the shell with it", async () => {
    const session = open();
    const first = await pidOf(session);
    const call = session.invoke("Set-AuthConfig", { CertificateThumbprint: "stuck" }, { timeoutSeconds: 1 });
    await expect(call).to.be.rejectedWith(TimedOut);
    await gone(first);
  });

  type Failure = new (...details: never[]) => ExchangeError;
  const FAILURES: {
    what: string;
    changed: () => Partial<Connection & { kind: "ssh" }>;
    type: Failure;
    answer: string;
    next: string;
  }[] = [
    {
      what: "the other machine's key is another than the known one",
      changed: () => ({ config: server.config("user", "wrong_known_hosts") }),
      type: Unreachable,
      answer: `the host key of the other machine has changed; ${ENDED}`,
      next: "Find out why, since somebody may intercept the connection, then correct the known hosts file.",
    },
    {
      what: "the other machine's key is not known",
      changed: () => ({ config: server.config("user", "no_known_hosts") }),
      type: Unreachable,
      answer: `the host key of the other machine is unknown; ${ENDED}`,
      next: "Compare it with the machine's own key and add it to the known hosts file, for example by running `ssh` yourself.",
    },
    {
      what: "our key is refused",
      changed: () => ({ config: server.config("stranger") }),
      type: Unauthorised,
      answer: `the other machine refused the SSH key or the account; ${ENDED}`,
      next: "Check the user in exchange:sshDestination and the key that ssh offers; ssh cannot ask for a password here.",
    },
    {
      what: "nothing listens on that port",
      changed: () => ({ destination: "ssh://127.0.0.1:1" }),
      type: Unreachable,
      answer: `nothing listens on that port; ${ENDED}`,
      next: "Check host and port of exchange:sshDestination, and that sshd runs.",
    },
    {
      what: "the name is unknown",
      changed: () => ({ destination: "there-is-no-such-host.invalid" }),
      type: Unreachable,
      answer: `the host name cannot be resolved; ${ENDED}`,
      next: "Check the host in exchange:sshDestination.",
    },
    {
      what: "there is no such shell",
      changed: () => ({ shell: "/there/is/no/pwsh" }),
      type: Unreachable,
      answer:
        "there is no such PowerShell on the other machine; it ended with exit code 127 before it was ready; it printed: “",
      next: "Set the PowerShell of that machine, such as `pulumi config set exchange:shell pwsh`.",
    },
    {
      what: "the shell may not be executed",
      changed: () => ({ shell: "/etc/passwd" }),
      type: Unreachable,
      answer:
        "the PowerShell on the other machine cannot be executed; it ended with exit code 126 before it was ready; it printed: “",
      next: "Set the PowerShell of that machine, such as `pulumi config set exchange:shell pwsh`.",
    },
    {
      what: "what is there is no PowerShell",
      changed: () => ({ shell: "/bin/true" }),
      type: Unreachable,
      answer: "it ended with exit code 0 before it was ready. ",
      next: "yourself and correct what it reports.",
    },
  ];
  for (const { what, changed, type, answer, next } of FAILURES) {
    it(`says what is wrong and what to do where ${what}`, async () => {
      const error: ExchangeError = await expect(pidOf(open(changed()))).to.be.rejectedWith(type);
      const { destination = server.destination } = changed();
      expect(
        error.message.startsWith(
          `Failed while starting “ssh ${destination}”, the program that answers for Exchange: ${answer}`,
        ),
        error.message,
      ).to.equal(true);
      expect(error.message.endsWith(next), error.message).to.equal(true);
      expect(error.outcomeUnknown).to.equal(false);
    });
  }

  it("gives up on a peer that accepts and says nothing", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const error: Unreachable = await expect(
      pidOf(open({ destination: `ssh://127.0.0.1:${port}` }, { open: 1_500 })),
    ).to.be.rejectedWith(Unreachable);
    expect(error.message).to.contain("1.5 seconds passed before it was ready");
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it("says that there is no WinRM where the other machine is no Windows", async () => {
    const opening = { server: "mbx1.contoso.example", authentication: "Kerberos" as const };
    const error: Unreachable = await expect(pidOf(open({ opening }))).to.be.rejectedWith(Unreachable);
    expect(error.message).to.contain("no supported WSMan client library was found");
    expect(error.message).to.contain("PSRemotingDataStructureException");
  });
});
