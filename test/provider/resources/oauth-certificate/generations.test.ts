import { expect } from "chai";
import type { StoredCertificate } from "../../../../provider/exchange/stored-certificate";
import {
  followsCurrent,
  type Generation,
  type GenerationState,
  isOver,
  nextStep,
  ownCertificate,
  type Step,
  stateOf,
  type Timing,
} from "../../../../provider/resources/oauth-certificate/generations";
import {
  generationIdentifierOf,
  generationOf,
  identifiers,
} from "../../../../provider/resources/oauth-certificate/identifiers";
import type { OrganisationFacts } from "../../../../provider/resources/oauth-certificate/rules";
import { certificate, NOW, ORGANISATION, organisation } from "./facts";

const DAY = 24 * 60 * 60 * 1000;
const daysFrom = (days: number) => new Date(NOW.getTime() + days * DAY);
const made = (generation: number, changes: Partial<StoredCertificate> = {}) =>
  certificate(`GENERATION${generation}`, {
    subjectKeyIdentifier: generationIdentifierOf(ORGANISATION, generation),
    notAfter: daysFrom(1800),
    ...changes,
  });

const FIRST = certificate("FIRST", { notAfter: daysFrom(400) });
const SECOND = made(2);
const THIRD = made(3);
const THEIRS = certificate("THEIRS", { notAfter: daysFrom(1800) });

interface Facts extends Partial<OrganisationFacts> {
  holds?: Record<string, StoredCertificate[] | "unreachable">;
}

/** FIRST is current, and every server holds FIRST and SECOND, with what the row changes. */
function facts({ holds, ...changes }: Facts = {}): OrganisationFacts {
  const all = [FIRST, SECOND];
  return { ...organisation("FIRST", holds ?? { MBX1: all, MBX2: all }), ...changes };
}

describe("the generations of the auth certificate", () => {
  it("have identifiers of a series of their own, from 2 on", () => {
    expect(generationIdentifierOf(ORGANISATION, 2)).to.match(/^[0-9A-F]{32}$/);
    expect(identifiers(ORGANISATION)).to.not.include(generationIdentifierOf(ORGANISATION, 2));
    expect([SECOND, THIRD, made(64), FIRST].map((one) => generationOf(ORGANISATION, one))).to.deep.equal([
      2,
      3,
      64,
      undefined,
    ]);
    expect(generationOf("another organisation", SECOND)).to.equal(undefined);
  });

  describe("follow the current certificate", () => {
    const rows: {
      title: string;
      facts?: Facts;
      generation?: number;
      own?: string;
      becameCurrent?: boolean;
      follows: boolean;
    }[] = [
      { title: "where it is their own", own: "FIRST", follows: true },
      {
        title: "as generation 1, which another hand has replaced",
        own: "FIRST",
        facts: { current: "THEIRS" },
        follows: true,
      },
      { title: "as generation 1 of a new stack", follows: true },
      { title: "as generation 1 of a new stack, a later one", facts: { current: "GENERATION2" }, follows: true },
      {
        title: "not where a later generation has taken their place",
        own: "FIRST",
        facts: { current: "GENERATION2" },
        follows: false,
      },
      { title: "not while a later generation is to come", generation: 2, own: "GENERATION2", follows: false },
      { title: "not as a later generation of a new stack", generation: 2, follows: false },
      {
        title: "as a later generation that is current",
        generation: 2,
        facts: { current: "GENERATION2" },
        follows: true,
      },
      {
        title: "as a later generation that another hand has replaced",
        generation: 2,
        own: "GENERATION2",
        facts: { current: "THEIRS", previous: "GENERATION2" },
        follows: true,
      },
      {
        title: "not as a later generation while another hand replaces the one before it",
        generation: 2,
        own: "GENERATION2",
        facts: { current: "THEIRS", previous: "FIRST", next: "GENERATION2", holds: { MBX1: [THEIRS, SECOND] } },
        follows: false,
      },
      {
        title: "as a later generation that was current, whatever is current since",
        generation: 2,
        own: "GENERATION2",
        becameCurrent: true,
        follows: true,
      },
      {
        title: "not as a later generation that was current, once its own successor is",
        generation: 2,
        own: "GENERATION2",
        becameCurrent: true,
        facts: { current: "GENERATION3", holds: { MBX1: [SECOND, THIRD] } },
        follows: false,
      },
      {
        title: "as a later generation that is not named, where another hand has made a younger one current",
        generation: 2,
        own: "GENERATION2",
        facts: { current: "THEIRS", holds: { MBX1: [SECOND, { ...THEIRS, notBefore: NOW }] } },
        follows: true,
      },
      {
        title: "as a later generation where none is current",
        generation: 2,
        own: "GENERATION2",
        facts: { current: "" },
        follows: true,
      },
      {
        title: "as a later generation where the current one has expired",
        generation: 2,
        own: "GENERATION2",
        facts: { now: daysFrom(401) },
        follows: true,
      },
      {
        title: "not where the current one cannot be seen",
        generation: 2,
        own: "GENERATION2",
        facts: { current: "THEIRS", holds: { MBX1: [SECOND], MBX2: "unreachable" } },
        follows: false,
      },
    ];
    for (const { title, facts: changes, generation = 1, own, becameCurrent, follows } of rows) {
      it(title, () => {
        const holds = { MBX1: [FIRST, SECOND, THEIRS], MBX2: [FIRST, SECOND, THEIRS] };
        const former = own === undefined ? undefined : { thumbprint: own, becameCurrent };
        expect(followsCurrent(facts({ holds, ...changes }), generation, former)).to.equal(follows);
      });
    }
  });

  it("are over once a later one is current, or they are the previous one", () => {
    expect(isOver(facts({ current: "GENERATION2" }), 1, "FIRST")).to.equal(true);
    expect(isOver(facts({ current: "GENERATION2" }), 2, "GENERATION2")).to.equal(false);
    expect(isOver(facts({ previous: "GENERATION2" }), 2, "GENERATION2")).to.equal(true);
    expect(isOver(facts(), 2, "GENERATION2")).to.equal(false);
    expect(isOver(facts(), 2, undefined)).to.equal(false);
  });

  describe("have as their own certificate", () => {
    const OTHER = made(2, { thumbprint: "OTHER" });
    const theirs = { next: "THEIRS", holds: { MBX1: [FIRST, SECOND, THEIRS] } };
    const rows: { title: string; facts?: Facts; thumbprint?: string; generation?: number; own: string | undefined }[] =
      [
        { title: "that of the state", thumbprint: "FIRST", own: "FIRST" },
        { title: "the one with their identifier", own: "GENERATION2" },
        { title: "none where no server shows one", generation: 3, own: undefined },
        {
          title: "the one with their identifier where that of the state is gone",
          thumbprint: "GONE",
          own: "GENERATION2",
        },
        {
          title: "of two the one on most servers",
          facts: { holds: { MBX1: [OTHER, SECOND], MBX2: [OTHER] } },
          own: "OTHER",
        },
        {
          title: "of two the one that can serve",
          facts: { holds: { MBX1: [made(2, { thumbprint: "OLD", notAfter: daysFrom(-1) }), SECOND], MBX2: [] } },
          own: "GENERATION2",
        },
        { title: "what another hand has staged, before there is one", facts: theirs, generation: 3, own: "THEIRS" },
        {
          title: "what another hand has staged, while AuthConfig does not name theirs",
          facts: theirs,
          thumbprint: "GENERATION2",
          own: "THEIRS",
        },
        {
          title: "theirs where that is the current one",
          facts: { ...theirs, current: "GENERATION2" },
          thumbprint: "GENERATION2",
          own: "GENERATION2",
        },
        {
          title: "theirs where their time is over",
          facts: { ...theirs, current: "GENERATION2" },
          generation: 1,
          thumbprint: "FIRST",
          own: "FIRST",
        },
        {
          title: "theirs where what another hand has staged cannot serve",
          facts: { next: "THEIRS", holds: { MBX1: [SECOND, { ...THEIRS, notAfter: daysFrom(-1) }] } },
          own: "GENERATION2",
        },
        {
          title: "theirs where a later generation is staged",
          facts: { next: "GENERATION3", holds: { MBX1: [SECOND, THIRD] } },
          own: "GENERATION2",
        },
      ];
    for (const { title, facts: changes, thumbprint, generation = 2, own } of rows) {
      it(title, () => {
        expect(ownCertificate(facts(changes), { generation, thumbprint })?.thumbprint).to.equal(own);
      });
    }
  });

  describe("are brought on, one step after the other", () => {
    const unreachable = { MBX1: [FIRST, SECOND], MBX2: "unreachable" as const };
    const stage = { kind: "stage", effectiveDate: new Date(daysFrom(30).getTime() + 60 * 60 * 1000) };
    const date = daysFrom(20);
    const rows: {
      title: string;
      facts?: Facts;
      own?: Partial<Generation>;
      timing?: Partial<Timing>;
      state: GenerationState;
      step: Step | { kind: string };
    }[] = [
      {
        title: "made where there is none",
        facts: { holds: { MBX1: [FIRST] } },
        state: "absent",
        step: { kind: "make", subjectKeyIdentifier: generationIdentifierOf(ORGANISATION, 2) },
      },
      {
        title: "made although a server is away",
        facts: { holds: { MBX1: [FIRST], MBX2: "unreachable" } },
        state: "absent",
        step: { kind: "make", subjectKeyIdentifier: generationIdentifierOf(ORGANISATION, 2) },
      },
      {
        title: "not made while no server answers",
        facts: { holds: { MBX1: "unreachable" } },
        state: "absent",
        step: { kind: "wait", reason: "MBX1 could not be asked: the RPC server is unavailable" },
      },
      {
        title: "not made where the state's own may be on the server that is away",
        facts: { holds: { MBX1: [FIRST], MBX2: "unreachable" } },
        own: { thumbprint: "GENERATION2" },
        state: "absent",
        step: { kind: "wait", reason: "MBX2 could not be asked: the RPC server is unavailable" },
      },
      {
        title: "copied to the servers that lack it",
        facts: { holds: { MBX1: [FIRST, SECOND], MBX2: [FIRST] } },
        state: "made",
        step: { kind: "copy", servers: ["MBX2"] },
      },
      {
        title: "not named while a server is away",
        facts: { holds: unreachable },
        own: { isKnown: true },
        state: "made",
        step: { kind: "wait", reason: "MBX2 could not be asked: the RPC server is unavailable" },
      },
      { title: "made known to the tenant once every server has it", state: "everywhere", step: { kind: "tellTenant" } },
      { title: "staged once the tenant knows it", own: { isKnown: true }, state: "known", step: stage },
      {
        title: "staged over what was staged for an earlier generation",
        facts: { next: "GENERATION3", holds: { MBX1: [FIRST, SECOND, THIRD] } },
        own: { isKnown: true },
        state: "known",
        step: stage,
      },
      {
        title: "staged in place of one that cannot serve",
        facts: { next: "THEIRS", holds: { MBX1: [FIRST, SECOND, { ...THEIRS, notAfter: daysFrom(-1) }] } },
        own: { isKnown: true },
        state: "known",
        step: stage,
      },
      {
        title: "staged in place of one that no server holds",
        facts: { next: "THEIRS" },
        own: { isKnown: true },
        state: "known",
        step: stage,
      },
      {
        title: "not named before it is valid by Exchange's clock",
        facts: { holds: { MBX1: [FIRST, made(2, { notBefore: daysFrom(1) })] } },
        own: { isKnown: true },
        state: "known",
        step: { kind: "wait", reason: "it is not valid yet by Exchange's clock" },
      },
      {
        title: "made current at once where that is asked for",
        own: { isKnown: true },
        timing: { effectiveInDays: 0 },
        state: "known",
        step: { kind: "publish" },
      },
      {
        title: "staged sooner where the current one ends before",
        facts: { now: daysFrom(385) },
        own: { isKnown: true },
        state: "known",
        step: { kind: "stage", effectiveDate: daysFrom(398) },
      },
      {
        title: "made current at once where the current one ends in less than four days",
        facts: { now: daysFrom(396.5) },
        own: { isKnown: true },
        state: "known",
        step: { kind: "publish" },
      },
      {
        title: "left to Exchange once it is staged",
        facts: { next: "GENERATION2", nextEffectiveDate: date },
        own: { isKnown: true },
        state: "next",
        step: { kind: "await", effectiveDate: date },
      },
      {
        title: "left to Exchange where that does not show its date",
        facts: { next: "GENERATION2" },
        state: "next",
        step: { kind: "await", effectiveDate: undefined },
      },
      {
        title: "given a new date where the program changes it",
        facts: { next: "GENERATION2", nextEffectiveDate: date },
        own: { isKnown: true },
        timing: { isChanged: true },
        state: "next",
        step: stage,
      },
      {
        title: "copied to a server that was added since",
        facts: { next: "GENERATION2", nextEffectiveDate: date, holds: { MBX1: [FIRST, SECOND], MBX2: [] } },
        state: "next",
        step: { kind: "copy", servers: ["MBX2"] },
      },
      {
        title: "left to Exchange for a day after its date",
        facts: { next: "GENERATION2", nextEffectiveDate: daysFrom(-0.9) },
        own: { isKnown: true },
        state: "next",
        step: { kind: "await", effectiveDate: daysFrom(-0.9) },
      },
      {
        title: "made current a day after its date",
        facts: { next: "GENERATION2", nextEffectiveDate: daysFrom(-1) },
        own: { isKnown: true },
        state: "due",
        step: { kind: "publish" },
      },
      {
        title: "not made current a day after its date while a server is away",
        facts: { next: "GENERATION2", nextEffectiveDate: daysFrom(-1), holds: unreachable },
        own: { isKnown: true },
        state: "due",
        step: { kind: "wait", reason: "MBX2 could not be asked: the RPC server is unavailable" },
      },
      {
        title: "left alone once it is current",
        facts: { current: "GENERATION2" },
        state: "current",
        step: { kind: "none" },
      },
      {
        title: "left alone where another hand has taken it back",
        facts: { previous: "GENERATION2" },
        state: "previous",
        step: { kind: "none" },
      },
      {
        title: "left alone once a later one is current",
        facts: { current: "GENERATION3", holds: { MBX1: [SECOND, THIRD] } },
        state: "retired",
        step: { kind: "none" },
      },
      {
        title: "refused once it has expired",
        facts: { holds: { MBX1: [FIRST, made(2, { notAfter: daysFrom(-1) })] } },
        state: "everywhere",
        step: { kind: "refuse", reason: "expired" },
      },
      {
        title: "refused where its key is lost",
        facts: { holds: { MBX1: [FIRST, made(2, { privateKey: "no" })] } },
        state: "made",
        step: { kind: "refuse", reason: "on no server with a key that can be exported" },
      },
    ];
    for (const { title, facts: changes, own, timing, state, step } of rows) {
      it(`${title} (${state})`, () => {
        const generation = { generation: 2, isKnown: false, ...own };
        expect(stateOf(facts(changes), generation)).to.equal(state);
        expect(nextStep(facts(changes), generation, { effectiveInDays: 30, ...timing })).to.deep.equal(step);
      });
    }
  });
});
