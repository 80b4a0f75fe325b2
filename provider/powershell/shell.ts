import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { Unreachable } from "../errors";

/** Where a shell is looked for. */
export interface Surroundings {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  /** Whether there is a file of that path which may be executed. */
  isExecutable(file: string): boolean;
}

const THIS_MACHINE: Surroundings = { platform: process.platform, environment: process.env, isExecutable };

/**
 * The path of the PowerShell that runs the bridge.
 * @param configured `exchange:shell`, a path or a name; without it Windows PowerShell on Windows, `pwsh` elsewhere.
 * @throws Unreachable that names what was looked for.
 */
export function findShell(configured: string | undefined, surroundings: Surroundings = THIS_MACHINE): string {
  const { platform, environment, isExecutable } = surroundings;
  const isWindows = platform === "win32";
  const shell = configured || (isWindows ? "powershell.exe" : "pwsh");
  const paths = isWindows ? path.win32 : path.posix;
  const isPath = shell.includes("/") || (isWindows && shell.includes("\\"));
  const folders = isPath ? [""] : (searchPath(environment, isWindows) ?? "").split(paths.delimiter);
  const names = isWindows && !/\.(exe|com)$/i.test(shell) ? [`${shell}.exe`, shell] : [shell];
  // An empty entry of PATH would be the current folder: nobody means to run a shell from there.
  const candidates = isPath
    ? names
    : folders.filter(Boolean).flatMap((folder) => names.map((name) => paths.join(folder, name)));
  const found = candidates.find(isExecutable);
  if (found) return found;
  throw new Unreachable({
    doing: "looking for PowerShell",
    answer: isPath ? `there is no program ${shell}` : `there is no ${shell} in any folder of PATH`,
    next: "install PowerShell, or set its path, such as `pulumi config set exchange:shell /usr/bin/pwsh`",
  });
}

/** Windows writes the name of PATH as it likes. */
function searchPath(environment: NodeJS.ProcessEnv, isWindows: boolean): string | undefined {
  if (!isWindows) return environment.PATH;
  return Object.entries(environment).find(([name]) => name.toUpperCase() === "PATH")?.[1];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
