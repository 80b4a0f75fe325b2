import { expect } from "chai";
import { CommanderError } from "commander";
import { COMMANDS } from "../../../sandbox/command-line/commands";
import { programOf } from "../../../sandbox/command-line/program";

/** What the command line prints as help. */
async function helpOf(...words: string[]): Promise<string> {
  let text = "";
  const stream = { write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
  const surroundings = { stdout: stream, stderr: stream, environment: {}, conclude: () => undefined };
  const program = programOf(surroundings, words[0]);
  const error = await program.parseAsync([...words, "--help"], { from: "user" }).catch((thrown: unknown) => thrown);
  expect(error).to.be.instanceOf(CommanderError).with.property("exitCode", 0);
  return text;
}

describe("the help", () => {
  it("lists all commands with a sentence", async () => {
    const text = await helpOf();
    expect(text).to.contain("Usage: npm run sandbox -- <command> [options]\n");
    expect(text).to.contain("  up            Deploy the stack of this folder to the sandbox\n");
    expect(text).to.contain("  stack export  Print the stack's state in the format of pulumi stack export\n");
  });

  it("of a command says its options and its arguments", async () => {
    const text = await helpOf("outputs");
    expect(text).to.contain("Usage: npm run sandbox -- outputs [options] [name]\n");
    expect(text).to.match(/^ {2}-s, --stack <name> +The stack in Pulumi\.<name>\.yaml \(default: dev\)$/m);
  });

  for (const { words } of COMMANDS) {
    it(`of ${words.join(" ")} has an example of it`, async () => {
      expect(await helpOf(...words)).to.match(new RegExp(`\nExamples:\n  npm run .*\\b${words.join(" ")}\\b`));
    });
  }

  it("of reset lists the scenarios, each with a sentence", async () => {
    expect(await helpOf("reset")).to.include("  expired                Setup's own auth certificate has expired.\n");
  });

  it("of exchange lists the cmdlets with their parameters", async () => {
    expect(await helpOf("exchange")).to.include("  Get-AuthServer [-Identity <String>] [-DomainController <String>]\n");
  });
});
