import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import {
  PROTOCOL_VERSION,
  type Properties,
  parseReply,
  type Reply,
  type Request,
  requestLine,
} from "pulumi-exchange-server/protocol";

/** The program, as its source. */
export const MAIN = path.resolve(__dirname, "../../../sandbox/exchange/main.ts");

/** The sandbox's Exchange as a process, from its sources. */
export class ExchangeProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly nonce = randomBytes(16).toString("hex");
  /** Lines of standard output that are no reply. */
  readonly noise: string[] = [];
  readonly #replies: (Reply | Error)[] = [];
  #arrived: (() => void) | undefined;
  #id = 0;

  constructor(home: string) {
    this.child = spawn(process.execPath, ["--require", "tsx/cjs", MAIN], {
      env: { ...process.env, SANDBOX_HOME: home },
    });
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      let reply: Reply | Error | undefined;
      try {
        reply = parseReply(this.nonce, line);
      } catch (error) {
        reply = error as Error;
      }
      if (reply) this.#replies.push(reply);
      else if (line !== "") this.noise.push(line);
      this.#arrived?.();
    });
  }

  /** A process that has answered hello and connected. */
  static async connected(home: string): Promise<ExchangeProcess> {
    const exchange = new ExchangeProcess(home);
    await exchange.ask({ type: "open", protocol: PROTOCOL_VERSION, nonce: exchange.nonce });
    await exchange.connect();
    return exchange;
  }

  connect(): Promise<Reply | Error> {
    return this.ask({ type: "connect", id: ++this.#id, connection: {}, userName: "", password: null });
  }

  invoke(cmdlet: string, parameters: Properties = {}, timeoutSeconds = 60): Promise<Reply | Error> {
    return this.ask({ type: "invoke", id: ++this.#id, cmdlet, parameters, timeoutSeconds });
  }

  /** Sends a request; the reply, or the error of a line with our nonce that holds none. */
  ask(request: Request): Promise<Reply | Error> {
    this.child.stdin.write(requestLine(request));
    return this.reply();
  }

  async reply(): Promise<Reply | Error> {
    while (this.#replies.length === 0) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    return this.#replies.shift() as Reply | Error;
  }

  /** How it ended: exit code, or signal. */
  async end(): Promise<number | string> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
    return this.child.exitCode ?? (this.child.signalCode as string);
  }

  /** Ends its input, and waits for it. */
  async close(): Promise<number | string> {
    this.child.stdin.end();
    return this.end();
  }
}
