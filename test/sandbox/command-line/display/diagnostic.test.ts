import { expect } from "chai";
import type { EngineEvent } from "pulumi-local-engine";
import { diagnosticLines } from "../../../../sandbox/command-line/display/diagnostic";
import { coloured, plain } from "../../../../sandbox/command-line/display/style";

type Diagnostic = NonNullable<EngineEvent["diagnosticEvent"]>;

describe("a message", () => {
  const urn = "urn:pulumi:dev::project::pulumi-nodejs:dynamic/exchange:OAuthCertificate::certificate";
  const table: [title: string, diagnostic: Omit<Diagnostic, "color">, lines: string[]][] = [
    [
      "begins with its kind and the resource's name",
      { severity: "warning", message: "MBX2 lacks it\n", urn },
      ["    warning: exchange:OAuthCertificate certificate: MBX2 lacks it"],
    ],
    ["may be about no resource", { severity: "error", message: "update failed\n" }, ["    error: update failed"]],
    [
      "keeps its lines, indented",
      { severity: "info", message: "one\ntwo\n\nthree\n\n" },
      ["    info: one", "      two", "", "      three"],
    ],
    ["that was printed to standard error is no error", { severity: "info#err", message: "hm\n" }, ["    printed: hm"]],
    [
      "loses the colours that Node gives it",
      { severity: "error", message: "\u001B[90mat\u001B[39m x\n" },
      ["    error: at x"],
    ],
    ["for debugging is not shown", { severity: "debug", message: "x\n" }, []],
    ["that is ephemeral is not shown", { severity: "info", message: "x\n", ephemeral: true }, []],
    ["without a text is not shown", { severity: "info", message: "\n" }, []],
  ];
  for (const [title, diagnostic, lines] of table) {
    it(title, () => {
      expect(diagnosticLines({ color: "never", ...diagnostic }, plain)).to.deep.equal(lines);
    });
  }

  it("has the colour of its kind on a terminal", () => {
    expect(diagnosticLines({ color: "never", severity: "error", message: "x" }, coloured)).to.deep.equal([
      "    \u001B[31merror:\u001B[39m x",
    ]);
  });
});
