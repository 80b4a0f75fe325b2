import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** The sandbox's own process, which speaks the protocol: no PowerShell. */
const PROCESS = {
  "exchange:connection": "process",
  "exchange:command": JSON.stringify(["node", path.join(ROOT, "sandbox/dist/exchange/main.js")]),
};

let reach: (home: string) => Record<string, string> = () => PROCESS;

/** The configuration by which a deployment of these suites reaches the sandbox's Exchange. */
export function reachConfiguration(home: string): Record<string, string> {
  return reach(home);
}

/** Lets every deployment from now on reach it in another way; without an argument by the sandbox's own process again. */
export function reachBy(configuration: (home: string) => Record<string, string> = () => PROCESS): void {
  reach = configuration;
}
