import { ProviderUnavailable } from "../errors";
import { ProcessGroup, type ProcessOptions } from "./process-group";

/** How long a plugin may take until it has printed its port; the slowest seen took 3 s. */
const START_MILLISECONDS = 60_000;

/**
 * Starts a provider plugin. Its first line on standard output is the port of 127.0.0.1 on which it serves
 * `pulumirpc.ResourceProvider`; all further lines go to `onLine`.
 */
export class PluginProcess {
  readonly group: ProcessGroup;
  /** `127.0.0.1:<port>`; rejected with a ProviderUnavailable that shows what the plugin printed instead. */
  readonly address: Promise<string>;

  constructor(
    readonly name: string,
    command: string,
    options: ProcessOptions,
  ) {
    const printed: string[] = [];
    let isStarted = false;
    let answer: (port: string) => void = () => undefined;
    const port = new Promise<string>((resolve) => {
      answer = resolve;
    });
    this.group = new ProcessGroup(command, {
      ...options,
      onLine: (stream, line) => {
        if (isStarted) return options.onLine(stream, line);
        printed.push(line);
        if (stream === "stderr" || !/^\d+$/.test(line)) return;
        isStarted = true;
        answer(line);
      },
    });
    this.address = this.#start(port, printed);
    // A plugin that was started ahead of its first use may fail unobserved.
    this.address.catch(() => undefined);
  }

  async #start(port: Promise<string>, printed: string[]): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, START_MILLISECONDS, `printed no port within ${START_MILLISECONDS / 1000} s`);
    });
    const ended = this.group.ended.then(
      (code) => `ended with ${code === undefined ? "a signal" : `exit code ${code}`} before it printed a port`,
      (error: Error) => `could not be started: ${error.message}`,
    );
    try {
      const result = await Promise.race([port, late, ended]);
      if (/^\d+$/.test(result)) return `127.0.0.1:${result}`;
      throw new ProviderUnavailable([`The provider plugin "${this.name}" ${result}.`, ...printed].join("\n"));
    } finally {
      clearTimeout(timer);
    }
  }
}
