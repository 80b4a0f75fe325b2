import { expect } from "chai";
import {
  type Former,
  NOT_KNOWN,
  noteFormer,
  type ProxyStateSource,
  type ProxyValues,
  reasonsToWrite,
  type TakeBack,
  takeBack,
} from "../../../../provider/resources/push-notification-proxy/rules";

const wanted = { organization: "contoso.example", uri: "https://outlook.office365.com/PushNotifications" };
const present = { enabled: true, ...wanted };
const former: ProxyValues = { Enabled: true, Organization: "fabrikam.example", Uri: "https://push.example/" };

describe("the proxy's rules", () => {
  it("made what was not there", () => {
    expect(noteFormer(undefined, wanted)).to.deep.equal({ provenance: "here" });
  });

  it("does not know who made what cannot be seen", () => {
    expect(noteFormer("unknown", wanted)).to.deep.equal({ provenance: "unknown" });
  });

  it("notes what was there with other values", () => {
    expect(noteFormer({ enabled: false, organization: "", uri: wanted.uri }, wanted)).to.deep.equal({
      provenance: "found",
      adopted: { Enabled: false, Organization: "", Uri: wanted.uri },
    });
  });

  it("notes what was disabled with the wanted values", () => {
    expect(noteFormer({ ...present, enabled: false }, wanted)).to.deep.equal({
      provenance: "found",
      adopted: { Enabled: false, Organization: wanted.organization, Uri: wanted.uri },
    });
  });

  it("does not claim to know who made what is found exactly as wanted", () => {
    const found = { enabled: true, organization: "Contoso.Example", uri: `${wanted.uri}/` };
    expect(noteFormer(found, wanted)).to.deep.equal({
      provenance: "unknown",
      adopted: { Enabled: true, Organization: "Contoso.Example", Uri: `${wanted.uri}/` },
    });
  });

  const rows: { title: string; now: Former; adopted?: ProxyValues; expected: TakeBack }[] = [
    { title: "leaves what is gone", now: undefined, adopted: former, expected: { kind: "leave" } },
    { title: "disables what was not there before", now: present, expected: { kind: "disable" } },
    {
      title: "disables what was not enabled before",
      now: present,
      adopted: { ...former, Enabled: false },
      expected: { kind: "disable" },
    },
    {
      title: "disables what cannot be seen and may not have been enabled",
      now: "unknown",
      expected: { kind: "disable" },
    },
    { title: "leaves what is disabled already", now: { ...present, enabled: false }, expected: { kind: "leave" } },
    {
      title: "leaves what somebody else has disabled: to put former values back would enable it again",
      now: { ...present, enabled: false },
      adopted: former,
      expected: { kind: "leave" },
    },
    {
      title: "puts former values back where it cannot be seen any more",
      now: "unknown",
      adopted: former,
      expected: { kind: "putBack", organization: "fabrikam.example", uri: "https://push.example/" },
    },
    {
      title: "puts former values back",
      now: present,
      adopted: former,
      expected: { kind: "putBack", organization: "fabrikam.example", uri: "https://push.example/" },
    },
    {
      title: "puts back only what is still ours",
      now: { ...present, organization: "tailspin.example" },
      adopted: former,
      expected: { kind: "putBack", organization: "tailspin.example", uri: "https://push.example/" },
    },
    {
      title: "leaves values that are somebody else's, refreshed or not, and writes nothing",
      now: { enabled: true, organization: "tailspin.example", uri: "https://tailspin.example/" },
      adopted: former,
      expected: { kind: "leaveEnabled" },
    },
    {
      title: "leaves somebody else's value beside one that is as it was before",
      now: { ...present, organization: "tailspin.example" },
      adopted: { ...former, Uri: wanted.uri },
      expected: { kind: "leaveEnabled" },
    },
    {
      title: "leaves what is as it was before",
      now: present,
      adopted: { Enabled: true, Organization: wanted.organization, Uri: wanted.uri },
      expected: { kind: "leaveEnabled" },
    },
  ];
  for (const { title, now, adopted, expected } of rows) {
    it(`${title} at destroy`, () => {
      expect(takeBack(now, adopted, { Organization: wanted.organization, Uri: wanted.uri })).to.deep.equal(expected);
    });
  }

  it("leaves what was enabled before, at destroy, where the state does not say what we wrote", () => {
    expect(takeBack(present, former, undefined)).to.deep.equal({ kind: "leaveEnabled" });
  });

  it("disables what was not enabled before, at destroy, whatever we wrote", () => {
    expect(takeBack(present, undefined, undefined)).to.deep.equal({ kind: "disable" });
  });

  const EACH_TIME = "no cmdlet shows whether it is as declared, and `alwaysWrite` asks to write it each time";
  const writings: {
    title: string;
    stateSource: ProxyStateSource;
    isOvertaken: boolean;
    alwaysWrite: boolean;
    reasons: string[];
  }[] = [
    {
      title: "does not write what is last known",
      stateSource: "last known",
      isOvertaken: false,
      alwaysWrite: false,
      reasons: [],
    },
    {
      title: "writes what is last known after an interruption",
      stateSource: "last known",
      isOvertaken: true,
      alwaysWrite: false,
      reasons: [NOT_KNOWN],
    },
    {
      title: "writes what is last known where the program asks",
      stateSource: "last known",
      isOvertaken: false,
      alwaysWrite: true,
      reasons: [EACH_TIME],
    },
    {
      title: "names the interruption before what the program asks",
      stateSource: "last known",
      isOvertaken: true,
      alwaysWrite: true,
      reasons: [NOT_KNOWN],
    },
    {
      title: "writes nothing that is read",
      stateSource: "Get-PushNotificationApp",
      isOvertaken: true,
      alwaysWrite: true,
      reasons: [],
    },
  ];
  for (const { title, stateSource, isOvertaken, alwaysWrite, reasons } of writings) {
    it(title, () => {
      expect(reasonsToWrite({ stateSource }, isOvertaken, alwaysWrite)).to.deep.equal(reasons);
    });
  }
});
