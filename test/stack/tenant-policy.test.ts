import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { type AppManagementPolicy, setAppManagementPolicy } from "../../sandbox/entra";
import { family } from "../family";
import { type Deployment, messages, type Run, steps, writes } from "./deployment";
import { beginWith } from "./scenario";

const SERVERS = { servers: [{ name: "MBX1" }, { name: "MBX2" }], certificates: [{ key: "auth" }] };
const ON_SERVER = { ...SERVERS, certificatesAsOnServer: true };

type Restriction = AppManagementPolicy["servicePrincipalRestrictions"]["keyCredentials"][number];
const YEAR_AT_MOST: Restriction = { restrictionType: "asymmetricKeyLifetime", state: "enabled", maxLifetime: "P365D" };
const TRUSTED_ISSUERS: Restriction = { restrictionType: "trustedCertificateAuthority", state: "enabled" };

const REFUSED = (answer: string) => [
  "1 error occurred:\n\t* Adding certificate for Service Principal (Service Principal: " +
    '"5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6"): unexpected status 400 (400 Bad Request) with error: ' +
    `${answer} '3b7d5e90-8c1f-4e26-a4d7-60f2b9c81e35'.`,
  "update failed",
];
const TOO_LONG = REFUSED(
  "CredentialInvalidLifetimeAsPerAppPolicy: Credential lifetime exceeds the max value allowed as per assigned policy",
);
const NOT_TRUSTED = REFUSED(
  "CredentialTypeNotAllowedAsPerAppPolicy: Credential type not allowed as per assigned policy",
);

const WAYS_OUT =
  "there are two ways out: where asymmetricKeyLifetime refuses it, declare another generation with a shorter " +
  "`lifetimeDays`; or, also where trustedCertificateAuthority refuses it, exempt the service principal from the policy " +
  "(docs/rotation.md).";
const ROTATION_PAGE = "https://github.com/pulumi-exchange-server/pulumi-exchange-server/blob/main/docs/rotation.md";

/** What docs/rotation.md shows of the refused renewal, without its indentation and for another certificate. */
function shownOnThePage(thumbprint: string): string {
  const page = readFileSync(path.resolve(__dirname, "../../docs/rotation.md"), "utf8");
  const [, section = ""] = /## A shorter lifetime\n([\s\S]*?)\n## /.exec(page) ?? [];
  const [, block = ""] = /```text\n([\s\S]*?)```/.exec(section) ?? [];
  return block.replaceAll(/^ +/gm, "").replaceAll(/\b[0-9A-F]{40}\b/g, thumbprint);
}

family("a tenant whose app management policy refuses a key credential", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  const begin = async (scenario: object = SERVERS) => {
    deployment = await beginWith(scenario, { program: "component" });
  };
  const restrict = (...keyCredentials: Restriction[]) =>
    setAppManagementPolicy(deployment.home, { isEnabled: true, servicePrincipalRestrictions: { keyCredentials } });
  const upOf = (certificateGenerations: number[], rest: object = {}): Promise<Run> => {
    deployment.declared = { component: { certificateGenerations, ...rest } };
    return deployment.up();
  };
  const succeeded = async (operation: Promise<Run>): Promise<Run> => {
    const run = await operation;
    expect(messages(run, "error")).to.deep.equal([]);
    return run;
  };
  /** What the users' sign-in rests on: what Exchange has, and what the tenant knows. */
  const seen = async () => {
    const { authConfig, servers } = await deployment.organisation();
    return { authConfig, servers, keyCredentials: await deployment.keyCredentials() };
  };
  const thumbprintOf = async (name: string) =>
    String((await deployment.outputsOf(`push-notifications-${name}`)).thumbprint);
  /** Generation 1 is deployed; then the tenant has the policy, and generation 2 is refused. */
  const beginRefused = async (scenario: object = SERVERS) => {
    await begin(scenario);
    await succeeded(upOf([1]));
    const before = await seen();
    await restrict(YEAR_AT_MOST);
    const refused = await upOf([1, 2]);
    expect(messages(refused, "error")).to.deep.equal(TOO_LONG);
    return { before, refused, second: await thumbprintOf("certificate-2") };
  };

  it("stops a renewal before AuthConfig is changed, says so with the ways out, and once exempted the next update stages it", async () => {
    const { before, refused, second } = await beginRefused();
    expect(steps(refused)).to.have.members(["create certificate-2", "create hold", "failed create key-credential-2"]);
    expect(writes(refused)).to.deep.equal([
      "New-ExchangeCertificate MBX1",
      "Export-ExchangeCertificate MBX1",
      "Import-ExchangeCertificate MBX2",
    ]);
    expect(messages(refused, "info")).to.deep.equal([
      `Generation 2's certificate ${second} is valid for 1826 days. If the tenant refuses its key credential by its app ` +
        `management policy, ${WAYS_OUT}`,
    ]);
    const [info] = messages(refused, "info");
    const credential = "azuread:ServicePrincipalCertificate push-notifications-key-credential-2";
    expect(shownOnThePage(second)).to.equal(`info: ${info}\nerror: ${credential}: ${TOO_LONG[0]}\n`);
    const { authConfig, keyCredentials } = await seen();
    expect({ authConfig, keyCredentials }).to.deep.equal({
      authConfig: before.authConfig,
      keyCredentials: before.keyCredentials,
    });
    expect(await deployment.resources()).to.not.include.any.keys(
      "push-notifications-key-credential-2",
      "push-notifications-hold-2",
      "push-notifications-rollover",
    );

    const between = await seen();
    const again = await upOf([1, 2]);
    expect(messages(again, "error")).to.deep.equal(TOO_LONG);
    expect(steps(again)).to.deep.equal(["failed create key-credential-2"]);
    expect(writes(again)).to.deep.equal([]);
    expect(await seen()).to.deep.equal(between);

    await succeeded(deployment.refresh());
    const refreshed = await upOf([1, 2]);
    expect(messages(refreshed, "error")).to.deep.equal(TOO_LONG);
    expect(messages(refreshed, "warning").filter((text) => text.includes("key credential"))).to.deep.equal([
      `Generation 2's certificate ${second} is on every server, and AuthConfig does not name it yet. The next \`pulumi up\` ` +
        "adds its key credential, if it is missing, and continues. The certificate is valid for 1826 days. If the tenant " +
        `refuses its key credential by its app management policy, ${WAYS_OUT} See ${ROTATION_PAGE}`,
    ]);

    await setAppManagementPolicy(deployment.home, undefined);
    const exempted = await succeeded(upOf([1, 2]));
    expect(steps(exempted)).to.deep.equal(["create key-credential-2", "create hold-2", "create rollover"]);
    expect(writes(exempted)).to.deep.equal(["Set-AuthConfig"]);
    const after = await seen();
    expect(after.authConfig).to.include({ current: before.authConfig.current, next: second, previous: "" });
    expect(after.keyCredentials.slice(0, -1)).to.deep.equal(before.keyCredentials);
    expect(after.keyCredentials.at(-1)?.customKeyIdentifier).to.equal(second);
  });

  it("lets a program go back: the certificate of the refused generation is removed, and nothing else", async () => {
    const { before } = await beginRefused(ON_SERVER);
    const back = await succeeded(upOf([1]));
    expect(steps(back)).to.have.members(["delete hold", "delete certificate-2"]);
    expect(writes(back)).to.deep.equal(["Remove-ExchangeCertificate MBX1", "Remove-ExchangeCertificate MBX2"]);
    expect(await seen()).to.deep.equal(before);
    expect(steps(await succeeded(upOf([1])))).to.deep.equal([]);
    await succeeded(upOf([1, 2], { lifetimeDays: 200 }));
    expect((await seen()).authConfig.next, "made again, of a shorter lifetime").to.equal(
      await thumbprintOf("certificate-2"),
    );
  });

  it("takes another generation of a shorter lifetime, which a shell on a server creates, and the refused one is removed", async () => {
    const { before, second } = await beginRefused(ON_SERVER);
    const sameNumber = await upOf([1, 2], { lifetimeDays: 200 });
    expect(messages(sameNumber, "error"), "a certificate that is there keeps its lifetime").to.deep.equal(TOO_LONG);
    expect(writes(sameNumber)).to.deep.equal([]);
    const run = await succeeded(upOf([1, 3], { lifetimeDays: 200 }));
    expect(steps(run)).to.deep.equal([
      "create certificate-3",
      "create key-credential-3",
      "create hold-3",
      "create rollover",
      "delete certificate-2",
    ]);
    expect(writes(run)).to.deep.equal([
      "New-MachineCertificate MBX1.corp.contoso.example",
      "Export-ExchangeCertificate MBX1",
      "Import-ExchangeCertificate MBX2",
      "Set-AuthConfig",
      "Remove-ExchangeCertificate MBX1",
      "Remove-ExchangeCertificate MBX2",
    ]);
    const third = await thumbprintOf("certificate-3");
    const after = await seen();
    expect(after.authConfig).to.include({ current: before.authConfig.current, next: third });
    expect(after.keyCredentials.slice(0, -1)).to.deep.equal(before.keyCredentials);
    const { customKeyIdentifier, startDateTime, endDateTime } = after.keyCredentials.at(-1) ?? {};
    expect(customKeyIdentifier).to.equal(third);
    expect(Date.parse(String(endDateTime)) - Date.parse(String(startDateTime))).to.equal(200 * 24 * 60 * 60 * 1000);
    const left = after.servers.flatMap(({ certificates }) => certificates.map(({ thumbprint }) => thumbprint));
    expect(left).to.include(third).and.not.include(second);
  });

  it("waits where no shell on a server can create one of a shorter lifetime: nothing is created or removed", async () => {
    await beginRefused();
    const between = await seen();
    const run = await upOf([1, 3], { lifetimeDays: 200 });
    expect(messages(run, "error")[0]).to.match(
      /\(NotOnServerException\)\. Connect to that server itself: set `exchange:connection` to ssh and /,
    );
    expect(steps(run)).to.deep.equal(["failed create certificate-3"]);
    expect(await seen()).to.deep.equal(between);
  });

  it("takes no shorter lifetime for another issuer: with trustedCertificateAuthority an exemption alone helps", async () => {
    await begin(ON_SERVER);
    await succeeded(upOf([1]));
    const { authConfig, keyCredentials } = await seen();
    await restrict(TRUSTED_ISSUERS);
    const run = await upOf([1, 2], { lifetimeDays: 200 });
    expect(messages(run, "error")).to.deep.equal(NOT_TRUSTED);
    expect(await seen()).to.deep.include({ authConfig, keyCredentials });
    await restrict({ ...TRUSTED_ISSUERS, state: "disabled" });
    await succeeded(upOf([1, 2], { lifetimeDays: 200 }));
    expect((await seen()).authConfig.next).to.equal(await thumbprintOf("certificate-2"));
  });

  it("leaves alone what was added before, but takes it no second time", async () => {
    await begin();
    await succeeded(upOf([1]));
    await restrict(YEAR_AT_MOST);
    expect(steps(await succeeded(deployment.refresh()))).to.deep.equal([]);
    expect(steps(await succeeded(upOf([1])))).to.deep.equal([]);
    const { authConfig } = await seen();
    await deployment.removeKeyCredential();
    await deployment.refresh();
    const run = await upOf([1]);
    expect(messages(run, "error")).to.deep.equal(TOO_LONG);
    expect((await seen()).authConfig).to.deep.equal(authConfig);
    await setAppManagementPolicy(deployment.home, undefined);
    expect(steps(await succeeded(upOf([1])))).to.deep.equal(["create key-credential"]);
  });

  it("refuses the certificate that an organisation has as well: a first deployment stops before the proxy is enabled", async () => {
    await begin();
    await restrict(YEAR_AT_MOST);
    const before = await seen();
    const run = await upOf([1]);
    expect(messages(run, "error")).to.deep.equal(TOO_LONG);
    expect(writes(run)).to.deep.equal(["New-AuthServer"]);
    expect(await seen()).to.deep.equal(before);
    expect(messages(await deployment.destroy(), "error")).to.deep.equal([]);
  });
});
