import { expect } from "chai";
import { Deployment, messages, writes } from "./deployment";

const ELSEWHERE = "0e4d1b7a-6c3f-4f5e-8a2b-9d7c5e3f1a60";

describe("another organisation than the one in the state", () => {
  let deployment: Deployment;
  let organizationId: string;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "resources" });
    deployment.declared = {
      certificate: {},
      authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
      proxy: { organization: "contoso.example" },
    };
    await deployment.up();
    organizationId = String((await deployment.outputsOf("certificate")).organizationId);
    await deployment.edit((state) => {
      state.authConfig.guid = ELSEWHERE;
    });
  });
  after(() => deployment.end());

  const refusal = () =>
    "Failed while making sure that this is the organisation in the stack's state: the state belongs to the " +
    `organisation ${organizationId}, and the connection leads to ${ELSEWHERE}. Point the exchange: configuration back ` +
    "at the organisation of this stack, or use another stack for this one.";

  it("is not refreshed from", async () => {
    const run = await deployment.refresh();
    expect(run.succeeded).to.equal(false);
    expect(messages(run, "error").filter((message) => message.includes(refusal()))).to.have.length(3);
    expect((await deployment.outputsOf("certificate")).organizationId).to.equal(organizationId);
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
