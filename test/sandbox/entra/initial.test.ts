import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import { initialTenant } from "../../../sandbox/entra/initial";
import { patchKeyCredentials } from "../../../sandbox/entra/key-credentials";

describe("a new tenant", () => {
  it("has the credentials of others as an upload of their certificates would leave them", () => {
    const credentials = initialTenant().servicePrincipals[0]?.keyCredentials ?? [];
    expect(credentials).to.have.length(2);
    const uploads = credentials.map(({ key, keyId, type, usage }) => ({ key, keyId, type, usage }));
    expect(patchKeyCredentials([], uploads)).to.deep.equal(credentials);
    for (const { key } of credentials) {
      const certificate = new X509Certificate(Buffer.from(key, "base64"));
      expect(certificate.verify(certificate.publicKey)).to.equal(true);
      expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).to.equal(2048);
    }
  });
});
