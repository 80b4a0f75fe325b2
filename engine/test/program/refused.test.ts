import { expect } from "chai";
import { Workspace } from "../workspace";

/** Programs as a user writes them: the SDK asks what the engine offers, and sends what it is told that there is. */
const PROGRAMS: { what: string; program: string }[] = [
  {
    what: "A stack transform",
    program: "pulumi.runtime.registerResourceTransform(() => undefined);",
  },
  {
    what: "A stack invoke transform",
    program: "pulumi.runtime.registerInvokeTransform(() => undefined);",
  },
  {
    what: 'The option "transforms" (of "one")',
    program: 'new pulumi.ComponentResource("shop:index:Group", "one", {}, { transforms: [() => undefined] });',
  },
  {
    what: "A resource hook",
    program: 'new pulumi.ResourceHook("seen", async () => {});',
  },
  {
    what: "An error hook",
    program: 'new pulumi.ErrorHook("seen", async () => false);',
  },
  {
    what: 'The option "replaceWith" (of "two")',
    program: `const one = new pulumi.ComponentResource("shop:index:Group", "one");
      new pulumi.ComponentResource("shop:index:Group", "two", {}, { replaceWith: [one] });`,
  },
  {
    what: 'The option "import" (of "one")',
    program: 'new pulumi.CustomResource("pulumi-nodejs:dynamic:Resource", "one", {}, { import: "1" });',
  },
];

describe("What a program uses and the engine does not do", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create();
  });
  afterEach(() => workspace.remove());

  for (const { what, program } of PROGRAMS) {
    it(`is refused by name: ${what}`, async () => {
      await workspace.write("index.ts", `import * as pulumi from "@pulumi/pulumi";\n${program}`);
      const { exitCode } = await workspace.run("up");
      expect(workspace.diagnostics.filter((line) => line.startsWith("error"))[0]).to.equal(
        `error: ${what} is not supported by this engine. Use Pulumi's own CLI for it.`,
      );
      expect(exitCode).to.equal(1);
    });
  }
});
