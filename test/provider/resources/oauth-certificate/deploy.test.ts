import { expect } from "chai";
import { InvalidInput, ProtocolError, TimedOut, Unreachable } from "../../../../provider/errors";
import type { Exchange } from "../../../../provider/exchange/exchange";
import type { Properties, Value } from "../../../../provider/powershell/protocol";
import { HalfMade } from "../../../../provider/resources/half-made";
import { lifecycle as operations } from "../../../../provider/resources/oauth-certificate/lifecycle";
import type { OAuthCertificateOutputs } from "../../../../provider/resources/oauth-certificate/outputs";
import { toPem } from "../../../../provider/x509/certificate";
import { failure, object } from "../../exchange/recording-session";
import { opened } from "../../opened";
import {
  authConfig,
  EXPIRED,
  followUp,
  NEXT,
  nameOf,
  ORGANISATION,
  OURS,
  organisation,
  SETUPS,
  WEAK,
  writes,
} from "./organisation";

const lifecycle = opened(operations);

const inputs = {
  subjectName: "CN=Microsoft Exchange Server Auth Certificate",
  friendlyName: "Exchange S2S OAuth",
  keySize: 2048,
};
const MAKE_AND_NAME = [
  "New-ExchangeCertificate MBX1",
  "Export-ExchangeCertificate MBX1",
  "Import-ExchangeCertificate MBX2",
  "Set-AuthConfig",
];
const REFUSED_EXPORT = ["Export-ExchangeCertificate MBX1", "Export-MachineCertificate MBX1.x"];
const refusedExport = failure("InvalidOperationException", "InvalidOperation", "ExportExchangeCertificate");
const refusedImport = failure("TaskException", "InvalidData", "ImportExchangeCertificate");

describe("deploying the certificate", () => {
  it("keeps a valid current one and writes nothing", async () => {
    const { session, exchange } = organisation({ current: SETUPS, servers: { MBX1: [SETUPS], MBX2: [SETUPS] } });
    expect(await lifecycle.create(exchange, inputs)).to.deep.equal({
      id: ORGANISATION,
      outputs: {
        ...inputs,
        organizationId: ORGANISATION,
        schemaVersion: 1,
        provenance: "found",
        repair: [],
        warnings: [],
        formerThumbprint: "",
        nextThumbprint: "",
        nextEffectiveDate: "",
        thumbprint: nameOf(SETUPS),
        serialNumber: "01",
        subjectKeyIdentifier: "",
        certificatePem: toPem(SETUPS),
        certificateDer: SETUPS.toString("base64"),
        notBefore: "2023-01-05T09:04:48Z",
        notAfter: "2049-01-05T09:04:48Z",
        subject: "CN=Microsoft Exchange Server Auth Certificate",
        servers: [
          { name: "MBX1", state: "present" },
          { name: "MBX2", state: "present" },
        ],
      },
    });
    expect(writes(session)).to.deep.equal([]);
  });

  it("makes one, copies it to every server and only then names it", async () => {
    const { session, exchange, named } = organisation({ current: EXPIRED, servers: { MBX1: [EXPIRED], MBX2: [] } });
    const { outputs } = await lifecycle.create(exchange, inputs);
    expect(writes(session)).to.deep.equal(MAKE_AND_NAME);
    expect(outputs).to.include({
      provenance: "here",
      thumbprint: nameOf(OURS),
      formerThumbprint: nameOf(EXPIRED),
    });
    expect(named.current).to.equal(nameOf(OURS));
    expect(session.parametersOf("New-ExchangeCertificate")[0]?.DomainName).to.deep.equal(["corp.contoso.example"]);
  });

  const replaced: { title: string; current: Buffer; certificates: Buffer[]; why: string }[] = [
    { title: "has expired", current: EXPIRED, certificates: [EXPIRED], why: "which expired on 2024-01-05" },
    {
      title: "is too weak",
      current: WEAK,
      certificates: [WEAK],
      why: "which has a key of 1024 bits (rsa), and RSA of 2048 bits or more is required",
    },
    { title: "is gone", current: SETUPS, certificates: [], why: "which is on no server with its key" },
  ];
  for (const { title, current, certificates, why } of replaced) {
    it(`warns that another one is named, where the current one ${title}`, async () => {
      const { exchange } = organisation({ current, servers: { MBX1: certificates } });
      const { outputs } = await lifecycle.create(exchange, inputs);
      expect(outputs.warnings.map(({ name, text }) => [name, text])).to.deep.equal([
        [
          "certificateChanged",
          `AuthConfig named the certificate ${nameOf(current)}, ${why}; it now names ${nameOf(OURS)}. What trusts the ` +
            "former one, such as SharePoint or Skype for Business, must learn the new one.",
        ],
        ["certificateFollowUp", followUp(["MBX1.x"], nameOf(OURS))],
      ]);
    });
  }

  it("warns of nothing where AuthConfig named none", async () => {
    const { exchange } = organisation({ servers: { MBX1: [] } });
    expect((await lifecycle.create(exchange, inputs)).outputs.warnings).to.deep.equal([]);
  });

  it("makes it for the domain that the program gives", async () => {
    const { session, exchange } = organisation({ servers: { MBX1: [] } });
    await lifecycle.create(exchange, { ...inputs, domainName: "contoso.example" });
    expect(session.parametersOf("New-ExchangeCertificate")[0]?.DomainName).to.deep.equal(["contoso.example"]);
  });

  it("uses what an interrupted create made, and makes no second one", async () => {
    const { session, exchange } = organisation({ current: EXPIRED, servers: { MBX1: [EXPIRED, OURS], MBX2: [] } });
    const { outputs } = await lifecycle.create(exchange, inputs);
    expect(writes(session)).to.deep.equal(MAKE_AND_NAME.slice(1));
    expect(outputs).to.include({ thumbprint: nameOf(OURS), provenance: "here" });
  });

  it("takes over what an interrupted create had named already, and knows the former one by AuthConfig", async () => {
    const { session, exchange, named } = organisation({ current: OURS, servers: { MBX1: [OURS, EXPIRED] } });
    named.previous = nameOf(EXPIRED);
    const { outputs } = await lifecycle.create(exchange, inputs);
    expect(outputs).to.include({ provenance: "here", formerThumbprint: nameOf(EXPIRED) });
    expect(writes(session)).to.deep.equal([]);
  });

  const notMadeAgain: { title: string; answer: ReturnType<typeof failure>; reason: string }[] = [
    { title: "is refused", answer: refusedExport, reason: "InvalidOperationException" },
    {
      title: "fails",
      answer: failure("LocalizedException", "NotSpecified", "ExportExchangeCertificate"),
      reason: "LocalizedException",
    },
  ];
  for (const { title, answer, reason } of notMadeAgain) {
    it(`makes one at most where its export ${title}, names it and the answer, and uses it at the next update`, async () => {
      const servers = { MBX1: [EXPIRED], MBX2: [EXPIRED] };
      const failing = organisation({ current: EXPIRED, servers, answers: { "Export-ExchangeCertificate": answer } });
      const { reasons }: HalfMade = await expect(lifecycle.create(failing.exchange, inputs)).to.be.rejectedWith(
        HalfMade,
      );
      expect(reasons).to.deep.equal([
        `Failed while copying the certificate ${nameOf(OURS)} to MBX2: MBX1 does not export its key: Exchange answered “Es geht nicht.” (${reason}); ` +
          "a certificate must be on every server before it is named. Correct what Exchange names, or name MBX2 in " +
          "`ignoreServers`, then run `pulumi up` again: it uses this certificate.",
        `The certificate ${nameOf(OURS)} stays on MBX1, and AuthConfig does not name it.`,
      ]);
      await expect(lifecycle.create(failing.exchange, inputs)).to.be.rejectedWith(Error);
      expect(writes(failing.session).filter((write) => write.startsWith("New-"))).to.have.length(1);
      const { session, exchange } = organisation({ current: EXPIRED, servers });
      await lifecycle.create(exchange, inputs);
      expect(writes(session)).to.deep.equal(MAKE_AND_NAME.slice(1));
    });
  }

  it("makes the next one where AuthConfig names ours, which Exchange then does not export", async () => {
    const { session, exchange, named } = organisation({
      current: EXPIRED,
      servers: { MBX1: [OURS, EXPIRED], MBX2: [EXPIRED] },
      answers: { "Export-ExchangeCertificate": [refusedExport, { output: [object({ FileData: NEXT })] }] },
    });
    named.previous = nameOf(OURS);
    const { outputs } = await lifecycle.create(exchange, inputs);
    expect(writes(session)).to.deep.equal([...REFUSED_EXPORT, ...MAKE_AND_NAME]);
    expect(outputs.thumbprint).to.equal(nameOf(NEXT));
  });

  it("makes no second one where the answer is another certificate than was asked for", async () => {
    const { session, exchange } = organisation({
      servers: { MBX1: [] },
      answers: { "New-ExchangeCertificate": { output: [object({ RawData: SETUPS })] } },
    });
    await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(Error);
    expect(writes(session)).to.deep.equal(["New-ExchangeCertificate MBX1"]);
  });

  it("does not take a valid one for gone that only an ignored server holds", async () => {
    const { session, exchange } = organisation({ current: SETUPS, servers: { MBX1: [], MBX2: [SETUPS] } });
    const { outputs } = await lifecycle.create(exchange, { ...inputs, ignoreServers: ["mbx2.X"] });
    expect(writes(session)).to.deep.equal([]);
    expect(outputs.warnings.map(({ name, text }) => [name, text])).to.deep.equal([
      [
        "missingOnServers",
        `AuthConfig's certificate ${nameOf(SETUPS)} is missing on MBX1, and cannot be copied: no server that counts holds its key as exportable. ` +
          "It is kept, since it is valid; copy it from a server's machine store and import it there.",
      ],
      [
        "ignoredServers",
        "`ignoreServers` passes over MBX2: no auth certificate is copied there. Without the one that AuthConfig names, a " +
          "server can neither sign nor check OAuth tokens.",
      ],
    ]);
  });

  it("goes on without an ignored server that grants this account no right, and that alone may hold it", async () => {
    const refused = failure("UnauthorizedAccessException", "PermissionDenied", "GetExchangeCertificate");
    const MBX1: Buffer[] = [];
    const { session, exchange } = organisation({
      current: SETUPS,
      servers: { MBX1, MBX2: [SETUPS] },
      answers: {
        "Get-ExchangeCertificate": ({ Server }) =>
          Server === "MBX2" ? refused : { output: MBX1.map((RawData) => object({ RawData })) },
      },
    });
    await lifecycle.create(exchange, { ...inputs, ignoreServers: ["MBX2"] });
    expect(writes(session)).to.deep.equal(["New-ExchangeCertificate MBX1", "Set-AuthConfig"]);
  });

  it("goes on without a server that is out of reach and ignored", async () => {
    const { session, exchange } = organisation({ current: EXPIRED, servers: { MBX1: [EXPIRED], MBX2: "unreachable" } });
    const { outputs } = await lifecycle.create(exchange, { ...inputs, ignoreServers: ["MBX2"] });
    expect(writes(session)).to.deep.equal(["New-ExchangeCertificate MBX1", "Set-AuthConfig"]);
    expect(outputs.warnings.map(({ name }) => name)).to.deep.equal([
      "certificateChanged",
      "certificateFollowUp",
      "ignoredServers",
    ]);
  });

  it("makes none where every server is ignored", async () => {
    const { session, exchange } = organisation({ current: EXPIRED, servers: { MBX1: "unreachable" } });
    const error: Error = await expect(
      lifecycle.create(exchange, { ...inputs, ignoreServers: ["MBX1"] }),
    ).to.be.rejectedWith(Error);
    expect(error.message).to.equal(
      "Failed while creating a certificate: Get-ExchangeServer lists no server that counts: version 15 or later, not Edge, " +
        "not ignored (`ignoreServers` passes over MBX1). Check that the connection leads to an organisation with a Mailbox server, and what " +
        "`ignoreServers` names.",
    );
    expect(writes(session)).to.deep.equal([]);
  });

  it("stops before anything is made where a server cannot be asked, and names it", async () => {
    const { session, exchange } = organisation({ current: EXPIRED, servers: { MBX1: [EXPIRED], MBX2: "unreachable" } });
    const error: Unreachable = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(Unreachable);
    expect(error.message).to.equal(
      "Failed while deciding which certificate AuthConfig is to name: MBX2 could not be asked: Exchange " +
        "answered “Es geht nicht.” (RpcClientException); a certificate must be on every server before it is " +
        "named. Correct that, or list the servers in `ignoreServers`, then run `pulumi up` again.",
    );
    expect(writes(session)).to.deep.equal([]);
  });

  const cannotBeRead: [string, Properties][] = [
    ["and cannot be read", { RawData: null, Thumbprint: nameOf(SETUPS) }],
    ["in part, whose hash is no thumbprint", { RawData: SETUPS.subarray(0, 300) }],
  ];
  for (const [what, properties] of cannotBeRead)
    it(`stops where the one that AuthConfig names is there ${what}: it may be valid`, async () => {
      const { session, exchange } = organisation({
        current: SETUPS,
        servers: { MBX1: [] },
        answers: { "Get-ExchangeCertificate": { output: [object(properties)] } },
      });
      const error: Unreachable = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(Unreachable);
      expect(error.message).to.equal(
        "Failed while deciding which certificate AuthConfig is to name: MBX1 could not be asked: it lists a " +
          `certificate that cannot be read, and AuthConfig's ${nameOf(SETUPS)} may be that one; a certificate ` +
          "must be on every server before it is named. Correct that, or list the servers in `ignoreServers`, " +
          "then run `pulumi up` again.",
      );
      expect(writes(session)).to.deep.equal([]);
    });

  it("tries again where an import succeeded and left nothing", async () => {
    const servers = { MBX1: [EXPIRED], MBX2: [] };
    const lost = organisation({ current: EXPIRED, servers, answers: { "Import-ExchangeCertificate": {} } });
    const { outputs } = await lifecycle.create(lost.exchange, inputs);
    expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
    const { session, exchange } = organisation({ current: OURS, servers });
    expect(await lifecycle.update(exchange, outputs, inputs)).to.deep.include({ repair: [] });
    expect(writes(session)).to.deep.equal(["Export-ExchangeCertificate MBX1", "Import-ExchangeCertificate MBX2"]);
  });

  it("keeps what it made where a server does not take it: half made, not named, with what is missing", async () => {
    const { session, exchange } = organisation({
      current: EXPIRED,
      servers: { MBX1: [EXPIRED], MBX2: [] },
      answers: { "Import-ExchangeCertificate": refusedImport },
    });
    const error: HalfMade = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(HalfMade);
    const message =
      `Failed while copying the certificate ${nameOf(OURS)} to MBX2: MBX2: Exchange answered “Es geht nicht.” (TaskException); a certificate must be on every server before it is named. ` +
      "Correct what Exchange names, or name MBX2 in `ignoreServers`, then run `pulumi up` again: it uses this certificate.";
    const left = `The certificate ${nameOf(OURS)} stays on MBX1, and AuthConfig does not name it.`;
    const { id, outputs, reasons } = error as HalfMade;
    expect({ id, reasons }).to.deep.equal({ id: ORGANISATION, reasons: [message, left] });
    expect(outputs).to.deep.include({
      thumbprint: nameOf(OURS),
      provenance: "here",
      repair: ["not named by AuthConfig", "missing on MBX2"],
      warnings: [],
    });
    expect(writes(session)).not.to.include("Set-AuthConfig");
  });

  it("keeps what an earlier try made, too, where a server still does not take it: a destroy then knows of it", async () => {
    const { session, exchange } = organisation({
      current: EXPIRED,
      servers: { MBX1: [EXPIRED, OURS], MBX2: [] },
      answers: { "Import-ExchangeCertificate": refusedImport },
    });
    const error: HalfMade = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(HalfMade);
    expect(error.outputs).to.deep.include({
      thumbprint: nameOf(OURS),
      provenance: "here",
      repair: ["not named by AuthConfig", "missing on MBX2"],
    });
    expect(writes(session)).to.deep.equal(["Export-ExchangeCertificate MBX1", "Import-ExchangeCertificate MBX2"]);
  });

  it("completes what is half made, and only then forgets the warning that it changed", async () => {
    const servers = { MBX1: [EXPIRED], MBX2: [EXPIRED] };
    const answers = { "Import-ExchangeCertificate": refusedImport };
    const before = organisation({ current: EXPIRED, servers });
    const { outputs: expired } = await lifecycle
      .read(before.exchange, ORGANISATION, {})
      .then((read) => read ?? expect.fail("AuthConfig names one"));
    const failing = organisation({ current: EXPIRED, servers, answers });
    const half: HalfMade = await expect(lifecycle.update(failing.exchange, expired, inputs)).to.be.rejectedWith(
      HalfMade,
    );
    const changed = [`from ${nameOf(EXPIRED)} to ${nameOf(OURS)}`];
    const changes = (of: { warnings: { name: string; text: string }[] }) =>
      of.warnings
        .filter(({ name }) => name === "certificateChanged")
        .map(({ text }) => /from \S+ to [0-9A-F]+/.exec(text)?.[0]);
    expect(changes(half.outputs)).to.deep.equal(changed);

    const { exchange } = organisation({ current: EXPIRED, servers });
    const refreshed = await lifecycle.read(exchange, ORGANISATION, half.outputs);
    expect(refreshed?.outputs.repair).to.deep.equal(["not named by AuthConfig", "missing on MBX2"]);
    const completed = await lifecycle.update(exchange, refreshed?.outputs ?? expired, inputs);
    expect(completed).to.deep.include({ repair: [], thumbprint: nameOf(OURS), formerThumbprint: nameOf(EXPIRED) });
    expect(changes(completed)).to.deep.equal(changed);
    expect(changes(await lifecycle.update(exchange, completed, inputs))).to.deep.equal([]);
  });

  it("still warns of what it named where the answer was lost: nothing has learned of it yet", async () => {
    const begin = { current: EXPIRED, servers: { MBX1: [EXPIRED] } };
    const { outputs: expired } =
      (await lifecycle.read(organisation(begin).exchange, ORGANISATION, {})) ?? expect.fail("AuthConfig names one");
    const lost = new TimedOut({ doing: "a", answer: "b", next: "c", outcomeUnknown: true });
    const rows: [(exchange: Exchange) => unknown, string][] = [
      [(exchange) => lifecycle.create(exchange, inputs), `${nameOf(EXPIRED)}, which expired on 2024-01-05`],
      [(exchange) => lifecycle.update(exchange, expired, inputs), `changed from ${nameOf(EXPIRED)} to ${nameOf(OURS)}`],
    ];
    for (const [work, text] of rows) {
      const made = organisation({
        current: EXPIRED,
        servers: { MBX1: [EXPIRED, OURS] },
        answers: {
          "Set-AuthConfig": () => {
            Object.assign(made.named, { previous: nameOf(EXPIRED), current: nameOf(OURS) });
            return lost;
          },
        },
      });
      const { outputs }: HalfMade = await expect(Promise.resolve(work(made.exchange))).to.be.rejectedWith(HalfMade);
      expect(outputs.repair).to.deep.equal(["naming it in AuthConfig was not confirmed"]);
      const after = await lifecycle.update(made.exchange, outputs as OAuthCertificateOutputs, inputs);
      expect(after).to.deep.include({ repair: [], thumbprint: nameOf(OURS), formerThumbprint: nameOf(EXPIRED) });
      expect(after.warnings.map((warning) => warning.name)).to.deep.equal([
        "certificateChanged",
        "certificateFollowUp",
      ]);
      expect(after.warnings[0]?.text).to.include(text);
    }
  });

  it("does not name its own where somebody has meanwhile named a valid one", async () => {
    const config = (CurrentCertificateThumbprint: string) => ({
      output: [authConfig({ CurrentCertificateThumbprint })],
    });
    const { session, exchange } = organisation({
      servers: { MBX1: [OURS, SETUPS] },
      answers: { "Get-AuthConfig": [config(""), config(nameOf(SETUPS))] },
    });
    const { outputs } = await lifecycle.create(exchange, inputs);
    expect(outputs.thumbprint).to.equal(nameOf(SETUPS));
    expect(writes(session)).to.deep.equal([]);
  });

  it("does not take a name that did not stick for success", async () => {
    const { exchange } = organisation({ servers: { MBX1: [OURS] }, answers: { "Set-AuthConfig": {} } });
    const error: HalfMade = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(HalfMade);
    expect(error.cause).to.be.instanceOf(ProtocolError);
    expect(error.outputs.repair).to.deep.equal(["not named by AuthConfig"]);
    expect(error.message).to.equal(
      `Failed while checking that AuthConfig names the certificate ${nameOf(OURS)}: Set-AuthConfig ` +
        "succeeded, but AuthConfig names none. Check the replication between domain controllers, then run " +
        `\`pulumi up\` again.; The certificate ${nameOf(OURS)} stays on MBX1, and AuthConfig does not name it.`,
    );
  });

  describe("where another one is staged in AuthConfig and the current one has expired", () => {
    const staged = { current: EXPIRED, next: SETUPS, nextEffectiveDate: new Date("2026-11-24T22:00:00Z") };

    it("publishes that one and makes none; there is nothing to take back", async () => {
      const servers = { MBX1: [EXPIRED, SETUPS], MBX2: [EXPIRED, SETUPS] };
      const { session, exchange, named } = organisation({ ...staged, servers });
      const { outputs } = await lifecycle.create(exchange, inputs);
      expect(session.parametersOf("Set-AuthConfig")).to.deep.equal([
        { PublishCertificate: true, Force: true, Confirm: false },
      ]);
      expect(writes(session)).to.deep.equal(["Set-AuthConfig"]);
      expect(named).to.deep.equal({ current: nameOf(SETUPS), previous: nameOf(EXPIRED), next: "" });
      expect(outputs).to.include({
        thumbprint: nameOf(SETUPS),
        provenance: "found",
        formerThumbprint: "",
        nextThumbprint: "",
        nextEffectiveDate: "",
      });
      expect(outputs.repair).to.deep.equal([]);
      expect(outputs.warnings.map(({ text }) => text)).to.deep.equal([
        `AuthConfig named the certificate ${nameOf(EXPIRED)}, which expired on 2024-01-05; it now names ${nameOf(SETUPS)}, ` +
          "which was staged as its next one. What trusts the former one, such as SharePoint or Skype for Business, must " +
          "learn the new one.",
        followUp(["MBX1.x", "MBX2.x"], nameOf(SETUPS)),
      ]);
    });

    it("copies it to a server that lacks it, first", async () => {
      const { session, exchange } = organisation({ ...staged, servers: { MBX1: [EXPIRED], MBX2: [EXPIRED, SETUPS] } });
      const { outputs } = await lifecycle.create(exchange, inputs);
      expect(writes(session)).to.deep.equal([
        "Export-ExchangeCertificate MBX2",
        "Import-ExchangeCertificate MBX1",
        "Set-AuthConfig",
      ]);
      expect(outputs.servers.map(({ state }) => state)).to.deep.equal(["present", "present"]);
    });

    it("looks again where it is no longer staged when it is to be published", async () => {
      const config = (changes: Record<string, Value>) => ({ output: [authConfig(changes)] });
      const { session, exchange } = organisation({
        servers: { MBX1: [SETUPS, NEXT] },
        answers: {
          "Get-AuthConfig": [
            config({ NextCertificateThumbprint: nameOf(NEXT) }),
            config({ NextCertificateThumbprint: "" }),
            config({ CurrentCertificateThumbprint: nameOf(SETUPS) }),
          ],
        },
      });
      expect((await lifecycle.create(exchange, inputs)).outputs.thumbprint).to.equal(nameOf(SETUPS));
      expect(writes(session)).to.deep.equal([]);
    });
  });

  const malformed: [string, Value | undefined][] = [
    ["is absent", undefined],
    ["is a number", 5],
    ["is a list", [nameOf(SETUPS)]],
    ["is no thumbprint", "see below"],
  ];
  for (const [title, thumbprint] of malformed) {
    for (const name of ["CurrentCertificateThumbprint", "NextCertificateThumbprint", "PreviousCertificateThumbprint"]) {
      it(`writes nothing where ${name} ${title}: it may name a working certificate`, async () => {
        const { [name]: _, ...rest } = authConfig({});
        const shown = object(thumbprint === undefined ? rest : { ...rest, [name]: thumbprint });
        const { session, exchange } = organisation({
          servers: { MBX1: [SETUPS] },
          answers: { "Get-AuthConfig": { output: [shown] } },
        });
        await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(ProtocolError);
        expect(session.cmdlets).to.deep.equal(["Get-AuthConfig"]);
      });
    }
  }

  it("writes nothing where a server lists what is no object", async () => {
    const { session, exchange } = organisation({
      current: SETUPS,
      servers: { MBX1: [SETUPS] },
      answers: { "Get-ExchangeCertificate": { output: ["a text"] } },
    });
    await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(ProtocolError);
    expect(writes(session)).to.deep.equal([]);
  });

  it("makes no second one where the first is not listed with its identifier", async () => {
    const { session, exchange } = organisation({
      servers: { MBX1: [] },
      answers: { "New-ExchangeCertificate": { output: [object({ RawData: OURS })] } },
    });
    const error: HalfMade = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(HalfMade);
    expect(error.cause).to.be.instanceOf(ProtocolError);
    expect(error.message).to.equal(
      `Failed while looking for the certificate ${nameOf(OURS)}, which was just created: ` +
        "Get-ExchangeCertificate does not list it with the SubjectKeyIdentifier that was asked for. Check " +
        "the certificates of that server before you run `pulumi up` again, which would create another one.",
    );
    expect(writes(session)).to.deep.equal(["New-ExchangeCertificate MBX1"]);
  });

  it("has nowhere to make one without a server", async () => {
    const error: InvalidInput = await expect(
      lifecycle.create(organisation({ servers: {} }).exchange, inputs),
    ).to.be.rejectedWith(InvalidInput);
    expect(error.message).to.equal(
      "Failed while creating a certificate: Get-ExchangeServer lists no server that counts: version 15 or later, not Edge, not ignored. " +
        "Check that the connection leads to an organisation with a Mailbox server, and what `ignoreServers` names.",
    );
  });

  describe("where some servers lack the valid current one", () => {
    it("copies it there", async () => {
      const { session, exchange } = organisation({ current: SETUPS, servers: { MBX1: [], MBX2: [SETUPS] } });
      const { outputs } = await lifecycle.create(exchange, inputs);
      expect(writes(session)).to.deep.equal(["Export-ExchangeCertificate MBX2", "Import-ExchangeCertificate MBX1"]);
      expect(outputs.servers.map(({ state }) => state)).to.deep.equal(["present", "present"]);
      expect(outputs.warnings).to.deep.equal([]);
    });

    const failures: { title: string; answers: Record<string, ReturnType<typeof failure>>; reason: string }[] = [
      {
        title: "Exchange does not export its key",
        answers: { "Export-ExchangeCertificate": refusedExport },
        reason: "MBX1 does not export its key: Exchange answered “Es geht nicht.” (InvalidOperationException)",
      },
      {
        title: "a server does not take it",
        answers: { "Import-ExchangeCertificate": refusedImport },
        reason: "Exchange answered “Es geht nicht.” (TaskException)",
      },
    ];
    for (const { title, answers, reason } of failures) {
      it(`keeps it, warns and succeeds although ${title}`, async () => {
        const servers = { MBX1: [SETUPS], MBX2: [] };
        const { exchange } = organisation({ current: SETUPS, servers, answers });
        const { outputs } = await lifecycle.create(exchange, inputs);
        expect(outputs).to.deep.include({
          thumbprint: nameOf(SETUPS),
          repair: ["missing on MBX2"],
          warnings: [
            {
              name: "missingOnServers",
              text:
                `AuthConfig's certificate ${nameOf(SETUPS)} is missing on MBX2, and cannot be copied: ${reason}. ` +
                "It is kept, since it is valid; copy it from a server's machine store and import it there.",
              link: "https://support.microsoft.com/help/5069337",
            },
          ],
        });
      });
    }

    it("copies it to the others where one does not take it, and to that one at the next update", async () => {
      const servers = { MBX1: [SETUPS], MBX2: [], MBX3: [] };
      const took = ({ FileData }: { FileData?: unknown }) => {
        (servers.MBX3 as Buffer[]).push(FileData as Buffer);
        return {};
      };
      const answers = { "Import-ExchangeCertificate": [refusedImport, took] };
      const failing = organisation({ current: SETUPS, servers, answers });
      const { outputs } = await lifecycle.create(failing.exchange, inputs);
      expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
      const { exchange } = organisation({ current: SETUPS, servers });
      const refreshed = await lifecycle.read(exchange, ORGANISATION, outputs);
      expect(refreshed?.outputs).to.deep.include({ repair: ["missing on MBX2"], warnings: outputs.warnings });
      expect(await lifecycle.update(exchange, outputs, inputs)).to.deep.include({ repair: [], warnings: [] });
    });

    it("believes that the key may not leave when Exchange says so the second time, and not where our shell can have it", async () => {
      const beginning = { current: SETUPS, servers: { MBX1: [SETUPS], MBX2: [] } };
      const answers = {
        "Export-ExchangeCertificate": refusedExport,
        "Get-ExSetupVersion": failure("NotOnServerException", "InvalidOperation", "X"),
      };
      const { exchange } = organisation({ ...beginning, answers });
      const { outputs } = await lifecycle.create(exchange, inputs);
      expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
      const refreshed = await lifecycle.read(exchange, ORGANISATION, outputs);
      const settled = await lifecycle.update(exchange, refreshed?.outputs ?? outputs, inputs);
      expect(settled.repair).to.deep.equal([]);
      expect((await lifecycle.read(exchange, ORGANISATION, settled))?.outputs.repair).to.deep.equal([]);
      const onServer = organisation({ ...beginning, answers: { "Get-ExSetupVersion": {} } });
      expect((await lifecycle.read(onServer.exchange, ORGANISATION, settled))?.outputs.repair).to.deep.equal([
        "missing on MBX2",
      ]);
    });

    it("does not believe the first refusal because something else went wrong before it", async () => {
      const beginning = { current: SETUPS, servers: { MBX1: [SETUPS], MBX2: [] } };
      const failed = organisation({ ...beginning, answers: { "Import-ExchangeCertificate": refusedImport } });
      const { outputs } = await lifecycle.create(failed.exchange, inputs);
      expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
      const { exchange } = organisation({ ...beginning, answers: { "Export-ExchangeCertificate": refusedExport } });
      const refused = await lifecycle.update(exchange, outputs, inputs);
      expect(refused.repair).to.deep.equal(["missing on MBX2"]);
      expect((await lifecycle.update(exchange, refused, inputs)).repair).to.deep.equal([]);
    });

    it("advises to remove it first where a server lists it without its key", async () => {
      const entry = (HasPrivateKey: boolean) => ({ output: [object({ RawData: SETUPS, HasPrivateKey })] });
      const { exchange } = organisation({
        current: SETUPS,
        servers: { MBX1: [SETUPS], MBX2: [SETUPS] },
        answers: {
          "Get-ExchangeCertificate": ({ Server }) => entry(Server === "MBX1"),
          "Import-ExchangeCertificate": failure("InvalidOperationException", "NotSpecified", "X"),
        },
      });
      const { outputs } = await lifecycle.create(exchange, inputs);
      expect(outputs.warnings[0]?.text).to.equal(
        `AuthConfig's certificate ${nameOf(SETUPS)} is missing on MBX2, and cannot be copied: Exchange answered “Es geht nicht.” (InvalidOperationException). ` +
          "It is kept, since it is valid; MBX2 lists it without its key: remove it there first " +
          "(Remove-ExchangeCertificate), then run `pulumi up` again.",
      );
    });

    it("keeps it and warns where a server cannot be asked", async () => {
      const { session, exchange } = organisation({ current: SETUPS, servers: { MBX1: [SETUPS], MBX2: "unreachable" } });
      const { outputs } = await lifecycle.create(exchange, inputs);
      expect(writes(session)).to.deep.equal([]);
      expect(outputs.warnings.map(({ name, text }) => ({ name, text }))).to.deep.equal([
        {
          name: "unreachableServers",
          text: `Whether MBX2 holds the certificate ${nameOf(SETUPS)} is not known: it could not be asked: Exchange answered “Es geht nicht.” (RpcClientException).`,
        },
      ]);
    });
  });
});
