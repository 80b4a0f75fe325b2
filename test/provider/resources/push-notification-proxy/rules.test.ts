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

  const rows: [string, Former, ProxyValues | undefined, TakeBack][] = [
    ["leaves what is gone", undefined, former, { kind: "leave" }],
    ["disables what was not there before", present, undefined, { kind: "disable" }],
    ["disables what was not enabled before", present, { ...former, Enabled: false }, { kind: "disable" }],
    ["disables what cannot be seen and may not have been enabled", "unknown", undefined, { kind: "disable" }],
    ["leaves what is disabled already", { ...present, enabled: false }, undefined, { kind: "leave" }],
    [
      "leaves what somebody else has disabled: to put former values back would enable it again",
      { ...present, enabled: false },
      former,
      { kind: "leave" },
    ],
    [
      "puts former values back where it cannot be seen any more",
      "unknown",
      former,
      { kind: "putBack", organization: "fabrikam.example", uri: "https://push.example/" },
    ],
    [
      "puts former values back",
      present,
      former,
      { kind: "putBack", organization: "fabrikam.example", uri: "https://push.example/" },
    ],
    [
      "puts back only what is still ours",
      { ...present, organization: "tailspin.example" },
      former,
      { kind: "putBack", organization: "tailspin.example", uri: "https://push.example/" },
    ],
    [
      "leaves values that are somebody else's, refreshed or not, and writes nothing",
      { enabled: true, organization: "tailspin.example", uri: "https://tailspin.example/" },
      former,
      { kind: "leaveEnabled" },
    ],
    [
      "leaves somebody else's value beside one that is as it was before",
      { ...present, organization: "tailspin.example" },
      { ...former, Uri: wanted.uri },
      { kind: "leaveEnabled" },
    ],
    [
      "leaves what is as it was before",
      present,
      { Enabled: true, Organization: wanted.organization, Uri: wanted.uri },
      { kind: "leaveEnabled" },
    ],
  ];
  for (const [title, now, adopted, expected] of rows) {
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
  const writings: [string, ProxyStateSource, boolean, boolean, string[]][] = [
    ["does not write what is last known", "last known", false, false, []],
    ["writes what is last known after an interruption", "last known", true, false, [NOT_KNOWN]],
    ["writes what is last known where the program asks", "last known", false, true, [EACH_TIME]],
    ["names the interruption before what the program asks", "last known", true, true, [NOT_KNOWN]],
    ["writes nothing that is read", "Get-PushNotificationApp", true, true, []],
  ];
  for (const [title, stateSource, isOvertaken, alwaysWrite, reasons] of writings) {
    it(title, () => {
      expect(reasonsToWrite({ stateSource }, isOvertaken, alwaysWrite)).to.deep.equal(reasons);
    });
  }
});
