import { expect } from "chai";
import { family } from "../family";
import { NO_GUID } from "../provider/resources/reasons";
import { Deployment, messages } from "./deployment";

const GONE = "11111111-2222-3333-4444-555555555555";

family("an object that a program looks up", () => {
  let deployment: Deployment;

  before(async () => {
    deployment = await Deployment.begin({ scenario: "push-app", program: "looked-up" });
  });
  after(() => deployment.end());

  const ofOrganisation = "the Guid of the organisation's AuthConfig, which Get-AuthConfig shows";
  const rows = [
    {
      kind: "ExchangeAuthServer",
      what: "an auth server",
      name: "MicrosoftSts",
      form: NO_GUID,
      absent: GONE,
      is: "the Guid that Get-AuthServer shows",
    },
    {
      kind: "PartnerApplication",
      what: "a partner application",
      name: "Exchange Online",
      form: NO_GUID,
      absent: GONE,
      is: "the Guid that Get-PartnerApplication shows",
    },
    {
      kind: "OAuthCertificate",
      what: "an auth certificate",
      name: "Auth",
      form: NO_GUID,
      absent: GONE,
      is: ofOrganisation,
    },
    {
      kind: "ExchangePrerequisites",
      what: "prerequisites",
      name: "Contoso",
      form: NO_GUID,
      absent: GONE,
      is: ofOrganisation,
    },
    {
      kind: "PushNotificationProxy",
      what: "a push notification proxy",
      name: "proxy",
      form: "it must be OnPrem-Proxy",
      absent: "OnPrem-Proxy",
      is: "its only name, OnPrem-Proxy",
    },
  ] as const;
  for (const { kind, what, name, form, absent, is } of rows) {
    it(`must be there, and be named by its id: ${kind}`, async () => {
      deployment.declared = { lookedUp: { kind, id: name } };
      const wrong = await deployment.up();
      expect(messages(wrong, "error")[0]).to.equal(
        `Failed while looking up ${what} by the id "${name}": that is not an id: ${form}. Call \`get\` with ${is}.`,
      );
      expect(wrong.calls).to.deep.equal([]);
      deployment.declared = { lookedUp: { kind, id: absent } };
      const gone = await deployment.up();
      expect(gone.succeeded).to.equal(false);
      expect(messages(gone, "error")[0]).to.equal(
        `Failed while looking up ${what} by the id "${absent}": this organisation has none with that id. Call \`get\` with ${is}.`,
      );
    });
  }

  it("is read where it is there", async () => {
    const [application] = (await deployment.organisation()).partnerApplications;
    deployment.declared = { lookedUp: { kind: "PartnerApplication", id: application?.guid ?? "" } };
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(run.outputs).to.deep.include({ name: "Exchange Online" });
  });
});
