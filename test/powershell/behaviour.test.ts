import { expect } from "chai";
import { classify } from "../../provider/exchange/classify";
import type { ErrorRecord } from "../../provider/powershell/protocol";
import type { Result } from "../../provider/powershell/session";
import { FAILING } from "./failing";
import { moduleOf, ShellSession } from "./sessions";

const TOO_MUCH = (message: string): ErrorRecord => ({
  reason: "UnreadableOutput",
  category: "InvalidResult",
  fullyQualifiedErrorId: "UnreadableOutput,bridge.ps1",
  target: "",
  message,
});

describe("cmdlets that misbehave, through the bridge", () => {
  const session = new ShellSession();
  after(() => session.close());

  const run = (behaviour: string): Promise<Result> =>
    session.invoke("Get-AuthConfig", { DomainController: behaviour }, 60);

  // One shell for all of them: whatever a cmdlet did, the next call is answered by the same process.
  let shell: unknown;
  before(async function () {
    session.open(this, moduleOf("hostile"));
    shell = (await run("pid")).output[0];
  });
  afterEach(async () => {
    expect((await run("pid")).output).to.deep.equal([shell]);
  });

  for (const behaviour of ["print", "forge", "stderr"]) {
    it(`change no answer by what they write: ${behaviour}`, async () => {
      const { output, warnings, errors } = await run(behaviour);
      expect({ output, warnings, errors }).to.deep.equal({ output: [], warnings: [], errors: [] });
    });
  }

  it("find nothing where they read standard input", async () => {
    const { output, errors } = await run("read-input");
    expect({ output, errors }).to.deep.equal({ output: [null], errors: [] });
  });

  it("give their warnings beside the answer", async () => {
    expect((await run("warn")).warnings).to.deep.equal(["first", "second\r\nline"]);
  });

  it("may answer with 20 MB", async () => {
    const [text] = (await run("large")).output as string[];
    expect(text?.length).to.equal(20 * 1024 * 1024);
    expect(/^x+$/.test(text ?? "")).to.equal(true);
  });

  const TOO_LARGE: [string, string][] = [
    ["too-large", "The answer is more than 33554432 bytes."],
    ["endless", "Get-AuthConfig gives more than 50000 objects, or more than fits into memory."],
    ["endless-large", "Get-AuthConfig gives more than 50000 objects, or more than fits into memory."],
  ];
  for (const [behaviour, message] of TOO_LARGE) {
    it(`get an error record where they answer with more than a frame holds: ${behaviour}`, async () => {
      const { output, errors } = await run(behaviour);
      expect({ output, errors }).to.deep.equal({ output: [], errors: [TOO_MUCH(message)] });
    });
  }

  for (const { behaviour, record, outcome } of FAILING) {
    it(`give their error as one record with reason, category, id and target: ${behaviour}`, async () => {
      const { output, errors } = await run(behaviour);
      expect(errors.length).to.equal(1);
      expect(errors[0]).to.include(record);
      expect(classify(errors[0] as ErrorRecord, "trying").name).to.equal(outcome);
      expect(output).to.deep.equal(behaviour === "write-and-go-on" ? ["went on"] : []);
    });
  }
});
