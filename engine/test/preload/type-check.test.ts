import { mkdir, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { TYPES_UNCHECKED, Workspace } from "../workspace";

const RIGHT = "export const port: number = 443;\n";
/** As long as what is right, and no error when it runs. */
const WRONG = 'export const port: number = "4";\n';
const PORT_IS_NO_NUMBER = "index.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.";

describe("The types of a program", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create();
  });
  afterEach(() => workspace.remove());

  /** What an operation tells, without the program's path, which is a temporary one. */
  async function told(operation: "up" | "preview", variable?: string): Promise<string[]> {
    const environment = { ...TYPES_UNCHECKED, PULUMI_NODEJS_TRANSPILE_ONLY: variable };
    const { exitCode } = await workspace.run(operation, { environment });
    expect(exitCode).to.equal(workspace.diagnostics.length === 0 ? 0 : 1);
    return workspace.diagnostics.map((line) => line.replace(workspace.project + path.sep, ""));
  }

  const typeErrors = (...lines: string[]) => [
    [
      "error: Running program 'index.ts' failed with an unhandled exception:",
      "TSError: ⨯ Unable to compile TypeScript:",
      ...lines,
    ].join("\n"),
  ];

  it("are checked, in all that it imports, before it declares anything", async () => {
    await workspace.write(
      "box.ts",
      'import * as pulumi from "@pulumi/pulumi";\nexport const box = new pulumi.ComponentResource("shop:index:Box", "one");\n',
    );
    await workspace.write("port.ts", WRONG);
    await workspace.write(
      "index.ts",
      'import { box } from "./box";\nimport { port } from "./port";\nexport const name: string = port;\nexport { box };\n',
    );
    expect(await told("up")).to.deep.equal(
      typeErrors(
        "index.ts(3,14): error TS2322: Type 'number' is not assignable to type 'string'.",
        "port.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.",
      ),
    );
    // The stack itself is the SDK's, whatever the program is.
    const declared = workspace.events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata.type ?? []);
    expect(declared).to.deep.equal(["pulumi:pulumi:Stack"]);
  });

  it("are not checked again while nothing has changed, unless the environment says so as to Pulumi's CLI", async () => {
    await workspace.write("index.ts", RIGHT);
    const file = path.join(workspace.project, "index.ts");
    const time = new Date("2025-01-01T00:00:00Z");
    await utimes(file, time, time);
    const { size } = await stat(file);
    expect(await told("preview")).to.deep.equal([]);

    // By its size and time it is the file that was there.
    await workspace.write("index.ts", WRONG);
    await utimes(file, time, time);
    expect((await stat(file)).size).to.equal(size);
    expect(await told("up")).to.deep.equal([]);
    expect(await told("preview", "false")).to.deep.equal(typeErrors(PORT_IS_NO_NUMBER));

    // Now it is not.
    await writeFile(file, WRONG);
    expect(await told("preview")).to.deep.equal(typeErrors(PORT_IS_NO_NUMBER));
    expect(await told("preview", "true")).to.deep.equal([]);
  });

  it("are checked where it lies in folders below its tsconfig.json, which ts-node takes for an error of each file alone", async () => {
    await workspace.write("package.json", '{ "name": "shop", "main": "src/index.ts" }');
    for (const folder of ["src", "lib"]) await mkdir(path.join(workspace.project, folder));
    await workspace.write("src/index.ts", 'export { port } from "../lib/port";\n');
    await workspace.write("lib/port.ts", RIGHT);
    expect(await told("preview")).to.deep.equal([]);
  });

  it("are no matter where it is written in JavaScript", async () => {
    await workspace.write("package.json", '{ "name": "shop", "main": "index.js" }');
    await workspace.write("index.js", '// @ts-check\n/** @type {number} */\nexports.port = "443";\n');
    expect(await told("preview")).to.deep.equal([]);
  });

  it("are no matter, and no compiler is loaded, where Pulumi.yaml says that it is JavaScript", async () => {
    await workspace.write("package.json", '{ "name": "shop", "main": "index.js" }');
    await workspace.write("index.js", 'exports.loads = Object.keys(require.extensions).join(" ");\n');
    const environment = { ...TYPES_UNCHECKED, PULUMI_NODEJS_TRANSPILE_ONLY: undefined };
    expect((await workspace.run("preview", { environment })).outputs.loads).to.equal(".js .json .node .ts .tsx");
    await workspace.write("Pulumi.yaml", "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n");
    expect((await workspace.run("preview", { environment })).outputs.loads).to.equal(".js .json .node");
  });

  it("are none of its children's business", async () => {
    await workspace.write("package.json", '{ "name": "shop", "main": "index.js" }');
    await workspace.write("child.js", "process.exitCode = 'LOCAL_ENGINE_TYPE_STAMP' in process.env ? 1 : 0;\n");
    await workspace.write(
      "index.js",
      `const { fork } = require("node:child_process");
       exports.ended = new Promise((resolve) => fork("./child.js").on("exit", resolve));`,
    );
    const environment = { ...TYPES_UNCHECKED, PULUMI_NODEJS_TRANSPILE_ONLY: undefined };
    expect((await workspace.run("preview", { environment })).outputs).to.deep.equal({ ended: 0 });
  });
});
