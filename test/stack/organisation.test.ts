import { expect } from "chai";
import { family } from "../family";
import { Deployment, messages, writes } from "./deployment";

const ELSEWHERE = "0e4d1b7a-6c3f-4f5e-8a2b-9d7c5e3f1a60";

describe("another organisation than the one in the state", () => {
  let deployment: Deployment;
  let organizationId: string;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "on-server", program: "resources" });
    deployment.declared = {
      certificate: {},
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      proxy: { organization: "contoso.example" },
      probe: { restartHealthService: true },
    };
    await deployment.up();
    organizationId = String((await deployment.outputsOf("certificate")).organizationId);
    await deployment.edit((state) => {
      state.authConfig.guid = ELSEWHERE;
    });
  });
  after(() => deployment.end());

  const refusal = () =>
    "Failed while checking that the connection leads to the organisation in the stack's state: the state " +
    `belongs to the organisation ${organizationId}, but the connection leads to ${ELSEWHERE}. Point the ` +
    "`exchange:` configuration back to the organisation of this stack, or use another stack for the " +
    "other organisation. Only if it is the same organisation and its AuthConfig was created again: " +
    "replace the former Guid with the new one everywhere in the file that `pulumi stack export` writes, " +
    "import the file with `pulumi stack import`, correct `expectedOrganizationId` in the program if it " +
    "is set, and run `pulumi refresh`.";

  it("is not refreshed from", async () => {
    const run = await deployment.refresh();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error").filter((message) => message.includes(refusal()))).to.have.length(4);
    expect((await deployment.outputsOf("certificate")).organizationId).to.equal(organizationId);
  });

  it("is not probed where a change runs the probe again, which makes it anew", async () => {
    deployment.declared.probe = { restartHealthService: true, triggers: ["again"] };
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error")).to.include(refusal());
    expect(writes(run)).to.deep.equal([]);
  });

  it("is not updated", async () => {
    deployment.declared.proxy = { organization: "fabrikam.example" };
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error")).to.include(refusal());
    expect(writes(run)).to.deep.equal([]);
  });

  it("is not destroyed", async () => {
    const run = await deployment.destroy();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error").filter((message) => message.includes(refusal())).length).to.be.greaterThan(0);
    expect(writes(run)).to.deep.equal([]);
    expect(Object.keys(await deployment.resources())).to.include.members(["certificate", "auth-server", "proxy"]);
  });
});

describe("the same organisation, whose AuthConfig was made anew", () => {
  let deployment: Deployment;
  before(async () => {
    deployment = await Deployment.begin({ scenario: "push-app", program: "component" });
  });
  after(() => deployment.end());

  it("goes on in the same stack once the new Guid is in its state, as the refusal says", async () => {
    expect((await deployment.up()).succeeded).to.equal(true);
    const { authConfig, servers } = await deployment.organisation();
    await deployment.edit((state) => {
      state.authConfig.guid = ELSEWHERE;
    });
    expect((await deployment.refresh()).succeeded).to.equal(false);
    await deployment.editState((text) => text.replaceAll(authConfig.guid, ELSEWHERE));

    const refreshed = await deployment.refresh();
    expect(messages(refreshed, "error")).to.deep.equal([]);
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(writes(run)).to.deep.equal([]);
    const certificate = await deployment.outputsOf("push-notifications-certificate");
    expect(certificate).to.include({ organizationId: ELSEWHERE, thumbprint: authConfig.current });
    const destroyed = await deployment.destroy();
    expect(messages(destroyed, "error")).to.deep.equal([]);
    expect(writes(destroyed)).to.include("Disable-PushNotificationProxy");
    expect((await deployment.organisation()).servers).to.deep.equal(servers);
  });
});

family("an organisation that the program declares", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  it("is the only one in which anything is made", async () => {
    deployment = await Deployment.begin({ scenario: "expired", program: "component" });
    const organizationId = (await deployment.organisation()).authConfig.guid;
    deployment.declared.component = { expectedOrganizationId: ELSEWHERE };
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error")).to.include(refusalOf(ELSEWHERE, organizationId));
    expect(writes(run)).to.deep.equal([]);
    deployment.declared.component = { expectedOrganizationId: organizationId.toUpperCase() };
    expect((await deployment.up()).succeeded).to.equal(true);
  });

  it("is that of the deployed stack for what the component declares later", async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "component" });
    expect((await deployment.up()).succeeded).to.equal(true);
    const organizationId = (await deployment.organisation()).authConfig.guid;
    await deployment.edit((state) => {
      state.authConfig.guid = ELSEWHERE;
    });
    deployment.declared.component = { probe: { restartHealthService: true } };
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error")).to.include(refusalOf(organizationId, ELSEWHERE));
    expect(run.calls.map(({ cmdlet }) => cmdlet)).to.deep.equal(["Get-AuthConfig"]);
  });

  it("is compared with the deployed stack's, too, before what is added to that is made", async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "component" });
    expect((await deployment.up()).succeeded).to.equal(true);
    const organizationId = (await deployment.organisation()).authConfig.guid;
    deployment.declared.component = { expectedOrganizationId: ELSEWHERE, probe: { restartHealthService: true } };
    const run = await deployment.up();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error")).to.include(refusalOf(ELSEWHERE, organizationId));
    expect(run.calls.map(({ cmdlet }) => cmdlet)).to.deep.equal(["Get-AuthConfig"]);
  });

  function refusalOf(declared: string, found: string): string {
    return (
      "Failed while checking that the connection leads to the organisation that the program declares: " +
      `\`expectedOrganizationId\` is ${declared}, but the connection leads to ${found}. Point the ` +
      "`exchange:` configuration to the declared organisation, or correct `expectedOrganizationId`."
    );
  }
});
