import { expect } from "chai";
import { Secret } from "../../../provider/powershell/protocol";
import { Redaction } from "../../../provider/powershell/redaction";
import { Tail } from "../../../provider/powershell/tail";

function show(texts: string[], ...secrets: string[]): string {
  const tail = new Tail();
  for (const text of texts) tail.add(text);
  return tail.show(new Redaction(secrets.map((secret) => new Secret(secret))));
}

describe("Tail", () => {
  const CASES: { what: string; texts: string[]; shown: string }[] = [
    { what: "nothing of nothing", texts: [], shown: "" },
    { what: "lines as one", texts: ["first\r\nsecond\n", "\n third "], shown: "first second  third" },
    {
      what: "no terminal escapes",
      texts: ["\u001b[?1h\u001b[31mred\u001b[0m \u001b]0;title\u0007text"],
      shown: "red text",
    },
    { what: "no control characters", texts: ["a\u0000b\u0007c\u2028d"], shown: "a b c d" },
    { what: "the last of much", texts: ["- ".repeat(300), "end"], shown: `… ${"- ".repeat(248)}end` },
  ];
  for (const { what, texts, shown } of CASES) {
    it(`shows ${what}`, () => {
      expect(show(texts)).to.equal(shown);
    });
  }

  it("shows no secret that arrived in two pieces", () => {
    expect(show(["the password is hun", "ter2"], "hunter2")).to.equal("the password is [secret]");
  });

  it("shows no half of a secret where it was cut off", () => {
    const secret = "s3cr3t".repeat(50);
    // What is kept begins in the middle of the secret.
    const rest = ` ${"word ".repeat(3_000)}`.slice(0, 16_384 - 100);
    expect(show([`${secret}${rest}`], secret)).not.to.contain("s3cr3t");
    expect(show([secret, rest], secret)).not.to.contain("s3cr3t");
  });

  it("shows no half of a secret even when all behind it is left out", () => {
    const secret = "s3cr3t".repeat(50);
    expect(show([secret, `\n${"A".repeat(16_384 - 101)}`], secret)).to.equal("");
  });
});
