import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { childEnvironment } from "./environment";
import { killGroup } from "./process-group";

/** A child that was started to speak the protocol, and the way to end it. */
export interface Started {
  process: ChildProcess;
  input: Writable;
  /** Bytes, or text in latin1, in which each character is a byte. */
  output: Readable;
  error: Readable;
  /** Kills it and whatever it started. What is gone already is not an error. */
  kill(): void;
  /** Notes what it has started so far, while that can be told. */
  look(): void;
}

/**
 * Starts a program at once, in a process group of its own, by no shell.
 * @throws what spawn throws for a name that no program can have.
 */
export function startProgram([program = "", ...programArguments]: string[]): Started {
  const child = spawn(program, programArguments, {
    stdio: ["pipe", "pipe", "pipe"],
    env: childEnvironment(process.env),
    // On Windows this would open a console window, and taskkill finds the descendants without it.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  return {
    process: child,
    input: child.stdin,
    output: child.stdout,
    error: child.stderr,
    // No more than its group: what an ssh has put into a group of its own, as a connection that others share, is the user's.
    kill: () => killGroup(child),
    look: () => undefined,
  };
}
