import type { ProcessGroup } from "../plugins/process-group";
import { resourceMonitor } from "../program/monitor";
import { EngineServer } from "../program/server";
import type { Context } from "./context";
import { deleteAll } from "./destroy";
import { Stopped } from "./executor";
import { StepGenerator } from "./generator";
import { refresh } from "./refresh";
import { Registrar } from "./registrar";

/** Exit code of a program that has told the user of its failure itself. */
const TOLD = 32;

export interface UpdateOptions {
  refreshFirst: boolean;
  continueOnError: boolean;
  /** Starts the program, given the address of the engine's services. */
  start(address: string): Promise<ProcessGroup>;
}

/** Runs a stack's program and makes the stack what it declares. */
export async function update(context: Context, options: UpdateOptions): Promise<void> {
  const { executor, events } = context;
  const generator = prepare(context, options.refreshFirst);
  const registrar = new Registrar(context, generator, options.continueOnError);
  const rest = registrar.declared.then(() => deleteUndeclared(context, generator));
  registrar.finishWith(rest);
  const server = new EngineServer(resourceMonitor(registrar, events), events);
  const program = await options.start(await server.start());
  try {
    await Promise.race([finished(context, program, registrar), executor.stopped]);
    await executor.idle();
    await registrar.finishStack();
  } finally {
    await program.end();
    server.stop();
  }
}

/** The generator reads the state once the refresh, if there is one, has changed it. */
async function prepare(context: Context, refreshFirst: boolean): Promise<StepGenerator> {
  if (refreshFirst) {
    await refresh(context, false);
    if (context.executor.hasFailed) context.executor.stop();
  }
  return new StepGenerator(context);
}

async function deleteUndeclared(context: Context, generator: Promise<StepGenerator>): Promise<void> {
  await context.executor.idle();
  if (context.executor.isStopped) throw new Stopped();
  const { condemned, isGoing } = await generator;
  await deleteAll(context, condemned(), isGoing);
}

/** Settles when the program has ended and, if it did well, everything else is done too. */
async function finished({ executor, events }: Context, program: ProcessGroup, registrar: Registrar): Promise<void> {
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
