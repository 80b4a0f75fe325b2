import { expect } from "chai";
import type { PartnerApplicationValues } from "../../../../provider/exchange/partner-applications";
import type { Noted } from "../../../../provider/resources/partner-application/outputs";
import {
  choose,
  noteFormer,
  ofGuid,
  valuesToPutBack,
  valuesToWrite,
  withIdentifier,
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

  it("is of the application id, whatever its case", () => {
    expect(withIdentifier([other, own], own.applicationIdentifier.toUpperCase())).to.deep.equal([own]);
    expect(withIdentifier([other], own.applicationIdentifier)).to.deep.equal([]);
  });

  it("is of the Guid, whatever its case, where nothing else is known", () => {
    expect(ofGuid([own, other], other.guid.toUpperCase())).to.equal(other);
    expect(ofGuid([own], other.guid)).to.equal(undefined);
  });
});

describe("the partner application of several with one id", () => {
  const inUse = { ...application(true), guid: "b", name: "Exchange Online" };
  const leftover = { ...application(false), guid: "a", name: "Another" };
  const second = { ...application(true), guid: "c", name: "Zebra" };
  const rows: [string, (typeof inUse)[], boolean, string | undefined, string][] = [
    ["is the enabled one where that is wanted, whatever the order", [leftover, inUse], true, undefined, "b"],
    ["is the disabled one where that is wanted, so that nothing is written", [inUse, leftover], false, undefined, "a"],
    ["is the first by name of several that are as wanted", [second, inUse], true, undefined, "b"],
    ["is that of the state, though another one comes first by name", [inUse, second], true, "C", "c"],
    ["is that of the state, though it is to be disabled", [inUse, leftover], false, "b", "b"],
    ["is no leftover beside an enabled one, though it be that of the state", [leftover, inUse], true, "a", "b"],
    ["is a disabled one where none is enabled", [{ ...inUse, enabled: false }, leftover], true, undefined, "a"],
    ["is that of the state where none is enabled", [{ ...inUse, enabled: false }, leftover], true, "b", "b"],
  ];
  for (const [title, applications, enabled, guid, chosen] of rows) {
    it(title, () => {
      expect(choose(applications, { enabled }, guid)?.guid).to.equal(chosen);
    });
  }
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
