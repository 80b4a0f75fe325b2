import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { pathToFileURL } from "node:url";
import { withLoopbackFree } from "pulumi-local-engine";
import { readTenant, startTenant } from "../../entra";
import { openOrganisation, readOrganisation } from "../../exchange";
import { type AddCommand, type Surroundings as CommandSurroundings, withExamples } from "../command";
import { sandboxEnvironment } from "../environment";
import { CommandError, UsageError } from "../errors";
import { introductionTo } from "../introduction";
import { passphraseOf } from "../passphrase";
import { placesOf } from "../places";
import { HeldSignals } from "../signals";
import { trustObstacle } from "../trust";

export const addWith: AddCommand = (parent, surroundings) => {
  const command = parent
    .command("with")
    .description("Run a command that uses this sandbox, for example Pulumi's own CLI")
    .usage("COMMAND [ARGUMENT] …")
    .argument("[words...]", "The command and its arguments")
    .passThroughOptions()
    .action((words: string[]) => run(words, surroundings))
    .addHelpText("after", DETAILS);
  return withExamples(
    command,
    "npm run sandbox -- with pulumi stack init trial",
    "npm run sandbox -- with pulumi up --stack dev",
    "npm run sandbox -- with bash",
  );
};

const DETAILS = `
Environment variables lead the command to the sandbox's tenant (ARM_METADATA_HOSTNAME, ARM_TENANT_ID, ARM_CLIENT_ID,
ARM_CLIENT_SECRET, SSL_CERT_FILE), its Exchange (SANDBOX_HOME) and its stacks (PULUMI_BACKEND_URL,
PULUMI_CONFIG_PASSPHRASE). The command uses this terminal and receives its signals, and its exit code is returned. The
stacks are the same as those of npm run up.`;

async function run(words: readonly string[], { environment, stderr, conclude }: CommandSurroundings): Promise<void> {
  const [command, ...rest] = words;
  if (command === undefined) {
    throw new UsageError('"with" needs a command, for example: npm run sandbox -- with pulumi up');
  }
  const { home } = placesOf(environment);
  const passphrase = passphraseOf(environment);
  const { stdin, stdout, stderr: terminal } = process;
  const signals = new HeldSignals([stdin, stdout, terminal].some((stream) => stream.isTTY === true));
  try {
    conclude(await runLed({ home, passphrase, environment, stderr, signals }, [command, ...rest]));
  } finally {
    signals.release();
  }
}

interface Surroundings extends Pick<CommandSurroundings, "environment" | "stderr"> {
  home: string;
  passphrase: string;
  signals: HeldSignals;
}

async function runLed(
  { home, passphrase, environment, stderr, signals }: Surroundings,
  [command, ...rest]: readonly [string, ...string[]],
): Promise<number> {
  const tenant = await startTenant({ home });
  try {
    const obstacle = trustObstacle(process.platform, tenant.certificateAuthority);
    if (obstacle?.isFatal) throw new CommandError(obstacle.text);
    if (obstacle) stderr.write(`${obstacle.text}\n`);
    await openOrganisation(home);
    const shown = { ...(await readTenant(home)), url: tenant.url };
    // Standard output is the command's.
    stderr.write(`${introductionTo([command, ...rest].join(" "), await readOrganisation(home), shown)}\n`);
    if (signals.early !== undefined) return exitCodeOf(signals.early);
    const led = {
      ...withLoopbackFree(sandboxEnvironment(environment, home, tenant)),
      PULUMI_BACKEND_URL: pathToFileURL(home).href,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
    };
    return await runCommand(spawn(command, rest, { stdio: "inherit", env: led }), signals);
  } finally {
    await tenant.close();
  }
}

/** @returns the command's exit code, or 128 and the number of the signal that ended it, as a shell has it. */
async function runCommand(child: ChildProcess, signals: HeldSignals): Promise<number> {
  signals.passOnTo(child);
  try {
    const [exitCode, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    return exitCode ?? exitCodeOf(signal);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such program on PATH" : message;
    throw new CommandError(`${child.spawnfile} cannot be started: ${why}`, { cause: error });
  }
}

const exitCodeOf = (signal: NodeJS.Signals | null) => 128 + (signal === null ? 0 : constants.signals[signal]);
