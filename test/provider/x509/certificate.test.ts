import { createHash, X509Certificate } from "node:crypto";
import { expect } from "chai";
import { parseCertificate, toPem, toTimestamp } from "../../../provider/x509/certificate";
import { certificateDer, ecKey, rsaKey } from "./certificate-der";

describe("a certificate", () => {
  it("is read from its DER as Exchange and .NET show it", () => {
    const der = certificateDer();
    expect(parseCertificate(der)).to.deep.equal({
      thumbprint: createHash("sha1").update(der).digest("hex").toUpperCase(),
      serialNumber: "1D9E0ED24826A397480CB16669F1B57D",
      subjectKeyIdentifier: "",
      subject: "CN=Microsoft Exchange Server Auth Certificate",
      keyAlgorithm: "rsa",
      keySize: 2048,
      notBefore: new Date("2023-01-05T09:04:48Z"),
      notAfter: new Date("2028-01-05T09:04:48Z"),
      der,
    });
  });

  it("is read from bytes that are no Buffer, such as a part of a larger array", () => {
    const der = certificateDer();
    const larger = new Uint8Array(der.length + 2);
    larger.set(der, 1);
    expect(parseCertificate(larger.subarray(1, -1)).der).to.deep.equal(der);
  });

  const serialNumbers: { title: string; serial: string; expected: string }[] = [
    { title: "keeps the zero octet that makes a serial number positive", serial: "00fe0102", expected: "00FE0102" },
    { title: "keeps a leading zero digit", serial: "0a0b0c0d", expected: "0A0B0C0D" },
    { title: "shows the serial number zero", serial: "00", expected: "00" },
    { title: "shows a negative serial number by its octets, as .NET does", serial: "ff0102", expected: "FF0102" },
    {
      title: "keeps trailing zeros",
      serial: "114127f15159879440ec068324801d00",
      expected: "114127F15159879440EC068324801D00",
    },
  ];
  for (const { title, serial, expected } of serialNumbers) {
    it(title, () => {
      expect(parseCertificate(certificateDer({ serial })).serialNumber).to.equal(expected);
    });
  }

  it("has the subject key identifier of its extension, upper case, leading zeros kept", () => {
    const der = certificateDer({ subjectKeyIdentifier: "00bc41c46141d18a6f600e047f6d9ed1" });
    expect(parseCertificate(der).subjectKeyIdentifier).to.equal("00BC41C46141D18A6F600E047F6D9ED1");
  });

  it("has a key identifier that happens to be DER itself, octet for octet", () => {
    const der = certificateDer({ subjectKeyIdentifier: "0403010203" });
    expect(parseCertificate(der).subjectKeyIdentifier).to.equal("0403010203");
  });

  it("is read without a version and without extensions too", () => {
    const certificate = parseCertificate(certificateDer({ version1: true, serial: "0102" }));
    expect(certificate).to.include({ serialNumber: "0102", subjectKeyIdentifier: "" });
    expect(certificate.subject).to.equal("CN=Microsoft Exchange Server Auth Certificate");
  });

  it("tells the size of its RSA key", () => {
    const certificate = parseCertificate(certificateDer({ publicKey: rsaKey(1024) }));
    expect(certificate).to.include({ keyAlgorithm: "rsa", keySize: 1024 });
  });

  it("tells that its key is no RSA key", () => {
    const certificate = parseCertificate(certificateDer({ publicKey: ecKey() }));
    expect(certificate).to.include({ keyAlgorithm: "ec", keySize: 0 });
  });

  it("is read although its key is of a kind that nobody knows", () => {
    // SubjectPublicKeyInfo with an algorithm that nobody has, 1.2.3.4.
    const publicKey = Buffer.from("300b300506032a0304030200ff", "hex");
    const certificate = parseCertificate(certificateDer({ publicKey }));
    expect(certificate).to.include({ keyAlgorithm: "unknown", keySize: 0 });
  });

  it("has dates beyond 2049, which DER writes in another form", () => {
    const { notAfter } = parseCertificate(certificateDer({ notAfter: "20510105090448Z" }));
    expect(notAfter.toISOString()).to.equal("2051-01-05T09:04:48.000Z");
  });

  it("has dates before the year 100, which are none of our time", () => {
    const { notBefore, notAfter } = parseCertificate(
      certificateDer({ notBefore: "00010101000000Z", notAfter: "00491231235959Z" }),
    );
    expect([notBefore, notAfter].map(toTimestamp)).to.deep.equal(["0001-01-01T00:00:00Z", "0049-12-31T23:59:59Z"]);
  });

  it("has dates in UTC, wherever it is read", () => {
    const before = process.env.TZ;
    process.env.TZ = "America/Los_Angeles";
    try {
      expect(parseCertificate(certificateDer()).notBefore.toISOString()).to.equal("2023-01-05T09:04:48.000Z");
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  const broken: [string, () => Uint8Array][] = [
    ["nothing", () => new Uint8Array()],
    ["text", () => Buffer.from("no certificate")],
    ["one that is cut short", () => certificateDer().subarray(0, -1)],
    ["one with bytes behind it", () => Buffer.concat([certificateDer(), Buffer.from([0])])],
    ["PEM", () => Buffer.from(toPem(certificateDer()))],
    ["a public key", () => rsaKey(1024)],
    ["one with a date that is none", () => certificateDer({ notAfter: "281305090448Z" })],
  ];
  for (const [what, bytes] of broken) {
    it(`is not read from ${what}`, () => {
      expect(() => parseCertificate(bytes())).to.throw(Error);
    });
  }
});

describe("the PEM of a certificate", () => {
  it("has lines of 64 characters, LF alone, and one line feed at its end", () => {
    const der = certificateDer();
    const pem = toPem(der);
    const lines = pem.split("\n");
    expect(lines[0]).to.equal("-----BEGIN CERTIFICATE-----");
    expect(lines.slice(-2)).to.deep.equal(["-----END CERTIFICATE-----", ""]);
    expect(lines.slice(1, -3).every((line) => line.length === 64)).to.equal(true);
    expect(lines.at(-3)?.length).to.be.within(1, 64);
    expect(pem).not.to.contain("\r");
    expect(Buffer.from(lines.slice(1, -2).join(""), "base64")).to.deep.equal(der);
  });

  it("is what OpenSSL writes of it", () => {
    const der = certificateDer();
    expect(toPem(der)).to.equal(new X509Certificate(der).toString());
  });

  it("has no empty line where the last one is full", () => {
    const der = Buffer.alloc(96, 1);
    expect(toPem(der)).to.equal(
      `-----BEGIN CERTIFICATE-----\n${"AQEB".repeat(16)}\n${"AQEB".repeat(16)}\n-----END CERTIFICATE-----\n`,
    );
  });
});

describe("a timestamp", () => {
  const rows: { title: string; date: string; expected: string }[] = [
    {
      title: "has no fractions, which azuread would take for a change",
      date: "2026-11-24T01:02:03.987Z",
      expected: "2026-11-24T01:02:03Z",
    },
    { title: "is in UTC", date: "2026-11-24T01:02:03+02:00", expected: "2026-11-23T23:02:03Z" },
  ];
  for (const { title, date, expected } of rows) {
    it(title, () => {
      expect(toTimestamp(new Date(date))).to.equal(expected);
    });
  }
});
