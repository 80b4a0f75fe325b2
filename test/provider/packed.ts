import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

export const run = promisify(execFile);
const ROOT = join(__dirname, "..", "..");

/** A project outside the repository that has installed the package. */
export interface UsersProject {
  /** Its folder. */
  project: string;
  /** The package's folder in it. */
  installed: string;
  /** Removes all of it. */
  end(): Promise<void>;
}

/** Packs the package as whoever releases it does, from what git keeps of it, and installs the tarball. */
export async function usersProject(): Promise<UsersProject> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-exchange-server-"));
  const tarball = await pack(await cleanCheckout(folder), folder);
  const project = join(folder, "project");
  const installed = join(project, "node_modules", "pulumi-exchange-server");
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "users-project", private: true }));
  const { dependencies, peerDependencies } = require(join(installed, "package.json"));
  const names = ["@types/node", ...Object.keys({ ...dependencies, ...peerDependencies })];
  for (const name of names) await link(join("node_modules", name), project);
  return { project, installed, end: () => rm(folder, { recursive: true, force: true }) };
}

/** The package's folder in a checkout in which nothing has been built, but where `npm ci` has run. */
async function cleanCheckout(into: string): Promise<string> {
  const checkout = join(into, "checkout");
  const isKept = (path: string) => !["dist", "node_modules"].includes(basename(path));
  await cp(join(ROOT, "provider"), join(checkout, "provider"), { recursive: true, filter: isKept });
  for (const file of ["package.json", "tsconfig.base.json"]) await cp(join(ROOT, file), join(checkout, file));
  await link("node_modules", checkout);
  return join(checkout, "provider");
}

async function pack(cwd: string, destination: string): Promise<string> {
  const env = { ...process.env, npm_config_cache: join(destination, "npm-cache"), npm_config_update_notifier: "false" };
  const args = ["pack", "--offline", "--pack-destination", destination];
  await run("npm", args, { cwd, env, shell: process.platform === "win32" });
  const tarball = (await readdir(destination)).find((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack has packed nothing");
  return join(destination, tarball);
}

/** What npm has installed here becomes the other folder's, as if npm had downloaded it there. */
async function link(path: string, folder: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await symlink(join(ROOT, path), join(folder, path), "junction");
}
