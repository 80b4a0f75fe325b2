import { expect } from "chai";
import { InvalidInput, ProtocolError } from "../../../../provider/errors";
import {
  generationIdentifierOf,
  subjectKeyIdentifierOf,
} from "../../../../provider/resources/oauth-certificate/identifiers";
import { lifecycle as operations } from "../../../../provider/resources/oauth-certificate-rollover/lifecycle";
import type {
  RolloverInputs,
  RolloverOutputs,
} from "../../../../provider/resources/oauth-certificate-rollover/outputs";
import { NOW } from "../../exchange/recording-session";
import { opened } from "../../opened";
import { printed } from "../../printed";
import { certificateDer } from "../../x509/certificate-der";
import {
  authConfig,
  type Beginning,
  EXPIRED,
  nameOf,
  ORGANISATION,
  organisation,
  ourCertificate,
  SETUPS,
  writes,
} from "../oauth-certificate/organisation";

const lifecycle = opened(operations);
const DAY = 24 * 60 * 60 * 1000;
const SECOND = ourCertificate(generationIdentifierOf(ORGANISATION, 2));
const THEIRS = ourCertificate(subjectKeyIdentifierOf("another organisation", 1));
const ENDING = certificateDer({ serial: "07", notAfter: "270105090448Z" });
const [FIRST, OWN, OTHER] = [SETUPS, SECOND, THEIRS].map(nameOf) as [string, string, string];
const DATE = new Date(NOW.getTime() + 30 * DAY + 60 * 60 * 1000);

const inputs: RolloverInputs = {
  generation: 2,
  thumbprint: OWN,
  formerThumbprint: FIRST,
  keyCredentialId: "1",
  effectiveInDays: 30,
};
const ALL = { MBX1: [SETUPS, SECOND, THEIRS], MBX2: [SETUPS, SECOND, THEIRS] };

/** Every server has both, and setup's is current, with what the row changes. */
const beginning = (changes: Partial<Beginning> = {}): Beginning => ({ current: SETUPS, servers: ALL, ...changes });

async function created(changes: Partial<Beginning> = {}, args: Partial<RolloverInputs> = {}) {
  const around = organisation(beginning(changes));
  const { outputs } = await lifecycle.create(around.exchange, { ...inputs, ...args });
  return { ...around, outputs };
}

const texts = ({ warnings }: RolloverOutputs) => warnings.map(({ name, text }) => `${name}: ${text}`);

describe("the rollover's lifecycle", () => {
  it("stages the generation with a date, and says when Exchange makes it current", async () => {
    const { session, outputs, named } = await created();
    expect(session.parametersOf("Set-AuthConfig")).to.deep.equal([
      { NewCertificateThumbprint: OWN, NewCertificateEffectiveDate: DATE, Force: true, Confirm: false },
    ]);
    expect(named).to.include({ current: FIRST, next: OWN });
    expect(outputs).to.include({
      state: "Next",
      formerState: "Current",
      effectiveDate: "2026-12-24T13:00:00Z",
      currentThumbprint: FIRST,
      nextThumbprint: OWN,
      provenance: "here",
    });
    expect(outputs.repair).to.deep.equal([]);
    expect(texts(outputs)).to.deep.equal([
      `rolloverDate: Exchange makes generation 2's certificate ${OWN} current on 2026-12-24T13:00:00Z by its clock, or ` +
        "up to a day later. The tenant knows it. Before then, let what else trusts this organisation, such as SharePoint, " +
        "Skype for Business and a dedicated hybrid application, learn it.",
    ]);
  });

  it("makes it current at once, and says what is left to do as long as nothing else was current", async () => {
    const { session, outputs, exchange } = await created({}, { effectiveInDays: 0 });
    expect(session.parametersOf("Set-AuthConfig")).to.deep.equal([
      { CertificateThumbprint: OWN, Force: true, Confirm: false },
    ]);
    expect(outputs).to.include({ state: "Current", formerState: "Previous", effectiveDate: "" });
    expect(outputs.warnings.map(({ name }) => name)).to.deep.equal(["certificateFollowUp"]);
    const again = await lifecycle.update(exchange, outputs, { ...inputs, effectiveInDays: 0 });
    expect(again.warnings).to.deep.equal(outputs.warnings);
    expect((await lifecycle.read(exchange, ORGANISATION, outputs))?.outputs.warnings).to.deep.equal([]);
  });

  it("gives what is staged a new date only where the program changes that", async () => {
    const { session, exchange, outputs } = await created();
    await lifecycle.update(exchange, outputs, inputs);
    expect(writes(session)).to.deep.equal(["Set-AuthConfig"]);
    const sooner = await lifecycle.update(exchange, outputs, { ...inputs, effectiveInDays: 10 });
    expect(sooner.effectiveDate).to.equal("2026-12-04T13:00:00Z");
    const atOnce = await lifecycle.update(exchange, sooner, { ...inputs, effectiveInDays: 0 });
    expect(atOnce.state).to.equal("Current");
    expect(session.parametersOf("Set-AuthConfig").at(-1)).to.include({ PublishCertificate: true });
  });

  const waits: {
    title: string;
    changes: Partial<Beginning>;
    former?: string;
    repair: string[];
    text: RegExp;
  }[] = [
    {
      title: "for a server that cannot be asked",
      changes: { servers: { ...ALL, MBX2: "unreachable" } },
      repair: ["waits until it can be named"],
      text: /^rollover: AuthConfig does not name generation 2's certificate [0-9A-F]{40} yet: MBX2 could not be asked: /,
    },
    {
      title: "for a server that lacks it",
      changes: { servers: { ...ALL, MBX2: [SETUPS] } },
      repair: ["waits for MBX2"],
      text: /yet: it is missing on MBX2\.$/,
    },
    {
      title: "for a server that lacks it while the current one ends soon",
      changes: { current: ENDING, servers: { MBX1: [ENDING, SECOND], MBX2: [ENDING] } },
      former: nameOf(ENDING),
      repair: ["waits for MBX2"],
      text: /yet: it is missing on MBX2\. AuthConfig's current certificate [0-9A-F]{40} ends on 2027-01-05T09:04:48Z\.$/,
    },
    {
      title: "where another hand has staged another one, which it does not overwrite",
      changes: { next: THEIRS, nextEffectiveDate: DATE },
      repair: [],
      text: /^rollover: AuthConfig's next certificate is [0-9A-F]{40}, which another hand has staged/,
    },
  ];
  for (const { title, changes, former = FIRST, repair, text } of waits) {
    it(`writes nothing ${title}, and says so`, async () => {
      const { session, outputs, exchange } = await created(changes, { formerThumbprint: former });
      expect(writes(session)).to.deep.equal([]);
      expect(outputs.repair).to.deep.equal(repair);
      expect(texts(outputs)).to.have.length(1);
      expect(texts(outputs)[0]).to.match(text);
      const read = await lifecycle.read(exchange, ORGANISATION, outputs);
      expect(JSON.parse(JSON.stringify(read?.outputs)), "no drift").to.deep.equal(JSON.parse(JSON.stringify(outputs)));
    });
  }

  it("decides anew where another hand changes AuthConfig while the servers are asked", async () => {
    const before = authConfig({ CurrentCertificateThumbprint: FIRST });
    const meanwhile = authConfig({
      CurrentCertificateThumbprint: FIRST,
      NextCertificateThumbprint: OTHER,
      NextCertificateEffectiveDate: DATE,
    });
    const { session, outputs } = await created({
      answers: { "Get-AuthConfig": [{ output: [before] }, { output: [meanwhile] }] },
    });
    expect(writes(session)).to.deep.equal([]);
    expect(outputs.nextThumbprint).to.equal(OTHER);
  });

  it("does not believe a write that AuthConfig does not show", async () => {
    const shown = { output: [authConfig({ CurrentCertificateThumbprint: FIRST })] };
    const error: ProtocolError = await expect(created({ answers: { "Get-AuthConfig": shown } })).to.be.rejectedWith(
      ProtocolError,
    );
    expect(error.outcomeUnknown).to.equal(true);
  });

  describe("refuses to let the former generation be removed", () => {
    const alone = { formerThumbprint: undefined };
    const rows: { title: string; changes: Partial<Beginning>; args?: Partial<RolloverInputs>; text: string }[] = [
      {
        title: "while it is current, with the date on which that ends",
        changes: { next: SECOND, nextEffectiveDate: DATE },
        args: alone,
        text:
          `AuthConfig names ${FIRST} as its current certificate, and Exchange makes ${OWN} current on ` +
          "2026-12-24T13:00:00Z by its clock, or up to a day later. Declare the generation that is current, too, until " +
          "then; nothing was removed.",
      },
      {
        title: "where another hand has made another one current",
        changes: { current: THEIRS },
        text:
          `AuthConfig names ${OTHER} as its current certificate. Run \`pulumi refresh\`, then \`pulumi up\` again; if the ` +
          "program does not declare the generation that is current, declare it, too. Nothing was removed.",
      },
      {
        title: "while a server is not known to have the later one",
        changes: { current: SECOND, servers: { MBX1: [SECOND], MBX2: [], MBX3: "unreachable" } },
        args: alone,
        text:
          "it is not known to be on MBX2, MBX3, which may sign with the former one. Correct that, or list the servers in " +
          "`ignoreServers`, then run `pulumi up` again; nothing was removed.",
      },
      {
        title: "while servers may sign with it, and says until when",
        changes: { current: SECOND, previous: SETUPS, changed: new Date(NOW.getTime() - 60 * 60 * 1000) },
        args: alone,
        text:
          `servers may sign with ${FIRST} until 2026-11-25T11:00:00Z by Exchange's clock: each takes up a change of ` +
          "AuthConfig within a day. Run `pulumi up` again after that; if its key has leaked, declare `rollover: { " +
          "effectiveInDays: 0 }`, which does not wait. Nothing was removed.",
      },
      {
        title: "while another generation is current, which it names",
        changes: { current: SECOND },
        args: { generation: 3, thumbprint: OTHER, formerThumbprint: FIRST },
        text:
          `AuthConfig names ${OWN} as its current certificate. Run \`pulumi refresh\`, then \`pulumi up\` again; if the ` +
          "program does not declare generation 2, declare it, too. Nothing was removed.",
      },
    ];
    for (const { title, changes, args, text } of rows) {
      it(title, async () => {
        const error: InvalidInput = await expect(created(changes, args)).to.be.rejectedWith(InvalidInput);
        const { generation, thumbprint } = { ...inputs, ...args };
        expect(error.message).to.equal(
          `Failed while rolling over to generation ${generation} of the auth certificate, ${thumbprint}: ${text}`,
        );
      });
    }
  });

  it("is not refused for a day where AuthConfig names no previous one, as once this package has cleared it", async () => {
    const changes = { current: SECOND, changed: new Date(NOW.getTime() - 60 * 60 * 1000) };
    expect((await created(changes, { formerThumbprint: undefined })).outputs.state).to.equal("Current");
  });

  it("is not refused for a day where the program does not wait, and tells by its name that it does not", async () => {
    const changes = { current: SECOND, previous: SETUPS, changed: NOW };
    const args = { formerThumbprint: undefined, effectiveInDays: 0 };
    expect((await created(changes, args)).outputs.state).to.equal("Current");
    expect(operations.declaredAs?.({ ...inputs, ...args })).to.deep.equal(["rollover", "rollover at once"]);
    expect(operations.declaredAs?.(inputs)).to.deep.equal(["rollover"]);
  });

  it("is not refused at the moment at which that day is over", async () => {
    const changes = { current: SECOND, previous: SETUPS, changed: new Date(NOW.getTime() - DAY) };
    expect((await created(changes, { formerThumbprint: undefined })).outputs.state).to.equal("Current");
  });

  it("says until when servers may sign with the former one only where AuthConfig names that as its previous one", async () => {
    const changes = { previous: SECOND, current: SETUPS, changed: NOW };
    expect((await created(changes)).outputs.formerSignsUntil).to.equal("");
    const switched = await created({ previous: SETUPS, current: SECOND, changed: NOW });
    expect(switched.outputs.formerSignsUntil).to.equal("2026-11-25T12:00:00Z");
  });

  it("removes nothing where two declared generations show one certificate, so it is not refused while servers may sign with the former one", async () => {
    const changes = { current: THEIRS, previous: SETUPS, changed: new Date(NOW.getTime() - 60 * 60 * 1000) };
    const { session, outputs } = await created(changes, { thumbprint: OTHER, formerThumbprint: OTHER });
    expect(writes(session)).to.deep.equal([]);
    expect(outputs).to.include({ state: "Current", formerState: "Current" });
  });

  describe("foresees in a preview", () => {
    const until = new Date(Date.now() + DAY).toISOString();
    const WAITS = `Servers may sign with the former certificate ${FIRST} until ${until}, by what was last seen`;
    const seen = {
      ...inputs,
      state: "Current",
      currentThumbprint: OWN,
      formerState: "Previous",
      formerSignsUntil: until,
    };
    const alone = { ...inputs, formerThumbprint: undefined };
    const rows: { title: string; olds?: object; news: RolloverInputs; line: string | undefined }[] = [
      { title: "that the former one must stay for a day", news: alone, line: WAITS },
      {
        title: "that it must, where a third one was added before",
        news: { ...inputs, generation: 3, thumbprint: OTHER, formerThumbprint: OWN },
        line: WAITS,
      },
      { title: "nothing where it stays", news: { ...inputs, generation: 3, thumbprint: OTHER }, line: undefined },
      { title: "nothing where only the date changes", news: { ...inputs, effectiveInDays: 2 }, line: undefined },
      { title: "nothing where the program does not wait", news: { ...alone, effectiveInDays: 0 }, line: undefined },
      {
        title: "nothing once that day is over",
        olds: { formerSignsUntil: new Date(Date.now() - 1).toISOString() },
        news: alone,
        line: undefined,
      },
      {
        title: "nothing by a state from before it was shown",
        olds: { formerSignsUntil: undefined },
        news: alone,
        line: undefined,
      },
      {
        title: "nothing where another hand's is current, which the only generation follows",
        olds: { ...alone, state: "", currentThumbprint: OTHER, formerState: "", formerSignsUntil: "" },
        news: { ...alone, thumbprint: OTHER },
        line: undefined,
      },
      {
        title: "that it is not current by what was last seen",
        olds: { state: "Next", currentThumbprint: FIRST, effectiveDate: "2026-12-24T13:00:00Z" },
        news: alone,
        line: `Generation 2 of the auth certificate, ${OWN}, is not current by what was last seen (it becomes current on 2026-12-24T13:00:00Z)`,
      },
    ];
    for (const { title, olds = {}, news, line } of rows) {
      it(title, () => {
        const lines = operations.foresee?.({ ...seen, ...olds } as RolloverOutputs, news, new Set()) ?? [];
        expect(lines).to.have.length(line === undefined ? 0 : 1);
        if (line !== undefined) expect(lines[0]).to.include(line);
      });
    }
  });

  describe("takes two updates to add a generation and to take another one away", () => {
    const olds = async (args: Partial<RolloverInputs>) => (await created({ current: SECOND }, args)).outputs;
    const third = { ...inputs, generation: 3, thumbprint: OTHER };
    const declaring = (...generations: number[]) => {
      const names = generations.map((generation) => `generation ${generation}`);
      return new Set([...names, "new generation 3", "rollover"]);
    };
    const rows: { title: string; former: Partial<RolloverInputs>; news: RolloverInputs; declared: Set<string> }[] = [
      {
        title: "where another one is the first",
        former: {},
        news: { ...third, formerThumbprint: OWN },
        declared: declaring(2, 3),
      },
      {
        title: "where the first one stays",
        former: {},
        news: third,
        declared: declaring(1, 3),
      },
      {
        title: "where both showed the certificate that the first one shows now",
        former: { formerThumbprint: OWN },
        news: { ...third, formerThumbprint: OWN },
        declared: declaring(1, 3),
      },
      {
        title: "where the only one goes",
        former: { formerThumbprint: undefined, effectiveInDays: 0 },
        news: { ...third, formerThumbprint: undefined },
        declared: declaring(3),
      },
    ];
    for (const { title, former, news, declared } of rows) {
      it(title, async () => {
        const state = await olds(former);
        const { session, exchange } = organisation(beginning({ current: SECOND }));
        expect(operations.foresee?.(state, news, declared)?.join()).to.include("which takes two updates");
        await expect(lifecycle.update(exchange, state, news, declared)).to.be.rejectedWith(
          InvalidInput,
          "another one must not be removed in the same one",
        );
        expect(writes(session)).to.deep.equal([]);
      });
    }

    it("and one to add one alone", async () => {
      const state = await olds({ formerThumbprint: undefined, effectiveInDays: 0 });
      const { session, exchange } = organisation(beginning({ current: SECOND }));
      await lifecycle.update(exchange, state, { ...third, formerThumbprint: OWN }, declaring(2, 3));
      expect(writes(session)).to.deep.equal(["Set-AuthConfig"]);
    });
  });

  it("lets the former generation be removed at once where its certificate has ended", async () => {
    const servers = { MBX1: [EXPIRED, SECOND], MBX2: [SECOND] };
    const changes = { current: SECOND, previous: EXPIRED, changed: NOW, servers };
    const { outputs } = await created(changes, { formerThumbprint: undefined });
    expect(outputs.state).to.equal("Current");
  });

  describe("is taken back by a program that has gone back", () => {
    const declared = new Set(["generation 1"]);
    const outputs = async () => (await created()).outputs;

    it("not while Exchange will make it current", async () => {
      const { exchange } = organisation(beginning({ next: SECOND, nextEffectiveDate: DATE }));
      const error: InvalidInput = await expect(
        lifecycle.delete(exchange, await outputs(), declared),
      ).to.be.rejectedWith(InvalidInput);
      expect(error.message).to.include("and a next certificate cannot be unset");
    });

    it("not while it is current", async () => {
      const { exchange } = organisation(beginning({ current: SECOND }));
      await expect(lifecycle.delete(exchange, await outputs(), declared)).to.be.rejectedWith(InvalidInput);
    });

    it("where AuthConfig does not name it", async () => {
      const { session, exchange } = organisation(beginning());
      const made = await outputs();
      expect(await printed(() => lifecycle.delete(exchange, made, declared))).to.deep.equal([]);
      expect(writes(session)).to.deep.equal([]);
    });

    it("also while AuthConfig names it where it is only replaced", async () => {
      const { exchange } = organisation(beginning({ current: SECOND }));
      await lifecycle.delete(exchange, await outputs(), new Set([...declared, "rollover"]));
    });
  });

  it("leaves what is staged at a destroy, and says when it becomes current", async () => {
    const { outputs } = await created();
    const { session, exchange } = organisation(beginning({ next: SECOND, nextEffectiveDate: DATE }));
    expect(await printed(() => lifecycle.delete(exchange, outputs))).to.deep.equal([
      `AuthConfig keeps generation 2's certificate ${OWN} as its next one: Exchange makes it current on ` +
        "2026-12-24T13:00:00Z by its clock, or up to a day later, and a next certificate cannot be unset.",
    ]);
    expect(writes(session)).to.deep.equal([]);
  });

  it("is to be updated a day after its date by the clock here, and not before", () => {
    const reasons = (days: number, state: RolloverOutputs["state"] = "Next") =>
      operations.reasons?.(
        { state, effectiveDate: new Date(Date.now() + days * DAY).toISOString() } as RolloverOutputs,
        inputs,
      );
    expect(reasons(-1.1)).to.have.length(1);
    expect(reasons(-0.9)).to.deep.equal([]);
    expect(reasons(-1.1, "Current")).to.deep.equal([]);
  });
});
