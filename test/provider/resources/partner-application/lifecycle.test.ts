import { expect } from "chai";
import { NotFound, TimedOut, WrongOrganization } from "../../../../provider/errors";
import { Exchange } from "../../../../provider/exchange/exchange";
import type { Value } from "../../../../provider/powershell/protocol";
import { HalfMade } from "../../../../provider/resources/half-made";
import { lifecycle as operations } from "../../../../provider/resources/partner-application/lifecycle";
import type { PartnerApplicationOutputs } from "../../../../provider/resources/partner-application/outputs";
import { type Answer, failure, object, RecordingSession } from "../../exchange/recording-session";
import { opened } from "../../opened";
import { printed } from "../../printed";

const lifecycle = opened(operations);

const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
const GUID = "f405559a-0cb1-4172-bbd3-2322e9a483bc";
const EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";
const OTHER = "7557eb47-c689-4224-abcf-aef9bd7573df";
const inputs = { applicationIdentifier: EXCHANGE_ONLINE, enabled: true };

const application = (changes: Record<string, Value> = {}) =>
  object({
    Name: "Exchange Online",
    Guid: GUID,
    ApplicationIdentifier: EXCHANGE_ONLINE,
    Realm: "",
    Enabled: false,
    ...changes,
  });

function organisation(listed: Value[], set: Answer = {}) {
  const session = new RecordingSession({
    "Get-AuthConfig": { output: [object({ Guid: ORGANISATION })] },
    "Get-PartnerApplication": { output: listed },
    "Set-PartnerApplication": set,
  });
  return { session, exchange: new Exchange(session, { timeoutSeconds: 300 }) };
}

const state: PartnerApplicationOutputs = {
  ...inputs,
  organizationId: ORGANISATION,
  schemaVersion: 1,
  provenance: "found",
  repair: [],
  warnings: [],
  name: "Exchange Online",
  guid: GUID,
  adopted: { Enabled: false },
  written: { Enabled: true },
};

describe("the partner application's lifecycle", () => {
  it("takes the one without a realm, whatever the case of its id and whatever else has that id", async () => {
    const { session, exchange } = organisation([
      application({ Name: "For one tenant", Guid: "11111111-0000-4000-8000-000000000001", Realm: "contoso.example" }),
      application({ ApplicationIdentifier: EXCHANGE_ONLINE.toUpperCase() }),
    ]);
    const { id } = await lifecycle.create(exchange, inputs);
    expect(id).to.equal(GUID);
    expect(session.parametersOf("Set-PartnerApplication")).to.deep.equal([
      { Identity: GUID, Enabled: true, Confirm: false },
    ]);
  });

  it("leaves the present one alone where the one it shall change to is not there", async () => {
    const { session, exchange } = organisation([application({ Enabled: true })]);
    const wanted = { ...inputs, applicationIdentifier: OTHER };
    const error: NotFound = await expect(lifecycle.update(exchange, state, wanted)).to.be.rejectedWith(NotFound);
    expect(error.message).to.include(`New-PartnerApplication -Name <name> -ApplicationIdentifier ${OTHER}`);
    expect(session.cmdlets).to.not.include("Set-PartnerApplication");
  });

  it("keeps the former state where nobody knows whether it was written", async () => {
    const timedOut = new TimedOut({ doing: "a", answer: "b", next: "c", outcomeUnknown: true });
    const { exchange } = organisation([application({ Enabled: false })], timedOut);
    const error: HalfMade = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(HalfMade);
    expect(error.id).to.equal(GUID);
    expect(error.outputs).to.deep.include({
      enabled: false,
      adopted: { Enabled: false },
      repair: ["whether Enabled is set is not known"],
    });
  });

  it("gives an application that has taken the place of the one in the state notes of its own", async () => {
    const { exchange } = organisation([application({ Guid: "22222222-0000-4000-8000-000000000002", Enabled: true })]);
    const outputs = await lifecycle.update(exchange, state, inputs);
    expect(outputs).to.include({ provenance: "unknown", adopted: undefined });
  });

  it("keeps what was noted first where it writes again, and notes what it wrote last", async () => {
    const { exchange } = organisation([application({ Enabled: true })]);
    const updated = await lifecycle.update(exchange, state, { ...inputs, enabled: false });
    expect(updated).to.deep.include({ provenance: "found", adopted: { Enabled: false }, written: { Enabled: false } });
  });

  it("leaves one whose maker is not known as it is, and says so", async () => {
    const { session, exchange } = organisation([application({ Enabled: true })]);
    expect(await printed(() => lifecycle.delete(exchange, { ...state, provenance: "unknown" }))).to.deep.equal([
      'The partner application "Exchange Online" stays enabled: it is not known whether it was enabled before.',
    ]);
    expect(session.cmdlets).to.not.include("Set-PartnerApplication");
  });

  it("puts nothing back on one that has taken the place of ours, and says nothing of it", async () => {
    // It looks just as we left ours.
    const successor = application({ Guid: "22222222-0000-4000-8000-000000000002", Enabled: true });
    const { session, exchange } = organisation([successor]);
    expect(await printed(() => lifecycle.delete(exchange, state))).to.deep.equal([]);
    expect(session.cmdlets).to.not.include("Set-PartnerApplication");
  });

  it("has nothing to put back on one that is gone when it comes to it, and says nothing of it", async () => {
    const gone = failure("ManagementObjectNotFoundException", "NotSpecified", "SetPartnerApplication");
    const { session, exchange } = organisation([application({ Enabled: true })], gone);
    expect(await printed(() => lifecycle.delete(exchange, state))).to.deep.equal([]);
    expect(session.cmdlets).to.include("Set-PartnerApplication");
  });

  it("notes nothing of ours of one that a refresh finds in its place: destroy leaves it alone", async () => {
    const guid = "22222222-0000-4000-8000-000000000002";
    for (const [enabled, provenance] of [
      [true, "unknown"],
      [false, "found"],
    ] as const) {
      const { session, exchange } = organisation([application({ Guid: guid, Enabled: enabled })]);
      const found = await lifecycle.read(exchange, GUID, state);
      expect(found?.id).to.equal(guid);
      expect(found?.outputs).to.deep.include({ guid, enabled, provenance });
      expect(found?.outputs).to.not.have.any.keys("adopted", "written");
      await printed(async () => lifecycle.delete(exchange, found?.outputs ?? state));
      expect(session.cmdlets).to.not.include("Set-PartnerApplication");
    }
  });

  it("is looked up by its Guid where a program says nothing else, and is not Exchange Online's then", async () => {
    const other = "22222222-0000-4000-8000-000000000002";
    const graph = application({ Name: "Graph", Guid: other.toUpperCase(), ApplicationIdentifier: OTHER });
    const { session, exchange } = organisation([application(), graph]);
    const found = await lifecycle.read(exchange, other, {});
    expect(found?.id).to.equal(other);
    expect(found?.outputs).to.include({ name: "Graph", applicationIdentifier: OTHER, provenance: "found" });
    expect(await lifecycle.read(exchange, "33333333-0000-4000-8000-000000000003", {})).to.equal(undefined);
    expect(session.cmdlets).to.not.include("Set-PartnerApplication");
  });

  describe("with a leftover beside it", () => {
    const LEFTOVER = "22222222-0000-4000-8000-000000000002";
    const leftover = application({ Name: "Another", Guid: LEFTOVER, Enabled: false });
    const warning = {
      name: "duplicates",
      text:
        `The organisation has 2 partner applications of the id ${EXCHANGE_ONLINE} without a realm: "Exchange Online" ` +
        `(${GUID}, enabled), "Another" (${LEFTOVER}, disabled). This resource has the first of these, and the others ` +
        "stay as they are; remove what is left over with Remove-PartnerApplication.",
      link: "https://learn.microsoft.com/powershell/module/exchange/remove-partnerapplication",
    };

    it("takes the one in use, leaves the other as it is, and names both", async () => {
      const { session, exchange } = organisation([leftover, application({ Enabled: true })]);
      const { id, outputs } = await lifecycle.create(exchange, inputs);
      expect(id).to.equal(GUID);
      expect(outputs.warnings).to.deep.equal([warning]);
      expect((await lifecycle.update(exchange, outputs, inputs)).warnings).to.deep.equal([warning]);
      expect((await lifecycle.read(exchange, GUID, outputs))?.outputs.warnings).to.deep.equal([warning]);
      expect(session.cmdlets).to.not.include("Set-PartnerApplication");
    });

    it("enables one where none is enabled, and says so of it", async () => {
      const { session, exchange } = organisation([application({ Enabled: false }), leftover]);
      const { outputs } = await lifecycle.create(exchange, inputs);
      expect(session.parametersOf("Set-PartnerApplication")).to.deep.equal([
        { Identity: LEFTOVER, Enabled: true, Confirm: false },
      ]);
      expect(outputs.warnings[0]?.text).to.include(
        `"Another" (${LEFTOVER}, enabled), "Exchange Online" (${GUID}, disabled)`,
      );
    });

    it("goes over to the one in use where its own was disabled beside it, and enables none", async () => {
      const { session, exchange } = organisation([leftover, application({ Enabled: true })]);
      const olds = { ...state, guid: LEFTOVER, name: "Another" };
      expect(await lifecycle.update(exchange, olds, inputs)).to.include({ guid: GUID, provenance: "unknown" });
      expect((await lifecycle.read(exchange, LEFTOVER, olds))?.id).to.equal(GUID);
      expect(session.cmdlets).to.not.include("Set-PartnerApplication");
    });

    it("takes back its own alone, wherever it stands in the list", async () => {
      const other = application({ Name: "Another", Guid: LEFTOVER, Enabled: true });
      const { session, exchange } = organisation([other, application({ Enabled: true })]);
      await lifecycle.delete(exchange, state);
      expect(session.parametersOf("Set-PartnerApplication")).to.deep.equal([
        { Identity: GUID, Enabled: false, Confirm: false },
      ]);
    });
  });

  it("is gone where Exchange has none any more", async () => {
    expect(await lifecycle.read(organisation([]).exchange, GUID, state)).to.equal(undefined);
    expect(await printed(() => lifecycle.delete(organisation([]).exchange, state))).to.deep.equal([]);
  });

  it("touches no other organisation", async () => {
    const elsewhere = { ...state, organizationId: "other" };
    const { session, exchange } = organisation([application({ Enabled: true })]);
    for (const work of [
      () => lifecycle.update(exchange, elsewhere, inputs),
      () => lifecycle.read(exchange, GUID, elsewhere),
      () => lifecycle.delete(exchange, elsewhere),
    ]) {
      await expect(Promise.resolve(work())).to.be.rejectedWith(WrongOrganization);
    }
    expect(new Set(session.cmdlets)).to.deep.equal(new Set(["Get-AuthConfig"]));
  });
});
