import { expect } from "chai";
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
});
