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
  "Failed while checking that the connection leads to the organisation in the stack's state: the state " +
  `belongs to the organisation ${GUID}, but the connection leads to ${OTHER}. Point the \`exchange:\` ` +
  "configuration back to the organisation of this stack, or use another stack for the other " +
  "organisation. Only if it is the same organisation and its AuthConfig was created again: replace the " +
  "former Guid with the new one everywhere in the file that `pulumi stack export` writes, import the " +
  "file with `pulumi stack import`, correct `expectedOrganizationId` in the program if it is set, and " +
  "run `pulumi refresh`.";
const REFUSED_BY_PROGRAM =
  "Failed while checking that the connection leads to the organisation that the program declares: " +
  `\`expectedOrganizationId\` is ${GUID}, but the connection leads to ${OTHER}. Point the \`exchange:\` ` +
  "configuration to the declared organisation, or correct `expectedOrganizationId`.";

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
      "Failed while checking that the connection still leads to the same organisation: the operation began " +
        `in the organisation ${GUID}, but the connection now leads to ${OTHER}. Make sure that the ` +
        "connection always leads to the same organisation, then run `pulumi refresh`.",
    );
  });
});
