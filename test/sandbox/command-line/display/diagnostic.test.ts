import { expect } from "chai";
import type { EngineEvent } from "pulumi-local-engine";
import { diagnosticLines } from "../../../../sandbox/command-line/display/diagnostic";
import { coloured, plain } from "../../../../sandbox/command-line/display/style";

type Diagnostic = NonNullable<EngineEvent["diagnosticEvent"]>;

describe("a message", () => {
  const urn = "urn:pulumi:dev::project::pulumi-nodejs:dynamic/exchange:OAuthCertificate::certificate";
  const table: { title: string; diagnostic: Omit<Diagnostic, "color">; lines: string[] }[] = [
    {
      title: "begins with its kind and the resource's name",
      diagnostic: { severity: "warning", message: "MBX2 lacks it\n", urn },
      lines: ["    warning: exchange:OAuthCertificate certificate: MBX2 lacks it"],
    },
    {
      title: "may be about no resource",
      diagnostic: { severity: "error", message: "update failed\n" },
      lines: ["    error: update failed"],
    },
    {
      title: "keeps its lines, indented",
      diagnostic: { severity: "info", message: "one\ntwo\n\nthree\n\n" },
      lines: ["    info: one", "      two", "", "      three"],
    },
    {
      title: "that was printed to standard error is no error",
      diagnostic: { severity: "info#err", message: "hm\n" },
      lines: ["    printed: hm"],
    },
    {
      title: "loses the colours that Node gives it",
      diagnostic: { severity: "error", message: "\u001B[90mat\u001B[39m x\n" },
      lines: ["    error: at x"],
    },
    { title: "for debugging is not shown", diagnostic: { severity: "debug", message: "x\n" }, lines: [] },
    {
      title: "that is ephemeral is not shown",
      diagnostic: { severity: "info", message: "x\n", ephemeral: true },
      lines: [],
    },
    { title: "without a text is not shown", diagnostic: { severity: "info", message: "\n" }, lines: [] },
  ];
  for (const { title, diagnostic, lines } of table) {
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
