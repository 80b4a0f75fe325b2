import { expect } from "chai";
import { GraphError } from "../../../sandbox/entra/errors";
import { patchKeyCredentials } from "../../../sandbox/entra/key-credentials";
import type { KeyCredential } from "../../../sandbox/entra/state";
import { makeCertificate, type UploadedCertificate } from "./certificate";

const KEY_ID = "9f3b7c1e-2a45-4d68-8b0f-1c2d3e4f5a6b";
const OTHER_KEY_ID = "1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809";

describe("the tenant's rules for a PATCH of key credentials", () => {
  let certificate: UploadedCertificate;
  let stored: KeyCredential;
  /** What azuread sends for a new credential. */
  let added: Record<string, unknown>;

  before(async () => {
    certificate = await makeCertificate();
    stored = {
      customKeyIdentifier: certificate.thumbprint,
      displayName: "of another organisation",
      startDateTime: certificate.notBefore,
      endDateTime: certificate.notAfter,
      key: certificate.der,
      keyId: OTHER_KEY_ID,
      type: "AsymmetricX509Cert",
      usage: "Verify",
    };
    added = {
      key: Buffer.from(certificate.pem).toString("base64"),
      keyId: KEY_ID,
      type: "AsymmetricX509Cert",
      usage: "Verify",
    };
  });

  it("takes a new credential without dates: they are the certificate's, and the thumbprint identifies it", () => {
    expect(patchKeyCredentials([], [added])).to.deep.equal([
      {
        customKeyIdentifier: certificate.thumbprint,
        displayName: null,
        startDateTime: "2026-06-01T00:00:00Z",
        endDateTime: "2031-05-31T00:00:00Z",
        key: certificate.der,
        keyId: KEY_ID,
        type: "AsymmetricX509Cert",
        usage: "Verify",
      },
    ]);
  });

  it("takes the key as base64 of the DER as well", () => {
    const [fromDer] = patchKeyCredentials([], [{ ...added, key: certificate.der }]);
    const [fromPem] = patchKeyCredentials([], [added]);
    expect(fromDer).to.deep.equal(fromPem);
  });

  it("takes dates within the certificate's, without their fraction", () => {
    const dates = { startDateTime: "2027-01-01T00:00:00.000Z", endDateTime: "2031-05-31T00:00:00Z" };
    const [credential] = patchKeyCredentials([], [{ ...added, ...dates }]);
    expect(credential).to.include({ startDateTime: "2027-01-01T00:00:00Z", endDateTime: "2031-05-31T00:00:00Z" });
  });

  it("makes a key id where none was sent", () => {
    const [credential] = patchKeyCredentials([], [{ ...added, keyId: undefined }]);
    expect(credential?.keyId).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  });

  it("keeps the stored key of a known key id that was sent with a null key, in whatever case", () => {
    const sent = { ...stored, key: null, keyId: OTHER_KEY_ID.toUpperCase(), endDateTime: "2031-05-31T00:00:00.000Z" };
    expect(patchKeyCredentials([stored], [sent])).to.deep.equal([stored]);
  });

  it("loses what is left out, and everything with an empty list", () => {
    expect(patchKeyCredentials([stored], [added]).map(({ keyId }) => keyId)).to.deep.equal([KEY_ID]);
    expect(patchKeyCredentials([stored], [])).to.deep.equal([]);
  });

  const refusals: { what: string; sent: () => unknown; message: string; code?: string }[] = [
    {
      what: "no list",
      sent: () => ({ ...added }),
      message: "Invalid value specified for property 'keyCredentials' of resource 'ServicePrincipal'.",
    },
    {
      what: "a list of something else",
      sent: () => ["key"],
      message: "Invalid value specified for property 'keyCredentials' of resource 'ServicePrincipal'.",
    },
    {
      what: "an unknown key id with a null key",
      sent: () => [{ ...added, key: null }],
      message: `Key credential ${KEY_ID} has no key, and this principal has no key credential with that keyId.`,
    },
    {
      what: "a date after the certificate's NotAfter",
      sent: () => [{ ...added, endDateTime: "2031-05-31T00:00:01Z" }],
      message: "Key credential end date is invalid.",
      code: "KeyCredentialsInvalidEndDate",
    },
    {
      what: "a date that is none",
      sent: () => [{ ...added, startDateTime: "tomorrow" }],
      message: "Invalid value specified for property 'startDateTime' of resource 'KeyCredential'.",
    },
    { what: "an empty type", sent: () => [{ ...added, type: "" }], message: "Key credential type '' is invalid." },
    {
      what: "another type",
      sent: () => [{ ...added, type: "Symmetrical" }],
      message: "Key credential type 'Symmetrical' is invalid.",
    },
    {
      what: "another usage",
      sent: () => [{ ...added, usage: "Trust" }],
      message: "Key credential usage 'Trust' is invalid.",
    },
    {
      what: "a key that is no certificate",
      sent: () => [{ ...added, key: "bm8=" }],
      message: "Key credential key is not a certificate.",
    },
    {
      what: "a key that is no text",
      sent: () => [{ ...added, key: 1 }],
      message: "Invalid value specified for property 'key' of resource 'KeyCredential'.",
    },
    {
      what: "the same key id twice",
      sent: () => [added, { ...added }],
      message: "Two key credentials have the same keyId.",
    },
  ];
  for (const { what, sent, message, code = "Request_BadRequest" } of refusals) {
    it(`refuses ${what}`, () => {
      expect(() => patchKeyCredentials([stored], sent()))
        .to.throw(GraphError, message)
        .that.includes({ status: 400, code, message });
    });
  }
});
