import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parseCertificate } from "../../../provider/x509/certificate";

// Real certificates: `Get-ExchangeCertificate | Export-Clixml` in management shells of Exchange 2016 and 2019, published
// with microsoft/CSS-Exchange's tests. Each object has its RawData and, as its text, what .NET shows of it.
const folder = process.env.EXCHANGE_RECORDINGS;

/** What .NET shows of a certificate. Its dates are local ones of the recorded server, so only minutes and seconds tell. */
interface Shown {
  thumbprint: string;
  subject: string;
  serialNumber: string;
  clocks: string[];
}

describe("recorded certificates of real servers", () => {
  if (!folder) {
    it("are not compared with what .NET shows: EXCHANGE_RECORDINGS names no folder of recordings", function () {
      this.skip();
    });
    return;
  }

  const recorded = readdirSync(folder)
    .filter((file) => file.endsWith(".xml"))
    .flatMap((file) => objectsIn(readFileSync(join(folder, file), "utf8")).map((object) => ({ file, ...object })));

  it("are there", () => {
    expect(recorded).not.to.deep.equal([]);
  });

  for (const { file, rawData, shown } of recorded) {
    it(`are read as .NET shows them: ${shown.subject} ${shown.thumbprint} of ${file}`, () => {
      const { thumbprint, subject, serialNumber, notBefore, notAfter, keyAlgorithm } = parseCertificate(rawData);
      const clocks = [notBefore, notAfter].map((date) => date.toISOString().slice(14, 19));
      expect({ thumbprint, subject, serialNumber, clocks }).to.deep.equal(shown);
      expect(keyAlgorithm).to.equal("rsa");
    });
  }
});

function objectsIn(xml: string): { rawData: Buffer; shown: Shown }[] {
  const pattern = /<ToString>(\[Subject\].*?)<\/ToString>.*?<BA N="RawData">([^<]*)<\/BA>/gs;
  return [...xml.matchAll(pattern)].map(([, text = "", rawData = ""]) => ({
    rawData: Buffer.from(rawData, "base64"),
    shown: shownIn(text),
  }));
}

/** The text has a heading in brackets and its value on the next line, with line ends written as `_x000D__x000A_`. */
function shownIn(text: string): Shown {
  const lines = text.split("_x000D__x000A_").map((line) => line.trim());
  const below = (heading: string) => lines[lines.indexOf(`[${heading}]`) + 1] ?? "";
  return {
    thumbprint: below("Thumbprint"),
    subject: below("Subject"),
    serialNumber: below("Serial Number"),
    clocks: [below("Not Before"), below("Not After")].map((date) => date.slice(-5)),
  };
}
