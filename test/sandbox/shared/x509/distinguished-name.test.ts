import { expect } from "chai";
import { formatDistinguishedName, parseDistinguishedName } from "../../../../sandbox/shared/x509/distinguished-name";

describe("distinguished names", () => {
  const same = [
    "CN=Microsoft Exchange Server Auth Certificate",
    "CN=mail.contoso.example, OU=IT, O=Contoso, L=Cologne, S=NRW, C=DE",
    'CN=a, O="Contoso, Ltd"',
    'CN="the ""big"" one"',
  ];
  for (const text of same) {
    it(`are read and written alike: ${text}`, () => {
      expect(formatDistinguishedName(parseDistinguishedName(text) ?? [])).to.equal(text);
    });
  }

  for (const text of ["", "contoso", "CN=", "CN=a,", "XX=a", "CN=a;O=b", 'CN="a']) {
    it(`are not ${JSON.stringify(text)}`, () => expect(parseDistinguishedName(text)).to.equal(undefined));
  }

  it("may have any spaces and case around their types", () => {
    expect(parseDistinguishedName(" cn = a ,o=b")).to.deep.equal([
      { type: "CN", value: "a" },
      { type: "O", value: "b" },
    ]);
  });
});
