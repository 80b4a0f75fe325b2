import { expect } from "chai";
import type { Recording } from "../golden/replay";
import { agreementOf, PARTS } from "./agreement";

const STEP: Recording = {
  op: "up",
  result: "succeeded",
  exitCode: 0,
  calls: [{ method: "check", process: 1 }],
  steps: [],
  diagnostics: [],
  summaries: [],
  outputs: {},
  state: { resources: [] },
  world: {},
};
const none = Object.fromEntries(PARTS.map((part) => [part, 0]));

const REFUSAL = {
  severity: "error",
  message: 'The option "import" (of "old") is not supported by this engine. Use Pulumi\'s own CLI for it.',
};

describe("the agreement of the engine's recordings with the expected ones", () => {
  it("is whole where nothing differs", () => {
    expect(agreementOf("one", [STEP, STEP], [STEP, STEP])).to.deep.equal({
      scenario: "one",
      steps: 2,
      differing: none,
      differences: [],
    });
  });

  it("counts the steps that differ in each part, and says where", () => {
    const other = { ...STEP, exitCode: 1, calls: [{ method: "diff", process: 1 }] };
    expect(agreementOf("one", [STEP, STEP], [STEP, other])).to.deep.equal({
      scenario: "one",
      steps: 2,
      differing: { ...none, exitCode: 1, calls: 1 },
      differences: [
        "step 2, up: exitCode: expected 0, found 1",
        'step 2, up: calls.0.method: expected "check", found "diff"',
      ],
    });
  });

  it("takes an absent part and an undefined one for the same, as JSON does", () => {
    const { exitCode: _exitCode, ...killed } = STEP;
    expect(agreementOf("one", [killed], [{ ...STEP, exitCode: undefined }]).differences).to.deep.equal([]);
  });

  it("finds a step that was not replayed", () => {
    expect(agreementOf("one", [STEP], []).differing).to.deep.equal(Object.fromEntries(PARTS.map((part) => [part, 1])));
  });

  it("leaves out what the CLI itself prints and who outlives it", () => {
    expect(
      agreementOf("one", [{ ...STEP, cliErrors: ["x"], survivors: ["provider"] }], [STEP]).differences,
    ).to.deep.equal([]);
  });

  it("names what was refused by a diagnostic, and compares nothing from there on", () => {
    const refused = { ...STEP, result: "failed", exitCode: 1, diagnostics: [REFUSAL] };
    expect(agreementOf("one", [STEP, STEP, STEP], [STEP, refused, refused])).to.deep.equal({
      scenario: "one",
      steps: 1,
      differing: none,
      differences: [],
      refusal: { step: 2, what: 'The option "import" (of "old")' },
    });
  });

  it("names what was refused before anything began", () => {
    const cliErrors = ["error: The option --target is not supported by this engine. Use Pulumi's own CLI for it."];
    const refused = { ...STEP, result: "failed", exitCode: 1, cliErrors };
    expect(agreementOf("one", [STEP], [refused]).refusal).to.deep.equal({ step: 1, what: "The option --target" });
  });
});
