import { expect } from "chai";
import { ConnectionLost, Unauthorised, WrongOrganization } from "../../../../provider/errors";
import type { Exchange } from "../../../../provider/exchange/exchange";
import type { HalfMade } from "../../../../provider/resources/half-made";
import { lifecycle as operations } from "../../../../provider/resources/oauth-certificate/lifecycle";
import type { OAuthCertificateOutputs } from "../../../../provider/resources/oauth-certificate/outputs";
import { failure, object } from "../../exchange/recording-session";
import { opened } from "../../opened";
import { printed } from "../../printed";
import { certificateDer } from "../../x509/certificate-der";
import {
  type Beginning,
  EXPIRED,
  followUp,
  NEXT,
  nameOf,
  ORGANISATION,
  OURS,
  organisation,
  SETUPS,
  writes,
} from "./organisation";

const lifecycle = opened(operations);

const inputs = { subjectName: "CN=x", friendlyName: "x", keySize: 2048 };

/** What the state holds after a deployment to this organisation. */
async function deployed(beginning: Beginning): Promise<OAuthCertificateOutputs> {
  return (await lifecycle.create(organisation(beginning).exchange, inputs)).outputs;
}

describe("the certificate's lifecycle", () => {
  it("looks the current one up by the organisation's Guid in any case", async () => {
    const { session, exchange } = organisation({ current: SETUPS, servers: { MBX1: [SETUPS] } });
    const read = await lifecycle.read(exchange, ORGANISATION.toUpperCase(), {});
    expect(read?.outputs).to.include({ thumbprint: nameOf(SETUPS), organizationId: ORGANISATION });
    expect(writes(session)).to.deep.equal([]);
  });

  it("has what it read of a server that did not answer among its warnings", async () => {
    const { exchange } = organisation({ current: SETUPS, servers: { MBX1: [SETUPS], MBX2: "unreachable" } });
    const read = await lifecycle.read(exchange, ORGANISATION, {});
    expect(read?.outputs.repair).to.deep.equal([]);
    expect(read?.outputs.warnings.map(({ name }) => name)).to.deep.equal(["unreachableServers"]);
  });

  const ENDING = certificateDer({ serial: "04", notAfter: "261225090448Z" });
  const refusal = failure("TaskException", "InvalidData", "ImportExchangeCertificate");
  const settled: [string, Beginning][] = [
    ["kept one", { current: ENDING, next: SETUPS, servers: { MBX1: [ENDING, SETUPS], MBX2: "unreachable", MBX3: [] } }],
    [
      "one that is half made",
      {
        current: EXPIRED,
        servers: { MBX1: [EXPIRED], MBX2: [EXPIRED], MBX3: [] },
        answers: { "Import-ExchangeCertificate": refusal },
      },
    ],
  ];
  for (const [title, beginning] of settled) {
    it(`finds no drift in a read behind the create of ${title}, whatever there is to warn of`, async () => {
      const { exchange } = organisation(beginning);
      const create = lifecycle.create(exchange, { ...inputs, ignoreServers: ["MBX3", "GONE"] });
      const { outputs } = (await create.catch((error: unknown) => error)) as HalfMade & {
        outputs: OAuthCertificateOutputs;
      };
      expect(outputs.warnings.map(({ name }) => name).slice(-2)).to.deep.equal(["ignoredServers", "ignoredServers"]);
      const read = await lifecycle.read(exchange, ORGANISATION, outputs);
      expect(JSON.parse(JSON.stringify(read?.outputs))).to.deep.equal(JSON.parse(JSON.stringify(outputs)));
    });
  }

  it("does not take a lost connection for a server that could not be asked", async () => {
    const lost = new ConnectionLost({ doing: "a", answer: "b", next: "c", outcomeUnknown: false });
    const { exchange } = organisation({
      current: SETUPS,
      servers: { MBX1: [SETUPS] },
      answers: { "Get-ExchangeCertificate": lost },
    });
    await expect(lifecycle.read(exchange, ORGANISATION, {})).to.be.rejectedWith(lost);
  });

  it("stops where no server grants the right to list certificates, and not where one does", async () => {
    const refused = failure("UnauthorizedAccessException", "PermissionDenied", "GetExchangeCertificate");
    const asked = (answer: (server: unknown) => typeof refused) =>
      lifecycle.read(
        organisation({
          current: SETUPS,
          servers: { MBX1: [], MBX2: [] },
          answers: { "Get-ExchangeCertificate": ({ Server }) => answer(Server) },
        }).exchange,
        ORGANISATION,
        {},
      );
    await expect(asked(() => refused)).to.be.rejectedWith(Unauthorised);
    const listed = { output: [object({ RawData: SETUPS })] };
    const read = await asked((server) => (server === "MBX1" ? listed : refused) as typeof refused);
    expect(read?.outputs.servers.map(({ state }) => state)).to.deep.equal(["present", "unreachable"]);
  });

  describe("destroys", () => {
    async function destroyed(outputs: OAuthCertificateOutputs, beginning: Beginning) {
      const { session, exchange, named, servers } = organisation(beginning);
      const lines = await printed(() => lifecycle.delete(exchange, outputs));
      return { session, lines, named, servers };
    }

    it("nothing of what was there before", async () => {
      const beginning = { current: SETUPS, servers: { MBX1: [SETUPS] } };
      const { session, lines } = await destroyed(await deployed(beginning), beginning);
      expect(writes(session)).to.deep.equal([]);
      expect(lines).to.deep.equal([]);
    });

    it("nothing of what was there before, without a word, where a server cannot be asked", async () => {
      const beginning: Beginning = { current: SETUPS, servers: { MBX1: [SETUPS], MBX2: "unreachable" } };
      const { session, lines } = await destroyed(await deployed(beginning), beginning);
      expect(writes(session)).to.deep.equal([]);
      expect(lines).to.deep.equal([]);
    });

    it("what was made here although a refresh has since seen that AuthConfig names another one", async () => {
      const outputs = await deployed({ servers: { MBX1: [] } });
      const servers = { MBX1: [OURS, SETUPS], MBX2: [SETUPS] };
      const { exchange } = organisation({ current: SETUPS, servers });
      const read = await lifecycle.read(exchange, ORGANISATION, outputs);
      expect(read?.outputs).to.include({ thumbprint: nameOf(SETUPS), provenance: "found" });
      const { session } = await destroyed(read?.outputs as OAuthCertificateOutputs, { current: SETUPS, servers });
      expect(writes(session)).to.deep.equal(["Remove-ExchangeCertificate MBX1"]);
      expect(servers).to.deep.equal({ MBX1: [SETUPS], MBX2: [SETUPS] });
    });

    it("every one that was made here, and says of each that AuthConfig names that it stays", async () => {
      const outputs = await deployed({ servers: { MBX1: [] } });
      const beginning = { current: NEXT, servers: { MBX1: [OURS, NEXT, SETUPS] } };
      const { session, lines, servers } = await destroyed(outputs, beginning);
      expect(writes(session)).to.deep.equal(["Remove-ExchangeCertificate MBX1"]);
      expect(servers).to.deep.equal({ MBX1: [NEXT, SETUPS] });
      expect(lines).to.deep.equal([
        `The certificate ${nameOf(NEXT)} stays on the servers: AuthConfig names it as its current one.`,
      ]);
    });

    it("nothing that AuthConfig names, and says so", async () => {
      const outputs = await deployed({ servers: { MBX1: [] } });
      const { session, lines } = await destroyed(outputs, { current: OURS, servers: { MBX1: [OURS] } });
      expect(writes(session)).to.deep.equal([]);
      expect(lines).to.deep.equal([
        `The certificate ${nameOf(OURS)} stays on the servers: AuthConfig names it as its current one.`,
      ]);
    });

    it("what was made here from every server that holds it, once AuthConfig names another one", async () => {
      const outputs = await deployed({ servers: { MBX1: [], MBX2: [] } });
      const servers = { MBX1: [SETUPS, OURS], MBX2: [OURS, SETUPS], MBX3: [SETUPS] };
      const { session, lines } = await destroyed(outputs, { current: SETUPS, servers });
      expect(writes(session)).to.deep.equal(["Remove-ExchangeCertificate MBX1", "Remove-ExchangeCertificate MBX2"]);
      expect(servers).to.deep.equal({ MBX1: [SETUPS], MBX2: [SETUPS], MBX3: [SETUPS] });
      expect(lines).to.deep.equal([]);
    });

    it("what was made here where its key is known to be gone, too", async () => {
      const outputs = await deployed({ servers: { MBX1: [] } });
      const entries = [
        object({ RawData: OURS, HasPrivateKey: false }),
        object({ RawData: SETUPS, HasPrivateKey: true }),
      ];
      const { session, lines } = await destroyed(outputs, {
        current: SETUPS,
        servers: { MBX1: [OURS, SETUPS] },
        answers: { "Get-ExchangeCertificate": { output: entries } },
      });
      expect(writes(session)).to.deep.equal(["Remove-ExchangeCertificate MBX1"]);
      expect(lines).to.deep.equal([]);
    });

    it("by naming the former one again where it is valid and on every server; ours is then the previous one", async () => {
      const outputs = { ...(await deployed({ servers: { MBX1: [] } })), formerThumbprint: nameOf(SETUPS) };
      const { session, lines, named } = await destroyed(outputs, { current: OURS, servers: { MBX1: [OURS, SETUPS] } });
      expect(writes(session)).to.deep.equal(["Set-AuthConfig"]);
      expect(named).to.deep.equal({ current: nameOf(SETUPS), previous: nameOf(OURS), next: "" });
      expect(lines).to.deep.equal([
        `AuthConfig names the former certificate ${nameOf(SETUPS)} again.`,
        followUp(["MBX1.x"], nameOf(SETUPS)),
        `The certificate ${nameOf(OURS)} stays on the servers: AuthConfig names it as its previous one.`,
      ]);
    });

    it("by publishing the former one where it is staged: Exchange refuses to name it in any other way", async () => {
      const outputs = { ...(await deployed({ servers: { MBX1: [] } })), formerThumbprint: nameOf(SETUPS) };
      const beginning = { current: OURS, next: SETUPS, servers: { MBX1: [OURS, SETUPS] } };
      const { session, named } = await destroyed(outputs, beginning);
      expect(session.parametersOf("Set-AuthConfig")).to.deep.equal([
        { PublishCertificate: true, Force: true, Confirm: false },
      ]);
      expect(named).to.deep.equal({ current: nameOf(SETUPS), previous: nameOf(OURS), next: "" });
    });

    it("nothing that AuthConfig will switch to, though it was made here", async () => {
      const outputs = await deployed({ servers: { MBX1: [] } });
      const { session, lines } = await destroyed(outputs, {
        current: SETUPS,
        next: OURS,
        servers: { MBX1: [OURS, SETUPS] },
      });
      expect(writes(session)).to.deep.equal([]);
      expect(lines).to.deep.equal([
        `The certificate ${nameOf(OURS)} stays on the servers: AuthConfig names it as its next one.`,
      ]);
    });

    it("without naming a former one that has expired", async () => {
      const outputs = await deployed({ current: EXPIRED, servers: { MBX1: [EXPIRED] } });
      const { session } = await destroyed(outputs, { current: OURS, servers: { MBX1: [OURS, EXPIRED] } });
      expect(writes(session)).to.deep.equal([]);
    });

    it("what it can, and names the servers that could not be asked", async () => {
      const outputs = await deployed({ servers: { MBX1: [] } });
      const { session, lines } = await destroyed(outputs, {
        current: SETUPS,
        servers: { MBX1: [OURS, SETUPS], MBX2: "unreachable" },
      });
      expect(writes(session)).to.deep.equal(["Remove-ExchangeCertificate MBX1"]);
      expect(lines).to.deep.equal([`The certificate ${nameOf(OURS)} may stay on MBX2, which could not be asked.`]);
    });

    it("nothing that is on no server which answered, and names those that could not be asked", async () => {
      const outputs = await deployed({ servers: { MBX1: [] } });
      const { session, lines } = await destroyed(outputs, {
        current: SETUPS,
        servers: { MBX1: [SETUPS], MBX2: "unreachable" },
      });
      expect(writes(session)).to.deep.equal([]);
      expect(lines).to.deep.equal([`The certificate ${nameOf(OURS)} may stay on MBX2, which could not be asked.`]);
    });

    const refusals: { title: string; answer: ReturnType<typeof failure>; expected: string[] }[] = [
      {
        title: "what a service does not use, and says what stays",
        answer: failure("InvalidOperationException", "InvalidOperation", "RemoveExchangeCertificate"),
        expected: [
          `The certificate ${nameOf(OURS)} stays on MBX1: Exchange answered “Es geht nicht.” (InvalidOperationException)`,
        ],
      },
      {
        title: "without failing where it is gone by then",
        answer: failure("ManagementObjectNotFoundException", "NotSpecified", "RemoveExchangeCertificate"),
        expected: [],
      },
    ];
    for (const { title, answer, expected } of refusals) {
      it(title, async () => {
        const outputs = await deployed({ servers: { MBX1: [] } });
        const answers = { "Remove-ExchangeCertificate": answer };
        const { lines } = await destroyed(outputs, { current: SETUPS, servers: { MBX1: [OURS, SETUPS] }, answers });
        expect(lines).to.deep.equal(expected);
      });
    }

    it("not silently where nobody knows whether it was removed", async () => {
      const outputs = await deployed({ servers: { MBX1: [] } });
      const lost = new ConnectionLost({ doing: "a", answer: "b", next: "c", outcomeUnknown: true });
      const { exchange } = organisation({
        current: SETUPS,
        servers: { MBX1: [OURS, SETUPS] },
        answers: { "Remove-ExchangeCertificate": lost },
      });
      await expect(lifecycle.delete(exchange, outputs)).to.be.rejectedWith(lost);
    });
  });

  describe("by the clock of this machine", () => {
    const olds = (warnings: string[]) =>
      ({ notAfter: "2026-01-01T00:00:00Z", warnings: warnings.map((name) => ({ name })) }) as OAuthCertificateOutputs;
    const rows: { title: string; warnings?: string[]; now: string; expected: boolean }[] = [
      { title: "is to be looked at once it has ended", now: "2026-01-01T00:00:01Z", expected: true },
      { title: "is well before that", now: "2025-12-31T23:59:59Z", expected: false },
      {
        title: "is well where Exchange's clock has kept it since",
        warnings: ["clocksDiffer"],
        now: "2026-01-01T00:00:01Z",
        expected: false,
      },
      {
        title: "is to be looked at whatever else is warned of",
        warnings: ["certificateExpires"],
        now: "2026-01-01T00:00:01Z",
        expected: true,
      },
    ];
    for (const { title, warnings = [], now, expected } of rows) {
      it(title, () => {
        expect(lifecycle.expired?.(olds(warnings), new Date(now))).to.equal(expected);
      });
    }
  });

  it("is no drift in a state from before there was an output for the next certificate, until there is one", async () => {
    const { nextThumbprint, nextEffectiveDate, ...former } = await deployed({
      current: SETUPS,
      servers: { MBX1: [SETUPS] },
    });
    expect({ nextThumbprint, nextEffectiveDate }).to.deep.equal({ nextThumbprint: "", nextEffectiveDate: "" });
    const unstaged = organisation({ current: SETUPS, servers: { MBX1: [SETUPS] } });
    const read = (await lifecycle.read(unstaged.exchange, ORGANISATION, former))?.outputs;
    expect(JSON.parse(JSON.stringify(read))).to.deep.equal(former);
    const staged = organisation({
      current: SETUPS,
      next: NEXT,
      nextEffectiveDate: new Date("2026-12-24T12:00:00Z"),
      servers: { MBX1: [SETUPS, NEXT] },
    });
    expect((await lifecycle.read(staged.exchange, ORGANISATION, former))?.outputs).to.include({
      nextThumbprint: nameOf(NEXT),
      nextEffectiveDate: "2026-12-24T12:00:00Z",
    });
  });

  const others: [string, (exchange: Exchange, olds: OAuthCertificateOutputs) => Promise<unknown>][] = [
    ["read", (exchange, olds) => lifecycle.read(exchange, "other", olds)],
    ["update", (exchange, olds) => lifecycle.update(exchange, olds, inputs)],
    ["delete what was made here of", (exchange, olds) => lifecycle.delete(exchange, { ...olds, provenance: "here" })],
    ["delete what was found of", (exchange, olds) => lifecycle.delete(exchange, { ...olds, provenance: "found" })],
  ];
  for (const [method, call] of others) {
    it(`does not ${method} another organisation`, async () => {
      const beginning = { current: SETUPS, servers: { MBX1: [SETUPS] } };
      const olds = { ...(await deployed(beginning)), organizationId: "other" };
      const { session, exchange } = organisation(beginning);
      await expect(call(exchange, olds)).to.be.rejectedWith(WrongOrganization);
      expect(session.cmdlets).to.deep.equal(["Get-AuthConfig"]);
    });
  }
});
