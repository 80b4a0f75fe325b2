import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Gives the suite that calls this a folder of Pulumi's of its own, where the provider keeps its notes. */
export function ownPulumiHome(): { readonly folder: string } {
  const former = process.env.PULUMI_HOME;
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "pulumi-home-"));
    process.env.PULUMI_HOME = folder;
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    if (former === undefined) delete process.env.PULUMI_HOME;
    else process.env.PULUMI_HOME = former;
  });
  return {
    get folder() {
      return folder;
    },
  };
}
