import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { Unreachable } from "../../provider/errors";
import { findShell } from "../../provider/powershell/shell";

const VERSION = "7.6.9";
const CACHE = path.resolve(__dirname, "../../.cache/powershell");
// The tool's own command is a launcher with a second process behind it: the suites start the shell itself.
const INSTALLED = path.join(
  CACHE,
  `.store/powershell/${VERSION}/powershell/${VERSION}/tools/net10.0/any`,
  process.platform === "win32" ? "win/pwsh.exe" : "unix/pwsh",
);
/** The tool's launcher, where the shell was installed by us. */
export const LAUNCHER = path.join(CACHE, process.platform === "win32" ? "pwsh.exe" : "pwsh");

/** A real PowerShell, or why there is none: the one on PATH, else one from NuGet in this project's `.cache`. */
export const SHELL: { path: string } | { missing: string } = obtain();

/** For `before` of a suite: skips it, loudly, where no shell can be had. */
export function needShell(context: Mocha.Context): string {
  if ("path" in SHELL) return SHELL.path;
  process.stdout.write(`    SKIPPED, no PowerShell: ${SHELL.missing}\n`);
  return context.skip();
}

function obtain(): { path: string } | { missing: string } {
  const onPath = shellOnPath();
  if (onPath !== undefined) return { path: onPath };
  if (existsSync(INSTALLED)) return { path: INSTALLED };
  mkdirSync(CACHE, { recursive: true });
  process.stdout.write(`PowerShell ${VERSION} is installed from NuGet into ${CACHE} (200 MB, once).\n`);
  const install = spawnSync("dotnet", ["tool", "install", "PowerShell", "--version", VERSION, "--tool-path", CACHE], {
    encoding: "utf8",
  });
  if (existsSync(INSTALLED)) return { path: INSTALLED };
  const why = install.error
    ? "there is no pwsh on PATH and no dotnet"
    : `dotnet tool install failed: ${install.stderr}`;
  return { missing: why.trim() };
}

function shellOnPath(): string | undefined {
  try {
    const found = findShell("pwsh");
    return found === LAUNCHER ? undefined : found;
  } catch (error) {
    if (error instanceof Unreachable) return undefined;
    throw error;
  }
}
