import { expect } from "chai";
import { Secret } from "../../../provider/powershell/protocol";
import { Redaction } from "../../../provider/powershell/redaction";

describe("Redaction", () => {
  const frame = Buffer.from(JSON.stringify({ password: "p:hunter2", more: "s:and more of it" })).toString("base64");
  const CASES: { what: string; secrets: string[]; text: string; redacted: string }[] = [
    {
      what: "a secret",
      secrets: ["hunter2"],
      text: "login with hunter2 failed",
      redacted: "login with [secret] failed",
    },
    { what: "a secret each time", secrets: ["hunter2"], text: "hunter2hunter2", redacted: "[secret][secret]" },
    {
      what: "a secret as JSON writes it",
      secrets: ['a"b\\c\n'],
      text: '{"p":"a\\"b\\\\c\\n"}',
      redacted: '{"p":"[secret]"}',
    },
    {
      what: "a secret with signs that mean something in a pattern",
      secrets: ["$&.*[a"],
      text: "it is $&.*[a",
      redacted: "it is [secret]",
    },
    {
      what: "the longer of two secrets of which one holds the other",
      secrets: ["abc", "abcdef"],
      text: "abcdef abc",
      redacted: "[secret] [secret]",
    },
    { what: "nothing for an empty secret", secrets: [""], text: "text", redacted: "text" },
    { what: "a frame of ours", secrets: ["hunter2"], text: `> ${frame}`, redacted: "> [base64]" },
    {
      what: "nothing else",
      secrets: ["hunter2"],
      text: "CN=Microsoft Exchange Server Auth Certificate",
      redacted: "CN=Microsoft Exchange Server Auth Certificate",
    },
  ];
  for (const { what, secrets, text, redacted } of CASES) {
    it(`takes out ${what}`, () => {
      expect(new Redaction(secrets.map((secret) => new Secret(secret))).noiseOut(text)).to.equal(redacted);
    });
  }

  const PASSWORD = `Pä&<'"$x>`;
  const utf8 = Buffer.from(PASSWORD, "utf8");
  const utf16 = Buffer.from(PASSWORD, "utf16le");
  const FORMS: [string, string][] = [
    ["as it is", PASSWORD],
    ["JSON", JSON.stringify(PASSWORD).slice(1, -1)],
    ["JSON in ASCII", `P\\u00e4&<'\\"$x>`],
    ["JSON of Windows PowerShell", `Pä\\u0026\\u003c\\u0027\\"$x\\u003e`],
    ["XML text", `Pä&amp;&lt;'"$x&gt;`],
    ["an XML attribute", "Pä&amp;&lt;&apos;&quot;$x&gt;"],
    ["HTML", "Pä&amp;&lt;&#39;&quot;$x&gt;"],
    ["a URL's part", encodeURIComponent(PASSWORD)],
    ["a URL's part in lower case", "P%c3%a4%26%3c%27%22%24x%3e"],
    ["a form's field", new URLSearchParams({ p: PASSWORD }).toString().slice(2)],
    ["single quotes of PowerShell", `Pä&<''"$x>`],
    ["double quotes of PowerShell", "Pä&<'`\"`$x>"],
    ["a line that was wrapped", `Pä&\n<'"$x>`],
    ["lines that were wrapped as Windows does", `P\r\nä&<'"\r\n$x>`],
    ["hexadecimal", utf8.toString("hex")],
    ["hexadecimal in upper case", utf8.toString("hex").toUpperCase()],
    ["hexadecimal of UTF-16", utf16.toString("hex")],
    ["base64", utf8.toString("base64")],
    ["base64 of UTF-16", utf16.toString("base64")],
    ["base64 that was wrapped", utf8.toString("base64").replace(/.{6}/, "$&\r\n")],
  ];
  for (const [what, text] of FORMS) {
    it(`takes a secret out that is written as ${what}`, () => {
      const redaction = new Redaction([new Secret(PASSWORD)]);
      expect(redaction.secretsOut(`before ${text} behind`)).to.equal("before [secret] behind");
    });
  }

  for (const offset of [0, 1, 2]) {
    it(`takes a secret out of base64 in which it begins at byte ${offset} of three`, () => {
      const bytes = Buffer.concat([Buffer.from("xyz".slice(0, offset)), utf8, Buffer.from("behind")]);
      const redacted = new Redaction([new Secret(PASSWORD)]).secretsOut(bytes.toString("base64"));
      expect(redacted).to.match(/^[A-Za-z0-9+/]{0,3}\[secret\][A-Za-z0-9+/=]+$/);
    });
  }

  const SHORT: { secret: string; text: string; redacted: string }[] = [
    { secret: "a", text: "a password: a", redacted: "[secret] password: [secret]" },
    { secret: "abc", text: "abcdef xabc (abc)", redacted: "abcdef xabc ([secret])" },
  ];
  for (const { secret, text, redacted } of SHORT) {
    it(`takes "${secret}", which is a part of many words, out where it stands alone`, () => {
      expect(new Redaction([new Secret(secret)]).secretsOut(text)).to.equal(redacted);
    });
  }

  const HOSTILE: { what: string; secret: string; text: string }[] = [
    { what: "many quotes", secret: "'".repeat(100), text: `${"'".repeat(199)}x`.repeat(100) },
    { what: "many line ends", secret: "\n".repeat(100), text: `${"\r\n".repeat(99)}x`.repeat(100) },
    { what: "a secret as long as can be", secret: "s3cr3t".repeat(10_000), text: "s3cr3t".repeat(9_999) },
    { what: "one character again and again", secret: "x".repeat(400), text: `${"x".repeat(399)}y`.repeat(300) },
  ];
  for (const { what, secret, text } of HOSTILE) {
    it(`takes no time for ${what}`, () => {
      const began = performance.now();
      new Redaction([new Secret(secret)]).boundedOut(text);
      expect(performance.now() - began).to.be.below(3_000);
    });
  }

  it("keeps both ends of a long text, and no half of a secret where it was cut", () => {
    const text = `begin ${"hunter2-hunter2 ".repeat(20_000)}end`;
    expect(new Redaction([new Secret("hunter2-hunter2")]).boundedOut(text)).to.match(
      /^begin (\[secret\] )+.*bytes left out.*( \[secret\])+ end$/,
    );
  });

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
