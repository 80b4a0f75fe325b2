import { Targets } from "../plan/targets";
import type { ProgramSession } from "../program/session";
import type { Context } from "./context";
import { deleteAll } from "./destroy";
import { Stopped } from "./executor";
import { StepGenerator } from "./generator";
import { refreshFirst } from "./refresh";
import { Registrar } from "./registrar";

/** Exit code of a program that has told the user of its failure itself. */
const TOLD = 32;

export interface UpdateOptions {
  refresh: boolean;
  continueOnError: boolean;
  /** URNs and patterns of resources to be replaced. */
  replace: readonly string[];
}

/** Makes the stack what its program declares; the program has been started. */
export async function update(context: Context, program: ProgramSession, options: UpdateOptions): Promise<void> {
  const { executor } = context;
  const generator = prepare(context, options);
  const registrar = new Registrar(context, generator, options.continueOnError);
  registrar.finishWith(registrar.declared.then(() => deleteUndeclared(context, generator)));
  program.serve(registrar);
  await Promise.race([finished(context, program, registrar), executor.stopped]);
  await executor.idle();
  await registrar.finishStack();
}

/** The generator reads the state once the refresh, if there is one, has changed it. */
async function prepare(context: Context, { refresh, replace }: UpdateOptions): Promise<StepGenerator> {
  const { executor } = context;
  if (refresh) await refreshFirst(context);
  const toReplace = new Targets(replace);
  if (!executor.isStopped) refuseMissing(context, toReplace);
  return new StepGenerator(context, toReplace);
}

/** What is not in the state cannot be replaced. The words and the moment are those of Pulumi's engine (its source). */
function refuseMissing({ snapshot, events, executor }: Context, toReplace: Targets): void {
  const missing = toReplace.missingFrom(new Set(snapshot.remaining.map(({ urn }) => urn)));
  for (const urn of missing) {
    const hint = urn.includes("$") ? "" : " Did you forget to escape $ in your shell?";
    events.diagnose("error", `Target '${urn}' could not be found in the stack.${hint}`);
  }
  if (missing.length === 0) return;
  executor.hasFailed = true;
  executor.stop();
}

async function deleteUndeclared(context: Context, generator: Promise<StepGenerator>): Promise<void> {
  await context.executor.idle();
  if (context.executor.isStopped) throw new Stopped();
  const { condemned, isGoing } = await generator;
  await deleteAll(context, condemned(), isGoing);
}

/** Settles when the program has ended and, if it did well, everything else is done too. */
async function finished({ executor, events }: Context, program: ProgramSession, registrar: Registrar): Promise<void> {
  const code = await program.ended;
  if (executor.isStopped) return;
  if (code === 0) {
    // A program that has ended by process.exit(0) has not waited for this.
    await registrar.finish().catch(ignoreStopped);
    return;
  }
  executor.hasFailed = true;
  if (code === TOLD && events.hasErrors) return;
  events.diagnose("error", `Program exited with ${code === undefined ? "a signal" : `non-zero exit code: ${code}`}`);
}

/** The user was told already. */
function ignoreStopped(error: unknown): void {
  if (!(error instanceof Stopped)) throw error;
}
