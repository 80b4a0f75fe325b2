import { expect } from "chai";
import { Secret } from "../../../provider/powershell/protocol";
import { Redaction } from "../../../provider/powershell/redaction";

describe("Redaction", () => {
  const frame = Buffer.from(JSON.stringify({ password: "p:hunter2", more: "s:and more of it" })).toString("base64");
  const CASES: [string, string[], string, string][] = [
    ["a secret", ["hunter2"], "login with hunter2 failed", "login with [secret] failed"],
    ["a secret each time", ["hunter2"], "hunter2hunter2", "[secret][secret]"],
    ["a secret as JSON writes it", ['a"b\\c\n'], '{"p":"a\\"b\\\\c\\n"}', '{"p":"[secret]"}'],
    ["a secret with signs that mean something in a pattern", ["$&.*[a"], "it is $&.*[a", "it is [secret]"],
    ["the longer of two secrets of which one holds the other", ["abc", "abcdef"], "abcdef abc", "[secret] [secret]"],
    ["nothing for an empty secret", [""], "text", "text"],
    ["a frame of ours", ["hunter2"], `> ${frame}`, "> [base64]"],
    [
      "nothing else",
      ["hunter2"],
      "CN=Microsoft Exchange Server Auth Certificate",
      "CN=Microsoft Exchange Server Auth Certificate",
    ],
  ];
  for (const [what, secrets, text, redacted] of CASES) {
    it(`takes out ${what}`, () => {
      expect(new Redaction(secrets.map((secret) => new Secret(secret))).noiseOut(text)).to.equal(redacted);
    });
  }

  it("remembers the secrets in a call's parameters, however deep", () => {
    const redaction = new Redaction([]);
    redaction.remember({
      Password: new Secret("one"),
      List: [{ Inner: new Secret("two") }],
      At: new Date(0),
      None: null,
    });
    expect(redaction.secretsOut("one two")).to.equal("[secret] [secret]");
  });

  it("remembers the credential for ever, and of the calls the last secrets only", () => {
    const redaction = new Redaction([new Secret("credential")]);
    for (let call = 100; call < 200; call += 1) redaction.remember({ Password: new Secret(`secret${call}`) });
    expect(redaction.secretsOut("credential secret100 secret168 secret199")).to.equal(
      "[secret] secret100 [secret] [secret]",
    );
  });
});
