import { expect } from "chai";
import { resolveConfiguration } from "../../../../sandbox/entra/provider/configuration";

const GIVEN = { metadataHost: "localhost:8443", tenantId: "contoso.example", clientId: "id", clientSecret: "secret" };
const ENVIRONMENT = {
  ARM_METADATA_HOSTNAME: "127.0.0.1:8444",
  ARM_TENANT_ID: "fabrikam.example",
  ARM_CLIENT_ID: "other id",
  ARM_CLIENT_SECRET: "other secret",
  SSL_CERT_FILE: "/home/authority.pem",
};

describe("the configuration of the sandbox's azuread provider", () => {
  it("comes from the environment", () => {
    expect(resolveConfiguration({}, ENVIRONMENT)).to.deep.equal({
      metadataHost: "127.0.0.1:8444",
      tenantId: "fabrikam.example",
      clientId: "other id",
      clientSecret: "other secret",
      certificateAuthorities: "/home/authority.pem",
    });
  });

  it("prefers what the engine gives, and passes over what changes nothing here", () => {
    const given = { ...GIVEN, useCli: "false", useMsi: "false", environment: "public", version: "6.9.1" };
    expect(resolveConfiguration(given, ENVIRONMENT)).to.deep.equal({
      ...GIVEN,
      certificateAuthorities: "/home/authority.pem",
    });
  });

  it("names everything that is missing", () => {
    expect(() => resolveConfiguration({ tenantId: "contoso.example", clientId: "" }, {})).to.throw(
      "The sandbox's azuread provider lacks azuread:metadataHost (or ARM_METADATA_HOSTNAME), " +
        "azuread:clientId (or ARM_CLIENT_ID), azuread:clientSecret (or ARM_CLIENT_SECRET). " +
        "The sandbox sets them when it starts its tenant.",
    );
  });

  it("refuses to sign in another way", () => {
    expect(() => resolveConfiguration({ ...GIVEN, useOidc: "true", oidcToken: "token" }, {})).to.throw(
      "The sandbox's azuread provider signs in with clientId and clientSecret only; azuread:oidcToken, " +
        "azuread:useOidc cannot be used in the sandbox.",
    );
  });

  it("refuses a tenant that is not on this machine, so that no secret leaves it", () => {
    expect(() => resolveConfiguration({ ...GIVEN, metadataHost: "login.contoso.example" }, {})).to.throw(
      "The sandbox's azuread provider speaks to a tenant on this machine only, but azuread:metadataHost is " +
        "login.contoso.example. Deploy to a real tenant with Pulumi's own CLI.",
    );
  });
});
