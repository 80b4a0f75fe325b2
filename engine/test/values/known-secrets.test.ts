import { expect } from "chai";
import { KnownSecrets } from "../../values/known-secrets";
import { secret } from "../../values/property";

describe("Known secrets", () => {
  const PASSWORD = 'pass "word" & more';
  const FORMS: Record<string, string> = {
    "as it is": PASSWORD,
    "as JSON": JSON.stringify({ p: PASSWORD }),
    "as JSON within JSON": JSON.stringify(JSON.stringify([PASSWORD])),
    "in a URL": `https://example.com/?p=${encodeURIComponent(PASSWORD)}`,
    "as base64": Buffer.from(PASSWORD).toString("base64"),
  };
  for (const [form, text] of Object.entries(FORMS)) {
    it(`are hidden ${form}`, () => {
      const secrets = new KnownSecrets();
      secrets.learn({ deep: [{ inner: secret({ list: [PASSWORD] }) }], open: "more" });
      const hidden = secrets.hide(`before ${text} after, and more`);
      expect(hidden)
        .to.contain("[secret]")
        .and.to.match(/^before .* after, and more$/);
      expect(hidden).to.not.contain("word");
    });
  }

  it("that hold another are hidden whole", () => {
    const secrets = new KnownSecrets();
    secrets.learn([secret("abc"), secret("abcdef")]);
    expect(secrets.hide("abcdef abc")).to.equal("[secret] [secret]");
  });

  it("of one or two characters, and true and false, are left, as Pulumi's own filter leaves them", () => {
    const secrets = new KnownSecrets();
    secrets.learn([secret("ab"), secret("true"), secret("False")]);
    expect(secrets.hide("about true, False")).to.equal("about true, False");
  });
});
