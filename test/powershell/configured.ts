import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A session configuration file like the one behind Exchange's endpoint, for a module of the tests. */
export class ConfigurationFile {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), "session-configuration-"));
  readonly path = path.join(this.#folder, "test.pssc");

  constructor(module: string) {
    const lines = [
      "SchemaVersion = '2.0.0.0'",
      "GUID = '5b0b2a3c-1f0f-4d53-9d0a-2a5e1f7c9a01'",
      "SessionType = 'RestrictedRemoteServer'",
      "LanguageMode = 'NoLanguage'",
      `ModulesToImport = '${module}'`,
      "VisibleFunctions = '*-*'",
    ];
    writeFileSync(this.path, `@{\n${lines.join("\n")}\n}\n`);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
