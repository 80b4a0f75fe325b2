import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import {
  addTenantFault,
  readTenant,
  resetTenant,
  setAppManagementPolicy,
  startTenant,
} from "../../../sandbox/entra/index";
import { DamagedState } from "../../../sandbox/shared/state-file";
import { type Home, makeHome } from "./home";

const run = promisify(execFile);

describe("the tenant's state", () => {
  let home: Home;
  let file: string;

  beforeEach(async () => {
    home = await makeHome();
    file = path.join(home.path, "entra.json");
  });

  afterEach(() => home.remove());

  it("is made at the first use, with a credential of two other organisations on Exchange Online, and kept", async () => {
    const described = await readTenant(home.path);
    expect(described.domains.map(({ name }) => name)).to.deep.equal(["contoso.example", "contoso.onmicrosoft.example"]);
    expect(described.servicePrincipals.map(({ displayName }) => displayName)).to.deep.equal([
      "Office 365 Exchange Online",
      "Microsoft Graph",
      "Infrastructure deployment",
    ]);
    expect(described.servicePrincipals[0]?.keyCredentials).to.have.length(2);
    expect(await readTenant(home.path)).to.deep.equal(described);
  });

  it("is described without keys and secrets", async () => {
    const described = JSON.stringify(await readTenant(home.path));
    const { client, servicePrincipals } = JSON.parse(await readFile(file, "utf8"));
    expect(described).not.to.include(client.clientSecret);
    expect(described).not.to.include(servicePrincipals[0].keyCredentials[0].key);
  });

  it("can be read by its owner alone", async function () {
    if (process.platform === "win32") this.skip();
    await readTenant(home.path);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
  });

  it("starts over with the options that were given", async () => {
    await addTenantFault(home.path, { kind: "denied" });
    await resetTenant(home.path, { exchangeOnline: false, faults: [{ kind: "throttled", times: 2 }] });
    const { servicePrincipals, faults } = await readTenant(home.path);
    expect(servicePrincipals.map(({ displayName }) => displayName)).to.deep.equal([
      "Microsoft Graph",
      "Infrastructure deployment",
    ]);
    expect(faults).to.deep.equal([{ kind: "throttled", times: 2 }]);
  });

  it("has the policy that an administrator last gave it", async () => {
    const policy = { isEnabled: true, servicePrincipalRestrictions: { keyCredentials: [] } };
    await resetTenant(home.path, { defaultAppManagementPolicy: policy });
    expect((await readTenant(home.path)).defaultAppManagementPolicy).to.deep.equal(policy);
    await setAppManagementPolicy(home.path, undefined);
    expect((await readTenant(home.path)).defaultAppManagementPolicy).to.equal(undefined);
  });

  it("loses nothing when several processes change it at once", async () => {
    await readTenant(home.path);
    const fixture = path.join(__dirname, "fixtures/add-faults.ts");
    const change = () => run(process.execPath, ["--require", require.resolve("tsx/cjs"), fixture, home.path, "15"]);
    const mine = Promise.all(Array.from({ length: 15 }, () => addTenantFault(home.path, { kind: "denied" })));
    await Promise.all([change(), change(), mine]);
    expect((await readTenant(home.path)).faults).to.have.length(45);
  });

  const damages: { what: string; text: string; reason: string }[] = [
    {
      what: "is cut short",
      text: '{"version": 1, "tena',
      reason: "it is not JSON (Unterminated string in JSON at position 20 (line 1 column 21))",
    },
    { what: "is empty", text: "", reason: "it is not JSON (Unexpected end of JSON input)" },
    { what: "holds something else", text: "[]", reason: "it is not an object" },
    { what: "is of a later version", text: '{"version": 2}', reason: "its version is 2, not 1" },
    {
      what: "lacks a list",
      text: '{"version": 1, "tenantId": "t", "displayName": "d", "domains": [], "client": {"clientId": "c", "clientSecret": "s", "objectId": "o"}}',
      reason: '"servicePrincipals" is missing',
    },
    {
      what: "lacks its client",
      text: '{"version": 1, "tenantId": "t", "displayName": "d", "domains": []}',
      reason: '"client" is missing',
    },
    {
      what: "holds a domain that is none",
      text: '{"version": 1, "tenantId": "t", "displayName": "d", "domains": [7]}',
      reason: '"domains[0]" is not an object',
    },
  ];
  for (const { what, text, reason } of damages) {
    it(`is left as it is, with a clear error, when it ${what}`, async () => {
      await writeFile(file, text);
      const attempts = [
        () => startTenant({ home: home.path }),
        () => readTenant(home.path),
        () => addTenantFault(home.path, { kind: "denied" }),
      ];
      for (const attempt of attempts) {
        const error = await attempt().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).to.be.instanceOf(DamagedState);
        expect(withoutPosition((error as Error).message)).to.equal(
          withoutPosition(
            `The sandbox's tenant in ${file} cannot be read: ${reason}. The file was not changed. Repair it, or ` +
              "run `npm run reset`, which renames it and starts over.",
          ),
        );
      }
      expect(await readFile(file, "utf8")).to.equal(text);
    });
  }

  it("is kept under another name when it was damaged and the sandbox is reset", async () => {
    await writeFile(file, "damaged");
    await resetTenant(home.path);
    expect((await readTenant(home.path)).displayName).to.equal("Contoso");
    const [kept] = (await readdir(home.path)).filter((name) => /^entra\.json\.damaged-\d+$/.test(name));
    expect(await readFile(path.join(home.path, kept ?? ""), "utf8")).to.equal("damaged");
  });

  it("leaves no lock behind, not even where nothing could be read", async () => {
    await mkdir(path.join(home.path, "entra.json"));
    await readTenant(home.path).then(
      () => expect.fail("a folder was read as a file"),
      (error: Error) => expect(error.message).to.contain("EISDIR"),
    );
    expect((await readdir(home.path)).sort()).to.deep.equal(["entra", "entra.json"]);
  });
});

/** Versions of Node word the place of a fault in JSON differently. */
function withoutPosition(message: string): string {
  return message.replace(/ at position \d+( \(line \d+ column \d+\))?/, "");
}
