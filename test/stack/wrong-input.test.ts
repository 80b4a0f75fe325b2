import { expect } from "chai";
import { addFaults } from "../../sandbox/exchange";
import { family } from "../family";
import { NO_DOMAIN, NO_GUID } from "../provider/resources/reasons";
import { type Declared, Deployment, messages } from "./deployment";

family("wrong input", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  const configurations: { title: string; configuration: Record<string, string>; expected: string }[] = [
    { title: "no connection", configuration: {}, expected: "exchange:connection" },
    {
      title: "a connection that there is not",
      configuration: { "exchange:connection": "winrm" },
      expected: '"winrm" is not a connection',
    },
    {
      title: "a command that is no JSON",
      configuration: { "exchange:connection": "process", "exchange:command": "node far-end.js" },
      expected: "is not JSON: it must be a JSON array of strings",
    },
    {
      title: "a time limit that is no number",
      configuration: {
        "exchange:connection": "process",
        "exchange:command": '["node"]',
        "exchange:timeoutSeconds": "soon",
      },
      expected: '"soon" is not a whole number of seconds from 1 to 3600',
    },
    {
      title: "a key that nothing reads",
      configuration: {
        "exchange:connection": "process",
        "exchange:command": '["node"]',
        "exchange:domainControler": "dc1.x.example",
      },
      expected:
        "property exchange:domainControler value {<nil>} has a problem: is not a configuration key (did you mean exchange:domainController?)",
    },
  ];
  for (const { title, configuration, expected } of configurations) {
    it(`in the configuration is said in the preview, before anything is started: ${title}`, async () => {
      deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
      deployment.declared = { certificate: {} };
      deployment.configure(configuration);
      const run = await deployment.preview();
      expect(run.succeeded).to.equal(false);
      expect(messages(run, "error").join("\n")).to.contain(expected);
      expect(run.calls).to.deep.equal([]);
    });
  }

  it("that is a password in plain text is a warning, also in the preview, and the operation continues", async () => {
    deployment = await Deployment.begin({
      scenario: "ordinary",
      program: "resources",
      configuration: { "exchange:username": "CONTOSO\\admin", "exchange:password": "hunter2" },
    });
    deployment.declared = { certificate: {} };
    for (const run of [await deployment.preview(), await deployment.up()]) {
      expect(run.succeeded).to.equal(true);
      const warnings = messages(run, "warning").filter((text) => text.includes("exchange:password"));
      expect(warnings).to.have.length(1);
      expect(warnings[0]).not.to.contain("hunter2");
    }
  });

  const args: { title: string; declared: Declared; expected: string[] }[] = [
    {
      title: "a certificate",
      declared: { certificate: { keySize: 1024, friendlyName: "", subject: "CN=X" } },
      expected: [
        "property keySize value {1024} has a problem: it must be 2048 or 4096",
        "property subject value {CN=X} has a problem: unknown argument (did you mean subjectName?)",
      ],
    },
    {
      title: "an auth server",
      declared: { authServer: { tenantId: "contoso", tenantDomain: "contoso.example" } },
      expected: [`property tenantId value {contoso} has a problem: ${NO_GUID}`],
    },
    {
      title: "a proxy",
      declared: { proxy: { organization: "https://contoso.example", uri: "http://push.example" } },
      expected: [
        `property organization value {https://contoso.example} has a problem: ${NO_DOMAIN}`,
        "property uri value {http://push.example} has a problem: it must be an https URL, such as https://outlook.office365.com/PushNotifications",
      ],
    },
  ];
  for (const { title, declared, expected } of args) {
    it(`in the arguments of ${title} names the property and shows a right value, before Exchange is asked`, async () => {
      deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
      deployment.declared = declared;
      const run = await deployment.up();
      expect(run.succeeded).to.equal(false);
      for (const text of expected) expect(messages(run, "error").join("\n")).to.contain(text);
      expect(run.calls).to.deep.equal([]);
    });
  }

  it("that leads to another tenant is said, and what was made from it is removed again", async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
    const wrong = "99999999-2222-3333-4444-555555555555";
    deployment.declared = { authServer: { tenantId: wrong, tenantDomain: "contoso.example" } };
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error")).to.include(
      'Failed while creating the auth server "MicrosoftSts" from ' +
        "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example: the metadata " +
        `belongs to the tenant ${deployment.tenantId}, but \`tenantId\` is ${wrong}; the server was removed ` +
        "again. Correct `tenantId`, `tenantDomain` or `authMetadataUrl`. Carried out before that: " +
        'New-AuthServer (creating the auth server "MicrosoftSts" from ' +
        "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example), " +
        'Remove-AuthServer (removing the auth server "MicrosoftSts").',
    );
    expect((await deployment.organisation()).authServers).to.deep.equal([]);
  });

  it("that leads to another tenant stays in the state where it cannot be removed again, and is replaced next", async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
    const tenantDomain = "contoso.example";
    const wrong = "99999999-2222-3333-4444-555555555555";
    deployment.declared = { authServer: { tenantId: wrong, tenantDomain } };
    await addFaults(deployment.home, [{ cmdlet: "Remove-AuthServer", when: "before", kind: "error" }]);
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error").join("\n"))
      .to.contain("removing the server again failed: Exchange answered")
      .and.contain(
        'Carried out before that: New-AuthServer (creating the auth server "MicrosoftSts" from ' +
          "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example).",
      );
    const [left] = (await deployment.organisation()).authServers;
    expect(await deployment.outputsOf("auth-server")).to.include({ guid: left?.guid, provenance: "here" });
    deployment.declared = { authServer: { tenantId: deployment.tenantId, tenantDomain } };
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    expect(await deployment.outputsOf("auth-server")).to.deep.include({ realm: deployment.tenantId, repair: [] });
    expect((await deployment.organisation()).authServers).to.have.length(1);
  });

  it("of a server that cannot be asked stops before a certificate is named", async () => {
    deployment = await Deployment.begin({ scenario: "out-of-reach", program: "resources" });
    deployment.declared = { certificate: {} };
    const before = await deployment.organisation();
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error")).to.include(
      "Failed while deciding which certificate AuthConfig is to name: MBX2 could not be asked: Exchange " +
        "answered “The Microsoft Exchange service on server MBX2 can't be contacted: the RPC server is " +
        "unavailable (0x800706BA).” (RpcClientException); a certificate must be on every server before it is " +
        "named. Correct that, or list the servers in `ignoreServers`, then run `pulumi up` again.",
    );
    expect(await deployment.organisation()).to.deep.equal(before);
  });
});
