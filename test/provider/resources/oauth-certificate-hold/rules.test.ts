import { expect } from "chai";
import type { OrganisationFacts } from "../../../../provider/resources/oauth-certificate/rules";
import { type Reason, reasonToKeep } from "../../../../provider/resources/oauth-certificate-hold/rules";
import { certificate, organisation } from "../oauth-certificate/facts";

const [FIRST, SECOND] = [certificate("FIRST"), certificate("SECOND")];
const ALL = { MBX1: [FIRST, SECOND], MBX2: [FIRST, SECOND] };

describe("the key credential of a generation", () => {
  const rows: { title: string; facts: OrganisationFacts; reason: Reason | undefined }[] = [
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
      title: "may go where its certificate was never named, whatever servers lack",
      facts: organisation("SECOND", { MBX1: [SECOND], MBX2: "unreachable" }),
      reason: undefined,
    },
  ];
  for (const { title, facts, reason } of rows) {
    it(title, () => {
      expect(reasonToKeep(facts, "FIRST")).to.deep.equal(reason);
    });
  }
});
