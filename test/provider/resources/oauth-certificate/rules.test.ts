import { expect } from "chai";
import type { StoredCertificate } from "../../../../provider/exchange/stored-certificate";
import { isOurs, subjectKeyIdentifierOf } from "../../../../provider/resources/oauth-certificate/identifiers";
import {
  canBeNamedAgain,
  certificatesSeen,
  choose,
  currentStateOf,
  presenceOn,
  reasonAgainst,
  repairsOf,
  roleOf,
} from "../../../../provider/resources/oauth-certificate/rules";
import { certificate, NOW, ORGANISATION, organisation } from "./facts";

const first = subjectKeyIdentifierOf(ORGANISATION, 1);
const second = subjectKeyIdentifierOf(ORGANISATION, 2);
const yesterday = new Date(NOW.getTime() - 24 * 60 * 60 * 1000);
const tomorrow = new Date(NOW.getTime() + 24 * 60 * 60 * 1000);

const good = certificate("GOOD");
const expired = certificate("OLD", { notAfter: yesterday });
const ours = (n: string, changes: Partial<StoredCertificate> = {}) =>
  certificate("OURS", { subjectKeyIdentifier: n, ...changes });

describe("the certificate's rules", () => {
  describe("what a server's list says", () => {
    const list = [good];
    const doubt = {
      unreachable: "it lists a certificate that cannot be read, and AuthConfig's NAMED may be that one",
    };
    const rows: {
      what: string;
      current: string;
      unreadable: string[];
      seen: ReturnType<typeof certificatesSeen>;
      next?: string;
    }[] = [
      { what: "all, where every entry can be read", current: "NAMED", unreadable: [], seen: list },
      {
        what: "all, where one that cannot be read is another one",
        current: "NAMED",
        unreadable: ["OTHER"],
        seen: list,
      },
      {
        what: "all, where the one that AuthConfig names is among those that can be read",
        current: "GOOD",
        unreadable: [""],
        seen: list,
      },
      { what: "all, where AuthConfig names none", current: "", unreadable: [""], seen: list },
      {
        what: "nothing, where the one that AuthConfig names cannot be read",
        current: "NAMED",
        unreadable: ["OTHER", "NAMED"],
        seen: doubt,
      },
      { what: "nothing, where one shows nothing of itself", current: "NAMED", unreadable: [""], seen: doubt },
      {
        what: "nothing, where the staged one cannot be read and none is current",
        current: "",
        unreadable: ["NAMED"],
        seen: doubt,
        next: "NAMED",
      },
      {
        what: "all, where the staged one cannot be read beside a current one that serves",
        current: "GOOD",
        unreadable: ["NAMED"],
        seen: list,
        next: "NAMED",
      },
      {
        what: "all, where the staged one is among those that can be read",
        current: "",
        unreadable: [""],
        seen: list,
        next: "GOOD",
      },
    ];
    for (const { what, current, unreadable, seen, next = "" } of rows) {
      it(what, () => {
        expect(
          certificatesSeen({ certificates: list, unreadable }, { ...organisation(current, {}), next }),
        ).to.deep.equal(seen);
      });
    }
  });

  describe("which certificate the organisation is to have", () => {
    const rows: { title: string; facts: ReturnType<typeof organisation>; refused?: string[]; expected: unknown }[] = [
      {
        title: "keeps a valid current one that is on every server",
        facts: organisation("GOOD", { MBX1: [good], MBX2: [good] }),
        expected: { kind: "keep", certificate: good },
      },
      {
        title: "keeps a valid current one whose key cannot be seen",
        facts: organisation("GOOD", { MBX1: [certificate("GOOD", { privateKey: "unknown" })] }),
        expected: { kind: "keep", certificate: certificate("GOOD", { privateKey: "unknown" }) },
      },
      {
        title: "keeps a valid current one that only some servers lack",
        facts: organisation("GOOD", { MBX1: [good], MBX2: [] }),
        expected: { kind: "keep", certificate: good },
      },
      {
        title: "keeps a valid current one while another server cannot be asked",
        facts: organisation("GOOD", { MBX1: [good], MBX2: "unreachable" }),
        expected: { kind: "keep", certificate: good },
      },
      {
        title: "keeps a valid current one although a usable one of ours is there",
        facts: organisation("GOOD", { MBX1: [good, ours(first)] }),
        expected: { kind: "keep", certificate: good },
      },
      {
        title: "keeps a current one that is not valid yet",
        facts: organisation("GOOD", { MBX1: [certificate("GOOD", { notBefore: tomorrow })] }),
        expected: { kind: "keep", certificate: certificate("GOOD", { notBefore: tomorrow }) },
      },
      {
        title: "keeps a current one whose key is known to be missing on one server and unknown on another",
        facts: organisation("GOOD", { MBX1: [certificate("GOOD", { privateKey: "no" })], MBX2: [good] }),
        expected: { kind: "keep", certificate: good },
      },
      {
        title: "makes the first one where none is named",
        facts: organisation("", { MBX1: [good], MBX2: [] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes the first one where the current one has expired",
        facts: organisation("OLD", { MBX1: [expired] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where the current one has 1024 bits",
        facts: organisation("WEAK", { MBX1: [certificate("WEAK", { keySize: 1024 })] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where the current one has no RSA key",
        facts: organisation("EC", { MBX1: [certificate("EC", { keyAlgorithm: "ec", keySize: 0 })] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where every server answered and none holds the current one",
        facts: organisation("LOST", { MBX1: [good], MBX2: [] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where the current one is there without its key everywhere",
        facts: organisation("GOOD", { MBX1: [certificate("GOOD", { privateKey: "no" })] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "stops where the current one is seen nowhere and a server cannot be asked",
        facts: organisation("LOST", { MBX1: [], MBX2: "unreachable" }),
        expected: { kind: "stop", reasons: ["MBX2 could not be asked: the RPC server is unavailable"] },
      },
      {
        title: "stops where the current one has expired and a server cannot be asked",
        facts: organisation("OLD", { MBX1: [expired], MBX2: "unreachable" }),
        expected: { kind: "stop", reasons: ["MBX2 could not be asked: the RPC server is unavailable"] },
      },
      {
        title: "stops where none is named and a server cannot be asked",
        facts: organisation("", { MBX1: "unreachable", MBX2: [] }),
        expected: { kind: "stop", reasons: ["MBX1 could not be asked: the RPC server is unavailable"] },
      },
      {
        title: "uses one of ours that is on every server",
        facts: organisation("OLD", { MBX1: [expired, ours(first)], MBX2: [ours(first)] }),
        expected: { kind: "use", certificate: ours(first) },
      },
      {
        title: "uses one of ours that can still be copied to a server that lacks it",
        facts: organisation("OLD", { MBX1: [expired, ours(first)], MBX2: [] }),
        expected: { kind: "use", certificate: ours(first) },
      },
      {
        title: "makes the next one where ours was refused for export and a server lacks it",
        facts: organisation("OLD", { MBX1: [expired, ours(first)], MBX2: [] }),
        refused: ["OURS"],
        expected: { kind: "make", subjectKeyIdentifier: second },
      },
      {
        title: "uses one of ours that was refused for export where no server lacks it",
        facts: organisation("OLD", { MBX1: [ours(first)], MBX2: [ours(first)] }),
        refused: ["OURS"],
        expected: { kind: "use", certificate: ours(first) },
      },
      {
        title: "makes the next one where the key of ours is known not to be exportable and a server lacks it",
        facts: organisation("", { MBX1: [ours(first, { exportable: "no" })], MBX2: [] }),
        expected: { kind: "make", subjectKeyIdentifier: second },
      },
      {
        title: "makes the next one where ours has expired",
        facts: organisation("", { MBX1: [ours(first, { notAfter: yesterday })] }),
        expected: { kind: "make", subjectKeyIdentifier: second },
      },
      {
        title: "makes the next one where the key of ours is known to be gone",
        facts: organisation("", { MBX1: [ours(first, { privateKey: "no" })] }),
        expected: { kind: "make", subjectKeyIdentifier: second },
      },
      {
        title: "uses the second where the first has expired",
        facts: organisation("", {
          MBX1: [ours(first, { notAfter: yesterday }), certificate("OURS2", { subjectKeyIdentifier: second })],
        }),
        expected: { kind: "use", certificate: certificate("OURS2", { subjectKeyIdentifier: second }) },
      },
      {
        title: "uses the same one of two with our identifier at every look",
        facts: organisation("", {
          MBX1: [certificate("B", { subjectKeyIdentifier: first }), certificate("A", { subjectKeyIdentifier: first })],
        }),
        expected: { kind: "use", certificate: certificate("A", { subjectKeyIdentifier: first }) },
      },
      {
        title: "never uses somebody else's valid certificate, however well it fits",
        facts: organisation("", { MBX1: [certificate("OTHER", { subject: "CN=Exchange S2S OAuth" })] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
    ];
    for (const { title, facts, refused = [], expected } of rows) {
      it(title, () => {
        expect(choose(facts, new Set(refused))).to.deep.equal(expected);
      });
    }
  });

  describe("which certificate the organisation is to have where another one is staged", () => {
    const next = certificate("NEXT");
    const staged = (current: string, servers: Parameters<typeof organisation>[1], name = "NEXT") => ({
      ...organisation(current, servers),
      next: name,
      nextEffectiveDate: new Date(NOW.getTime() + 10 * 60 * 60 * 1000),
    });
    const rows: { title: string; facts: ReturnType<typeof organisation>; refused?: string[]; expected: unknown }[] = [
      {
        title: "keeps a valid current one",
        facts: staged("GOOD", { MBX1: [good, next] }),
        expected: { kind: "keep", certificate: good },
      },
      {
        title: "uses it where the current one has expired",
        facts: staged("OLD", { MBX1: [expired, next], MBX2: [expired, next] }),
        expected: { kind: "use", certificate: next },
      },
      {
        title: "uses it where none is current",
        facts: staged("", { MBX1: [next] }),
        expected: { kind: "use", certificate: next },
      },
      {
        title: "uses it where the current one is gone",
        facts: staged("LOST", { MBX1: [next] }),
        expected: { kind: "use", certificate: next },
      },
      {
        title: "uses it before one of ours that is on every server",
        facts: staged("OLD", { MBX1: [expired, ours(first), next] }),
        expected: { kind: "use", certificate: next },
      },
      {
        title: "uses it whenever it is to take effect, and where that is not shown",
        facts: { ...staged("OLD", { MBX1: [expired, next] }), nextEffectiveDate: undefined },
        expected: { kind: "use", certificate: next },
      },
      {
        title: "uses it where it can be copied to a server that lacks it",
        facts: staged("OLD", { MBX1: [expired, next], MBX2: [expired] }),
        expected: { kind: "use", certificate: next },
      },
      {
        title: "makes one where a server lacks it and its key may not leave",
        facts: staged("OLD", { MBX1: [expired, next], MBX2: [expired] }),
        refused: ["NEXT"],
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where it has expired, too",
        facts: staged("OLD", { MBX1: [expired, certificate("NEXT", { notAfter: yesterday })] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where it is not valid yet: Exchange would not name it",
        facts: staged("OLD", { MBX1: [expired, certificate("NEXT", { notBefore: tomorrow })] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where it is too weak",
        facts: staged("OLD", { MBX1: [expired, certificate("NEXT", { keySize: 1024 })] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where no server holds it",
        facts: staged("OLD", { MBX1: [expired] }),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "makes one where it is the current one, which has expired",
        facts: staged("OLD", { MBX1: [expired] }, "OLD"),
        expected: { kind: "make", subjectKeyIdentifier: first },
      },
      {
        title: "stops where a server cannot be asked",
        facts: staged("OLD", { MBX1: [expired, next], MBX2: "unreachable" }),
        expected: { kind: "stop", reasons: ["MBX2 could not be asked: the RPC server is unavailable"] },
      },
    ];
    for (const { title, facts, refused = [], expected } of rows) {
      it(title, () => {
        expect(choose(facts, new Set(refused))).to.deep.equal(expected);
      });
    }
  });

  it("gives up when every identifier is used up by certificates that cannot serve", () => {
    const used = Array.from({ length: 64 }, (_, index) =>
      certificate(`N${index}`, {
        subjectKeyIdentifier: subjectKeyIdentifierOf(ORGANISATION, index + 1),
        notAfter: yesterday,
      }),
    );
    expect(() => choose(organisation("", { MBX1: used }), new Set())).to.throw(
      "the organisation holds 64 certificates made here, none of which can be used",
    );
  });

  it("derives the identifier from the organisation and the number alone", () => {
    expect(subjectKeyIdentifierOf("00000000-0000-0000-0000-000000000001", 1)).to.equal(
      "8BC41C46141D18A6F600E047F6D9ED17",
    );
    expect(first)
      .to.match(/^[0-9A-F]{32}$/)
      .and.not.equal(second);
    expect(isOurs(ORGANISATION, { subjectKeyIdentifier: second })).to.equal(true);
    expect(isOurs("another", { subjectKeyIdentifier: second })).to.equal(false);
    expect(isOurs(ORGANISATION, { subjectKeyIdentifier: "" })).to.equal(false);
  });

  it("takes the moment of expiry itself as valid, by the far end's clock", () => {
    expect(reasonAgainst(certificate("X", { notAfter: NOW }), NOW)).to.equal("");
    expect(reasonAgainst(certificate("X", { notAfter: new Date(NOW.getTime() - 1) }), NOW)).to.equal("expired");
    expect(reasonAgainst(certificate("X", { keySize: 2047 }), NOW)).to.equal("not an RSA key of 2048 bits or more");
  });

  it("tells missing, unreachable and present apart", () => {
    const { servers } = organisation("GOOD", {
      A: [good],
      B: [],
      C: "unreachable",
      D: [{ ...good, privateKey: "no" }],
    });
    expect(servers.map((server) => presenceOn(server, "GOOD"))).to.deep.equal([
      "present",
      "missing",
      "unreachable",
      "missing",
    ]);
  });

  it("calls a current one unseen, not gone, while a server cannot be asked", () => {
    expect(currentStateOf(organisation("X", { A: [], B: "unreachable" })).state).to.equal("unseen");
    expect(currentStateOf(organisation("X", { A: [], B: [] })).state).to.equal("gone");
    expect(currentStateOf(organisation("", { A: [] })).state).to.equal("unset");
    expect(currentStateOf(organisation("OLD", { A: [expired] })).state).to.equal("invalid");
  });

  it("names a former one again only when it is valid and on every server", () => {
    expect(canBeNamedAgain(organisation("X", { A: [good], B: [good] }), "GOOD")).to.equal(true);
    expect(canBeNamedAgain(organisation("X", { A: [good], B: [] }), "GOOD")).to.equal(false);
    expect(canBeNamedAgain(organisation("X", { A: [good], B: "unreachable" }), "GOOD")).to.equal(false);
    expect(canBeNamedAgain(organisation("X", { A: [expired] }), "OLD")).to.equal(false);
    expect(canBeNamedAgain(organisation("X", { A: [good] }), "")).to.equal(false);
  });

  it("finds the role in which AuthConfig names a certificate", () => {
    const facts = { ...organisation("A", {}), previous: "B", next: "C" };
    expect(["A", "B", "C", "D"].map((thumbprint) => roleOf(facts, thumbprint))).to.deep.equal([
      "current",
      "previous",
      "next",
      undefined,
    ]);
  });

  it("says what is to be repaired of one that was made and not named yet", () => {
    const mine = certificate("B");
    const repairs = (current: string, servers: Parameters<typeof organisation>[1]) =>
      repairsOf(organisation(current, servers), "B");
    expect(repairs("A", { MBX1: [mine], MBX2: [] })).to.deep.equal(["not named by AuthConfig", "missing on MBX2"]);
    expect(repairs("B", { MBX1: [mine] })).to.deep.equal([]);
  });
});
