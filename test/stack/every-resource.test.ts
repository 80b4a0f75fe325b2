import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { KINDS, typeOf } from "../provider/kinds";
import { type Declared, Deployment, messages, steps, writes } from "./deployment";

const OTHER_TENANT = "0b9c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3";
const GRAPH = "00000003-0000-0000-c000-000000000000";
const URL = "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example";
const OTHER_URL = "https://accounts.accesscontrol.windows.net/contoso.example/metadata/json/1";

const REPLACE_PROBE = ["create-replacement probe", "replace probe", "delete-replaced probe"];

describe("a deployment of every resource", () => {
  let deployment: Deployment;
  let declared: Declared;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "on-server", program: "resources" });
    declared = {
      certificate: {},
      laterCertificate: { generation: 2 },
      rollover: { generation: 2, keyCredentialId: "1" },
      hold: { generation: 2, keyCredentialId: "1" },
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      partnerApplication: {},
      prerequisites: {},
      proxy: { organization: "contoso.example" },
      probe: { server: "MBX1", restartHealthService: true },
    };
    deployment.declared = declared;
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
  });
  after(() => deployment.end());

  it("gives each the id that is state format", async () => {
    const { authConfig, authServers, partnerApplications } = await deployment.organisation();
    const resources = Object.entries(await deployment.resources());
    const ids = resources.filter(([, { custom, type }]) => custom && !type.startsWith("pulumi:"));
    expect(Object.fromEntries(ids.map(([name, { id }]) => [name, id]))).to.deep.equal({
      prerequisites: authConfig.guid,
      certificate: authConfig.guid,
      "certificate-2": authConfig.guid,
      rollover: authConfig.guid,
      hold: authConfig.guid,
      "auth-server": authServers[0]?.guid,
      "partner-application": partnerApplications[0]?.guid,
      proxy: "OnPrem-Proxy",
      probe: "MBX1",
    });
    expect([...new Set(ids.map(([, { type }]) => type))].sort(), "the program declares every kind").to.deep.equal(
      KINDS.map(typeOf),
    );
  });

  // One change of each resource a round, since a preview takes its time.
  const rounds: [Declared, string[]][] = [
    [
      {
        certificate: {
          domainName: "mail.contoso.example",
          subjectName: "CN=Other",
          friendlyName: "Other",
          keySize: 4096,
        },
        authServer: { name: "Other", cloud: "usGovernment", authMetadataUrl: `${URL.replace("a", "A")}/` },
        proxy: { organization: "CONTOSO.example", uri: "https://OUTLOOK.office365.com/pushnotifications/" },
        partnerApplication: { domainController: "dc2.corp.contoso.example" },
        prerequisites: { timeoutSeconds: 60 },
        probe: { server: "mbx1", acknowledge: ["probe"] },
      },
      [],
    ],
    [
      {
        authServer: { authMetadataUrl: OTHER_URL },
        proxy: { organization: "contoso.onmicrosoft.example" },
        partnerApplication: { applicationIdentifier: GRAPH },
        prerequisites: { minimumBuild: "15.1.225.42" },
        probe: { server: "MBX2" },
      },
      ["update auth-server", "update proxy", "update partner-application", "update prerequisites", ...REPLACE_PROBE],
    ],
    [
      {
        authServer: { tenantDomain: "contoso.onmicrosoft.example" },
        proxy: { uri: "https://push.example/" },
        partnerApplication: { enabled: false },
        prerequisites: { ignoreServers: ["MBX2"] },
        probe: { restartHealthService: false },
      },
      ["update auth-server", "update proxy", "update partner-application", "update prerequisites", ...REPLACE_PROBE],
    ],
    [{ authServer: { cloud: "usGovernment" }, probe: { required: true } }, ["update auth-server", ...REPLACE_PROBE]],
    [{ authServer: { enabled: false }, probe: { triggers: ["again"] } }, ["update auth-server", ...REPLACE_PROBE]],
  ];
  for (const [changes, expected] of rounds) {
    const named = Object.entries(changes).flatMap(([kind, change]) =>
      Object.keys(change).map((name) => `${kind}.${name}`),
    );
    it(`${expected.length === 0 ? "sees no difference in" : "updates, and replaces the probe, at a change of"}: ${named.join(", ")}`, async () => {
      const kinds = Object.keys(declared) as (keyof Declared)[];
      deployment.declared = Object.fromEntries(kinds.map((kind) => [kind, { ...declared[kind], ...changes[kind] }]));
      const run = await deployment.preview();
      expect(messages(run, "error")).to.deep.equal([]);
      expect(run.calls).to.deep.equal([]);
      expect(steps(run)).to.have.members(expected);
    });
  }

  it("is taken back before it is made again, where all of it is to be replaced", async () => {
    deployment.declared = declared;
    const run = await deployment.up({ replace: ["**/exchange:**"] });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(steps(run).filter((step) => step.startsWith("create-replacement"))).to.have.length(9);
    const { authConfig, authServers, partnerApplications, pushNotificationApp } = await deployment.organisation();
    expect(authConfig.current).to.equal((await deployment.outputsOf("certificate")).thumbprint);
    expect(authServers.map(({ guid }) => guid)).to.deep.equal([(await deployment.outputsOf("auth-server")).guid]);
    expect(partnerApplications[0]?.enabled).to.equal(true);
    expect(pushNotificationApp?.enabled).to.equal(true);
  });

  it("removes the auth server of the former tenant before it makes the new one's", async () => {
    const file = path.join(deployment.home, "entra.json");
    const tenant = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...tenant, tenantId: OTHER_TENANT }));
    const authServer = { ...declared.authServer, tenantId: OTHER_TENANT };
    deployment.declared = { ...declared, authServer };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal(["Remove-AuthServer", "New-AuthServer"]);
    const { authServers } = await deployment.organisation();
    expect(authServers.map(({ name, realm }) => `${name} ${realm}`)).to.deep.equal([`MicrosoftSts ${OTHER_TENANT}`]);
    const { guid, realm } = await deployment.outputsOf("auth-server");
    expect({ guid, realm }).to.deep.equal({ guid: authServers[0]?.guid, realm: OTHER_TENANT });
    expect((await deployment.resources())["auth-server"]?.id).to.equal(guid);
  });
});
