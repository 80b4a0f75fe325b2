import { expect } from "chai";
import { COMMANDS } from "../../../sandbox/command-line/commands";
import { helpOf, overview } from "../../../sandbox/command-line/help";

const COMMAND = {
  name: "deploy",
  summary: "Deploy something",
  options: { stack: { short: "s", value: "NAME", description: "The stack" }, all: { description: "Everything" } },
  examples: ["npm run deploy"],
  run: async () => 0,
};

describe("the help", () => {
  it("lists all commands with a sentence", () => {
    expect(overview([COMMAND])).to.equal(
      [
        "A whole deployment on one machine: an Exchange organisation, a tenant and an engine. Nothing real is touched.",
        "",
        "Usage: npm run sandbox -- <command> [options]",
        "",
        "  deploy                 Deploy something",
        "",
        "npm run sandbox -- <command> --help says more of each. For production use Pulumi's own CLI.",
        "",
      ].join("\n"),
    );
  });

  it("of a command says its options, what else there is to know, and an example", async () => {
    expect(await helpOf({ ...COMMAND, details: async () => ["Things:", "  one"] })).to.equal(
      [
        "Deploy something.",
        "",
        "Usage: npm run sandbox -- deploy [options]",
        "",
        "Options:",
        "  -s, --stack NAME       The stack",
        "      --all              Everything",
        "  -h, --help             Show this text",
        "",
        "Things:",
        "  one",
        "",
        "Examples:",
        "  npm run deploy",
        "",
      ].join("\n"),
    );
  });

  for (const command of COMMANDS) {
    it(`of ${command.name} has an example of it`, async () => {
      expect(await helpOf(command)).to.match(new RegExp(`\nExamples:\n  npm run .*\\b${command.name}\\b`));
    });
  }

  it("of reset lists the scenarios, each with a sentence", async () => {
    const reset = COMMANDS.find(({ name }) => name === "reset");
    const lines = (await reset?.details?.()) ?? [];
    expect(lines).to.include("  expired                Setup's own auth certificate has expired.");
  });

  it("of exchange lists the cmdlets with their parameters", async () => {
    const exchange = COMMANDS.find(({ name }) => name === "exchange");
    const lines = (await exchange?.details?.()) ?? [];
    expect(lines).to.include("  Get-AuthServer [-Identity <String>] [-DomainController <String>]");
  });
});
