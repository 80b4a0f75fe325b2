import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import type { OperationRequest } from "..";
import { crypterOf } from "../state/passphrase";
import { stackFilePath } from "../state/stack-file";
import { SALT, TYPES_UNCHECKED, Workspace } from "./workspace";

const recordings = path.resolve(__dirname, "golden", "azuread");

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
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.create();
    const { encrypt } = await crypterOf("password", SALT);
    await workspace.write("index.js", PROGRAM);
    await workspace.write("package.json", '{ "name": "recorded", "main": "index.js" }');
    await workspace.write("Pulumi.yaml", "name: recorded\nruntime: nodejs\n");
    const config = {
      "azuread:metadataHost": "localhost:<port>",
      "azuread:tenantId": "contoso.example",
      "azuread:clientId": "11111111-2222-3333-4444-555555555555",
      "azuread:clientSecret": { secure: encrypt("s3cret") },
      "azuread:useCli": "false",
    };
    await workspace.write("Pulumi.test.yaml", stringify({ encryptionsalt: SALT, config }));
  });
  after(() => workspace.remove());

  for (const { recording, operation, certificate } of STEPS) {
    it(recording, async () => {
      const recordingFile = path.join(recordings, `${recording}.json`);
      const logFile = path.join(workspace.folder, `${recording}.log`);
      const plugin = path.join(__dirname, "fixtures", "recorded-plugin.ts");
      const list = ["--require", require.resolve("tsx/cjs"), plugin, recordingFile, logFile];
      const { succeeded } = await workspace.run(operation, {
        stack: "test",
        plugins: { azuread: { command: process.execPath, arguments: list, version: "6.9.1" } },
        environment: { ...TYPES_UNCHECKED, CERTIFICATE: `<certificate ${certificate}, base64>` },
      });
      expect({ succeeded, diagnostics: workspace.diagnostics }).to.deep.equal({ succeeded: true, diagnostics: [] });

      const text = (await readFile(logFile, "utf8")).replaceAll("urn:pulumi:test::recorded::", "urn:");
      const asked: Call[] = text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const recorded: Call[] = JSON.parse(await readFile(recordingFile, "utf8"));
      // Of these the engine has its own version: it offers the plugin less, and has no use for its version.
      const expected = recorded.filter(({ rpc }) => rpc !== "Handshake" && rpc !== "GetPluginInfo");
      expect(comparable(asked)).to.deep.equal(comparable(expected.map(({ rpc, request }) => ({ rpc, request }))));
    });
  }

  it("and leaves nothing in the state", async () => {
    const state = JSON.parse(await readFile(stackFilePath(workspace.backend, "recorded", "test"), "utf8"));
    expect(state.checkpoint.latest.resources).to.equal(undefined);
    const locks = path.join(workspace.backend, ".pulumi", "locks", "organization", "recorded", "test");
    expect(await readdir(locks)).to.deep.equal([]);
  });
});
