import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { CommandError } from "../../../sandbox/command-line/errors";
import { passphraseAdvice, passphraseOf } from "../../../sandbox/command-line/passphrase";

describe("the passphrase of the stacks", () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "passphrase-"));
    file = path.join(folder, "passphrase.txt");
    writeFileSync(file, "  of the file \r\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("is the sandbox's own where the environment has none", () => {
    expect(passphraseOf({ PULUMI_CONFIG_PASSPHRASE: "", PULUMI_CONFIG_PASSPHRASE_FILE: "" })).to.equal("sandbox");
  });

  it("is the environment's, before that of the file", () => {
    expect(passphraseOf({ PULUMI_CONFIG_PASSPHRASE: " mine ", PULUMI_CONFIG_PASSPHRASE_FILE: file })).to.equal(
      " mine ",
    );
  });

  it("is the text of the file, without the white space around it", () => {
    expect(passphraseOf({ PULUMI_CONFIG_PASSPHRASE_FILE: file })).to.equal("of the file");
  });

  it("is told to be out of reach where its file cannot be read", () => {
    const missing = path.join(folder, "missing");
    expect(() => passphraseOf({ PULUMI_CONFIG_PASSPHRASE_FILE: missing })).to.throw(
      CommandError,
      `The file that PULUMI_CONFIG_PASSPHRASE_FILE names cannot be read: ENOENT: no such file or directory, open '${missing}'.`,
    );
  });

  const advice: [environment: NodeJS.ProcessEnv, text: string][] = [
    [
      {},
      "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the passphrase that the stack was created with.",
    ],
    [
      { PULUMI_CONFIG_PASSPHRASE: "x" },
      "The passphrase comes from PULUMI_CONFIG_PASSPHRASE: set that to the passphrase that the stack was created with, or unset it if that was the sandbox's own.",
    ],
    [
      { PULUMI_CONFIG_PASSPHRASE_FILE: "x" },
      "The passphrase comes from PULUMI_CONFIG_PASSPHRASE_FILE: set that to the passphrase that the stack was created with, or unset it if that was the sandbox's own.",
    ],
  ];
  for (const [environment, text] of advice) {
    it(`that does not fit, from ${Object.keys(environment)[0] ?? "the sandbox itself"}, is told with what to do`, () => {
      expect(passphraseAdvice(environment)).to.equal(text);
    });
  }
});
