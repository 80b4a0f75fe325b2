import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { CMDLETS } from "../../../sandbox/exchange/cmdlets";
import { functionsText } from "../../../sandbox/powershell/functions";

describe("the sandbox's PowerShell functions", () => {
  it("are made from the sandbox's cmdlets as they are now", () => {
    const file = path.resolve(__dirname, "../../../sandbox/powershell/functions.ps1");
    expect(readFileSync(file, "utf8")).to.equal(functionsText(CMDLETS));
  });

  it("have a parameter in each of its sets, mandatory ones, switches, and a list as an object", () => {
    const text = functionsText([
      {
        name: "Set-Thing",
        typeName: "SetThing",
        destructive: true,
        parameters: {
          sets: {
            One: { Name: { type: "String", mandatory: true }, Force: { type: "SwitchParameter" } },
            Two: { Force: { type: "SwitchParameter" } },
          },
          shared: {
            Identity: { type: "String", nullable: true },
            Domains: { type: "MultiValuedProperty" },
            Confirm: { type: "SwitchParameter" },
            WhatIf: { type: "SwitchParameter" },
          },
        },
        run: () => [],
      },
    ]);
    const lines = text.slice(text.indexOf("[CmdletBinding"), text.indexOf("process {")).split("\n");
    expect(lines.map((line) => line.trim()).filter(Boolean)).to.deep.equal([
      "[CmdletBinding(DefaultParameterSetName = 'One', SupportsShouldProcess = $true, ConfirmImpact = 'High')]",
      "param(",
      "[Parameter(ParameterSetName = 'One', Mandatory = $true)]",
      "[string]$Name,",
      "[Parameter(ParameterSetName = 'One')]",
      "[Parameter(ParameterSetName = 'Two')]",
      "[switch]$Force,",
      "[Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]",
      "[AllowNull()]",
      "[AllowEmptyString()]",
      "[string]$Identity,",
      "[Parameter()]",
      "[object]$Domains",
      ")",
    ]);
  });
});
