import { expect } from "chai";
import { NotFound } from "../../../../provider/errors";
import { subjectKeyIdentifierOf } from "../../../../provider/resources/oauth-certificate/identifiers";
import type { OAuthCertificateOutputs } from "../../../../provider/resources/oauth-certificate/outputs";
import { outputsOfCurrent } from "../../../../provider/resources/oauth-certificate/present";
import type { OrganisationFacts } from "../../../../provider/resources/oauth-certificate/rules";
import { certificate, NOW, ORGANISATION, organisation } from "./facts";

const ours = certificate("OURS", { subjectKeyIdentifier: subjectKeyIdentifierOf(ORGANISATION, 1) });
const setups = certificate("SETUP");
const expired = certificate("OLD", { notAfter: new Date(NOW.getTime() - 1) });

function state(thumbprint: string): OAuthCertificateOutputs {
  const facts = organisation(thumbprint, { MBX1: [certificate(thumbprint)] });
  return outputsOfCurrent(facts, {});
}

describe("reading the certificate", () => {
  it("shows a valid current one as it is, with nothing to repair", () => {
    const outputs = outputsOfCurrent(organisation("SETUP", { MBX1: [setups], MBX2: [setups] }), state("SETUP"));
    expect(outputs).to.include({ thumbprint: "SETUP", provenance: "found", formerThumbprint: "", keySize: 2048 });
    expect(outputs.repair).to.deep.equal([]);
    expect(outputs.warnings).to.deep.equal([]);
    expect(outputs.servers).to.deep.equal([
      { name: "MBX1", state: "present" },
      { name: "MBX2", state: "present" },
    ]);
  });

  it("takes another valid current one as the new truth: outputs change, nothing is to be repaired, a warning says so", () => {
    const outputs = outputsOfCurrent(organisation("SETUP", { MBX1: [setups] }), state("BEFORE"));
    expect(outputs.thumbprint).to.equal("SETUP");
    expect(outputs.repair).to.deep.equal([]);
    expect(outputs.warnings.map(({ name }) => name)).to.deep.equal(["certificateChanged"]);
    expect(outputs.warnings[0]?.text).to.contain("from BEFORE to SETUP").and.contain("`pulumi refresh`");
  });

  it("names the servers that lack the current one, and not those that could not be asked", () => {
    const facts = organisation("SETUP", { MBX1: [setups], MBX2: [], MBX3: "unreachable" });
    const outputs = outputsOfCurrent(facts, state("SETUP"));
    expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
    expect(outputs.servers.map(({ state }) => state)).to.deep.equal(["present", "missing", "unreachable"]);
  });

  describe("that servers lack, as the last update said, which could not copy it there", () => {
    const facts = (missing: string) =>
      organisation("SETUP", {
        MBX1: [setups],
        MBX2: missing === "MBX2" ? [] : [setups],
        MBX3: missing === "MBX3" ? [] : [setups],
      });
    const told: OAuthCertificateOutputs = {
      ...outputsOfCurrent(facts("MBX2"), {}),
      repair: [],
      warnings: [{ name: "missingOnServers", text: "…", link: "" }],
    };

    it("says so again, and is no drift", () => {
      const outputs = outputsOfCurrent(facts("MBX2"), told);
      expect(outputs.repair).to.deep.equal([]);
      expect(outputs.warnings).to.deep.equal(told.warnings);
    });

    it("is drift where another server lacks it", () => {
      const outputs = outputsOfCurrent(facts("MBX3"), told);
      expect(outputs.repair).to.deep.equal(["missing on MBX3"]);
      expect(outputs.warnings).to.deep.equal([]);
    });

    it("says nothing once all of them have it", () => {
      const outputs = outputsOfCurrent(facts(""), told);
      expect(outputs.repair).to.deep.equal([]);
      expect(outputs.warnings).to.deep.equal([]);
    });

    it("is drift where no update has tried yet", () => {
      const outputs = outputsOfCurrent(facts("MBX2"), { ...told, repair: ["missing on MBX2"] });
      expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
    });

    it("is drift where it is another certificate", () => {
      const outputs = outputsOfCurrent(facts("MBX2"), { ...told, thumbprint: "BEFORE" });
      expect(outputs.repair).to.deep.equal(["missing on MBX2"]);
    });
  });

  it("shows one of ours that is half made as drift", () => {
    const half = { ...state("OURS"), formerThumbprint: "" };
    const outputs = outputsOfCurrent(organisation("OLD", { MBX1: [expired, ours], MBX2: [] }), half);
    expect(outputs).to.include({ thumbprint: "OURS", provenance: "here" });
    expect(outputs.repair).to.deep.equal(["not named by AuthConfig", "missing on MBX2"]);
  });

  it("says that the current one has expired", () => {
    const outputs = outputsOfCurrent(organisation("OLD", { MBX1: [expired] }), state("OLD"));
    expect(outputs.repair).to.deep.equal(["expired"]);
  });

  it("keeps what was last known of one that is gone, and says so", () => {
    const outputs = outputsOfCurrent(organisation("SETUP", { MBX1: [], MBX2: [] }), state("SETUP"));
    expect(outputs.thumbprint).to.equal("SETUP");
    expect(outputs.repair).to.deep.equal(["gone"]);
    expect(outputs.servers.map(({ state }) => state)).to.deep.equal(["missing", "missing"]);
  });

  it("keeps what was last known where it cannot be seen, with nothing to repair", () => {
    const outputs = outputsOfCurrent(organisation("SETUP", { MBX1: "unreachable" }), state("SETUP"));
    expect(outputs.thumbprint).to.equal("SETUP");
    expect(outputs.repair).to.deep.equal([]);
    expect(outputs.warnings.map(({ text }) => text)).to.deep.equal([
      "Whether MBX1 holds the certificate SETUP is not known: it could not be asked: the RPC server is unavailable.",
    ]);
    expect(outputs.servers).to.deep.equal([{ name: "MBX1", state: "unreachable" }]);
  });

  it("tells of several servers that answer the same in one sentence", () => {
    const facts = organisation("SETUP", { MBX1: "unreachable", MBX2: "unreachable" });
    expect(outputsOfCurrent(facts, state("SETUP")).warnings.map(({ text }) => text)).to.deep.equal([
      "Whether MBX1, MBX2 hold the certificate SETUP is not known: each could not be asked: the RPC server is unavailable.",
    ]);
  });

  it("claims nothing new of ours where the one that AuthConfig names instead cannot be seen", () => {
    const facts = organisation("LATER", { MBX1: [ours], MBX2: "unreachable" });
    const outputs = outputsOfCurrent(facts, state("OURS"));
    expect(outputs).to.deep.include({ thumbprint: "OURS", repair: [] });
    expect(outputs.warnings[0]?.text).to.contain("Whether MBX2 holds the certificate LATER is not known");
    const half = { ...state("OURS"), repair: ["not named by AuthConfig"] };
    expect(outputsOfCurrent(facts, half).repair).to.deep.equal(["not named by AuthConfig"]);
  });

  it("keeps the warning that one which is half made changed, where the one that AuthConfig names cannot be seen", () => {
    const changed = { name: "certificateChanged", text: "It changed.", link: "" } as const;
    const half = { ...state("OURS"), repair: ["not named by AuthConfig"], warnings: [changed] };
    const outputs = outputsOfCurrent(organisation("LATER", { MBX1: [ours], MBX2: "unreachable" }), half);
    expect(outputs.warnings.map(({ name }) => name)).to.deep.equal(["certificateChanged", "unreachableServers"]);
  });

  it("says that AuthConfig names none any more", () => {
    const outputs = outputsOfCurrent(organisation("", { MBX1: [] }), state("SETUP"));
    expect(outputs.repair).to.deep.equal(["not named by AuthConfig"]);
  });

  it("takes AuthConfig's Previous as the former one where the state was lost before it knew", () => {
    const facts = { ...organisation("OURS", { MBX1: [ours] }), previous: "OLD" };
    expect(outputsOfCurrent(facts, {}).formerThumbprint).to.equal("OLD");
    expect(outputsOfCurrent(facts, { ...state("OURS"), formerThumbprint: "OLDER" }).formerThumbprint).to.equal("OLDER");
  });

  describe("that another hand has put in the place of another one", () => {
    const before = state("BEFORE");
    const named = (previous: string, current = "SETUP") => ({
      ...organisation(current, { MBX1: [certificate(current)] }),
      previous,
    });
    const previousIn = ({ schemaVersion, previousThumbprint, previousCertificatePem }: OAuthCertificateOutputs) => ({
      schemaVersion,
      previousThumbprint,
      previousCertificatePem,
    });
    const kept = { schemaVersion: 2, previousThumbprint: "BEFORE", previousCertificatePem: before.certificatePem };
    const none = { schemaVersion: 1, previousThumbprint: undefined, previousCertificatePem: undefined };

    it("keeps the former one, as long as AuthConfig names it as its previous one", () => {
      const followed = outputsOfCurrent(named("BEFORE"), before);
      expect(previousIn(followed)).to.deep.equal(kept);
      const again = outputsOfCurrent(named("BEFORE"), followed);
      expect(previousIn(again)).to.deep.equal(kept);
      expect(previousIn(outputsOfCurrent(named(""), again))).to.deep.equal(none);
    });

    it("keeps none that AuthConfig does not name, and none where nothing was replaced", () => {
      expect(previousIn(outputsOfCurrent(named("ANOTHER"), before))).to.deep.equal(none);
      expect(previousIn(outputsOfCurrent(named(""), before))).to.deep.equal(none);
      expect(previousIn(outputsOfCurrent(named("ANOTHER"), state("SETUP")))).to.deep.equal(none);
      expect(previousIn(outputsOfCurrent(named("ANOTHER"), {}))).to.deep.equal(none);
    });
  });

  const goneBackFrom: [string, OrganisationFacts][] = [
    ["is valid", organisation("OURS", { MBX1: [ours, setups], MBX2: [ours, setups] })],
    ["cannot be seen", organisation("OURS", { MBX1: [ours], MBX2: "unreachable" })],
  ];
  for (const [title, facts] of goneBackFrom) {
    it(`takes no Previous for the former one that ${title}: an administrator may have gone back from it to ours`, () => {
      const seen = { ...facts, previous: "SETUP" };
      expect(outputsOfCurrent(seen, state("SETUP")).formerThumbprint).to.equal("");
      expect(outputsOfCurrent(seen, {}).formerThumbprint).to.equal("");
    });
  }

  it("has nothing to show where a program only looks it up and there is none", () => {
    const facts = organisation("LOST", { MBX1: [], MBX2: [] });
    expect(() => outputsOfCurrent(facts, {})).to.throw(NotFound, "no server holds the certificate LOST with its key");
  });
});
