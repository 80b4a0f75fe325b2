import path from "node:path";

/** The sandbox's own folder in the repository, seen from the sources and from the build alike. */
function packageFolder(): string {
  const parent = path.dirname(__dirname);
  return path.basename(parent) === "dist" ? path.dirname(parent) : parent;
}

/** The folder of the shipped scenarios. */
export function scenarioFolder(): string {
  return path.join(packageFolder(), "scenarios");
}

/** Where the sandbox keeps its files: `SANDBOX_HOME`, else `.sandbox` at the repository's root. */
export function sandboxHome(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.SANDBOX_HOME || path.join(path.dirname(packageFolder()), ".sandbox");
}

/** The scenario that a new organisation begins as: `SANDBOX_SCENARIO`, else `ordinary`. */
export function firstScenario(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.SANDBOX_SCENARIO || "ordinary";
}

/** Whether the session is one on the server itself: `SANDBOX_ON_SERVER`, which the PowerShell module sets when asked. */
export function sessionOnServer(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment.SANDBOX_ON_SERVER === "1";
}
