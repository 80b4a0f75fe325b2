import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder of its own for a sandbox. */
export interface Home {
  path: string;
  remove(): Promise<void>;
}

/** Makes a temporary {@link Home}. */
export async function makeHome(): Promise<Home> {
  const home = await mkdtemp(path.join(tmpdir(), "entra-"));
  return { path: home, remove: () => rm(home, { recursive: true, force: true }) };
}
