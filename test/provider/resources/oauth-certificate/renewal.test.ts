import { expect } from "chai";
import { ExchangeConnection } from "../../../../provider/configuration/exchange-connection";
import { InvalidInput, NotOnServer, Unreachable } from "../../../../provider/errors";
import { handlerOf } from "../../../../provider/resources/handler";
import {
  generationIdentifierOf,
  subjectKeyIdentifierOf,
} from "../../../../provider/resources/oauth-certificate/identifiers";
import { lifecycle as operations } from "../../../../provider/resources/oauth-certificate/lifecycle";
import type { OAuthCertificateOutputs } from "../../../../provider/resources/oauth-certificate/outputs";
import { failure, object } from "../../exchange/recording-session";
import { opened } from "../../opened";
import { printed } from "../../printed";
import { certificateDer } from "../../x509/certificate-der";
import {
  type Beginning,
  EXPIRED,
  nameOf,
  ORGANISATION,
  organisation,
  ourCertificate,
  SETUPS,
  writes,
} from "./organisation";

const lifecycle = opened(operations);
const SECOND = ourCertificate(generationIdentifierOf(ORGANISATION, 2));
const THEIRS = ourCertificate(subjectKeyIdentifierOf("another organisation", 1));
const inputs = { subjectName: "CN=x", friendlyName: "x", keySize: 2048 };
const later = { ...inputs, generation: 2 };

async function deployed(beginning: Beginning, args: typeof inputs & { generation?: number } = inputs) {
  const around = organisation(beginning);
  return { ...around, outputs: (await lifecycle.create(around.exchange, args)).outputs };
}

const stateOf = ({ thumbprint, repair, warnings, supersededBy }: OAuthCertificateOutputs) => ({
  thumbprint,
  repair,
  warnings: warnings.map(({ name }) => name),
  supersededBy,
});

describe("a generation of the auth certificate", () => {
  it("is made and put on every server, and not named", async () => {
    const { session, outputs, named } = await deployed(
      { current: SETUPS, servers: { MBX1: [SETUPS], MBX2: [SETUPS] } },
      later,
    );
    expect(writes(session)).to.deep.equal([
      "New-ExchangeCertificate MBX1",
      "Export-ExchangeCertificate MBX1",
      "Import-ExchangeCertificate MBX2",
    ]);
    expect(session.parametersOf("New-ExchangeCertificate")[0]).to.include({
      SubjectKeyIdentifier: generationIdentifierOf(ORGANISATION, 2),
    });
    expect(outputs).to.include({ generation: 2, thumbprint: nameOf(SECOND), provenance: "here" });
    expect(stateOf(outputs)).to.deep.include({ repair: [], warnings: [], supersededBy: undefined });
    expect(named).to.include({ current: nameOf(SETUPS), next: "" });
  });

  it("says what can be done where the tenant's policy refuses its key credential, once it is made", async () => {
    const { exchange } = organisation({ current: SETUPS, servers: { MBX1: [SETUPS] } });
    const make = async () => {
      await lifecycle.create(exchange, later);
    };
    const [line, ...others] = await printed(make);
    expect(line).to.match(
      /^Generation 2's certificate [0-9A-F]{40} is valid for \d+ days\. If the tenant refuses its key credential by its app management policy, there are two ways out: where asymmetricKeyLifetime .*`lifetimeDays`; or, also where trustedCertificateAuthority refuses it, exempt /,
    );
    expect(others).to.deep.equal([]);
    expect(await printed(make), "found again").to.deep.equal([]);
  });

  describe("that waits for its key credential alone", () => {
    const ALL = { MBX1: [SETUPS, SECOND], MBX2: [SETUPS, SECOND] };
    const rows: { title: string; beginning?: Partial<Beginning>; lifetimeDays?: number; told: boolean }[] = [
      { title: "is told by a refresh, with the tenant's policy", told: true },
      { title: "is told with the lifetime that does not count for it", lifetimeDays: 365, told: true },
      { title: "is not told while a server lacks it", beginning: { servers: { ...ALL, MBX2: [SETUPS] } }, told: false },
      {
        title: "is not told while a server cannot be asked",
        beginning: { servers: { ...ALL, MBX2: "unreachable" } },
        told: false,
      },
      { title: "is not told once AuthConfig names it", beginning: { next: SECOND }, told: false },
    ];
    for (const { title, beginning = {}, lifetimeDays, told } of rows) {
      it(title, async () => {
        const args = { ...later, ...(lifetimeDays === undefined ? {} : { lifetimeDays }) };
        const { outputs } = await deployed({ current: SETUPS, servers: ALL }, args);
        expect(outputs.warnings).to.deep.equal([]);
        const { exchange } = organisation({ current: SETUPS, servers: ALL, ...beginning });
        const read = await lifecycle.read(exchange, ORGANISATION, outputs);
        const texts = read?.outputs.warnings.filter(({ name }) => name === "rollover").map(({ text }) => text) ?? [];
        expect(texts).to.have.length(told ? 1 : 0);
        if (!told) return;
        expect(texts[0]).to.include("asymmetricKeyLifetime").and.to.include("trustedCertificateAuthority");
        const longer = "`lifetimeDays`, which is 365, counts for what is created from now on.";
        expect(texts[0]?.includes(longer)).to.equal(lifetimeDays !== undefined);
      });
    }
  });

  it("is found again by its number where an update was cut short", async () => {
    const { session, outputs } = await deployed({ current: SETUPS, servers: { MBX1: [SETUPS, SECOND] } }, later);
    expect(writes(session)).to.deep.equal([]);
    expect(outputs.thumbprint).to.equal(nameOf(SECOND));
  });

  it("is made though a server is away, and tells what it lacks; the next update tries again", async () => {
    const { outputs } = await deployed({ current: SETUPS, servers: { MBX1: [SETUPS], MBX2: "unreachable" } }, later);
    expect(stateOf(outputs)).to.deep.include({ repair: [], warnings: ["unreachableServers"] });
    const back = organisation({ current: SETUPS, servers: { MBX1: [SETUPS, SECOND], MBX2: [SETUPS] } });
    const read = await lifecycle.read(back.exchange, ORGANISATION, outputs);
    expect(read?.outputs.repair).to.deep.equal(["missing on MBX2"]);
    const updated = await lifecycle.update(back.exchange, outputs, later);
    expect(writes(back.session)).to.deep.equal(["Export-ExchangeCertificate MBX1", "Import-ExchangeCertificate MBX2"]);
    expect(stateOf(updated)).to.deep.include({ repair: [], warnings: [] });
  });

  it("says which server does not take it, and fails over nothing", async () => {
    const { outputs } = await deployed(
      {
        current: SETUPS,
        servers: { MBX1: [SETUPS], MBX2: [SETUPS] },
        answers: { "Import-ExchangeCertificate": failure("TaskException", "InvalidData", "ImportExchangeCertificate") },
      },
      later,
    );
    expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
    expect(outputs.warnings[0]?.text).to.match(
      /^Generation 2's certificate [0-9A-F]{40} is missing on MBX2, and cannot be copied: .* AuthConfig does not name it before every server has it; the next `pulumi up` tries again\.$/,
    );
  });

  it("is not made where no server answers, or where it has expired", async () => {
    const away = deployed({ current: SETUPS, servers: { MBX1: "unreachable" } }, later);
    await expect(away).to.be.rejectedWith(Unreachable, "no server that answered has its certificate");
    const OLD = certificateDer({
      serial: "05",
      subjectKeyIdentifier: generationIdentifierOf(ORGANISATION, 2),
      notAfter: "240105090448Z",
    });
    const old = deployed({ current: SETUPS, servers: { MBX1: [SETUPS, OLD] } }, later);
    await expect(old).to.be.rejectedWith(InvalidInput, "Declare generation 3 in its place");
  });

  it("is over once a later one is current: what it was stays, and nothing of it is repaired", async () => {
    const { outputs } = await deployed({ current: SETUPS, servers: { MBX1: [SETUPS] } });
    const { exchange, session } = organisation({
      current: SECOND,
      servers: { MBX1: [SECOND], MBX2: [SETUPS, SECOND] },
    });
    const read = await lifecycle.read(exchange, ORGANISATION, outputs);
    const over = { thumbprint: nameOf(SETUPS), repair: [], warnings: [], supersededBy: nameOf(SECOND) };
    expect(read && stateOf(read.outputs)).to.deep.equal(over);
    expect(stateOf(await lifecycle.update(exchange, outputs, inputs))).to.deep.equal(over);
    expect(writes(session)).to.deep.equal([]);
    const end = new Date("2050-01-01T00:00:00Z");
    expect(operations.expired?.(read?.outputs as OAuthCertificateOutputs, end)).to.equal(false);
    expect(operations.expired?.(outputs, end)).to.equal(true);
  });

  it("is what is named in an emergency, and the former one stays what it was", async () => {
    const { outputs } = await deployed({ current: EXPIRED, servers: { MBX1: [EXPIRED] } }, inputs).catch(() => ({
      outputs: undefined,
    }));
    expect(outputs?.thumbprint, "one is made where nothing is ahead").to.not.equal(nameOf(EXPIRED));
    const former = (await deployed({ current: SETUPS, servers: { MBX1: [SETUPS] } })).outputs;
    const around = organisation({ current: EXPIRED, servers: { MBX1: [EXPIRED, SECOND] } });
    const olds = { ...former, thumbprint: nameOf(EXPIRED) };
    const updated = await lifecycle.update(around.exchange, olds, inputs, new Set(["generation 1", "generation 2"]));
    expect(writes(around.session)).to.deep.equal(["Set-AuthConfig"]);
    expect(around.named.current).to.equal(nameOf(SECOND));
    expect(updated).to.include({ thumbprint: nameOf(EXPIRED), supersededBy: nameOf(SECOND) });
  });

  it("is not what is named in an emergency by a program that does not declare it: the tenant would not know it", async () => {
    const former = (await deployed({ current: SETUPS, servers: { MBX1: [SETUPS] } })).outputs;
    const around = organisation({ current: EXPIRED, servers: { MBX1: [EXPIRED, SECOND] } });
    await lifecycle.update(
      around.exchange,
      { ...former, thumbprint: nameOf(EXPIRED) },
      inputs,
      new Set(["generation 1"]),
    );
    expect(writes(around.session)).to.deep.equal(["New-ExchangeCertificate MBX1", "Set-AuthConfig"]);
  });

  it("keeps what it showed before another hand's took the place, also when it is copied to a server", async () => {
    const { outputs } = await deployed({ current: SETUPS, servers: { MBX1: [SETUPS, THEIRS], MBX2: [SETUPS] } });
    const swapped = organisation({
      current: THEIRS,
      previous: SETUPS,
      servers: { MBX1: [SETUPS, THEIRS], MBX2: [SETUPS] },
    });
    const updated = await lifecycle.update(swapped.exchange, outputs, inputs);
    expect(updated).to.include({ thumbprint: nameOf(THEIRS), previousThumbprint: nameOf(SETUPS) });
  });

  describe("is taken away", () => {
    const followed = new Set(["generation 2"]);

    it("with AuthConfig's previous one, once a later one is declared: what was not made here stays on the servers", async () => {
      const { outputs } = await deployed({ current: SETUPS, servers: { MBX1: [SETUPS] } });
      const around = organisation({ current: SECOND, servers: { MBX1: [SETUPS, SECOND] } });
      around.named.previous = nameOf(SETUPS);
      const lines = await printed(() => lifecycle.delete(around.exchange, outputs, followed));
      expect(writes(around.session)).to.deep.equal(["Set-AuthConfig"]);
      expect(around.named).to.include({ current: nameOf(SECOND), previous: "" });
      expect(lines).to.deep.equal([
        `The certificate ${nameOf(SETUPS)} stays on the servers: it was not made by this stack.`,
      ]);
    });

    it("with AuthConfig's previous one, which it showed before another hand's took the place", async () => {
      const servers = { MBX1: [SETUPS, THEIRS, SECOND] };
      const { outputs } = await deployed({ current: SETUPS, servers });
      const swapped = organisation({ current: THEIRS, previous: SETUPS, servers });
      const followed = (await lifecycle.read(swapped.exchange, ORGANISATION, outputs))?.outputs as typeof outputs;
      expect(followed).to.include({ thumbprint: nameOf(THEIRS), previousThumbprint: nameOf(SETUPS) });
      await lifecycle.delete(swapped.exchange, followed, new Set(["generation 2"]));
      expect(swapped.named).to.include({ current: nameOf(THEIRS), previous: "" });
    });

    it("without AuthConfig's previous one at a destroy", async () => {
      const { outputs } = await deployed({ current: SETUPS, servers: { MBX1: [SETUPS] } });
      const around = organisation({ current: SECOND, servers: { MBX1: [SETUPS, SECOND] } });
      around.named.previous = nameOf(SETUPS);
      expect(await printed(() => lifecycle.delete(around.exchange, outputs))).to.deep.equal([]);
      expect(writes(around.session)).to.deep.equal([]);
    });

    it("and none of another generation with it", async () => {
      const { outputs } = await deployed({ current: SETUPS, servers: { MBX1: [SETUPS] } }, later);
      const THIRD = ourCertificate(generationIdentifierOf(ORGANISATION, 3));
      const around = organisation({ current: SETUPS, servers: { MBX1: [SETUPS, SECOND, THIRD] } });
      await lifecycle.delete(around.exchange, outputs);
      expect(around.servers.MBX1).to.deep.equal([SETUPS, THIRD]);
    });
  });

  describe("of a lifetime of its own", () => {
    const short = { ...later, lifetimeDays: 365 };
    const notThere = failure("NotOnServerException", "InvalidOperation", "New-MachineCertificate");

    it("is made by the server that the shell runs on, whichever that is", async () => {
      const around = organisation({ current: SETUPS, servers: { MBX1: [SETUPS], MBX2: [SETUPS] } });
      const answer = ({ Server, LifetimeDays }: Record<string, unknown>) => {
        if (Server !== "MBX2.x") return notThere;
        expect(LifetimeDays).to.equal(365);
        (around.servers.MBX2 as Buffer[]).push(SECOND);
        return { output: [object({ RawData: SECOND })] };
      };
      const { exchange, session, servers } = organisation({
        current: SETUPS,
        servers: around.servers,
        answers: { "New-MachineCertificate": answer },
      });
      const { outputs } = await lifecycle.create(exchange, short);
      expect(outputs).to.include({ thumbprint: nameOf(SECOND), lifetimeDays: 365 });
      expect(writes(session)).to.deep.equal([
        "New-MachineCertificate MBX1.x",
        "New-MachineCertificate MBX2.x",
        "Export-ExchangeCertificate MBX2",
        "Import-ExchangeCertificate MBX1",
      ]);
      expect(servers.MBX1).to.include(SECOND);
    });

    it("is not made where the shell runs on no server, which says how to get there", async () => {
      const { exchange, session } = organisation({
        current: SETUPS,
        servers: { MBX1: [SETUPS] },
        answers: { "New-MachineCertificate": notThere },
      });
      await expect(lifecycle.create(exchange, short)).to.be.rejectedWith(NotOnServer);
      expect(writes(session)).to.deep.equal(["New-MachineCertificate MBX1.x"]);
    });
  });

  it("cannot become another one", async () => {
    const handler = handlerOf(operations, new ExchangeConnection());
    const checked = async (olds: object, news: object) =>
      (await handler.check?.(olds as never, news as never))?.failures?.filter(
        ({ property }) => property === "generation",
      );
    expect(await checked({ ...inputs }, { generation: 2 })).to.deep.equal([
      {
        property: "generation",
        reason: "it is left out in the state and cannot change: declare another OAuthCertificate for it",
      },
    ]);
    expect(await checked({ generation: 2 }, { generation: 2 })).to.deep.equal([]);
    expect(await checked({}, { generation: 2 })).to.deep.equal([]);
    expect(await checked({}, { generation: 65 })).to.have.length(1);
  });
});
