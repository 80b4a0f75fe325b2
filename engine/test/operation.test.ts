import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { readStack } from "..";
import { ConfigurationError, StateError } from "../errors";
import { stackFilePath } from "../state/stack-file";
import { TYPES_UNCHECKED, Workspace } from "./workspace";

const failure = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
};

describe("An operation", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create();
  });
  afterEach(() => workspace.remove());

  it("shows which outputs are secret, and keeps them encrypted", async () => {
    await workspace.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       export const open: string = "o";
       export const hidden = pulumi.secret("h");
       export const inner = { list: [pulumi.secret("i")] };`,
    );
    const result = await workspace.run("up");
    expect(result).to.deep.equal({
      succeeded: true,
      exitCode: 0,
      outputs: { open: "o", hidden: "[secret]", inner: { list: ["[secret]"] } },
    });
    expect(JSON.stringify(workspace.events)).to.not.match(/"h"|"i"/);
    const text = await readFile(stackFilePath(workspace.backend, "shop", "dev"), "utf8");
    expect(text).to.not.match(/"h"|"i"/);
    const stack = await readStack(workspace.backend, "shop", "dev", "password");
    expect(stack?.outputs).to.deep.equal({ open: "o", hidden: "h", inner: { list: ["i"] } });
    expect(stack?.secretOutputs).to.deep.equal(["hidden", "inner"]);
  });

  it("tells no secret, in whatever event: configuration, an explicit provider, a provider's print and error", async () => {
    const secrets = ["literal-password", "declared-secret", "made-secret"];
    await workspace.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       const text = "exports.handler=()=>({check:async(o,n)=>({inputs:n}),create:async(i)=>{console.log('printed '+i.s+' '+Buffer.from(i.s).toString('base64'));return {id:'1',outs:{s:i.s}}}," +
         "update:async(id,o,n)=>{throw new Error('no luck with '+n.s)}});";
       class Explicit extends pulumi.ProviderResource {}
       const provider = new Explicit("pulumi-nodejs", "explicit", { password: pulumi.secret("literal-password") });
       const one = new pulumi.CustomResource("pulumi-nodejs:dynamic/shop:Thing", "one", { __provider: text, s: pulumi.secret(process.env.DECLARED) }, { provider });
       one.id.apply(() => console.log("the program prints", process.env.DECLARED));
       export const made = pulumi.secret("made-secret");`,
    );
    const environment = (declared: string) => ({ ...TYPES_UNCHECKED, DECLARED: declared });
    const told = [];
    expect((await workspace.run("up", { environment: environment("declared-secret") })).exitCode).to.equal(0);
    told.push(...workspace.events);
    const messages = workspace.diagnostics.filter((line) => line.includes("rint")).sort();
    expect(messages).to.deep.equal(["info: printed [secret] [secret]", "info: the program prints [secret]"]);
    expect((await workspace.run("up", { environment: environment("declared-secret-2") })).exitCode).to.equal(1);
    expect(workspace.diagnostics).to.contain("error: no luck with [secret]");
    told.push(...workspace.events);
    await workspace.run("refresh");
    told.push(...workspace.events);
    for (const secret of secrets) expect(JSON.stringify(told)).to.not.contain(secret);
  });

  it("works behind a proxy that nobody answers for: loopback is free of it", async () => {
    const names = ["grpc_proxy", "https_proxy", "http_proxy", "all_proxy"];
    const proxies = Object.fromEntries(
      [...names, ...names.map((name) => name.toUpperCase())].map((name) => [name, "http://127.0.0.1:9"]),
    );
    const former = Object.fromEntries(Object.keys(proxies).map((name) => [name, process.env[name]]));
    await workspace.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       const text = "exports.handler=()=>({check:async(o,n)=>({inputs:n}),create:async(i)=>({id:'1',outs:{}})});";
       new pulumi.CustomResource("pulumi-nodejs:dynamic/shop:Thing", "one", { __provider: text });
       export const exempt = process.env.no_proxy;`,
    );
    Object.assign(process.env, proxies);
    try {
      const { exitCode, outputs } = await workspace.run("up", {
        environment: { ...TYPES_UNCHECKED, ...proxies, no_proxy: "example.com, other.example" },
      });
      expect(exitCode, workspace.diagnostics.join("\n")).to.equal(0);
      expect(outputs).to.deep.equal({ exempt: "example.com,other.example,127.0.0.1" });
    } finally {
      for (const [name, value] of Object.entries(former)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it("leaves nothing open where its program cannot be started", async () => {
    // A null byte: no system takes it into an environment.
    const listening = () => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;
    const before = listening();

    const { message } = await failure(workspace.run("up", { environment: { ...TYPES_UNCHECKED, BROKEN: "a\0b" } }));

    expect(message).to.contain("null bytes");
    await new Promise((resolve) => setImmediate(resolve));
    expect(listening()).to.equal(before);
  });

  it("has no output that is undefined, as the SDK leaves it out and warns of it", async () => {
    await workspace.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       export const absent: string | undefined = undefined;
       export const later = pulumi.output(absent);
       export const nothing = null;
       export const inner = { absent, list: [absent] };`,
    );
    const { outputs } = await workspace.run("up");
    expect(outputs).to.deep.equal({ nothing: null, inner: { list: [null] } });
    expect(workspace.diagnostics).to.deep.equal([
      "warning: Undefined value (absent) will not show as a stack output.",
      "warning: Undefined value (later) will not show as a stack output.",
    ]);
    const stack = await readStack(workspace.backend, "shop", "dev", "password");
    expect(stack?.outputs).to.deep.equal(outputs);
  });

  it("gives the program its configuration, and not the passphrase", async () => {
    await workspace.write(
      "index.ts",
      "export const found = Object.keys(process.env).filter((key) => key.startsWith('PULUMI_CONFIG'));",
    );
    const passphrase = { PULUMI_CONFIG_PASSPHRASE: "password", PULUMI_CONFIG_PASSPHRASE_FILE: "f" };
    const environment = { ...TYPES_UNCHECKED, ...passphrase };
    const { outputs } = await workspace.run("preview", { environment });
    expect(outputs).to.deep.equal({ found: ["PULUMI_CONFIG", "PULUMI_CONFIG_SECRET_KEYS"] });
  });

  const errors: { what: string; program: string; message: RegExp }[] = [
    {
      what: "throws where the SDK does, in an async function",
      program:
        'import * as pulumi from "@pulumi/pulumi"; export = async () => { await null; new pulumi.Config().require("server"); };',
      message:
        /^error: Missing required configuration variable 'shop:server'\n\tplease set a value using the command `pulumi config set shop:server <value>`$/,
    },
    {
      what: "throws at once",
      program: 'function check(): never { throw new Error("no luck"); }\n\ncheck();\n',
      message:
        /^error: Running program '.+index\.ts' failed with an unhandled exception:\nError: no luck\n {4}at check \(.+index\.ts:1:\d+\)\n {4}at .+index\.ts:3:1\)$/,
    },
    {
      what: "throws in an async function",
      program: 'export = async () => {\n  await null;\n  throw new Error("no luck later");\n};\n',
      message:
        /^error: Running program '.+index\.ts' failed with an unhandled exception:\nError: no luck later\n {4}at .+index\.ts:3:\d+\)?$/,
    },
    {
      what: "uses what is not there",
      program: "const server: { name?: string } = {};\nexport const length = server.name!.length;\n",
      message:
        /^error: Running program '.+index\.ts' failed with an unhandled exception:\nTypeError: Cannot read properties of undefined \(reading 'length'\)\n {4}at .+index\.ts:2:\d+\)$/,
    },
    {
      what: "asks for a configuration key that is spelt wrongly",
      program: 'import * as pulumi from "@pulumi/pulumi"; export const x = new pulumi.Config().require("sever");',
      message:
        /^error: Missing required configuration variable 'shop:sever'\n\tplease set a value using the command `pulumi config set shop:sever <value>`$/,
    },
    {
      what: "throws in an apply",
      program:
        'import * as pulumi from "@pulumi/pulumi"; pulumi.output(1).apply(() => { throw new Error("no luck"); });',
      message:
        /^error: Running program '.+index\.ts' failed with an unhandled exception:\nError: no luck\n {4}at .+index\.ts:1:\d+\)?$/,
    },
    {
      what: "needs a module that is not there",
      program: 'import * as absent from "absent"; export const x = absent;',
      message:
        /^error: Running program '.+index\.ts' failed with an unhandled exception:\nError: Cannot find module 'absent'\n {4}at .+index\.ts:1:1\)$/,
    },
    {
      what: "is no TypeScript",
      program: "const a = ;\n",
      message:
        /^error: Running program '.+index\.ts' failed with an unhandled exception:\nTSError: ⨯ Unable to compile TypeScript:\nindex\.ts\(1,11\): error TS1109: Expression expected\.$/,
    },
  ];
  for (const { what, program, message } of errors) {
    it(`tells in a few lines and within seconds what is wrong with a program that ${what}`, async () => {
      await workspace.write("index.ts", program);
      // What else is loaded into the processes of tests would have a line in the stack.
      const { exitCode } = await workspace.run("preview", { environment: { ...TYPES_UNCHECKED, NODE_OPTIONS: "" } });
      expect(exitCode).to.equal(1);
      const told = workspace.diagnostics.filter((line) => line.startsWith("error"));
      expect(told).to.have.length(1);
      expect(told[0]).to.match(message);
      expect(told[0]?.split("\n").length).to.be.lessThan(16);
    });
  }

  it("refuses to replace what is not there, before the program declares anything", async () => {
    await workspace.write("index.ts", "export const x = 1;");
    const missing = "urn:pulumi:dev::shop::pkg:index:Thing::one";
    const nested = "urn:pulumi:dev::shop::pkg:index:Box$pkg:index:Thing::one";
    const { succeeded, exitCode } = await workspace.run("up", { replace: [missing, nested, "**::none"] });
    expect({ succeeded, exitCode }).to.deep.equal({ succeeded: false, exitCode: 1 });
    expect(workspace.diagnostics).to.deep.equal([
      `error: Target '${missing}' could not be found in the stack. Did you forget to escape $ in your shell?`,
      `error: Target '${nested}' could not be found in the stack.`,
    ]);
    expect(workspace.events.filter(({ resourcePreEvent }) => resourcePreEvent)).to.deep.equal([]);
  });

  it("starts every plugin ahead of need for a stack that is empty, and then only those that its state names", async () => {
    const asked: string[] = [];
    const plugin = (name: string) => ({
      get command() {
        asked.push(name);
        return process.execPath;
      },
      arguments: ["--eval", ""],
      version: "1.0.0",
    });
    const plugins = { one: plugin("one"), other: plugin("other") };
    await workspace.write("index.ts", "export const x = 1;");
    await workspace.run("up", { plugins });
    expect(asked).to.deep.equal(["one", "other"]);
    await workspace.run("preview", { plugins });
    await workspace.run("up", { plugins });
    expect(asked).to.deep.equal(["one", "other"]);
  });

  it("refuses a damaged state file before anything is started", async () => {
    const file = stackFilePath(workspace.backend, "shop", "dev");
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '{"version":3,"checkpoint":');
    await workspace.write("index.ts", "console.log('started');");
    expect(await failure(workspace.run("up"))).to.be.instanceOf(StateError);
    expect(workspace.events).to.deep.equal([]);
    expect(await readFile(file, "utf8")).to.equal('{"version":3,"checkpoint":');
  });

  it("refuses a wrong passphrase, and leaves no lock", async () => {
    await workspace.write("index.ts", "");
    for (const _attempt of [1, 2]) {
      const error = await failure(workspace.run("up", { passphrase: "wrong" }));
      expect(error).to.be.instanceOf(StateError);
      expect(error.message).to.match(/^The passphrase does not fit the stack's encryption salt\./);
    }
  });

  it("refuses a project that cannot find the SDK", async () => {
    await rm(path.join(workspace.folder, "node_modules"));
    const error = await failure(workspace.run("up"));
    expect(error).to.be.instanceOf(ConfigurationError);
    expect(error.message).to.match(/^@pulumi\/pulumi cannot be found from .+: run "npm install" there\.$/);
  });

  it("refuses by name a provider package for which there is no plugin", async () => {
    await workspace.write(
      "index.ts",
      'import * as pulumi from "@pulumi/pulumi"; new pulumi.CustomResource("random:index:Pet", "pet", {});',
    );
    const { exitCode } = await workspace.run("preview");
    expect(exitCode).to.equal(1);
    expect(workspace.diagnostics).to.deep.equal([
      'error: The provider package "random" (there are plugins for pulumi-nodejs) is not supported by this engine. Use Pulumi\'s own CLI for it.',
    ]);
  });

  it("tells of which resource a provider says that it cannot be", async () => {
    await workspace.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       new pulumi.CustomResource("pulumi-nodejs:dynamic/shop:Thing", "one", { __provider: "exports.handler=()=>({check(){throw new Error('no luck')}});" });`,
    );
    expect((await workspace.run("up")).exitCode).to.equal(1);
    const [told] = workspace.events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.severity === "error" ? diagnosticEvent : [],
    );
    expect([told?.urn, told?.message]).to.deep.equal([
      "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/shop:Thing::one",
      "no luck\n",
    ]);
  });

  it("notes an update under way without id and outputs, and forgets one that was interrupted once the resource is updated", async () => {
    const state = stackFilePath(workspace.backend, "shop", "dev");
    const left = path.join(workspace.folder, "left.json");
    const program = (value: string) =>
      `import * as pulumi from "@pulumi/pulumi";
       const text = "exports.handler=()=>({check:async(o,n)=>({inputs:n}),create:async(i)=>({id:'1',outs:i})," +
         "update:async(id,o,n)=>{require('fs').copyFileSync(n.state,n.left);if(n.value==='exit')process.exit(3);return {outs:n}}});";
       const files = { state: ${JSON.stringify(state)}, left: ${JSON.stringify(left)} };
       new pulumi.CustomResource("pulumi-nodejs:dynamic/shop:Thing", "one", { __provider: text, value: "${value}", ...files });`;
    const pending = async (file: string) =>
      JSON.parse(await readFile(file, "utf8")).checkpoint.latest.pending_operations ?? [];
    await workspace.write("index.ts", program("a"));
    expect((await workspace.run("up")).exitCode).to.equal(0);

    await workspace.write("index.ts", program("exit"));
    expect((await workspace.run("up")).exitCode).to.equal(1);
    expect(workspace.diagnostics).to.include.members(["error: error reading from server: EOF", "error: update failed"]);
    const doubts = workspace.events.flatMap(({ summaryEvent }) => summaryEvent?.maybeCorrupt ?? []);
    expect(doubts).to.deep.equal([false]);
    const [noted] = await pending(left);
    expect([noted.type, noted.resource.inputs.value]).to.deep.equal(["updating", "exit"]);
    expect(noted.resource).to.not.have.any.keys("id", "outputs");

    await writeFile(state, await readFile(left));
    await workspace.write("index.ts", program("b"));
    expect((await workspace.run("up")).exitCode).to.equal(0);
    expect(workspace.diagnostics.join()).to.contain("::one, interrupted while updating");
    expect(await pending(state)).to.deep.equal([]);
  });

  for (const operation of ["preview-destroy", "destroy"] as const) {
    it(`reads what a ${operation === "destroy" ? "destroy" : "preview of a destroy"} is to delete first, where a refresh is asked for`, async () => {
      const log = path.join(workspace.folder, "calls");
      await workspace.write(
        "index.ts",
        `import * as pulumi from "@pulumi/pulumi";
         const text = "const tell=(call)=>require('fs').appendFileSync(process.env.CALLS,call+' ');" +
           "exports.handler=()=>({check:async(o,n)=>({inputs:n}),create:async(i)=>({id:'1',outs:i}),read:async(id,p)=>{tell('read');return {id,props:p}}," +
           "diff:async()=>{tell('diff');return {changes:false}},delete:async()=>{tell('delete')}});";
         new pulumi.CustomResource("pulumi-nodejs:dynamic/shop:Thing", "one", { __provider: text });`,
      );
      const environment = { ...TYPES_UNCHECKED, CALLS: log };
      expect((await workspace.run("up", { environment })).exitCode).to.equal(0);
      expect((await workspace.run(operation, { environment, refresh: true })).exitCode).to.equal(0);
      const calls = await readFile(log, "utf8");
      expect(calls).to.equal(operation === "destroy" ? "read diff delete " : "read diff ");
      const steps = workspace.events.flatMap(({ resourcePreEvent }) => {
        const { op, urn } = resourcePreEvent?.metadata ?? {};
        return urn?.endsWith("::one") ? op : [];
      });
      expect(steps).to.deep.equal(["refresh", "delete"]);
    });
  }

  it("refuses a reference to a stack that is not there", async () => {
    await workspace.write(
      "index.ts",
      'import * as pulumi from "@pulumi/pulumi"; new pulumi.StackReference("organization/other/dev");',
    );
    expect((await workspace.run("preview")).exitCode).to.equal(1);
    expect(workspace.diagnostics).to.deep.equal([
      'error: Preview failed: unknown stack "organization/other/dev"',
      "error: preview failed",
    ]);
    expect((await workspace.run("up")).exitCode).to.equal(1);
    expect(workspace.diagnostics).to.deep.equal([
      'error: unknown stack "organization/other/dev"',
      "error: update failed",
    ]);
    expect(workspace.events.flatMap(({ summaryEvent }) => summaryEvent?.maybeCorrupt ?? [])).to.deep.equal([true]);
  });
});
