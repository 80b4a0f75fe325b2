import { expect } from "chai";
import { accessControlMetadata, cloudMetadata } from "../../../sandbox/entra/metadata";
import type { TenantState } from "../../../sandbox/entra/state";

const STATE: TenantState = {
  version: 1,
  tenantId: "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63",
  displayName: "Contoso",
  domains: [
    { name: "contoso.example", isDefault: true, isInitial: false, isVerified: true },
    { name: "fabrikam.example", isDefault: false, isInitial: false, isVerified: false },
  ],
  client: { clientId: "c", clientSecret: "s", objectId: "o" },
  servicePrincipals: [],
  formerKeyCredentials: {},
  mayReadDomains: true,
  milliseconds: false,
  faults: [],
};

describe("the metadata of the cloud and of the access control service", () => {
  it("points everything to the server itself", () => {
    expect(cloudMetadata("https://localhost:8443")).to.deep.equal({
      status: 200,
      body: {
        name: "ExchangeSandbox",
        resourceManager: "https://localhost:8443",
        microsoftGraphResourceId: "https://localhost:8443/",
        authentication: { loginEndpoint: "https://localhost:8443" },
      },
    });
  });

  for (const tenant of ["contoso.example", "Contoso.Example", "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63"]) {
    it(`gives the realm of ${tenant}`, () => {
      expect(accessControlMetadata(STATE, tenant)).to.deep.equal({
        status: 200,
        body: {
          version: "1.0",
          name: "Contoso",
          realm: "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63",
          issuer: "00000001-0000-0000-c000-000000000000@6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63",
          endpoints: [
            {
              location:
                "https://accounts.accesscontrol.windows.net/6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63/tokens/OAuth/2",
              protocol: "OAuth2",
              usage: "issuance",
            },
          ],
          keys: [],
        },
      });
    });
  }

  for (const tenant of ["fabrikam.example", "other.example", ""]) {
    it(`knows no realm for '${tenant}', which no tenant has verified`, () => {
      expect(accessControlMetadata(STATE, tenant)).to.deep.equal({
        status: 404,
        body: { error: "invalid_request", error_description: `No tenant has the realm '${tenant}'.` },
      });
    });
  }
});
