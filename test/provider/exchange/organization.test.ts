import { expect } from "chai";
import { WrongOrganization } from "../../../provider/errors";
import { ExchangeClient } from "../../../provider/exchange/client";
import { type Claims, lookAgain, openOrganization } from "../../../provider/exchange/organization";
import { object, RecordingSession } from "./recording-session";

const GUID = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
const OTHER = "99999999-0c52-4e0e-9e53-6f2f3a1b7c11";

/** An Exchange whose AuthConfig has these Guids, one after another. */
function clientOf(...guids: string[]): ExchangeClient {
  const answers = guids.map((Guid) => ({ output: [object({ Guid })] }));
  const session = new RecordingSession({ "Get-AuthConfig": () => answers.shift() ?? {} });
  return new ExchangeClient(session, { timeoutSeconds: 300 }, {});
}

const REFUSED_BY_STATE =
  `Failed while making sure that this is the organisation in the stack's state: the state belongs to the organisation ${GUID}, and the connection leads to ${OTHER}. ` +
  "Point the exchange: configuration back at the organisation of this stack, or use another stack for this one; only where this is the same " +
  "organisation, whose AuthConfig was made anew, put the new Guid in place of the old one: in the file of `pulumi stack " +
  "export`, everywhere, which `pulumi stack import` then takes, and in the program's `expectedOrganizationId`, if it says " +
  "one; then run `pulumi refresh`.";
const REFUSED_BY_PROGRAM =
  `Failed while making sure that this is the organisation that the program declares: \`expectedOrganizationId\` is ${GUID}, and the connection leads to ${OTHER}. ` +
  "Point the exchange: configuration at the declared organisation, or correct `expectedOrganizationId`.";

describe("opening an organisation", () => {
  const rows: { title: string; claims: Claims }[] = [
    { title: "accepts the one in the state", claims: { inState: GUID } },
    { title: "accepts the one in the state whatever its case", claims: { inState: GUID.toUpperCase() } },
    { title: "accepts the one that the program declares, whatever its case", claims: { declared: GUID.toUpperCase() } },
    { title: "accepts one that both say", claims: { inState: GUID, declared: GUID } },
    { title: "accepts any where neither says one", claims: {} },
  ];
  for (const { title, claims } of rows) {
    it(title, async () => {
      const opened = await openOrganization(clientOf(GUID.toUpperCase()), claims);
      expect(opened.organizationId).to.equal(GUID);
      expect(opened.authConfig.guid).to.equal(GUID);
      expect(opened.now).to.equal(opened.authConfig.now);
    });
  }

  const refused: { title: string; claims: Claims; message: string }[] = [
    { title: "refuses another one than the state's", claims: { inState: GUID }, message: REFUSED_BY_STATE },
    { title: "refuses another one than the program's", claims: { declared: GUID }, message: REFUSED_BY_PROGRAM },
    {
      title: "refuses the state's where the program declares another",
      claims: { inState: OTHER, declared: GUID },
      message: REFUSED_BY_PROGRAM,
    },
  ];
  for (const { title, claims, message } of refused) {
    it(`${title}, and names both`, async () => {
      const error: WrongOrganization = await expect(openOrganization(clientOf(OTHER), claims)).to.be.rejectedWith(
        WrongOrganization,
      );
      expect(error.message).to.equal(message);
    });
  }
});

describe("looking at an open organisation again", () => {
  it("sees what AuthConfig is by then", async () => {
    const opened = await openOrganization(clientOf(GUID, GUID), {});
    const again = await lookAgain(opened);
    expect(again.client).to.equal(opened.client);
    expect(again.organizationId).to.equal(GUID);
    expect(again.authConfig).not.to.equal(opened.authConfig);
  });

  it("refuses one that the connection has come to in the meantime, and names both", async () => {
    const error: WrongOrganization = await expect(
      lookAgain(await openOrganization(clientOf(GUID, OTHER), {})),
    ).to.be.rejectedWith(WrongOrganization);
    expect(error.message).to.equal(
      `Failed while making sure that this is still the same organisation: the operation began in the organisation ${GUID}, and the ` +
        `connection leads to ${OTHER} now. Let the connection lead to one organisation alone, then run \`pulumi refresh\`.`,
    );
  });
});
