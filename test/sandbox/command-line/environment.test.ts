import { existsSync } from "node:fs";
import { expect } from "chai";
import { sandboxEnvironment, sandboxPlugins } from "../../../sandbox/command-line/environment";

const TENANT = {
  environment: {
    ARM_METADATA_HOSTNAME: "localhost:1234",
    ARM_TENANT_ID: "tenant",
    ARM_CLIENT_ID: "client",
    ARM_CLIENT_SECRET: "secret",
    SSL_CERT_FILE: "/home/authority.pem",
  },
};

describe("the environment of a program in the sandbox", () => {
  it("leads to the sandbox's Exchange and tenant", () => {
    expect(sandboxEnvironment({ PATH: "/bin" }, "/sandbox", TENANT)).to.deep.equal({
      PATH: "/bin",
      SANDBOX_HOME: "/sandbox",
      ...TENANT.environment,
    });
  });

  it("has nothing that leads to a real tenant", () => {
    const real = {
      ARM_TENANT_ID: "real",
      ARM_USE_OIDC: "true",
      ARM_CLIENT_CERTIFICATE_PATH: "/real.pfx",
      AZURE_CONFIG_DIR: "/real",
      arm_use_msi: "true",
    };
    expect(sandboxEnvironment(real, "/sandbox", TENANT)).to.deep.equal({
      SANDBOX_HOME: "/sandbox",
      ...TENANT.environment,
    });
  });

  it("has the sandbox's azuread provider, in the version whose behaviour was recorded", () => {
    const { azuread } = sandboxPlugins();
    expect(azuread?.command).to.equal(process.execPath);
    expect(azuread?.version).to.equal("6.9.1");
    const [script = ""] = azuread?.arguments ?? [];
    expect(existsSync(script.replace(/\.js$/, ".ts")), script).to.equal(true);
  });
});
