import { fstatSync } from "node:fs";
import { constants } from "node:os";
import type { Session } from "./session";

/** How often we look whether our parent is still the same. */
const PARENT_MILLISECONDS = 500;

/** How long the engine may take to hear of the calls that were cut short. */
const TELLING_MILLISECONDS = 300;

const open = new Set<Pick<Session, "busy" | "close">>();
let watching = false;
let ending = false;

/**
 * Closes `session` when this provider process ends, and ends this process when whoever started it has gone: at SIGINT
 * (Windows: SIGBREAK too) and SIGTERM, at the end of standard input, and when its parent changes. Pulumi sends SIGINT
 * when it is done; killed, it sends nothing, and its providers would live on with their sessions at Exchange.
 *
 * Does nothing in a process that is not Pulumi's dynamic provider. Keeps no process alive.
 */
export function closeWithProvider(session: Pick<Session, "busy" | "close">): void {
  if (!isDynamicProvider(process.argv[1])) return;
  open.add(session);
  if (watching) return;
  watching = true;
  watchSignals();
  watchStandardInput();
  watchParent();
}

/** Whether a process that runs this script is Pulumi's dynamic provider (`@pulumi/pulumi/cmd/dynamic-provider`). */
export function isDynamicProvider(script: string | undefined): boolean {
  return /[\\/]cmd[\\/]dynamic-provider([\\/](index\.js)?)?$/.test(script ?? "");
}

async function endWith(code: number): Promise<void> {
  // Whoever asks a second time does not want to wait. What is still open is killed at exit (far-end.ts).
  if (ending) process.exit(code);
  ending = true;
  const cutShort = [...open].some((session) => session.busy);
  await Promise.allSettled([...open].map((session) => session.close()));
  // Each of them is an answer of a resource, perhaps with what is half made: without it the engine knows only that we died.
  if (cutShort) await new Promise((resolve) => setTimeout(resolve, TELLING_MILLISECONDS));
  process.exit(code);
}

function watchSignals(): void {
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM"];
  if (process.platform === "win32") signals.push("SIGBREAK");
  for (const signal of signals) process.on(signal, () => void endWith(128 + constants.signals[signal]));
}

/**
 * Pulumi gives its providers a pipe that it never writes to; between them stands a shell, which a killed Pulumi leaves
 * behind, so that our parent tells nothing. Anything but a pipe (/dev/null, a terminal, a file) has its end elsewhere.
 */
function watchStandardInput(): void {
  const input = fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on("close", () => void endWith(0));
  process.stdin.on("error", () => void endWith(0));
  process.stdin.resume();
  process.stdin.unref();
}

/** For those who start us without a pipe. */
function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void endWith(0);
  }, PARENT_MILLISECONDS).unref();
}
