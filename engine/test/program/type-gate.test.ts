import { mkdir, mkdtemp, readFile, realpath, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { TSError, TypeGate } from "../../program/type-gate";

/** The smallest library there is, which makes a check quick. */
const CONFIGURATION = '{ "compilerOptions": { "lib": ["es5"] } }';
const USES_PORT = 'import { port } from "./port";\nexport const own: number = port;\n';
const OWN_IS_A_STRING = "index.ts(2,14): error TS2322: Type 'string' is not assignable to type 'number'.";

type Files = Record<string, string>;

describe("The gate of types", () => {
  let folder: string;
  let stamp: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "type-gate-")));
    stamp = path.join(folder, "kept", "types", "shop.json");
    await write({ "tsconfig.json": CONFIGURATION });
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(files: Files): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  /** What a new process comes to with the files that it loads: how often it had to check, and what was wrong. */
  function load(...files: string[]): { checks: number; error?: string } {
    let checks = 0;
    const loadCompiler = () => {
      checks++;
      return ts;
    };
    const gate = new TypeGate({ folder, configuration: path.join(folder, "tsconfig.json"), stamp, loadCompiler });
    try {
      for (const file of files) gate.enter(path.join(folder, file));
      return { checks };
    } catch (error) {
      expect(error).to.be.instanceOf(TSError);
      return { checks, error: (error as Error).message };
    }
  }

  const wrong = (...lines: string[]) => ({
    checks: 1,
    error: ["⨯ Unable to compile TypeScript:", ...lines, ""].join("\n"),
  });

  it("checks once, with all that is imported, and not again while nothing has changed", async () => {
    await write({ "index.ts": USES_PORT, "port.ts": "export const port = 443;\n" });
    expect(load("index.ts", "port.ts")).to.deep.equal({ checks: 1 });
    expect(load("index.ts", "port.ts")).to.deep.equal({ checks: 0 });
  });

  it("checks again what was wrong", async () => {
    await write({ "index.ts": "export const port: string = 443;\n" });
    const error = wrong("index.ts(1,14): error TS2322: Type 'number' is not assignable to type 'string'.");
    expect(load("index.ts")).to.deep.equal(error);
    expect(load("index.ts")).to.deep.equal(error);
  });

  it("checks what was loaded without being imported, and keeps that, too", async () => {
    await write({ "index.ts": "export const one = 1;\n", "other.ts": "export const two = 2;\n" });
    expect(load("index.ts", "other.ts")).to.deep.equal({ checks: 2 });
    expect(load("index.ts", "other.ts")).to.deep.equal({ checks: 0 });
    await write({ "other.ts": "export const two: string = 2;\n" });
    expect(load("index.ts", "other.ts").checks).to.equal(2);
  });

  it("leaves packages alone", async () => {
    await write({ "node_modules/port/index.ts": "export const port: string = 443;\n" });
    expect(load("node_modules/port/index.ts")).to.deep.equal({ checks: 0 });
  });

  const changes: { what: string; before: Files; after: Files; error: string }[] = [
    {
      what: "the program",
      before: { "index.ts": "export const own: number = 443;\n" },
      after: { "index.ts": 'export const own: number = "";\n' },
      error: "index.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.",
    },
    {
      what: "a file that it imports",
      before: { "index.ts": USES_PORT, "port.ts": "export const port = 443;\n" },
      after: { "port.ts": 'export const port = "443";\n' },
      error: OWN_IS_A_STRING,
    },
    {
      what: "the declaration of what is written in JavaScript",
      before: {
        "index.ts": USES_PORT,
        "port.js": "exports.port = 443;\n",
        "port.d.ts": "export const port: number;\n",
      },
      after: { "port.d.ts": "export const port: string;\n" },
      error: OWN_IS_A_STRING,
    },
    {
      what: "what a package declares",
      before: {
        "index.ts": 'import { port } from "port";\nexport const own: number = port;\n',
        "node_modules/port/package.json": '{ "name": "port", "types": "one.d.ts" }',
        "node_modules/port/one.d.ts": "export const port: number;\n",
        "node_modules/port/other.d.ts": "export const port: string;\n",
      },
      after: { "node_modules/port/package.json": '{ "name": "port", "types": "other.d.ts" }' },
      error: OWN_IS_A_STRING,
    },
    {
      what: "what is found first: a file that was not there",
      before: {
        "index.ts": USES_PORT,
        "port.js": "exports.port = 443;\n",
        "port.d.ts": "export const port: number;\n",
      },
      after: { "port.ts": 'export const port = "443";\n' },
      error: OWN_IS_A_STRING,
    },
    {
      what: "what is found first: a folder that was not there",
      before: {
        "src/index.ts": 'import { port } from "port";\nexport const own: number = port;\n',
        "index.ts": 'export * from "./src/index";\n',
        "node_modules/port/index.d.ts": "export const port: number;\n",
      },
      after: { "src/node_modules/port/index.d.ts": "export const port: string;\n" },
      error: "src/index.ts(2,14): error TS2322: Type 'string' is not assignable to type 'number'.",
    },
    {
      what: "the packages of types that are taken without being named",
      before: {
        "index.ts": "export const own: Port = { number: 443 };\n",
        "tsconfig.json": '{ "compilerOptions": { "lib": ["es5"], "types": ["*"] } }',
        "node_modules/@types/port/index.d.ts": "interface Port { number: number; }\n",
      },
      after: { "node_modules/@types/other/index.d.ts": "interface Port { host: string; }\n" },
      error:
        "index.ts(1,14): error TS2741: Property 'host' is missing in type '{ number: number; }' but required in type 'Port'.",
    },
    {
      what: "what tsconfig.json extends",
      before: {
        "index.ts": "export const own = (text) => text.length;\n",
        "tsconfig.json": '{ "extends": "./base.json" }',
        "base.json": '{ "compilerOptions": { "lib": ["es5"], "strict": false } }',
      },
      after: { "base.json": CONFIGURATION },
      error: "index.ts(1,21): error TS7006: Parameter 'text' implicitly has an 'any' type.",
    },
  ];
  for (const { what, before, after, error } of changes) {
    it(`checks again after a change in ${what}`, async () => {
      await write(before);
      expect(load("index.ts")).to.deep.equal({ checks: 1 });
      expect(load("index.ts")).to.deep.equal({ checks: 0 });
      await write(after);
      expect(load("index.ts")).to.deep.equal(wrong(error));
    });
  }

  it("checks again after a change of time alone, and goes by time and size alone", async () => {
    await write({ "index.ts": "export const own: number = 443;\n" });
    const dated = (year: number) => utimes(path.join(folder, "index.ts"), new Date(year, 1), new Date(year, 1));
    await dated(2024);
    expect(load("index.ts")).to.deep.equal({ checks: 1 });
    await dated(2025);
    expect(load("index.ts")).to.deep.equal({ checks: 1 });
    await write({ "index.ts": 'export const own: number = "4";\n' });
    await dated(2025);
    expect(load("index.ts")).to.deep.equal({ checks: 0 });
  });

  const damages: [what: string, (text: string) => string][] = [
    ["is cut off", (text) => text.slice(0, -1)],
    ["is empty", () => ""],
    ["is something else", () => "null"],
    ["lacks what was seen", (text) => JSON.stringify({ ...JSON.parse(text), seen: undefined })],
    ["lacks what was checked", (text) => JSON.stringify({ ...JSON.parse(text), checked: undefined })],
    ["went by another tsconfig.json", (text) => text.replace("tsconfig.json", "other.json")],
  ];
  for (const [what, damage] of damages) {
    it(`checks again where what was kept ${what}`, async () => {
      await write({ "index.ts": "export const own = 443;\n" });
      load("index.ts");
      await writeFile(stamp, damage(await readFile(stamp, "utf8")));
      expect(load("index.ts")).to.deep.equal({ checks: 1 });
      expect(load("index.ts")).to.deep.equal({ checks: 0 });
    });
  }

  it("says that it will check again where nothing can be kept, and is content", async () => {
    await write({ "index.ts": "export const own = 443;\n", kept: "a file\n" });
    const said: string[] = [];
    const error = console.error;
    console.error = (line) => said.push(line);
    try {
      expect(load("index.ts")).to.deep.equal({ checks: 1 });
    } finally {
      console.error = error;
    }
    expect(said).to.have.length(1);
    expect(said[0]).to.match(
      /^The program's types are correct\. They will be checked again next time, because the result cannot be kept: E\w+: /,
    );
  });

  it("always checks where nothing is to be kept", async () => {
    stamp = "";
    await write({ "index.ts": "export const own = 443;\n" });
    expect(load("index.ts")).to.deep.equal({ checks: 1 });
    expect(load("index.ts")).to.deep.equal({ checks: 1 });
  });
});
