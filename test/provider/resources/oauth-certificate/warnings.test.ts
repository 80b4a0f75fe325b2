import { expect } from "chai";
import type { OrganisationFacts } from "../../../../provider/resources/oauth-certificate/rules";
import {
  clockWarnings,
  expiryWarnings,
  nextWarnings,
  validityWarnings,
} from "../../../../provider/resources/oauth-certificate/warnings";
import { certificate, NOW, organisation } from "./facts";

const SWITCH = "AuthConfig will switch to the certificate NEXT";

const DAY = 24 * 60 * 60 * 1000;
const daysFrom = (days: number) => new Date(NOW.getTime() + days * DAY);
const texts = (warnings: { text: string }[]) => warnings.map(({ text }) => text);

describe("the certificate's warnings", () => {
  it("tell its end by the day alone: a refresh on the next day finds the same text", () => {
    const ending = { ...certificate("GOOD", { notAfter: daysFrom(40) }), generation: 1 };
    const [today] = expiryWarnings(ending, NOW);
    expect(today?.text).to.equal(
      "The auth certificate GOOD expires on 2027-01-03. It is kept until then. Renew it ahead: declare " +
        "`certificateGenerations: [1, 2]` of PushNotificationProxying and run `pulumi up`.",
    );
    expect(expiryWarnings(ending, daysFrom(1))).to.deep.equal([today]);
    expect(expiryWarnings(ending, daysFrom(-21))).to.deep.equal([]);
    expect(expiryWarnings(ending, daysFrom(41))).to.deep.equal([]);
  });

  it("tell of one that is not valid yet", () => {
    expect(texts(validityWarnings(certificate("GOOD", { notBefore: daysFrom(1) }), NOW))).to.deep.equal([
      "The auth certificate GOOD is not valid before 2026-11-25T12:00:00Z, and Exchange's clock has not reached that: " +
        "servers refuse it until then. It is kept; check the servers' clocks.",
    ]);
    expect(validityWarnings(certificate("GOOD", { notBefore: NOW }), NOW)).to.deep.equal([]);
  });

  describe("of clocks that differ", () => {
    const ended = certificate("GOOD", { notAfter: daysFrom(0) });
    const rows: { title: string; now: number; ourNow: number; expected: boolean }[] = [
      { title: "come where it has ended by ours and not by Exchange's", now: -1, ourNow: 1, expected: true },
      { title: "come not where it has ended by both", now: 1, ourNow: 1, expected: false },
      { title: "come not where it has ended by neither", now: -1, ourNow: -1, expected: false },
      { title: "come not where it has ended by Exchange's, which says so itself", now: 1, ourNow: -1, expected: false },
    ];
    for (const { title, now, ourNow, expected } of rows) {
      it(title, () => {
        const facts = { ...organisation("GOOD", {}), now: daysFrom(now), ourNow: daysFrom(ourNow) };
        expect(texts(clockWarnings(ended, facts))).to.deep.equal(
          expected
            ? [
                "The auth certificate GOOD ended on 2026-11-24T12:00:00Z by this machine's clock, and not yet by Exchange's, " +
                  "which decides: it is kept. Set whichever clock is wrong.",
              ]
            : [],
        );
      });
    }
  });

  describe("of the certificate that AuthConfig will switch to", () => {
    const good = certificate("GOOD");
    const next = certificate("NEXT");
    const UNKNOWN =
      "The tenant, and whatever else trusts the organisation, may not know it yet: before that, declare " +
      "`certificateGenerations: [1, 2]` of PushNotificationProxying and run `pulumi up`, which adopts it.";
    const STAGE_ANOTHER =
      "before that, stage one that can serve (Set-AuthConfig with NewCertificateThumbprint and NewCertificateEffectiveDate).";
    const WHEN = "on 2026-12-24T12:00:00Z by Exchange's clock, or up to a day later";
    const staged = (servers: Parameters<typeof organisation>[1]): OrganisationFacts => ({
      ...organisation("GOOD", servers),
      next: "NEXT",
      nextEffectiveDate: daysFrom(30),
    });
    const rows: { title: string; facts: OrganisationFacts; text: string | undefined }[] = [
      {
        title: "say when",
        facts: staged({ MBX1: [good, next] }),
        text: `${SWITCH} ${WHEN}. ${UNKNOWN}`,
      },
      {
        title: "say that it does not show when",
        facts: { ...staged({ MBX1: [good, next] }), nextEffectiveDate: undefined },
        text: `${SWITCH} at a time that it does not show. ${UNKNOWN}`,
      },
      {
        title: "name the servers that lack it",
        facts: staged({ MBX1: [good, next], MBX2: [good] }),
        text: `${SWITCH} ${WHEN}. It is missing on MBX2: import it there before that. ${UNKNOWN}`,
      },
      {
        title: "say that it has expired",
        facts: staged({ MBX1: [good, certificate("NEXT", { notAfter: daysFrom(-1) })] }),
        text: `${SWITCH} ${WHEN}. It expired on 2026-11-23: ${STAGE_ANOTHER}`,
      },
      {
        title: "say that no server holds it",
        facts: staged({ MBX1: [good] }),
        text: `${SWITCH} ${WHEN}. No server holds it with its key: ${STAGE_ANOTHER}`,
      },
      {
        title: "do not say that a server lacks it which could not be asked",
        facts: staged({ MBX1: "unreachable" }),
        text: `${SWITCH} ${WHEN}. ${UNKNOWN}`,
      },
      { title: "come not where none is staged", facts: organisation("GOOD", { MBX1: [good] }), text: undefined },
      {
        title: "come not where it is the current one",
        facts: { ...staged({ MBX1: [good] }), next: "GOOD" },
        text: undefined,
      },
    ];
    for (const { title, facts, text } of rows) {
      it(title, () => {
        expect(texts(nextWarnings(facts, 1))).to.deep.equal(text === undefined ? [] : [text]);
      });
    }
  });
});
