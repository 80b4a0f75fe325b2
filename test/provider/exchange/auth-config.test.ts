import { expect } from "chai";
import { getAuthConfig, setAuthCertificate } from "../../../provider/exchange/auth-config";
import { ExchangeClient } from "../../../provider/exchange/client";
import { InvalidInput, ProtocolError } from "../../../provider/exchange/errors";
import type { Properties } from "../../../provider/powershell/protocol";
import { rejection } from "../rejection";
import { failure, NOW, object, RecordingSession } from "./recording-session";

const client = (session: RecordingSession) => new ExchangeClient(session, { timeoutSeconds: 300 }, {});
const THUMBPRINT = "D0D6BAA255F51F106760CE3BB869A0FE8C9FC298";

describe("AuthConfig", () => {
  // The properties of recorded objects (Exchange 2016 and 2019, Get-AuthConfig): unset text is empty, an unset date null.
  const recorded = object({
    Name: "Auth Configuration",
    CurrentCertificateThumbprint: THUMBPRINT.toLowerCase(),
    PreviousCertificateThumbprint: "",
    NextCertificateThumbprint: "8763DA1842AFE901BD0B4090EA2A945AD016CB55",
    NextCertificateEffectiveDate: null,
    ServiceName: "00000002-0000-0ff1-ce00-000000000000",
    Realm: "",
    Guid: "3D1A4A6E-0C52-4E0E-9E53-6F2F3A1B7C11",
    OriginatingServer: "dc1.contoso.example",
  });

  it("is read with its thumbprints in upper case, its Guid in lower case and the far end's clock", async () => {
    const session = new RecordingSession({ "Get-AuthConfig": { output: [recorded] } });
    expect(await getAuthConfig(client(session))).to.deep.equal({
      guid: "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11",
      currentThumbprint: THUMBPRINT,
      previousThumbprint: "",
      nextThumbprint: "8763DA1842AFE901BD0B4090EA2A945AD016CB55",
      now: NOW,
    });
    expect(session.calls).to.deep.equal([{ cmdlet: "Get-AuthConfig", parameters: {}, timeoutSeconds: 300 }]);
  });

  it("has empty thumbprints where Exchange gives null", async () => {
    const output = [object({ Guid: "a", CurrentCertificateThumbprint: null })];
    const session = new RecordingSession({ "Get-AuthConfig": { output } });
    expect(await getAuthConfig(client(session))).to.include({ currentThumbprint: "", previousThumbprint: "" });
  });

  it("pins the domain controller that answered", async () => {
    const session = new RecordingSession({ "Get-AuthConfig": { output: [recorded] } });
    const reader = client(session);
    await getAuthConfig(reader);
    await getAuthConfig(reader);
    expect(session.parametersOf("Get-AuthConfig")).to.deep.equal([{}, { DomainController: "dc1.contoso.example" }]);
  });

  const noObject: [string, Properties[]][] = [
    ["nothing", []],
    ["an object without a Guid", [object({ Name: "Auth Configuration" })]],
  ];
  for (const [what, output] of noObject) {
    it(`is not read from ${what}`, async () => {
      const error = await rejection(getAuthConfig(client(new RecordingSession({ "Get-AuthConfig": { output } }))));
      expect(error).to.be.instanceOf(ProtocolError);
      expect(error.message).to.equal(
        "Failed while reading AuthConfig: Get-AuthConfig returned no object with a Guid. Check that the connection leads to an Exchange organisation.",
      );
      expect((error as ProtocolError).outcomeUnknown).to.equal(false);
    });
  }

  it("names a certificate unattended: -Force and -Confirm:$false", async () => {
    const session = new RecordingSession({ "Set-AuthConfig": {} });
    await setAuthCertificate(client(session), THUMBPRINT);
    expect(session.calls).to.deep.equal([
      {
        cmdlet: "Set-AuthConfig",
        parameters: { CertificateThumbprint: THUMBPRINT, Force: true, Confirm: false },
        timeoutSeconds: 300,
      },
    ]);
  });

  it("says which certificate could not be named", async () => {
    const session = new RecordingSession({
      "Set-AuthConfig": failure("TaskException", "InvalidArgument", "SetAuthConfig"),
    });
    const error = await rejection(setAuthCertificate(client(session), THUMBPRINT));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(error.message).to.equal(
      `Failed while naming the certificate ${THUMBPRINT} in AuthConfig: Exchange answered “Es geht nicht.” (TaskException). Change what Exchange objects to.`,
    );
  });
});
