import { randomUUID } from "node:crypto";
import { PowerShell } from "node-powershell";
import { childEnvironment } from "./environment";
import { ProcessTree } from "./process-tree";
import type { Started } from "./started";

/** The variable by which the processes that a shell has started are known as its own, also once it has ended. */
const MARK = "PULUMI_EXCHANGE_SERVER_SHELL";

/**
 * Starts a PowerShell script by node-powershell: its process and its streams. Its `invoke` assembles script text, loses
 * answers and settles nothing when the shell dies, so the script speaks the protocol instead.
 * @param shell the executable's path.
 * @throws what spawn throws for a name that no program can have.
 */
export function startShell(shell: string, script: string): Started {
  const mark = randomUUID();
  const launched = new ResolvedPowerShell({
    executable: shell,
    executableOptions: {
      "-NoProfile": true,
      "-NonInteractive": true,
      "-ExecutionPolicy": "Bypass",
      // What follows is the script's: node-powershell ends the line with -NoExit -Command -, which the script ignores.
      "-File": script,
    },
    // Bytes as they are: a decoder for text would change what is not UTF-8.
    outputEncoding: "latin1",
    // It cannot be given a process group of its own: node-powershell allows none.
    spawnOptions: { env: { ...shellEnvironment(process.env), [MARK]: mark }, windowsHide: true },
  });
  // It says again what the process's own events say.
  // biome-ignore lint/complexity/useLiteralKeys: private to node-powershell, which offers no other way to it.
  launched["exitPromise"].catch(() => undefined);
  const { stdin: input, stdout: output, stderr: error } = launched.streams;
  // Its own listener lets go of standard error after a few bytes, which stops the stream: the shell would block on it.
  error.on("pause", () => error.resume());
  // biome-ignore lint/complexity/useLiteralKeys: private too.
  const child = launched["process"];
  const tree = new ProcessTree(child, `${MARK}=${mark}`);
  return { process: child, input, output, error, kill: () => tree.kill(), look: () => tree.look() };
}

/** Runs the executable that we resolved, whatever NODE_POWERSHELL or node-powershell's own defaults say. */
class ResolvedPowerShell extends PowerShell {
  protected override setExecutable({ executable = "" }: { executable?: string }): string {
    return executable;
  }
}

/** PowerShell must not look for updates or send telemetry on behalf of a provider. */
function shellEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...childEnvironment(environment), POWERSHELL_TELEMETRY_OPTOUT: "1", POWERSHELL_UPDATECHECK: "Off" };
}
