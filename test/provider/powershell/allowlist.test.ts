import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { ALLOWLIST, CMDLETS, SERVER_COMMANDS } from "../../../provider/powershell/allowlist";

describe("the list of everything that is asked of Exchange", () => {
  const folder = path.resolve(__dirname, "../../../provider/exchange");
  const sources = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));

  for (const [name, { parameters }] of Object.entries(ALLOWLIST)) {
    it(`holds no more than the typed cmdlets send: ${name}`, () => {
      const source = sources.find((text) => text.includes(`"${name}"`)) ?? "";
      const sent = (parameter: string) => new RegExp(`\\b${parameter}\\b`).test(source);
      expect(source).to.not.equal("");
      expect(parameters.filter((parameter) => parameter !== "DomainController" && !sent(parameter))).to.deep.equal([]);
    });
  }

  it("survives the way through JSON, so that a bridge in another language can read it", () => {
    expect(JSON.parse(JSON.stringify(ALLOWLIST))).to.deep.equal(ALLOWLIST);
  });

  it("calls reading what gets something, and writing what can be confirmed", () => {
    const readers = Object.keys(CMDLETS).filter((name) => CMDLETS[name]?.access === "reads");
    expect(readers.filter((name) => !name.startsWith("Get-"))).to.deep.equal(["Invoke-MonitoringProbe"]);
    const writers = Object.values(CMDLETS).filter(({ access }) => access === "writes");
    expect(writers.every(({ parameters }) => parameters.includes("Confirm"))).to.equal(true);
    const readerParameters = readers.flatMap((name) => CMDLETS[name]?.parameters ?? []);
    expect(readerParameters).to.not.include("Confirm");
  });

  it("names a management role for each Exchange cmdlet, and none for a command of the server", () => {
    expect(Object.values(CMDLETS).every(({ roles, where }) => roles.length > 0 && where === "organisation")).to.equal(
      true,
    );
    expect(
      Object.values(SERVER_COMMANDS).every(({ roles, where }) => roles.length === 0 && where === "server"),
    ).to.equal(true);
  });

  it("asks every command of a server for the server that is meant", () => {
    const others = Object.keys(SERVER_COMMANDS).filter((name) => SERVER_COMMANDS[name]?.parameters[0] !== "Server");
    expect(others).to.deep.equal([]);
  });

  it("never passes what would hide a failure or answer a question for the user", () => {
    const parameters = Object.values(ALLOWLIST).flatMap((command) => command.parameters);
    expect(parameters).to.not.include("ErrorAction");
    const forced = Object.keys(ALLOWLIST).filter((name) => ALLOWLIST[name]?.parameters.includes("Force"));
    expect(forced).to.deep.equal(["Set-AuthConfig"]);
  });
});
