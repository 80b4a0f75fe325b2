import { readdir } from "node:fs/promises";
import { expect } from "chai";
import { LockError, StateError, WrongPassphrase } from "pulumi-local-engine";
import { CommandError, UsageError } from "../../../sandbox/command-line/errors";
import { explain } from "../../../sandbox/command-line/explain";
import { ProcessFault } from "../../../sandbox/exchange/errors";
import { InvalidScenario } from "../../../sandbox/exchange/scenario";
import { DamagedState } from "../../../sandbox/shared/state-file";

describe("an error that ends a command", () => {
  it("exits with 2 where the command line is wrong", () => {
    expect(explain(new UsageError("No such option."), {})).to.deep.equal({
      text: "error: No such option.\n",
      exitCode: 2,
    });
  });

  for (const error of [
    new CommandError("There is no stack."),
    new StateError("The state file is damaged."),
    new DamagedState("tenant", "/entra.json", "it is empty"),
    new InvalidScenario("The scenario is wrong."),
    new ProcessFault("crash", "Get-AuthConfig"),
  ]) {
    it(`shows the message alone and exits with 1 for a ${error.name}`, () => {
      expect(explain(error, {})).to.deep.equal({ text: `error: ${error.message}\n`, exitCode: 1 });
    });
  }

  it("says how a lock is removed here", () => {
    expect(explain(new LockError("the stack is locked"), {})).to.deep.equal({
      text: "error: the stack is locked\nIn the sandbox that is: npm run sandbox -- cancel, with this command's --cwd and --stack\n",
      exitCode: 1,
    });
  });

  it("says which variable a passphrase that does not fit comes from", () => {
    const { text, exitCode } = explain(new WrongPassphrase(), { PULUMI_CONFIG_PASSPHRASE: "another" });
    expect(text).to.match(
      /^error: The passphrase does not fit the stack's encryption salt\. The passphrase comes from PULUMI_CONFIG_PASSPHRASE: set that .*\n$/,
    );
    expect(exitCode).to.equal(1);
  });

  it("names the file and what to do if the system refuses access", async () => {
    const error = (await readdir(__filename).catch((reason: Error) => reason)) as Error;
    expect(explain(error, {})).to.deep.equal({
      text: `error: ENOTDIR: not a directory, scandir '${__filename}'. Something else lies in its place, or in that of a folder above it: move that away, then run the command again.\n`,
      exitCode: 1,
    });
  });

  it("names the file that another process holds", () => {
    const error = Object.assign(new Error("Lock file is already being held"), {
      code: "ELOCKED",
      file: "/s/exchange.json",
    });
    expect(explain(error, {})).to.deep.equal({
      text: "error: /s/exchange.json is locked by another process. Wait until it has ended; if no such process runs, remove /s/exchange.json.lock. Then run the command again.\n",
      exitCode: 1,
    });
  });

  it("shows its stack and exits with 255 where the sandbox itself fails", () => {
    const error = new TypeError("x is not a function");
    expect(explain(error, {})).to.deep.equal({
      text: `error: this is an internal error of the sandbox:\n${error.stack}\n`,
      exitCode: 255,
    });
  });
});
