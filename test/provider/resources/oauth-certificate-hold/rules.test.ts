import { expect } from "chai";
import { generationIdentifierOf } from "../../../../provider/resources/oauth-certificate/identifiers";
import type { OrganisationFacts } from "../../../../provider/resources/oauth-certificate/rules";
import { type Reason, reasonToKeep } from "../../../../provider/resources/oauth-certificate-hold/rules";
import { certificate, NOW, ORGANISATION, organisation } from "../oauth-certificate/facts";

const [FIRST, SECOND] = [certificate("FIRST"), certificate("SECOND")];
const ENDED = certificate("FIRST", { notAfter: new Date(NOW.getTime() - 1) });
const THIRD = certificate("THIRD", { subjectKeyIdentifier: generationIdentifierOf(ORGANISATION, 3) });
const ALL = { MBX1: [FIRST, SECOND], MBX2: [FIRST, SECOND] };

describe("the key credential of a generation", () => {
  const now = organisation("SECOND", ALL).now.getTime();
  const hoursAgo = (hours: number) => new Date(now - hours * 60 * 60 * 1000);
  const rows: {
    title: string;
    facts: OrganisationFacts;
    isAtOnce?: boolean;
    generation?: number;
    reason: Reason | undefined;
  }[] = [
    {
      title: "stays while its certificate is current",
      facts: organisation("FIRST", ALL),
      reason: { kind: "named", role: "current" },
    },
    {
      title: "stays while Exchange will make its certificate current",
      facts: { ...organisation("SECOND", ALL), next: "FIRST" },
      reason: { kind: "named", role: "next" },
    },
    {
      title: "stays while a server lacks what is current since",
      facts: { ...organisation("SECOND", { ...ALL, MBX2: [FIRST] }), previous: "FIRST" },
      reason: { kind: "not everywhere", servers: ["MBX2"] },
    },
    {
      title: "stays while a server cannot be asked for what is current since",
      facts: { ...organisation("SECOND", { ...ALL, MBX2: "unreachable" }), previous: "FIRST" },
      reason: { kind: "not everywhere", servers: ["MBX2"] },
    },
    {
      title: "may go once every server has what is current since",
      facts: { ...organisation("SECOND", ALL), previous: "FIRST" },
      reason: undefined,
    },
    {
      title: "stays for a day after AuthConfig was changed, in which servers may sign with its certificate",
      facts: { ...organisation("SECOND", ALL), previous: "FIRST", namedBy: hoursAgo(23) },
      reason: { kind: "may sign", until: new Date(now + 60 * 60 * 1000) },
    },
    {
      title: "may go once that day is over",
      facts: { ...organisation("SECOND", ALL), previous: "FIRST", namedBy: hoursAgo(24) },
      reason: undefined,
    },
    {
      title: "may go within that day where the program does not wait",
      facts: { ...organisation("SECOND", ALL), previous: "FIRST", namedBy: hoursAgo(23) },
      isAtOnce: true,
      reason: undefined,
    },
    {
      title: "stays while a server lacks what is current since, even where the program does not wait",
      facts: { ...organisation("SECOND", { ...ALL, MBX2: [FIRST] }), previous: "FIRST", namedBy: hoursAgo(23) },
      isAtOnce: true,
      reason: { kind: "not everywhere", servers: ["MBX2"] },
    },
    {
      title: "may go at once where its certificate has ended",
      facts: {
        ...organisation("SECOND", { MBX1: [ENDED, SECOND], MBX2: [ENDED] }),
        previous: "FIRST",
        namedBy: hoursAgo(1),
      },
      reason: undefined,
    },
    {
      title: "may go at once where no server has its certificate",
      facts: { ...organisation("SECOND", { MBX1: [SECOND], MBX2: [] }), previous: "FIRST", namedBy: hoursAgo(1) },
      reason: undefined,
    },
    {
      title: "stays where a server that cannot be asked may have its certificate",
      facts: { ...organisation("SECOND", { MBX1: [SECOND], MBX2: "unreachable" }), previous: "FIRST" },
      reason: { kind: "not everywhere", servers: ["MBX2"] },
    },
    {
      title: "stays where it is not known when AuthConfig was changed",
      facts: { ...organisation("SECOND", ALL), previous: "FIRST", namedBy: undefined },
      reason: { kind: "may sign", until: undefined },
    },
    {
      title: "stays for that day also where the previous one was cleared, since generation 1's was current",
      facts: { ...organisation("SECOND", ALL), namedBy: hoursAgo(23) },
      reason: { kind: "may sign", until: new Date(now + 60 * 60 * 1000) },
    },
    {
      title: "stays for that day where a later generation has taken its place, though AuthConfig does not name it",
      facts: { ...organisation("THIRD", { MBX1: [FIRST, THIRD], MBX2: [FIRST, THIRD] }), namedBy: hoursAgo(23) },
      generation: 2,
      reason: { kind: "may sign", until: new Date(now + 60 * 60 * 1000) },
    },
    {
      title: "may go at once where its certificate was only staged, whatever servers lack",
      facts: { ...organisation("SECOND", { MBX1: [SECOND], MBX2: "unreachable" }), namedBy: hoursAgo(1) },
      generation: 2,
      reason: undefined,
    },
  ];
  for (const { title, facts, isAtOnce = false, generation = 1, reason } of rows) {
    it(title, () => {
      expect(reasonToKeep(facts, { generation, thumbprint: "FIRST" }, isAtOnce)).to.deep.equal(reason);
    });
  }
});
