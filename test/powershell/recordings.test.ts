import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";
import { getAuthConfig, namedCertificates } from "../../provider/exchange/auth-config";
import { getCertificates } from "../../provider/exchange/certificates";
import { ExchangeClient } from "../../provider/exchange/client";
import { getHybrid } from "../../provider/exchange/hybrid";
import { getPartnerApplications } from "../../provider/exchange/partner-applications";
import { getExchangeServers } from "../../provider/exchange/servers";
import type { Properties } from "../../provider/powershell/protocol";
import { mint } from "../../sandbox/exchange/x509";
import { RecordingSession } from "../provider/exchange/recording-session";
import { moduleOf, ShellSession } from "./sessions";
import { misshapen, NOUNS } from "./shapes";

const MADE_UP = path.join(__dirname, "recordings");
const REAL = process.env.EXCHANGE_RECORDINGS;

/** The package's own readers, which refuse what they cannot read, by the noun of their cmdlet. */
const READERS: Record<string, (client: ExchangeClient) => Promise<unknown>> = {
  AuthConfig: async (client) => namedCertificates(await getAuthConfig(client)),
  ExchangeCertificate: (client) => getCertificates(client, "MBX1"),
  ExchangeServer: (client) => getExchangeServers(client, []),
  HybridConfiguration: getHybrid,
  PartnerApplication: getPartnerApplications,
};

describe("objects as Exchange's session delivers them, through the bridge", () => {
  const session = new ShellSession();
  before(function () {
    session.open(this, moduleOf("recorded"));
  });
  after(() => session.close());

  async function objectsIn(file: string): Promise<Properties[]> {
    const { output, errors } = await session.invoke("Get-AuthConfig", { DomainController: file });
    expect(errors).to.deep.equal([]);
    return output as Properties[];
  }

  /** Reads the objects of a file as the package does. */
  async function readAll(file: string): Promise<void> {
    const noun = Object.keys(READERS).find((name) => file.includes(name));
    if (noun === undefined) return;
    const session = new RecordingSession({ [`Get-${noun}`]: { output: await objectsIn(file) } });
    await READERS[noun]?.(new ExchangeClient(session, { timeoutSeconds: 300 }, {}));
    expect(session.cmdlets).to.deep.equal([`Get-${noun}`]);
  }

  for (const file of readdirSync(MADE_UP)) {
    it(`are refused in nothing by the package's own readers: ${file}, made up`, () =>
      readAll(path.join(MADE_UP, file)));

    it(`have the recorded shapes: ${file}, made up`, async () => {
      const [object] = await objectsIn(path.join(MADE_UP, file));
      expect(misshapen(object as Properties, NOUNS[path.basename(file, ".xml")] ?? {})).to.deep.equal([]);
    });
  }

  it("name enumerations, versions and directory names as text, dates in UTC, and unset values as null", async () => {
    const [server] = await objectsIn(path.join(MADE_UP, "ExchangeServer.xml"));
    expect(server).to.include({
      Edition: "StandardEvaluation",
      ServerRole: "Mailbox",
      AdminDisplayVersion: "Version 15.2 (Build 2562.17)",
      Site: "contoso.example/Configuration/Sites/Berlin",
      ObjectState: "Unchanged",
      OrganizationId: "",
      MitigationsEnabled: null,
      Guid: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    });
    expect(server?.WhenChanged).to.deep.equal(new Date("2026-01-02T03:04:05Z"));
    expect(server?.CurrentDomainControllers).to.deep.equal(["dc1.contoso.example", "dc2.contoso.example"]);
    expect(server?.StaticDomainControllers).to.deep.equal([]);
  });

  it("give of a certificate the bytes alone, which PowerShell has made a certificate of", async () => {
    const minted = await mint({
      subject: [{ type: "CN", value: "MBX1" }],
      domains: [],
      keySize: 2048,
      subjectKeyIdentifier: "",
      notBefore: new Date("2026-01-02T03:04:05Z"),
      notAfter: new Date("2031-01-02T03:04:05Z"),
      maker: "exchange",
    });
    const folder = mkdtempSync(path.join(os.tmpdir(), "recorded-"));
    try {
      const file = path.join(folder, "certificate.xml");
      writeFileSync(file, certificateXml(minted.rawData));
      expect(await objectsIn(file)).to.deep.equal([bag({ RawData: Buffer.from(minted.rawData, "base64") })]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  if (REAL) {
    for (const file of readdirSync(REAL).filter((name) => name.endsWith(".xml"))) {
      it(`are refused in nothing by the package's own readers: ${file}, recorded on a server`, () =>
        readAll(path.join(REAL, file)));

      it(`have the recorded shapes: ${file}, recorded on a server`, async () => {
        const objects = await objectsIn(path.join(REAL, file));
        const noun = Object.keys(NOUNS).find((name) => file.includes(name)) ?? "";
        expect(objects).to.not.be.empty;
        expect(objects.flatMap((object) => misshapen(object, NOUNS[noun] ?? { [noun]: "text" }))).to.deep.equal([]);
      });
    }
  } else {
    it.skip("have the recorded shapes: EXCHANGE_RECORDINGS names no folder of recordings", () => undefined);
  }
});

/** As Export-Clixml writes what a session to Exchange delivers. */
function certificateXml(rawData: string): string {
  const types = [
    "Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate",
    "System.Security.Cryptography.X509Certificates.X509Certificate2",
    "System.Security.Cryptography.X509Certificates.X509Certificate",
    "System.Object",
  ].map((type) => `<T>${type}</T>`);
  return (
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0">' +
    `<TN RefId="0">${types.join("")}</TN><Props><BA N="RawData">${rawData}</BA></Props></Obj></Objs>`
  );
}

function bag(properties: Properties): Properties {
  return Object.assign(Object.create(null), properties);
}
