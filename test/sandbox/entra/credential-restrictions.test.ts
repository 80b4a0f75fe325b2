import { expect } from "chai";
import type { AppManagementPolicy } from "../../../sandbox/entra/app-management-policy";
import { requirePermitted } from "../../../sandbox/entra/credential-restrictions";
import { GraphError } from "../../../sandbox/entra/errors";
import type { KeyCredential } from "../../../sandbox/entra/state";

type Restriction = AppManagementPolicy["servicePrincipalRestrictions"]["keyCredentials"][number];

const PRINCIPAL = { createdDateTime: "2019-05-14T08:21:37Z" };
const YEAR: Restriction = { restrictionType: "asymmetricKeyLifetime", state: "enabled", maxLifetime: "P365D" };
const TRUSTED: Restriction = { restrictionType: "trustedCertificateAuthority", state: "enabled" };

const credentialUntil = (endDateTime: string): KeyCredential => ({
  customKeyIdentifier: "A".repeat(40),
  displayName: null,
  startDateTime: "2026-06-01T00:00:00Z",
  endDateTime,
  key: "",
  keyId: "9f3b7c1e-2a45-4d68-8b0f-1c2d3e4f5a6b",
  type: "AsymmetricX509Cert",
  usage: "Verify",
});
const YEAR_LONG = credentialUntil("2027-06-01T00:00:00Z");
const LONGER = credentialUntil("2027-06-01T00:00:01Z");

const policy = (...keyCredentials: Restriction[]): AppManagementPolicy => ({
  isEnabled: true,
  servicePrincipalRestrictions: { keyCredentials },
});

describe("the tenant's app management policy", () => {
  const before = { restrictForAppsCreatedAfterDateTime: "2019-05-14T08:21:36Z" };
  const since = { restrictForAppsCreatedAfterDateTime: "2019-05-14T08:21:37Z" };

  const permitted: [string, AppManagementPolicy | undefined, KeyCredential[]][] = [
    ["anything where there is none", undefined, [LONGER]],
    ["anything while it is not enabled", { ...policy(YEAR, TRUSTED), isEnabled: false }, [LONGER]],
    ["anything without a restriction of key credentials", policy(), [LONGER]],
    ["anything while its restrictions are disabled", policy({ ...YEAR, state: "disabled" }), [LONGER]],
    ["a credential of the longest lifetime", policy(YEAR), [YEAR_LONG]],
    ["any for a principal that is older than it says", policy({ ...YEAR, ...since }), [LONGER]],
    ["a change that adds none", policy(YEAR, TRUSTED), []],
  ];
  for (const [what, given, added] of permitted) {
    it(`takes ${what}`, () => {
      expect(() => requirePermitted(given, PRINCIPAL, added)).to.not.throw();
    });
  }

  const tooLong = {
    code: "CredentialInvalidLifetimeAsPerAppPolicy",
    message:
      "Credential lifetime exceeds the max value allowed as per assigned policy '3b7d5e90-8c1f-4e26-a4d7-60f2b9c81e35'.",
  };
  const notTrusted = {
    code: "CredentialTypeNotAllowedAsPerAppPolicy",
    message: "Credential type not allowed as per assigned policy '3b7d5e90-8c1f-4e26-a4d7-60f2b9c81e35'.",
  };
  const refused: [string, AppManagementPolicy, KeyCredential[], object][] = [
    ["a credential of a longer lifetime", policy(YEAR), [YEAR_LONG, LONGER], tooLong],
    ["one for a principal that is younger than it says", policy({ ...YEAR, ...before }), [LONGER], tooLong],
    ["one of an issuer that is not trusted, however short", policy(YEAR, TRUSTED), [YEAR_LONG], notTrusted],
  ];
  for (const [what, given, added, answer] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => requirePermitted(given, PRINCIPAL, added))
        .to.throw(GraphError)
        .that.includes({ status: 400, ...answer });
    });
  }

  it("refuses for a principal of unknown age as for a young one", () => {
    expect(() => requirePermitted(policy({ ...YEAR, ...since }), {}, [LONGER])).to.throw(GraphError);
  });
});
