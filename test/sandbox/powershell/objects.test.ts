import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { CMDLETS } from "../../../sandbox/exchange/cmdlets";

/** A command of the server itself and no cmdlet of Exchange: what it answers has no type of Exchange. */
const WITHOUT_TYPE = ["ExSetupVersion"];

const nounOf = (cmdlet: string) => cmdlet.slice(cmdlet.indexOf("-") + 1);

describe("the types of the objects that the sandbox's PowerShell shows", () => {
  const text = readFileSync(path.resolve(__dirname, "../../../sandbox/powershell/objects.ps1"), "utf8");
  const [, table = ""] = text.match(/\$Types = @\{\n([^}]*)\}/) ?? [];
  const typed = [...table.matchAll(/^ +(\w+) +=/gm)].map(([, noun]) => noun);

  it("are those of every object that a cmdlet of the sandbox reads", () => {
    const read = CMDLETS.map(({ name }) => name).filter((name) => name.startsWith("Get-"));
    expect(read.map(nounOf).filter((noun) => !typed.includes(noun))).to.deep.equal(WITHOUT_TYPE);
  });

  it("are of nothing that the sandbox has no cmdlet for", () => {
    const nouns = CMDLETS.map(({ name }) => nounOf(name));
    expect(typed.filter((noun) => !nouns.includes(noun ?? ""))).to.deep.equal([]);
  });
});
