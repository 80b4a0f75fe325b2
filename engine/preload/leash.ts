import { GRACE_MILLISECONDS } from "../plugins/grace";

/**
 * Loaded into a program and into a dynamic provider before anything of their own: ends the process some time after its
 * standard input has ended, that is, after the engine is gone, however it went. Of itself neither would notice, and a
 * provider would stay for ever. What is under way may end first.
 */
function end(): void {
  setTimeout(() => process.kill(process.pid, "SIGINT"), GRACE_MILLISECONDS).unref();
  setTimeout(() => process.exit(1), 2 * GRACE_MILLISECONDS).unref();
}

// Listening must not keep the process alive: a program ends when it has nothing left to do.
process.stdin.on("end", end).on("error", end).resume().unref();
