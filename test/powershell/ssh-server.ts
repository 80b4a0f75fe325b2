import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const SSHD = "/usr/sbin/sshd";

/** For `before` of a suite: skips it, loudly, where no sshd is. */
export function needSshServer(context: Mocha.Context): void {
  if (existsSync(SSHD)) return;
  process.stdout.write(`    SKIPPED, no sshd: there is no ${SSHD} (Debian's openssh-server has it)\n`);
  context.skip();
}

/** A real sshd on loopback, with keys of its own in a temporary folder; it lets in the user who runs the tests. */
export class SshServer {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly server: ChildProcess,
  ) {}

  /**
   * @param environment what a session's environment has beside its own.
   * @param subsystem the command of the subsystem "exchange". @default there is none
   */
  static async start(environment: Record<string, string>, subsystem?: string): Promise<SshServer> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sshd-"));
    const port = await freePort();
    for (const key of ["host", "other", "user", "stranger"]) {
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", key, "-f", path.join(folder, key)]);
    }
    writeFileSync(path.join(folder, "authorized_keys"), readFileSync(path.join(folder, "user.pub")));
    for (const [file, key] of Object.entries({ known_hosts: "host", wrong_known_hosts: "other" })) {
      writeFileSync(
        path.join(folder, file),
        `[127.0.0.1]:${port} ${readFileSync(path.join(folder, `${key}.pub`), "utf8")}`,
      );
    }
    const variables = Object.entries(environment).map(([name, value]) => `"${name}=${value}"`);
    const lines = [
      "ListenAddress 127.0.0.1",
      `Port ${port}`,
      `HostKey ${path.join(folder, "host")}`,
      `AuthorizedKeysFile ${path.join(folder, "authorized_keys")}`,
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "PermitRootLogin yes",
      "StrictModes no",
      "UsePAM no",
      "PidFile none",
      "AcceptEnv SANDBOX_HOME",
      `SetEnv ${variables.join(" ")}`,
      ...(subsystem ? [`Subsystem exchange ${subsystem}`] : []),
    ];
    writeFileSync(path.join(folder, "sshd_config"), `${lines.join("\n")}\n`);
    // sshd gives up its privileges in this folder, where it has any.
    if (os.userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true });
    const server = spawn(SSHD, ["-D", "-e", "-f", path.join(folder, "sshd_config")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const printed = createInterface({ input: server.stderr });
    let line = "";
    while (!line.includes("Server listening")) [line] = (await once(printed, "line")) as [string];
    return new SshServer(folder, port, server);
  }

  get destination(): string {
    return `ssh://${os.userInfo().username}@127.0.0.1:${this.port}`;
  }

  /**
   * A file for the client, in the form of ssh_config.
   * @param key the one that the client offers: `user` is let in.
   * @param knownHosts `known_hosts` holds this server's key, `wrong_known_hosts` another one's.
   * @param home the sandbox's folder, for a module on the other side.
   */
  config(key = "user", knownHosts = "known_hosts", home = ""): string {
    const file = path.join(this.folder, ["client", key, knownHosts, path.basename(path.dirname(home))].join("-"));
    const lines = [
      `IdentityFile ${path.join(this.folder, key)}`,
      "IdentitiesOnly yes",
      `UserKnownHostsFile ${path.join(this.folder, knownHosts)}`,
      "GlobalKnownHostsFile /dev/null",
      `SetEnv SANDBOX_HOME=${home}`,
    ];
    writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  }

  /** A statement in PowerShell that gives a remoting session to the subsystem "exchange", not opened yet. */
  remotingSession(): string {
    const key = path.join(this.folder, "user");
    const options = `@{ StrictHostKeyChecking = 'yes'; UserKnownHostsFile = '${path.join(this.folder, "known_hosts")}' }`;
    const destination = `'${os.userInfo().username}', '127.0.0.1', '${key}', ${this.port}, 'exchange', 10000`;
    return `[runspacefactory]::CreateRunspace((New-Object Management.Automation.Runspaces.SSHConnectionInfo ${destination}, ${options}))`;
  }

  /** Cuts every connection; the server listens on. */
  cut(): void {
    const sessions = execFileSync("ps", ["-o", "pid=", "--ppid", String(this.server.pid)], { encoding: "utf8" });
    for (const pid of sessions.split("\n").map(Number).filter(Boolean)) process.kill(pid, "SIGKILL");
  }

  async stop(): Promise<void> {
    this.server.kill();
    if (this.server.exitCode === null && this.server.signalCode === null) await once(this.server, "exit");
    rmSync(this.folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
