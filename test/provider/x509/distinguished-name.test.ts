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
  const rows: { title: string; subject: Attribute[][]; expected: string }[] = [
    { title: "is one relative name as it is", subject: [[attribute(CN, "E2k16-1")]], expected: "CN=E2k16-1" },
    { title: "is empty where the certificate has none", subject: [], expected: "" },
    {
      title: "has several relative names, the last one first",
      subject: [
        [attribute(C, "Germany")],
        [attribute(S, "NRW")],
        [attribute(L, "Cologne")],
        [attribute(O, "Contoso")],
        [attribute(OU, "IT")],
        [attribute(CN, "domain.com")],
      ],
      expected: "CN=domain.com, OU=IT, O=Contoso, L=Cologne, S=NRW, C=Germany",
    },
    {
      title: "joins the attributes of one relative name, in their own order",
      subject: [[attribute(O, "Contoso")], [attribute(CN, "mail"), attribute(OU, "IT")]],
      expected: "CN=mail + OU=IT, O=Contoso",
    },
    {
      title: "writes domain components and mail addresses by their short forms",
      subject: [
        [attribute("0.9.2342.19200300.100.1.25", "example", Type.IA5STRING)],
        [attribute("0.9.2342.19200300.100.1.25", "contoso", Type.IA5STRING)],
        [attribute("1.2.840.113549.1.9.1", "a@contoso.example", Type.IA5STRING)],
      ],
      expected: "E=a@contoso.example, DC=contoso, DC=example",
    },
    {
      title: "writes a type without a short form by its identifier",
      subject: [[attribute("2.5.4.97", "VATDE-123")]],
      expected: "OID.2.5.4.97=VATDE-123",
    },
    {
      title: "reads UTF8String",
      subject: [[attribute(CN, utf8("Zürich 東京"), Type.UTF8)]],
      expected: "CN=Zürich 東京",
    },
    {
      title: "reads BMPString",
      subject: [[attribute(CN, bmp("Zürich 東京"), Type.BMPSTRING)]],
      expected: "CN=Zürich 東京",
    },
    {
      title: "reads TeletexString byte by byte",
      subject: [[attribute(CN, "Z\u00fcrich", 20 as asn1.Type)]],
      expected: "CN=Zürich",
    },
    { title: "quotes a comma", subject: [[attribute(O, "Contoso, Ltd.")]], expected: 'O="Contoso, Ltd."' },
    { title: "quotes a plus sign", subject: [[attribute(O, "A+B")]], expected: 'O="A+B"' },
    { title: "quotes an equals sign", subject: [[attribute(O, "A=B")]], expected: 'O="A=B"' },
    { title: "doubles a quote", subject: [[attribute(O, 'the "best"', Type.UTF8)]], expected: 'O="the ""best"""' },
    { title: "quotes angle brackets", subject: [[attribute(O, "<A>", Type.UTF8)]], expected: 'O="<A>"' },
    { title: "quotes a number sign", subject: [[attribute(O, "A#1", Type.UTF8)]], expected: 'O="A#1"' },
    { title: "quotes a semicolon", subject: [[attribute(O, "A;B", Type.UTF8)]], expected: 'O="A;B"' },
    { title: "quotes a line feed", subject: [[attribute(O, "A\nB", Type.UTF8)]], expected: 'O="A\nB"' },
    { title: "quotes white space at the beginning", subject: [[attribute(O, " A")]], expected: 'O=" A"' },
    { title: "quotes white space at the end", subject: [[attribute(O, "A ")]], expected: 'O="A "' },
    { title: "quotes an empty value", subject: [[attribute(O, "")]], expected: 'O=""' },
    {
      title: "quotes neither white space within nor a backslash",
      subject: [[attribute(O, "A B\\C", Type.UTF8)]],
      expected: "O=A B\\C",
    },
    {
      title: "quotes no white space but that of ASCII",
      subject: [[attribute(O, utf8("\u00a0A\u00a0"), Type.UTF8)]],
      expected: "O=\u00a0A\u00a0",
    },
  ];
  for (const { title, subject, expected } of rows) {
    it(title, () => {
      expect(parseCertificate(certificateDer({ subject })).subject).to.equal(expected);
    });
  }
});
