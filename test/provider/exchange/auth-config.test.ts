import { expect } from "chai";
import { InvalidInput, ProtocolError } from "../../../provider/errors";
import {
  clearPreviousCertificate,
  getAuthConfig,
  nameCertificate,
  namedBy,
  namedCertificates,
  stageCertificate,
} from "../../../provider/exchange/auth-config";
import { ExchangeClient } from "../../../provider/exchange/client";
import type { Value } from "../../../provider/powershell/protocol";
import type { Result } from "../../../provider/powershell/session";
import { failure, NOW, object, RecordingSession } from "./recording-session";

const client = (session: RecordingSession) => new ExchangeClient(session, { timeoutSeconds: 300 }, {});
const THUMBPRINT = "D0D6BAA255F51F106760CE3BB869A0FE8C9FC298";

const NONE = { current: "", previous: "", next: "", nextEffectiveDate: undefined };

describe("AuthConfig", () => {
  const NEXT = "8763DA1842AFE901BD0B4090EA2A945AD016CB55";
  // The properties of recorded objects (Exchange 2016 and 2019, Get-AuthConfig): unset text is empty, an unset date null.
  const recorded = object({
    Name: "Auth Configuration",
    CurrentCertificateThumbprint: THUMBPRINT.toLowerCase(),
    PreviousCertificateThumbprint: "",
    NextCertificateThumbprint: NEXT,
    NextCertificateEffectiveDate: new Date("2026-12-24T12:00:00Z"),
    ServiceName: "00000002-0000-0ff1-ce00-000000000000",
    Realm: "",
    Guid: "3D1A4A6E-0C52-4E0E-9E53-6F2F3A1B7C11",
    OriginatingServer: "dc1.contoso.example",
  });

  /** What is read of the recorded object with these changes; undefined takes a property away. */
  async function named(changes: Record<string, Value | undefined>) {
    const output = [object({ ...recorded })];
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) delete output[0]?.[name];
      else Object.assign(output[0] ?? {}, { [name]: value });
    }
    return namedCertificates(await getAuthConfig(client(new RecordingSession({ "Get-AuthConfig": { output } }))));
  }

  it("is read with its Guid in lower case and the far end's clock", async () => {
    const session = new RecordingSession({ "Get-AuthConfig": { output: [recorded] } });
    const { guid, now } = await getAuthConfig(client(session));
    expect({ guid, now }).to.deep.equal({ guid: "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11", now: NOW });
    expect(session.calls).to.deep.equal([{ cmdlet: "Get-AuthConfig", parameters: {}, timeoutSeconds: 300 }]);
  });

  it("names its certificates in upper case, and when the next one takes effect", async () => {
    expect(await named({})).to.deep.equal({
      current: THUMBPRINT,
      previous: "",
      next: NEXT,
      nextEffectiveDate: new Date("2026-12-24T12:00:00Z"),
    });
  });

  it("names none where Exchange gives null or an empty text", async () => {
    expect(await named({ CurrentCertificateThumbprint: null, NextCertificateThumbprint: "" })).to.deep.equal({
      current: "",
      previous: "",
      next: "",
      nextEffectiveDate: undefined,
    });
  });

  for (const date of [null, undefined]) {
    it(`does not know when the next one takes effect where the date is ${date}`, async () => {
      expect(await named({ NextCertificateEffectiveDate: date })).to.include({
        next: NEXT,
        nextEffectiveDate: undefined,
      });
    });
  }

  describe("says by when it named its current and its previous certificate", () => {
    const [FIRST, LATER] = [new Date("2026-11-01T12:00:00Z"), new Date("2026-11-02T12:00:00Z")];
    const OTHER = "32F21D78DA39752B7C2CCD1002C72969D69125BA";
    const rows: { title: string; looks: Record<string, Value>[]; expected: Date | undefined }[] = [
      { title: "which is when it was changed last", looks: [{ WhenChangedUTC: LATER }], expected: LATER },
      {
        title: "which is earlier where this session saw both earlier, and something else was changed since",
        looks: [{ WhenChangedUTC: FIRST }, { WhenChangedUTC: LATER, NextCertificateThumbprint: OTHER }],
        expected: FIRST,
      },
      {
        title: "which is when it was changed last where that was the current one",
        looks: [{ WhenChangedUTC: FIRST }, { WhenChangedUTC: LATER, CurrentCertificateThumbprint: OTHER }],
        expected: LATER,
      },
      {
        title: "which is when it was changed last where that was the previous one",
        looks: [{ WhenChangedUTC: FIRST }, { WhenChangedUTC: LATER, PreviousCertificateThumbprint: OTHER }],
        expected: LATER,
      },
      { title: "which it does not know where it is not shown", looks: [{ WhenChangedUTC: null }], expected: undefined },
    ];
    for (const { title, looks, expected } of rows) {
      it(title, async () => {
        const answers = looks.map((changes) => ({ output: [object({ ...recorded, ...changes })] }));
        const shared = client(new RecordingSession({ "Get-AuthConfig": answers }));
        const said: (Date | undefined)[] = [];
        for (const _ of looks) said.push(namedBy(shared, await getAuthConfig(shared)));
        expect(said.at(-1)).to.deep.equal(expected);
      });
    }
  });

  const unreadable: [string, Value | undefined][] = [
    ["absent", undefined],
    ["a number", 5],
    ["a list", [THUMBPRINT]],
    ["another text", "none"],
  ];
  for (const name of ["Current", "Previous", "Next"].map((which) => `${which}CertificateThumbprint`)) {
    for (const [what, value] of unreadable) {
      it(`does not name none where ${name} is ${what}`, async () => {
        const error: ProtocolError = await expect(named({ [name]: value })).to.be.rejectedWith(ProtocolError);
        expect(error.outcomeUnknown).to.equal(false);
        expect(error.message).to.include(name);
      });
    }
  }

  it("pins the domain controller that answered", async () => {
    const session = new RecordingSession({ "Get-AuthConfig": { output: [recorded] } });
    const reader = client(session);
    await getAuthConfig(reader);
    await getAuthConfig(reader);
    expect(session.parametersOf("Get-AuthConfig")).to.deep.equal([{}, { DomainController: "dc1.contoso.example" }]);
  });

  const SHELL =
    "Run the cmdlet in the Exchange Management Shell and compare: a value that cannot be read decides nothing.";
  const CLOCK = "Correct the clocks of the server that the connection leads to and of its domain controller.";
  const refused: { what: string; answer: Partial<Result>; message: string }[] = [
    {
      what: "nothing",
      answer: { output: [] },
      message:
        "Get-AuthConfig returned no object. Check that the connection leads to an Exchange organisation; if " +
        "its AuthConfig is missing, create it again with `Setup.exe /PrepareAD` of the Exchange version that " +
        "the organisation runs.",
    },
    {
      what: "two objects",
      answer: { output: [recorded, recorded] },
      message:
        "Get-AuthConfig returned 2 objects, but an organisation has only one. Compare them in the Exchange Management Shell " +
        "(Get-AuthConfig | Format-List) and find out which one Exchange uses.",
    },
    {
      what: "an object without a Guid",
      answer: { output: [object({ Name: "Auth Configuration" })] },
      message: `Get-AuthConfig shows no Guid; expected a guid. ${SHELL}`,
    },
    {
      what: "a far end whose clock is at its beginning",
      answer: { output: [recorded], now: new Date("0001-01-01T00:00:00Z") },
      message: `the clock of the far end shows 0001-01-01T00:00:00.000Z, which is not a plausible time. ${CLOCK}`,
    },
    {
      what: "a far end whose clock is at its end",
      answer: { output: [recorded], now: new Date("9999-12-31T23:59:59Z") },
      message: `the clock of the far end shows 9999-12-31T23:59:59.000Z, which is not a plausible time. ${CLOCK}`,
    },
  ];
  for (const { what, answer, message } of refused) {
    it(`is not read from ${what}`, async () => {
      const error: ProtocolError = await expect(
        getAuthConfig(client(new RecordingSession({ "Get-AuthConfig": answer }))),
      ).to.be.rejectedWith(ProtocolError);
      expect(error.message).to.equal(`Failed while reading AuthConfig: ${message}`);
      expect(error.outcomeUnknown).to.equal(false);
    });
  }

  it("names a certificate unattended: -Force and -Confirm:$false", async () => {
    const session = new RecordingSession({ "Set-AuthConfig": {} });
    await nameCertificate(client(session), THUMBPRINT, NONE);
    expect(session.calls).to.deep.equal([
      {
        cmdlet: "Set-AuthConfig",
        parameters: { CertificateThumbprint: THUMBPRINT, Force: true, Confirm: false },
        timeoutSeconds: 300,
      },
    ]);
  });

  it("publishes the one that is staged: Exchange refuses to name it in any other way", async () => {
    const session = new RecordingSession({ "Set-AuthConfig": {} });
    await nameCertificate(client(session), THUMBPRINT, { ...NONE, next: THUMBPRINT });
    expect(session.parametersOf("Set-AuthConfig")).to.deep.equal([
      { PublishCertificate: true, Force: true, Confirm: false },
    ]);
  });

  const DATE = new Date("2026-12-28T10:30:00.123Z");

  it("stages a certificate unattended, with the moment of its date and no text", async () => {
    const session = new RecordingSession({ "Set-AuthConfig": {} });
    await stageCertificate(client(session), THUMBPRINT, DATE);
    expect(session.parametersOf("Set-AuthConfig")).to.deep.equal([
      { NewCertificateThumbprint: THUMBPRINT, NewCertificateEffectiveDate: DATE, Force: true, Confirm: false },
    ]);
  });

  it("clears the previous certificate unattended, and sets nothing else", async () => {
    const session = new RecordingSession({ "Set-AuthConfig": {} });
    await clearPreviousCertificate(client(session));
    expect(session.parametersOf("Set-AuthConfig")).to.deep.equal([
      { ClearPreviousCertificate: true, Force: true, Confirm: false },
    ]);
  });

  const failing: { what: string; set: (client: ExchangeClient) => Promise<void>; doing: string }[] = [
    {
      what: "named",
      set: (exchange) => nameCertificate(exchange, THUMBPRINT, NONE),
      doing: `naming the certificate ${THUMBPRINT} in AuthConfig`,
    },
    {
      what: "staged",
      set: (exchange) => stageCertificate(exchange, THUMBPRINT, DATE),
      doing: `staging the certificate ${THUMBPRINT} in AuthConfig as the next, for 2026-12-28T10:30:00.123Z`,
    },
    { what: "cleared", set: clearPreviousCertificate, doing: "clearing the previous certificate in AuthConfig" },
  ];
  for (const { what, set, doing } of failing) {
    it(`says which certificate could not be ${what}, and what to do where the session's server lacks it`, async () => {
      const session = new RecordingSession({
        "Set-AuthConfig": failure("TaskException", "InvalidArgument", "SetAuthConfig"),
      });
      const error: InvalidInput = await expect(set(client(session))).to.be.rejectedWith(InvalidInput);
      expect(error.message).to.equal(
        `Failed while ${doing}: Exchange answered “Es geht nicht.” (TaskException). ` +
          "If Exchange does not find the certificate, the server that the connection leads to does not have it: connect " +
          "to a server of version 15 or later that `ignoreServers` does not list, then try again.",
      );
    });
  }
});
