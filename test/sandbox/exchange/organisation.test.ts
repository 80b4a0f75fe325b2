import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { Secret } from "pulumi-exchange-server/protocol";
import {
  addFaults,
  DamagedState,
  openOrganisation,
  ProcessFault,
  readJournal,
  readOrganisation,
  resetOrganisation,
} from "../../../sandbox/exchange";
import { ask, refusal } from "./asking";
import { emptyHome, makeHome, organisationOf, removeHomes } from "./homes";

async function caught(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => error,
  );
}

/** The path of a scenario with one server, which is quickly set up. */
async function smallScenario(): Promise<string> {
  const file = path.join(await emptyHome(), "small.json");
  const scenario = {
    description: "One server.",
    domain: "fabrikam.example",
    servers: [{ name: "MBX1" }],
    certificates: [],
  };
  await writeFile(file, JSON.stringify(scenario));
  return file;
}

/** What every object of the directory has. */
const OBJECT = { guid: "g", name: "n", whenCreated: "w", whenChanged: "w" };

describe("an organisation", () => {
  after(removeHomes);

  it("is set up at the first start, and kept from then on", async () => {
    const home = await emptyHome();
    const first = await openOrganisation(home);
    const [config] = await ask(first, "Get-AuthConfig");
    const second = await openOrganisation(home);
    expect(await ask(second, "Get-AuthConfig")).to.deep.equal([config]);
    expect((await readOrganisation(home)).scenario).to.equal("ordinary");
  });

  it("is set up once by two that start at the same time", async () => {
    const home = await emptyHome();
    const [one, other] = await Promise.all([openOrganisation(home), openOrganisation(home)]);
    expect(await ask(one, "Get-AuthConfig")).to.deep.equal(await ask(other, "Get-AuthConfig"));
  });

  it("keeps private keys out of others' reach", async () => {
    const home = await emptyHome();
    await resetOrganisation(home, await smallScenario());
    expect((await stat(path.join(home, "exchange.json"))).mode & 0o077).to.equal(0);
    const described = JSON.stringify(await readOrganisation(home));
    expect(described).not.to.contain("BEGIN");
    expect(described).to.contain('"privateKey":"[secret]"');
  });

  it("has the same guids after a reset, and others under another name", async () => {
    const home = await makeHome();
    const contoso = await readOrganisation(home);
    const scenario = await smallScenario();
    await resetOrganisation(home, scenario);
    const fabrikam = await readOrganisation(home);
    await resetOrganisation(home, scenario);
    const again = await readOrganisation(home);
    expect(again.authConfig.guid).to.equal(fabrikam.authConfig.guid);
    expect(again.authConfig.guid).not.to.equal(contoso.authConfig.guid);
    expect(again.servers[0]?.smtpCertificate).not.to.equal(fabrikam.servers[0]?.smtpCertificate);
  });

  it("has no calls of the organisation before it after a reset", async () => {
    const { organisation, home } = await organisationOf();
    await organisation.invoke("Get-AuthConfig", {});
    expect(await readJournal(home)).to.have.length(1);
    await resetOrganisation(home, await smallScenario());
    expect(await readJournal(home)).to.deep.equal([]);
  });

  it("refuses a scenario that does not exist, and stays as it is", async () => {
    const home = await makeHome();
    const before = await readOrganisation(home);
    expect((await caught(resetOrganisation(home, "nonsense"))).message).to.match(
      /^The scenario "nonsense" cannot be read: ENOENT/,
    );
    expect(await readOrganisation(home)).to.deep.equal(before);
  });

  it("goes by its own clock", async () => {
    const { organisation } = await organisationOf("clock-ahead");
    const { now, output } = await organisation.invoke("Enable-PushNotificationProxy", {});
    expect(now.getUTCFullYear()).to.equal(2031);
    expect(((output[0] as { WhenCreated: Date }).WhenCreated as Date).getUTCFullYear()).to.equal(2031);
  });

  it("does not know a cmdlet that it has not", async () => {
    const { organisation } = await organisationOf();
    expect(await refusal(organisation, "Get-Mailbox", { Identity: "anna" })).to.deep.include({
      reason: "CommandNotFoundException",
      category: "ObjectNotFound",
      id: "CommandNotFoundException",
    });
  });

  it("keeps errors to itself under -ErrorAction SilentlyContinue", async () => {
    const { organisation } = await organisationOf();
    const { output, errors } = await organisation.invoke("Get-AuthServer", {
      Identity: "x",
      ErrorAction: "SilentlyContinue",
    });
    expect([output, errors]).to.deep.equal([[], []]);
  });

  it("writes each call down, without secrets and bytes", async () => {
    const { organisation, home } = await organisationOf();
    await organisation.invoke("Get-AuthConfig", {});
    const given = { FileData: Buffer.from("hunter2"), Password: new Secret("hunter2"), Server: "MBX2" };
    await organisation.invoke("Import-ExchangeCertificate", given);
    await organisation.invoke("Enable-PushNotificationProxy", { Organization: "contoso.example" });
    const journal = await readJournal(home);
    expect(journal.map(({ time: _, processId: __, ...entry }) => entry)).to.deep.equal([
      { cmdlet: "Get-AuthConfig", parameters: {}, outcome: "ok", changed: false },
      {
        cmdlet: "Import-ExchangeCertificate",
        parameters: { FileData: "[7 bytes]", Password: "[secret]", Server: "MBX2" },
        outcome: "InvalidOperationException",
        changed: false,
      },
      {
        cmdlet: "Enable-PushNotificationProxy",
        parameters: { Organization: "contoso.example" },
        outcome: "ok",
        changed: true,
      },
    ]);
    expect(journal[0]?.processId).to.equal(process.pid);
    expect(await readFile(path.join(home, "exchange.log"), "utf8")).not.to.contain("hunter2");
  });

  it("has no journal before the first call", async () => {
    expect(await readJournal(await emptyHome())).to.deep.equal([]);
  });

  for (const { title, text, why } of [
    { title: "is not JSON", text: "{ half", why: /it is not JSON/ },
    { title: "holds something else", text: "[]", why: /it is not an object/ },
    { title: "is of another version", text: '{"version":2}', why: /its version is 2, not 1/ },
    { title: "lacks a part", text: '{"version":1,"scenario":"s","clockOffset":0}', why: /"directory" is missing/ },
    {
      title: "holds a part of another type",
      text: '{"version":1,"scenario":"s","clockOffset":"0"}',
      why: /"clockOffset" is not a number/,
    },
    {
      title: "holds a certificate with a date of another type",
      text: JSON.stringify({
        version: 1,
        scenario: "s",
        clockOffset: 0,
        directory: { domain: "d", organization: "o", domainControllers: [] },
        sessionServer: "MBX1",
        certificatesAsOnServer: false,
        offers: [],
        servers: [
          {
            ...{
              ...OBJECT,
              name: "MBX1",
              fqdn: "f",
              domain: "d",
              role: "Mailbox",
              build: "b",
              site: "s",
              edition: "e",
            },
            reachable: true,
            certificates: [
              {
                ...{ thumbprint: "t", rawData: "r", privateKey: null, privateKeyExportable: false },
                ...{ friendlyName: "", services: [], subject: "", domains: [], subjectKeyIdentifier: "" },
                ...{ serialNumber: "", keySize: 2048, notBefore: {} },
              },
            ],
          },
        ],
      }),
      why: /"servers\[0\]\.certificates\[0\]\.notBefore" is not a string/,
    },
    {
      title: "has no server",
      text: JSON.stringify({
        version: 1,
        scenario: "s",
        clockOffset: 0,
        directory: { domain: "d", organization: "o", domainControllers: [] },
        sessionServer: "MBX1",
        certificatesAsOnServer: false,
        offers: [],
        servers: [],
        authConfig: {
          ...OBJECT,
          ...{ current: "", previous: "", next: "", nextEffectiveDate: null, serviceName: "s", realm: "" },
        },
        authServers: [],
        partnerApplications: [],
        hybridConfiguration: null,
        probeLoadSeconds: 2,
        pushNotificationApp: null,
        faults: [],
      }),
      why: /its key "sessionServer" names no server in it/,
    },
  ] as const) {
    it(`is refused and left untouched where its file ${title}`, async () => {
      const { organisation, home } = await organisationOf();
      const file = path.join(home, "exchange.json");
      await writeFile(file, text);
      const attempts = [
        () => organisation.invoke("Get-AuthConfig", {}),
        () => openOrganisation(home),
        () => readOrganisation(home),
      ];
      for (const attempt of attempts) {
        const error = await caught(attempt());
        expect(error).to.be.instanceOf(DamagedState);
        expect(error.message).to.match(why);
      }
      expect(await readFile(file, "utf8")).to.equal(text);
      expect(await readJournal(home)).to.deep.equal([]);
    });
  }

  it("keeps a damaged file aside when it is set up anew", async () => {
    const home = await emptyHome();
    await writeFile(path.join(home, "exchange.json"), "{ half");
    await resetOrganisation(home, await smallScenario());
    const aside = (await readdir(home)).filter((name) => name.startsWith("exchange.json.damaged-"));
    expect(aside).to.have.length(1);
    expect(await readFile(path.join(home, aside[0] as string), "utf8")).to.equal("{ half");
    expect((await readOrganisation(home)).directory.domain).to.equal("fabrikam.example");
  });

  it("gives a fault that ends the process to whoever runs it", async () => {
    const { organisation, home } = await organisationOf();
    await addFaults(home, [{ cmdlet: "*", when: "before", kind: "crash" }]);
    expect(await caught(organisation.invoke("Get-AuthConfig", {}))).to.be.instanceOf(ProcessFault);
    expect((await readOrganisation(home)).faults).to.deep.equal([]);
  });

  it("keeps what a cmdlet changed before an error that comes after it", async () => {
    const { organisation, home } = await organisationOf();
    await addFaults(home, [{ cmdlet: "Enable-PushNotificationProxy", when: "after", kind: "error" }]);
    expect((await refusal(organisation, "Enable-PushNotificationProxy")).reason).to.equal("TaskException");
    expect((await readOrganisation(home)).pushNotificationApp?.enabled).to.equal(true);
    expect((await readJournal(home)).map(({ outcome, changed }) => [outcome, changed])).to.deep.equal([
      ["TaskException", true],
    ]);
  });

  it("strikes calls for one server only where a fault says so", async () => {
    const { organisation, home } = await organisationOf();
    await addFaults(home, [{ cmdlet: "Get-ExchangeCertificate", server: "MBX2", when: "before", kind: "unreachable" }]);
    await ask(organisation, "Get-ExchangeCertificate", { Server: "MBX1" });
    const { reason, message } = await refusal(organisation, "Get-ExchangeCertificate", {
      server: "mbx2.corp.contoso.example",
    });
    expect([reason, message]).to.deep.equal([
      "RpcClientException",
      "The Microsoft Exchange service on server MBX2 can't be contacted: the RPC server is unavailable (0x800706BA).",
    ]);
  });

  it("refuses a fault of an unknown kind", async () => {
    const home = await makeHome();
    const error = await caught(addFaults(home, [{ cmdlet: "*", when: "before", kind: "explode" } as never]));
    expect(error.message).to.equal(
      `The fault is wrong: "kind" is "explode", not one of crash, killParent, delay, hang, garbage, throttle, unreachable, error.`,
    );
  });

  it("takes over the lock of a process that was killed while it held it", async () => {
    const { organisation, home } = await organisationOf();
    const lock = path.join(home, "exchange.json.lock");
    await mkdir(lock);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await ask(organisation, "Get-AuthConfig");
    expect(await readdir(home)).not.to.include("exchange.json.lock");
  });
});
