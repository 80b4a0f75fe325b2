import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";
import { ShellSession } from "./sessions";

// To PowerShell each of these but the first is a pattern, which another folder here fits, or has a sign of its quoting.
const FOLDERS = ["1", "[1]", "a`b"];

describe("a module's path", () => {
  let root: string;
  before(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "exchange-paths-"));
    for (const folder of FOLDERS) {
      mkdirSync(path.join(root, folder));
      const code = "function Get-AuthConfig { [pscustomobject]@{ Folder = Split-Path -Leaf -Path $PSScriptRoot } }\n";
      writeFileSync(path.join(root, folder, "module.psm1"), code);
      writeFileSync(
        path.join(root, folder, "exchange.pssc"),
        `@{ SchemaVersion = '2.0.0.0'; SessionType = 'Default'; FunctionDefinitions = @{ Name = 'Get-AuthConfig'; ScriptBlock = { [pscustomobject]@{ Folder = '${folder.replaceAll("'", "''")}' } } } }\n`,
      );
    }
  });
  after(() => rmSync(root, { recursive: true }));

  for (const file of ["module.psm1", "exchange.pssc"]) {
    for (const folder of FOLDERS) {
      it(`is taken as it is: ${folder}/${file}`, async function () {
        const session = new ShellSession();
        session.open(this, path.join(root, folder, file));
        try {
          const { output } = await session.invoke("Get-AuthConfig", {});
          expect(output).to.deep.equal([Object.assign(Object.create(null), { Folder: folder })]);
        } finally {
          await session.close();
        }
      });
    }
  }
});
