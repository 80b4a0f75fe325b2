import { expect } from "chai";
import type { OrganisationFacts } from "../../../../provider/resources/oauth-certificate/rules";
import { type Reason, reasonToKeep } from "../../../../provider/resources/oauth-certificate-hold/rules";
import { certificate, organisation } from "../oauth-certificate/facts";

const [FIRST, SECOND] = [certificate("FIRST"), certificate("SECOND")];
const ALL = { MBX1: [FIRST, SECOND], MBX2: [FIRST, SECOND] };

describe("the key credential of a generation", () => {
  const now = organisation("SECOND", ALL).now.getTime();
  const hoursAgo = (hours: number) => new Date(now - hours * 60 * 60 * 1000);
  const rows: { title: string; facts: OrganisationFacts; isAtOnce?: boolean; reason: Reason | undefined }[] = [
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
      facts: { ...organisation("SECOND", ALL), previous: "FIRST", changedAt: hoursAgo(23) },
      reason: { kind: "may sign", until: new Date(now + 60 * 60 * 1000) },
    },
    {
      title: "may go once that day is over",
      facts: { ...organisation("SECOND", ALL), previous: "FIRST", changedAt: hoursAgo(24) },
      reason: undefined,
    },
    {
      title: "may go within that day where the program does not wait",
      facts: { ...organisation("SECOND", ALL), previous: "FIRST", changedAt: hoursAgo(23) },
      isAtOnce: true,
      reason: undefined,
    },
    {
      title: "stays while a server lacks what is current since, even where the program does not wait",
      facts: { ...organisation("SECOND", { ...ALL, MBX2: [FIRST] }), previous: "FIRST", changedAt: hoursAgo(23) },
      isAtOnce: true,
      reason: { kind: "not everywhere", servers: ["MBX2"] },
    },
    {
      title: "may go where its certificate was never named, whatever servers lack",
      facts: organisation("SECOND", { MBX1: [SECOND], MBX2: "unreachable" }),
      reason: undefined,
    },
  ];
  for (const { title, facts, isAtOnce = false, reason } of rows) {
    it(title, () => {
      expect(reasonToKeep(facts, "FIRST", isAtOnce)).to.deep.equal(reason);
    });
  }
});
