import { expect } from "chai";
import { TimedOut } from "../../provider/errors";
import { classify } from "../../provider/exchange/classify";
import type { ErrorRecord, Properties } from "../../provider/powershell/protocol";
import { gone } from "../provider/powershell/fixture";
import { ConfigurationFile } from "./configured";
import { FAILING } from "./failing";
import { hostileStrings } from "./hostile-strings";
import { moduleOf, ShellSession } from "./sessions";

describe("a no-language runspace in another process, as Exchange's endpoint is", () => {
  describe("with cmdlets that misbehave", () => {
    const session = new ShellSession();
    let file: ConfigurationFile;
    before(function () {
      file = new ConfigurationFile(moduleOf("hostile"));
      session.open(this, file.path);
    });
    after(async () => {
      await session.close();
      file.remove();
    });

    const read = (behaviour: string) => session.invoke("Get-AuthConfig", { DomainController: behaviour });
    const write = (behaviour: string, seconds = 60) =>
      session.invoke("Set-AuthConfig", { CertificateThumbprint: behaviour }, seconds);
    const processId = async () => (await read("pid")).output[0] as number;

    // The same records as from a runspace of the bridge's own process: only the exceptions are other objects.
    for (const { behaviour, record, outcome } of FAILING) {
      it(`gives their error as one record: ${behaviour}`, async () => {
        const { errors } = await read(behaviour);
        expect(errors.length).to.equal(1);
        expect(errors[0]).to.include(record);
        expect(classify(errors[0] as ErrorRecord, "trying").name).to.equal(outcome);
      });
    }

    it("gives their warnings beside the answer, and keeps what they print to itself", async () => {
      expect((await read("warn")).warnings).to.deep.equal(["first", "second\r\nline"]);
      expect((await read("print")).output).to.deep.equal([]);
    });

    it("leaves the outcome of a write unknown when its session breaks, and opens another for the next call", async () => {
      const first = await processId();
      const { errors } = await write("kill");
      expect(errors).to.deep.equal([
        {
          reason: "PSRemotingTransportException",
          category: "ResourceUnavailable",
          fullyQualifiedErrorId: "PSRemotingDataStructureException",
          target: "",
          message: "The process that answered for Exchange has ended.",
        },
      ]);
      const error = classify(errors[0] as ErrorRecord, "naming a certificate");
      expect([error.name, error.outcomeUnknown]).to.deep.equal(["ConnectionLost", true]);
      expect(await processId()).to.not.equal(first);
    });

    it("stops a call at its time limit", async () => {
      const first = await processId();
      await expect(write("hang", 1)).to.be.rejectedWith(TimedOut);
      await gone(first);
    });

    it("ends with the bridge in the middle of a call", async () => {
      const first = await processId();
      const call = expect(write("stuck")).to.be.rejectedWith(Error);
      await session.close();
      await call;
      await gone(first);
    });
  });

  describe("with values", () => {
    const session = new ShellSession();
    let file: ConfigurationFile;
    before(function () {
      file = new ConfigurationFile(moduleOf("echo"));
      session.open(this, file.path);
    });
    after(async () => {
      await session.close();
      file.remove();
    });

    it("carries hostile text both ways, or refuses what CLIXML cannot carry", async () => {
      for (const text of hostileStrings(200, 7)) {
        const { output, errors } = await session.invoke("New-ExchangeCertificate", { SubjectName: text });
        expect(errors).to.deep.equal([]);
        expect((output[0] as Properties).SubjectName, JSON.stringify(text)).to.equal(text);
      }
    });

    it("names enumerations, and gives dates in UTC", async () => {
      const texts = (await session.invoke("Get-AuthServer", { DomainController: "texts" })).output[0];
      expect(texts).to.include({ Enum: "Friday", Version: "15.2.1.2", Guid: "00000002-0000-0ff1-ce00-000000000000" });
      const [dates] = (await session.invoke("Get-AuthServer", { DomainController: "dates" })).output as Properties[];
      expect(dates?.Utc).to.deep.equal(new Date("2026-01-02T03:04:05.006Z"));
      expect(dates?.Local).to.deep.equal(new Date("2026-01-02T03:04:05.006Z"));
      expect(dates?.Text).to.equal("2026-01-02T03:04:05Z");
    });
  });
});
