import { expect } from "chai";
import type { PartnerApplicationValues } from "../../../../provider/exchange/partner-applications";
import type { Noted } from "../../../../provider/resources/partner-application/outputs";
import { noteFormer, valuesToPutBack, valuesToWrite } from "../../../../provider/resources/partner-application/rules";

const application = (enabled: boolean) => ({
  guid: "aaaaaaaa-0000-4000-8000-000000000001",
  name: "Exchange Online",
  applicationIdentifier: "00000002-0000-0ff1-ce00-000000000000",
  enabled,
});

describe("the values of a partner application that are written", () => {
  const rows: [boolean, boolean, PartnerApplicationValues][] = [
    [true, true, {}],
    [false, false, {}],
    [false, true, { Enabled: true }],
    [true, false, { Enabled: false }],
  ];
  for (const [present, wanted, values] of rows) {
    it(`are ${JSON.stringify(values)} where it is ${present} and shall be ${wanted}`, () => {
      expect(valuesToWrite(application(present), { enabled: wanted })).to.deep.equal(values);
    });
  }
});

describe("what is noted of a partner application", () => {
  const rows: [string, Noted | undefined, boolean, PartnerApplicationValues, Noted][] = [
    ["that it was disabled, where we enable it", undefined, false, { Enabled: true }, found({ Enabled: false })],
    ["nothing where it is as wanted, which may be our own work", undefined, true, {}, unknown()],
    ["what was noted first", found({ Enabled: false }), true, { Enabled: false }, found({ Enabled: false })],
    ["what was noted before, where nothing is written", found({ Enabled: false }), true, {}, found({ Enabled: false })],
    ["who made it stays unknown", unknown(), true, { Enabled: false }, unknown({ Enabled: true })],
  ];
  for (const [title, former, present, toWrite, expected] of rows) {
    it(title, () => {
      expect(noteFormer(former, application(present), toWrite)).to.deep.equal(expected);
    });
  }
});

describe("the values of a partner application that are put back", () => {
  const rows: [string, boolean, Noted, boolean, PartnerApplicationValues][] = [
    ["the former one, while ours is there", true, found({ Enabled: false }), true, { Enabled: false }],
    ["none where somebody has put it back already", false, found({ Enabled: false }), true, {}],
    ["none where the present one is not ours", false, found({ Enabled: true }), true, {}],
    ["none where we last wrote what was there before", false, found({ Enabled: false }), false, {}],
    ["none where nothing was written", true, found(), true, {}],
    ["none where who made it is not known", true, unknown({ Enabled: false }), true, {}],
  ];
  for (const [title, present, noted, ours, expected] of rows) {
    it(title, () => {
      expect(valuesToPutBack(application(present), noted, { enabled: ours })).to.deep.equal(expected);
    });
  }
});

function found(adopted?: PartnerApplicationValues): Noted {
  return { provenance: "found", adopted };
}

function unknown(adopted?: PartnerApplicationValues): Noted {
  return { provenance: "unknown", adopted };
}
