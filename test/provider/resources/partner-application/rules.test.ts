import { expect } from "chai";
import type { PartnerApplicationValues } from "../../../../provider/exchange/partner-applications";
import type { Noted } from "../../../../provider/resources/partner-application/outputs";
import {
  findByIdentifier,
  findInState,
  noteFormer,
  valuesToPutBack,
  valuesToWrite,
} from "../../../../provider/resources/partner-application/rules";

const application = (enabled: boolean) => ({
  guid: "aaaaaaaa-0000-4000-8000-000000000001",
  name: "Exchange Online",
  applicationIdentifier: "00000002-0000-0ff1-ce00-000000000000",
  enabled,
});

describe("the partner application that is meant", () => {
  const own = application(true);
  const other = { ...own, guid: "bbbbbbbb-0000-4000-8000-000000000002", applicationIdentifier: "7557eb47-c689-4224" };

  it("is that of the application id, whatever its case", () => {
    expect(findByIdentifier([other, own], own.applicationIdentifier.toUpperCase())).to.equal(own);
    expect(findByIdentifier([other], own.applicationIdentifier)).to.equal(undefined);
  });

  it("is that of the application id in the state, though another one has the Guid", () => {
    expect(findInState([other, own], other.guid, own.applicationIdentifier)).to.equal(own);
  });

  it("is that of the Guid, whatever its case, where nothing is in the state", () => {
    expect(findInState([own, other], other.guid.toUpperCase(), undefined)).to.equal(other);
    expect(findInState([own], other.guid, undefined)).to.equal(undefined);
  });
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
  const off = { Enabled: false };
  const on = { Enabled: true };
  const rows: [string, Noted | undefined, boolean, PartnerApplicationValues, Noted][] = [
    ["that it was disabled, where we enable it", undefined, false, on, found(off, on)],
    ["nothing where it is as wanted, which may be our own work", undefined, true, {}, unknown()],
    ["what was noted first, and what is written last", found(off, on), true, off, found(off, off)],
    ["what was noted before, where nothing is written", found(off, on), true, {}, found(off, on)],
    ["who made it stays unknown", unknown(), true, off, unknown(on, off)],
  ];
  for (const [title, former, present, toWrite, expected] of rows) {
    it(title, () => {
      expect(noteFormer(former, application(present), toWrite)).to.deep.equal(expected);
    });
  }
});

describe("the values of a partner application that are put back", () => {
  const off = { Enabled: false };
  const on = { Enabled: true };
  const rows: [string, boolean, Noted, PartnerApplicationValues][] = [
    ["the former one, while ours is there", true, found(off, on), off],
    ["none where somebody has put it back already, refreshed or not", false, found(off, on), {}],
    ["none where somebody else's is what was there before", true, found(on, off), {}],
    ["none where somebody has set another than we wrote last", true, found(off, off), {}],
    ["none where we last wrote what was there before", false, found(off, off), {}],
    ["none where nothing was written", true, found(), {}],
    ["none where it is not known what was written", true, found(off), {}],
    ["none where who made it is not known", true, unknown(off, on), {}],
  ];
  for (const [title, present, noted, expected] of rows) {
    it(title, () => {
      expect(valuesToPutBack(application(present), noted)).to.deep.equal(expected);
    });
  }
});

function found(adopted?: PartnerApplicationValues, written?: PartnerApplicationValues): Noted {
  return { provenance: "found", adopted, written };
}

function unknown(adopted?: PartnerApplicationValues, written?: PartnerApplicationValues): Noted {
  return { provenance: "unknown", adopted, written };
}
