import { expect } from "chai";
import { ExchangeClient } from "../../../../provider/exchange/client";
import { type FollowUpFacts, followUpWarning } from "../../../../provider/resources/oauth-certificate/follow-up";
import { lookAtFollowUp } from "../../../../provider/resources/oauth-certificate/observe";
import { type Answer, failure, object, RecordingSession } from "../../exchange/recording-session";
import { followUp } from "./organisation";

const TENANT = "11111111-2222-3333-4444-555555555555";
const APPLICATION = { applicationIdentifier: "aaaaaaaa-0000-4000-8000-00000000000f", realm: TENANT };
const SERVERS = ["mbx1.contoso.example", "mbx2.contoso.example"];

describe("what is left to do once AuthConfig names another certificate", () => {
  const AGAIN =
    "run the hybrid configuration wizard again with its OAuth option, or, where a dedicated hybrid application is used, " +
    "upload the certificate to that";
  const UPLOAD =
    `upload it to the dedicated hybrid application ${APPLICATION.applicationIdentifier} of the tenant ${TENANT}: ` +
    `.\\ConfigureExchangeHybridApplication.ps1 -UpdateCertificate -CustomAppId ${APPLICATION.applicationIdentifier} ` +
    "(of microsoft/CSS-Exchange; it takes the certificate off the shared Exchange Online principal)";
  const rows: { title: string; facts: Omit<FollowUpFacts, "servers">; step: string }[] = [
    { title: "is on the servers alone where nothing is hybrid", facts: { hybrid: "no", applications: [] }, step: "" },
    { title: "is the wizard in a hybrid organisation", facts: { hybrid: "yes", applications: [] }, step: AGAIN },
    {
      title: "is the wizard where it cannot be seen whether that ever ran",
      facts: { hybrid: "unknown", applications: [] },
      step: `if this organisation is hybrid, which this account cannot see, ${AGAIN}`,
    },
    {
      title: "is the upload where there is a dedicated application",
      facts: { hybrid: "yes", applications: [APPLICATION] },
      step: UPLOAD,
    },
    {
      title: "is the upload although no wizard ever ran",
      facts: { hybrid: "no", applications: [APPLICATION] },
      step: UPLOAD,
    },
  ];
  for (const { title, facts, step } of rows) {
    it(title, () => {
      const expected = followUp(SERVERS, "NEW");
      const { name, text } = followUpWarning("NEW", { servers: SERVERS, ...facts });
      expect(name).to.equal("certificateFollowUp");
      expect(text).to.equal(step === "" ? expected : expected.replace("(2) give", `(2) ${step}; (3) give`));
    });
  }

  const look = (answers: Record<string, Answer>) =>
    lookAtFollowUp(new ExchangeClient(new RecordingSession(answers), { timeoutSeconds: 300 }, {}), [
      { fqdn: "mbx1.contoso.example" },
    ]);

  it("is looked up in the hybrid configuration and among the auth servers", async () => {
    const evo = object({
      Type: "AzureAD",
      Enabled: true,
      ApplicationIdentifier: APPLICATION.applicationIdentifier.toUpperCase(),
      Realm: TENANT,
    });
    const answers = {
      "Get-HybridConfiguration": { output: [object({ Name: "Hybrid Configuration" })] },
      "Get-AuthServer": { output: [evo] },
    };
    expect(await look(answers)).to.deep.equal({
      servers: ["mbx1.contoso.example"],
      hybrid: "yes",
      applications: [APPLICATION],
    });
  });

  it("is unknown, and no failure, where Exchange does not answer that", async () => {
    const refused = failure("UnauthorizedAccessException", "PermissionDenied", "X");
    expect(await look({ "Get-HybridConfiguration": refused, "Get-AuthServer": refused })).to.deep.equal({
      servers: ["mbx1.contoso.example"],
      hybrid: "unknown",
      applications: [],
    });
  });
});
