import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { type OperationRequest, runOperation } from "../../../sandbox/engine";
import { crypterOf } from "../../../sandbox/engine/state/passphrase";

const repository = path.resolve(__dirname, "..", "..", "..");
const recordings = path.join(repository, "test", "golden", "azuread");

const PASSPHRASE = "password";
const SALT = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

// Of the SDK only what is used: all of it takes seconds to load.
const PROGRAM = `
const { getServicePrincipalOutput } = require("@pulumi/azuread/getServicePrincipal");
const { ServicePrincipalCertificate } = require("@pulumi/azuread/servicePrincipalCertificate");
const principal = getServicePrincipalOutput({ clientId: "00000002-0000-0ff1-ce00-000000000000" });
new ServicePrincipalCertificate("auth", {
  servicePrincipalId: principal.id,
  type: "AsymmetricX509Cert",
  encoding: "base64",
  value: process.env.CERTIFICATE,
  startDate: "2026-11-24T00:49:00Z",
  endDate: "2031-11-23T00:49:00Z",
});
`;

/** The recorded session: one program, whose certificate is another one from the fifth step on. */
const STEPS: { recording: string; operation: OperationRequest["operation"]; certificate: string }[] = [
  { recording: "1-preview", operation: "preview", certificate: "a" },
  { recording: "2-up", operation: "up", certificate: "a" },
  { recording: "3-same", operation: "up", certificate: "a" },
  { recording: "4-refresh", operation: "refresh", certificate: "a" },
  { recording: "5-preview-replace", operation: "preview", certificate: "b" },
  { recording: "6-replace", operation: "up", certificate: "b" },
  { recording: "7-destroy", operation: "destroy", certificate: "b" },
];

interface Call {
  rpc: string;
  request: Record<string, unknown>;
}

/** A preview's provider has an id that is not known yet, a real one a random one. */
const comparable = (calls: Call[]) =>
  calls.map(({ rpc, request: { id, ...request } }) => ({
    rpc,
    request: rpc === "Configure" ? request : { id, ...request },
  }));

describe("The engine asks the azuread plugin what Pulumi's engine asked it", () => {
  let folder = "";
  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "azuread-")));
    const { encrypt } = await crypterOf(PASSPHRASE, SALT);
    await mkdir(path.join(folder, "program"));
    await symlink(path.join(repository, "node_modules"), path.join(folder, "node_modules"), "junction");
    const write = (name: string, text: string) => writeFile(path.join(folder, "program", name), text);
    await write("index.js", PROGRAM);
    await write("package.json", '{ "name": "recorded", "main": "index.js" }');
    await write("Pulumi.yaml", "name: recorded\nruntime: nodejs\n");
    const config = {
      "azuread:metadataHost": "localhost:<port>",
      "azuread:tenantId": "contoso.example",
      "azuread:clientId": "11111111-2222-3333-4444-555555555555",
      "azuread:clientSecret": { secure: encrypt("s3cret") },
      "azuread:useCli": "false",
    };
    await write("Pulumi.test.yaml", stringify({ encryptionsalt: SALT, config }));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const { recording, operation, certificate } of STEPS) {
    it(recording, async () => {
      const recordingFile = path.join(recordings, `${recording}.json`);
      const logFile = path.join(folder, `${recording}.log`);
      const plugin = path.join(__dirname, "fixtures", "recorded-plugin.ts");
      const diagnostics: string[] = [];
      const result = await runOperation({
        operation,
        projectDirectory: path.join(folder, "program"),
        stack: "test",
        backend: path.join(folder, "state"),
        passphrase: PASSPHRASE,
        plugins: {
          azuread: {
            command: process.execPath,
            arguments: ["--require", require.resolve("tsx/cjs"), plugin, recordingFile, logFile],
            version: "6.9.1",
          },
        },
        environment: { ...process.env, CERTIFICATE: `<certificate ${certificate}, base64>` },
        onEvent: ({ diagnosticEvent }) => {
          if (diagnosticEvent && diagnosticEvent.severity !== "debug") diagnostics.push(diagnosticEvent.message);
        },
      });
      expect({ ...result, diagnostics }).to.deep.include({ succeeded: true, diagnostics: [] });

      const text = (await readFile(logFile, "utf8")).replaceAll("urn:pulumi:test::recorded::", "urn:");
      const asked: Call[] = text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const recorded: Call[] = JSON.parse(await readFile(recordingFile, "utf8"));
      // Of these the engine has an own version: it offers the plugin less, and has no use for its version.
      const expected = recorded.filter(({ rpc }) => rpc !== "Handshake" && rpc !== "GetPluginInfo");
      expect(comparable(asked)).to.deep.equal(comparable(expected.map(({ rpc, request }) => ({ rpc, request }))));
    });
  }

  it("and leaves nothing in the state", async () => {
    const state = JSON.parse(await readFile(path.join(folder, "state/.pulumi/stacks/recorded/test.json"), "utf8"));
    expect(state.checkpoint.latest.resources).to.equal(undefined);
    expect(await readdir(path.join(folder, "state/.pulumi/locks/organization/recorded/test"))).to.deep.equal([]);
  });
});
