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

  for (const { name, load } of COMMANDS) {
    it(`of ${name} has an example of it`, async () => {
      const command = load();
      expect(command.name).to.equal(name);
      expect(await helpOf(command)).to.match(new RegExp(`\nExamples:\n  npm run .*\\b${name}\\b`));
    });
  }

  async function detailsOf(command: string): Promise<string[]> {
    const entry = COMMANDS.find(({ name }) => name === command);
    return (await entry?.load().details?.()) ?? [];
  }

  it("of reset lists the scenarios, each with a sentence", async () => {
    expect(await detailsOf("reset")).to.include("  expired                Setup's own auth certificate has expired.");
  });

  it("of exchange lists the cmdlets with their parameters", async () => {
    expect(await detailsOf("exchange")).to.include(
      "  Get-AuthServer [-Identity <String>] [-DomainController <String>]",
    );
  });
});
