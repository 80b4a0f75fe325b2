import { expect } from "chai";
import type { StoredCertificate } from "../../../../provider/exchange/certificates";
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
    const rows: [string, string, string[], ReturnType<typeof certificatesSeen>, next?: string][] = [
      ["all, where every entry can be read", "NAMED", [], list],
      ["all, where one that cannot be read is another one", "NAMED", ["OTHER"], list],
      ["all, where the one that AuthConfig names is among those that can be read", "GOOD", [""], list],
      ["all, where AuthConfig names none", "", [""], list],
      ["nothing, where the one that AuthConfig names cannot be read", "NAMED", ["OTHER", "NAMED"], doubt],
      ["nothing, where one shows nothing of itself", "NAMED", [""], doubt],
      ["nothing, where the staged one cannot be read and none is current", "", ["NAMED"], doubt, "NAMED"],
      ["all, where the staged one cannot be read beside a current one that serves", "GOOD", ["NAMED"], list, "NAMED"],
      ["all, where the staged one is among those that can be read", "", [""], list, "GOOD"],
    ];
    for (const [what, current, unreadable, seen, next = ""] of rows) {
      it(what, () => {
        expect(
          certificatesSeen({ certificates: list, unreadable }, { ...organisation(current, {}), next }),
        ).to.deep.equal(seen);
      });
    }
  });

  describe("which certificate the organisation is to have", () => {
    const rows: [string, ReturnType<typeof organisation>, string[], unknown][] = [
      [
        "keeps a valid current one that is on every server",
        organisation("GOOD", { MBX1: [good], MBX2: [good] }),
        [],
        { kind: "keep", certificate: good },
      ],
      [
        "keeps a valid current one whose key cannot be seen",
        organisation("GOOD", { MBX1: [certificate("GOOD", { privateKey: "unknown" })] }),
        [],
        { kind: "keep", certificate: certificate("GOOD", { privateKey: "unknown" }) },
      ],
      [
        "keeps a valid current one that only some servers lack",
        organisation("GOOD", { MBX1: [good], MBX2: [] }),
        [],
        { kind: "keep", certificate: good },
      ],
      [
        "keeps a valid current one while another server cannot be asked",
        organisation("GOOD", { MBX1: [good], MBX2: "unreachable" }),
        [],
        { kind: "keep", certificate: good },
      ],
      [
        "keeps a valid current one although a usable one of ours is there",
        organisation("GOOD", { MBX1: [good, ours(first)] }),
        [],
        { kind: "keep", certificate: good },
      ],
      [
        "keeps a current one that is not valid yet",
        organisation("GOOD", { MBX1: [certificate("GOOD", { notBefore: tomorrow })] }),
        [],
        { kind: "keep", certificate: certificate("GOOD", { notBefore: tomorrow }) },
      ],
      [
        "keeps a current one whose key is known to be missing on one server and unknown on another",
        organisation("GOOD", { MBX1: [certificate("GOOD", { privateKey: "no" })], MBX2: [good] }),
        [],
        { kind: "keep", certificate: good },
      ],
      [
        "makes the first one where none is named",
        organisation("", { MBX1: [good], MBX2: [] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes the first one where the current one has expired",
        organisation("OLD", { MBX1: [expired] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where the current one has 1024 bits",
        organisation("WEAK", { MBX1: [certificate("WEAK", { keySize: 1024 })] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where the current one has no RSA key",
        organisation("EC", { MBX1: [certificate("EC", { keyAlgorithm: "ec", keySize: 0 })] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where every server answered and none holds the current one",
        organisation("LOST", { MBX1: [good], MBX2: [] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where the current one is there without its key everywhere",
        organisation("GOOD", { MBX1: [certificate("GOOD", { privateKey: "no" })] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "stops where the current one is seen nowhere and a server cannot be asked",
        organisation("LOST", { MBX1: [], MBX2: "unreachable" }),
        [],
        { kind: "stop", reasons: ["MBX2 could not be asked: the RPC server is unavailable"] },
      ],
      [
        "stops where the current one has expired and a server cannot be asked",
        organisation("OLD", { MBX1: [expired], MBX2: "unreachable" }),
        [],
        { kind: "stop", reasons: ["MBX2 could not be asked: the RPC server is unavailable"] },
      ],
      [
        "stops where none is named and a server cannot be asked",
        organisation("", { MBX1: "unreachable", MBX2: [] }),
        [],
        { kind: "stop", reasons: ["MBX1 could not be asked: the RPC server is unavailable"] },
      ],
      [
        "uses one of ours that is on every server",
        organisation("OLD", { MBX1: [expired, ours(first)], MBX2: [ours(first)] }),
        [],
        { kind: "use", certificate: ours(first) },
      ],
      [
        "uses one of ours that can still be copied to a server that lacks it",
        organisation("OLD", { MBX1: [expired, ours(first)], MBX2: [] }),
        [],
        { kind: "use", certificate: ours(first) },
      ],
      [
        "makes the next one where ours was refused for export and a server lacks it",
        organisation("OLD", { MBX1: [expired, ours(first)], MBX2: [] }),
        ["OURS"],
        { kind: "make", subjectKeyIdentifier: second },
      ],
      [
        "uses one of ours that was refused for export where no server lacks it",
        organisation("OLD", { MBX1: [ours(first)], MBX2: [ours(first)] }),
        ["OURS"],
        { kind: "use", certificate: ours(first) },
      ],
      [
        "makes the next one where the key of ours is known not to be exportable and a server lacks it",
        organisation("", { MBX1: [ours(first, { exportable: "no" })], MBX2: [] }),
        [],
        { kind: "make", subjectKeyIdentifier: second },
      ],
      [
        "makes the next one where ours has expired",
        organisation("", { MBX1: [ours(first, { notAfter: yesterday })] }),
        [],
        { kind: "make", subjectKeyIdentifier: second },
      ],
      [
        "makes the next one where the key of ours is known to be gone",
        organisation("", { MBX1: [ours(first, { privateKey: "no" })] }),
        [],
        { kind: "make", subjectKeyIdentifier: second },
      ],
      [
        "uses the second where the first has expired",
        organisation("", {
          MBX1: [ours(first, { notAfter: yesterday }), certificate("OURS2", { subjectKeyIdentifier: second })],
        }),
        [],
        { kind: "use", certificate: certificate("OURS2", { subjectKeyIdentifier: second }) },
      ],
      [
        "uses the same one of two with our identifier at every look",
        organisation("", {
          MBX1: [certificate("B", { subjectKeyIdentifier: first }), certificate("A", { subjectKeyIdentifier: first })],
        }),
        [],
        { kind: "use", certificate: certificate("A", { subjectKeyIdentifier: first }) },
      ],
      [
        "never uses somebody else's valid certificate, however well it fits",
        organisation("", { MBX1: [certificate("OTHER", { subject: "CN=Exchange S2S OAuth" })] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
    ];
    for (const [title, facts, refused, expected] of rows) {
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
    const rows: [string, ReturnType<typeof organisation>, string[], unknown][] = [
      ["keeps a valid current one", staged("GOOD", { MBX1: [good, next] }), [], { kind: "keep", certificate: good }],
      [
        "uses it where the current one has expired",
        staged("OLD", { MBX1: [expired, next], MBX2: [expired, next] }),
        [],
        { kind: "use", certificate: next },
      ],
      ["uses it where none is current", staged("", { MBX1: [next] }), [], { kind: "use", certificate: next }],
      [
        "uses it where the current one is gone",
        staged("LOST", { MBX1: [next] }),
        [],
        { kind: "use", certificate: next },
      ],
      [
        "uses it before one of ours that is on every server",
        staged("OLD", { MBX1: [expired, ours(first), next] }),
        [],
        { kind: "use", certificate: next },
      ],
      [
        "uses it whenever it is to take effect, and where that is not shown",
        { ...staged("OLD", { MBX1: [expired, next] }), nextEffectiveDate: undefined },
        [],
        { kind: "use", certificate: next },
      ],
      [
        "uses it where it can be copied to a server that lacks it",
        staged("OLD", { MBX1: [expired, next], MBX2: [expired] }),
        [],
        { kind: "use", certificate: next },
      ],
      [
        "makes one where a server lacks it and its key may not leave",
        staged("OLD", { MBX1: [expired, next], MBX2: [expired] }),
        ["NEXT"],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where it has expired, too",
        staged("OLD", { MBX1: [expired, certificate("NEXT", { notAfter: yesterday })] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where it is not valid yet: Exchange would not name it",
        staged("OLD", { MBX1: [expired, certificate("NEXT", { notBefore: tomorrow })] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where it is too weak",
        staged("OLD", { MBX1: [expired, certificate("NEXT", { keySize: 1024 })] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where no server holds it",
        staged("OLD", { MBX1: [expired] }),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "makes one where it is the current one, which has expired",
        staged("OLD", { MBX1: [expired] }, "OLD"),
        [],
        { kind: "make", subjectKeyIdentifier: first },
      ],
      [
        "stops where a server cannot be asked",
        staged("OLD", { MBX1: [expired, next], MBX2: "unreachable" }),
        [],
        { kind: "stop", reasons: ["MBX2 could not be asked: the RPC server is unavailable"] },
      ],
    ];
    for (const [title, facts, refused, expected] of rows) {
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
