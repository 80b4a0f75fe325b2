import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";

/** A shell that answers each line by a line: what a round trip costs without frames. */
export class EchoShell {
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  constructor(shell: string) {
    // The bridge's own reading loop, and nothing else of it.
    const loop = [
      "$r=New-Object IO.StreamReader([Console]::OpenStandardInput(),(New-Object Text.UTF8Encoding $false),$false,65536)",
      "$o=[Console]::OpenStandardOutput()",
      "while($null -ne ($l=$r.ReadLineAsync().GetAwaiter().GetResult())){$b=[Text.Encoding]::ASCII.GetBytes($l+[char]10);$o.Write($b,0,$b.Length);$o.Flush()}",
    ].join(";");
    this.#child = spawn(shell, ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", loop], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, TERM: "dumb" },
    });
    this.#lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
  }

  async ask(line: string): Promise<void> {
    const answer = once(this.#lines, "line");
    this.#child.stdin?.write(`${line}\n`);
    await answer;
  }

  async close(): Promise<void> {
    this.#child.stdin?.end();
    await once(this.#child, "exit");
  }
}

/** Starts a shell for one command, and waits for its end. */
export async function shellPerCall(shell: string): Promise<void> {
  const child = spawn(shell, ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", "'x'"], { stdio: "ignore" });
  await once(child, "exit");
}
