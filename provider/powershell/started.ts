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
  /**
   * Kills it and whatever it started. What is gone already is no error.
   * @param farEnd the process id in its hello frame; undefined before that.
   */
  kill(farEnd: number | undefined): void;
  /**
   * Notes what it has started so far, while that can be told.
   * @returns what kills those of them that are still there, once it has ended by itself.
   */
  remember(farEnd: number | undefined): () => void;
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
  const { pid } = child;
  return {
    process: child,
    input: child.stdin,
    output: child.stdout,
    error: child.stderr,
    // The process of the hello frame may run on another machine: its id means nothing here.
    kill: () => pid !== undefined && killGroup(pid),
    // A group keeps its number for as long as one of it lives.
    remember: () => () => undefined,
  };
}
