import { expect } from "chai";
import type { PartnerApplicationValues } from "../../../../provider/exchange/partner-applications";
import {
  choose,
  LEDGER,
  ofGuid,
  valuesOf,
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
  const rows: { title: string; applications: (typeof inUse)[]; enabled: boolean; guid?: string; chosen: string }[] = [
    {
      title: "is the enabled one where that is wanted, whatever the order",
      applications: [leftover, inUse],
      enabled: true,
      chosen: "b",
    },
    {
      title: "is the disabled one where that is wanted, so that nothing is written",
      applications: [inUse, leftover],
      enabled: false,
      chosen: "a",
    },
    {
      title: "is the first by name of several that are as wanted",
      applications: [second, inUse],
      enabled: true,
      chosen: "b",
    },
    {
      title: "is that of the state, though another one comes first by name",
      applications: [inUse, second],
      enabled: true,
      guid: "C",
      chosen: "c",
    },
    {
      title: "is that of the state, though it is to be disabled",
      applications: [inUse, leftover],
      enabled: false,
      guid: "b",
      chosen: "b",
    },
    {
      title: "is no leftover beside an enabled one, though it be that of the state",
      applications: [leftover, inUse],
      enabled: true,
      guid: "a",
      chosen: "b",
    },
    {
      title: "is a disabled one where none is enabled",
      applications: [{ ...inUse, enabled: false }, leftover],
      enabled: true,
      chosen: "a",
    },
    {
      title: "is that of the state where none is enabled",
      applications: [{ ...inUse, enabled: false }, leftover],
      enabled: true,
      guid: "b",
      chosen: "b",
    },
  ];
  for (const { title, applications, enabled, guid, chosen } of rows) {
    it(title, () => {
      expect(choose(applications, { enabled }, guid)?.guid).to.equal(chosen);
    });
  }
});

describe("the values of a partner application that are written", () => {
  const rows: { present: boolean; wanted: boolean; values: PartnerApplicationValues }[] = [
    { present: true, wanted: true, values: {} },
    { present: false, wanted: false, values: {} },
    { present: false, wanted: true, values: { Enabled: true } },
    { present: true, wanted: false, values: { Enabled: false } },
  ];
  for (const { present, wanted, values } of rows) {
    it(`are ${JSON.stringify(values)} where it is ${present} and shall be ${wanted}`, () => {
      const toWrite = LEDGER.toWrite(valuesOf(application(present)), valuesOf({ enabled: wanted }));
      expect(toWrite).to.deep.equal(values);
    });
  }
});
