import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest, type CheckResponse, ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { KINDS, providerText } from "./kinds";
import { run, usersProject } from "./packed";

const ROOT = join(__dirname, "..", "..");
const METHODS = ["check", "configure", "create", "delete", "diff", "read", "update"];

// What users get, in a project of its own, with nothing of this repository.
describe("the package, packed from a clean checkout and installed", () => {
  let project: string;
  let installed: string;
  let end = async () => {};

  before(async function () {
    this.timeout(300_000);
    ({ project, installed, end } = await usersProject());
  });
  after(() => end());

  /** What a program in the project's folder prints. */
  const printedBy = async (program: string, type = "commonjs"): Promise<unknown> => {
    const { stdout } = await run(process.execPath, [`--input-type=${type}`, "-e", program], { cwd: project });
    return JSON.parse(stdout);
  };

  it("holds what was built, its licence and what it starts, and neither sources nor tests nor the sandbox", async () => {
    const files = await filesIn(installed);
    const expected =
      /^(package\.json|LICENSE|README\.md|powershell\/bridge\.ps1|dist\/(bounded|errors|index|nearest|node-version|provider|(components|configuration|exchange|powershell|resources|x509)\/.+)\.(js|js\.map|d\.ts))$/;
    expect(files.filter((file) => !expected.test(file))).to.deep.equal([]);
    expect(files.filter((file) => /sandbox|\.test\./.test(file))).to.deep.equal([]);
    expect(files).to.include.members([
      "package.json",
      "README.md",
      "LICENSE",
      "dist/index.js",
      "dist/index.d.ts",
      "dist/provider.js",
    ]);
  });

  it("gives a program its classes", async () => {
    const names = await printedBy('console.log(JSON.stringify(Object.keys(require("pulumi-exchange-server"))))');
    expect(names).to.include.members([
      "PushNotificationProxying",
      "PushNotificationProxyingReference",
      "ExchangeProvider",
      ...KINDS,
    ]);
  });

  it("gives a program that is an ES module its classes by name", async () => {
    const program =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program's.
      'import { OAuthCertificate } from "pulumi-exchange-server"; console.log(`"${OAuthCertificate.name}"`)';
    expect(await printedBy(program, "module")).to.equal("OAuthCertificate");
  });

  it("keeps the source of each line that a stack trace names", async () => {
    const maps = (await filesIn(installed)).filter((file) => file.endsWith(".js.map"));
    const contents = await Promise.all(maps.map((file) => readFile(join(installed, file), "utf8")));
    const bare = maps.filter((_, index) => JSON.parse(contents[index] as string).sourcesContent?.length !== 1);
    expect(maps).to.include("dist/index.js.map");
    expect(bare).to.deep.equal([]);
  });

  it("says where it comes from, in links that lead somewhere from anywhere", async () => {
    const { homepage, bugs, repository } = require(join(installed, "package.json"));
    const address = "https://github.com/pulumi-exchange-server/pulumi-exchange-server";
    expect({ homepage, bugs, repository }).to.deep.equal({
      homepage: `${address}#readme`,
      bugs: `${address}/issues`,
      repository: { type: "git", url: `git+${address}.git`, directory: "provider" },
    });
    const readme = await readFile(join(installed, "README.md"), "utf8");
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link as string);
    const pages = links.filter((link) => link.startsWith(`${address}/`));
    expect(
      links.filter((link) => !/^https:\/\/(github\.com|learn\.microsoft\.com|msrc\.microsoft\.com)\//.test(link)),
    ).to.deep.equal([]);
    expect(pages.length).to.be.greaterThan(5);
    const missing = pages.filter((link) => !existsSync(join(ROOT, link.replace(/^.*\/(blob|tree)\/main\//, ""))));
    expect(missing).to.deep.equal([]);
  });

  for (const entry of ["index", "provider"]) {
    it(`refuses a Node that is too old before it loads anything, with what to do: ${entry}`, async () => {
      const program = `
        Object.defineProperty(process.versions, "node", { value: "20.18.1" });
        try { require("./node_modules/pulumi-exchange-server/dist/${entry}") } catch (error) {
          const loaded = Object.keys(require.cache).filter((path) => !/(node-version\\.js|late\\.cjs)$/.test(path));
          console.log(JSON.stringify({ text: String(error.stack), loaded: loaded.length }));
        }`;
      expect(await printedBy(program)).to.deep.equal({
        text:
          "pulumi-exchange-server requires Node.js 20.19 or later, but this is Node.js 20.18.1. Install a " +
          "later version and put it first on PATH.",
        loaded: 0,
      });
    });
  }

  const subpaths: [string, string][] = [
    ["provider", "OAuthCertificate"],
    ["protocol", "PROTOCOL_VERSION"],
    ["package.json", "version"],
  ];
  for (const [subpath, name] of subpaths) {
    it(`can be asked for its ${subpath}`, async () => {
      const program = `console.log(Object.keys(require("pulumi-exchange-server/${subpath}")).includes("${name}"))`;
      expect(await printedBy(program)).to.equal(true);
    });
  }

  for (const subpath of ["dist/index.js", "dist/exchange/exchange.js", "powershell/bridge.ps1", "index"]) {
    it(`cannot be asked for ${subpath}, which may change`, async () => {
      const program = `try { require("pulumi-exchange-server/${subpath}"); console.log("0") } catch (error) { console.log(JSON.stringify(error.code)) }`;
      expect(await printedBy(program)).to.equal("ERR_PACKAGE_PATH_NOT_EXPORTED");
    });
  }

  it("does not load Pulumi's engine side into a program, nor a program's side into the engine", async () => {
    const loaded = (subpath: string, part: string) =>
      printedBy(
        `require("pulumi-exchange-server${subpath}"); console.log(Object.keys(require.cache).some((path) => /${part}/.test(path)))`,
      );
    expect(await loaded("", "powershell.session")).to.equal(false);
    expect(await loaded("/provider", "pulumi.azuread")).to.equal(false);
  });

  it("has the handlers that the tests of state format ask for, and no other", async () => {
    const names = await printedBy(
      'console.log(JSON.stringify(Object.keys(require("pulumi-exchange-server/provider"))))',
    );
    expect((names as string[]).sort()).to.deep.equal(KINDS);
  });

  for (const kind of KINDS) {
    it(`gives the handler of ${kind} to the text in a stack's state, with all seven methods`, async () => {
      const text = JSON.stringify(providerText(kind));
      const program = `new Function("exports", "require", ${text})(exports, require); console.log(JSON.stringify(Object.keys(exports.handler()).sort()))`;
      expect(await printedBy(program)).to.deep.equal(METHODS);
    });
  }

  describe("under Pulumi's own process of dynamic providers", () => {
    let host: ChildProcess;
    let client: ResourceProviderClient;

    beforeEach(async () => {
      const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
      const env = { ...process.env, PULUMI_CONFIG: "{}", PULUMI_PROJECT: "project", PULUMI_NODEJS_PROJECT: "project" };
      host = spawn(process.execPath, [script, "127.0.0.1:1"], {
        cwd: project,
        env,
        stdio: ["pipe", "pipe", "inherit"],
      });
      const [port] = await once(createInterface({ input: host.stdout as NodeJS.ReadableStream }), "line");
      client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    });
    afterEach(async () => {
      client.close();
      const exited = host.exitCode !== null ? undefined : once(host, "exit");
      host.kill("SIGINT");
      await exited;
    });

    const configure = (values: Record<string, string>) => {
      const request = new ConfigureRequest();
      request.setArgs(Struct.fromJavaScript(values));
      return new Promise<void>((resolve, reject) => {
        client.configure(request, (error) => (error ? reject(error) : resolve()));
      });
    };
    const check = (kind: string, news: Record<string, JavaScriptValue>) => {
      const request = new CheckRequest();
      request.setOlds(Struct.fromJavaScript({}));
      request.setNews(Struct.fromJavaScript({ ...news, __provider: providerText(kind) }));
      return new Promise<CheckResponse>((resolve, reject) => {
        client.check(request, (error, response) => (error ? reject(error) : resolve(response)));
      });
    };

    it("checks arguments by the text alone", async () => {
      await configure({ "exchange:connection": "process", "exchange:command": '["never-started"]' });
      const response = await check("OAuthCertificate", { keySize: 4096 });
      expect(response.getFailuresList()).to.deep.equal([]);
      expect(response.getInputs()?.toJavaScript()).to.deep.equal({
        subjectName: "CN=Microsoft Exchange Server Auth Certificate",
        friendlyName: "Exchange S2S OAuth",
        keySize: 4096,
        ignoreServers: [],
        __provider: providerText("OAuthCertificate"),
      });
    });

    it("refuses a key of the configuration that nothing reads, though everything else is right", async () => {
      await configure({
        "exchange:connection": "process",
        "exchange:command": '["never-started"]',
        "exchange:domainControler": "dc1.contoso.example",
        "project:domainControler": "of no concern",
      });
      const failures = (await check("OAuthCertificate", {})).getFailuresList();
      expect(failures.map((failure) => failure.toObject())).to.deep.equal([
        {
          property: "exchange:domainControler",
          reason: "is not a configuration key (did you mean exchange:domainController?)",
        },
      ]);
    });

    it("names the key of the configuration that is missing, and the wrong argument beside it", async () => {
      await configure({});
      const failures = (await check("PushNotificationProxy", { organization: "contoso" })).getFailuresList();
      expect(failures.map((failure) => failure.getProperty())).to.deep.equal(["exchange:connection", "organization"]);
      expect(failures[1]?.getReason()).to.equal("it must be a domain name, such as contoso.example");
    });
  });
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
}
