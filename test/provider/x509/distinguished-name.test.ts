import { expect } from "chai";
import { asn1 } from "node-forge";
import { parseCertificate } from "../../../provider/x509/certificate";
import { type Attribute, attribute, certificateDer } from "./certificate-der";

const { Type } = asn1;
const [CN, O, OU, L, S, C] = ["2.5.4.3", "2.5.4.10", "2.5.4.11", "2.5.4.7", "2.5.4.8", "2.5.4.6"] as const;
const utf8 = (text: string) => Buffer.from(text, "utf8").toString("binary");
const bmp = (text: string) => Buffer.from(text, "utf16le").swap16().toString("binary");

// What .NET's X509Certificate2.Subject gives: the quoting is that of dotnet/runtime's X500NameEncoder.
describe("a certificate's subject", () => {
  const rows: [string, Attribute[][], string][] = [
    ["is one relative name as it is", [[attribute(CN, "E2k16-1")]], "CN=E2k16-1"],
    ["is empty where the certificate has none", [], ""],
    [
      "has several relative names, the last one first",
      [
        [attribute(C, "Germany")],
        [attribute(S, "NRW")],
        [attribute(L, "Cologne")],
        [attribute(O, "Contoso")],
        [attribute(OU, "IT")],
        [attribute(CN, "domain.com")],
      ],
      "CN=domain.com, OU=IT, O=Contoso, L=Cologne, S=NRW, C=Germany",
    ],
    [
      "joins the attributes of one relative name, in their own order",
      [[attribute(O, "Contoso")], [attribute(CN, "mail"), attribute(OU, "IT")]],
      "CN=mail + OU=IT, O=Contoso",
    ],
    [
      "writes domain components and mail addresses by their short forms",
      [
        [attribute("0.9.2342.19200300.100.1.25", "example", Type.IA5STRING)],
        [attribute("0.9.2342.19200300.100.1.25", "contoso", Type.IA5STRING)],
        [attribute("1.2.840.113549.1.9.1", "a@contoso.example", Type.IA5STRING)],
      ],
      "E=a@contoso.example, DC=contoso, DC=example",
    ],
    [
      "writes a type without a short form by its identifier",
      [[attribute("2.5.4.97", "VATDE-123")]],
      "OID.2.5.4.97=VATDE-123",
    ],
    ["reads UTF8String", [[attribute(CN, utf8("Zürich 東京"), Type.UTF8)]], "CN=Zürich 東京"],
    ["reads BMPString", [[attribute(CN, bmp("Zürich 東京"), Type.BMPSTRING)]], "CN=Zürich 東京"],
    ["reads TeletexString byte by byte", [[attribute(CN, "Z\u00fcrich", 20 as asn1.Type)]], "CN=Zürich"],
    ["quotes a comma", [[attribute(O, "Contoso, Ltd.")]], 'O="Contoso, Ltd."'],
    ["quotes a plus sign", [[attribute(O, "A+B")]], 'O="A+B"'],
    ["quotes an equals sign", [[attribute(O, "A=B")]], 'O="A=B"'],
    ["doubles a quote", [[attribute(O, 'the "best"', Type.UTF8)]], 'O="the ""best"""'],
    ["quotes angle brackets", [[attribute(O, "<A>", Type.UTF8)]], 'O="<A>"'],
    ["quotes a number sign", [[attribute(O, "A#1", Type.UTF8)]], 'O="A#1"'],
    ["quotes a semicolon", [[attribute(O, "A;B", Type.UTF8)]], 'O="A;B"'],
    ["quotes a line feed", [[attribute(O, "A\nB", Type.UTF8)]], 'O="A\nB"'],
    ["quotes white space at the beginning", [[attribute(O, " A")]], 'O=" A"'],
    ["quotes white space at the end", [[attribute(O, "A ")]], 'O="A "'],
    ["quotes an empty value", [[attribute(O, "")]], 'O=""'],
    ["quotes neither white space within nor a backslash", [[attribute(O, "A B\\C", Type.UTF8)]], "O=A B\\C"],
    ["quotes no white space but that of ASCII", [[attribute(O, utf8("\u00a0A\u00a0"), Type.UTF8)]], "O=\u00a0A\u00a0"],
  ];
  for (const [title, subject, expected] of rows) {
    it(title, () => {
      expect(parseCertificate(certificateDer({ subject })).subject).to.equal(expected);
    });
  }
});
