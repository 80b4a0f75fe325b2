import { expect } from "chai";
import { Unreachable } from "../../../provider/errors";
import { findShell } from "../../../provider/powershell/shell";

const LINUX = "/usr/local/bin::/usr/bin";
const WINDOWS = "C:\\Tools;C:\\Windows\\System32\\WindowsPowerShell\\v1.0";

describe("findShell", () => {
  const FOUND: [string, string | undefined, NodeJS.Platform, string[], string][] = [
    ["pwsh of PATH, in its order", undefined, "linux", ["/usr/bin/pwsh", "/usr/local/bin/pwsh"], "/usr/local/bin/pwsh"],
    ["another name of PATH", "pwsh-preview", "linux", ["/usr/bin/pwsh-preview"], "/usr/bin/pwsh-preview"],
    ["a path as it is", "./bin/pwsh", "linux", ["./bin/pwsh"], "./bin/pwsh"],
    [
      "Windows PowerShell on Windows",
      undefined,
      "win32",
      ["C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"],
      "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
    ],
    ["a name without its ending on Windows", "pwsh", "win32", ["C:\\Tools\\pwsh.exe"], "C:\\Tools\\pwsh.exe"],
    ["a path of Windows", "D:\\ps\\pwsh", "win32", ["D:\\ps\\pwsh.exe"], "D:\\ps\\pwsh.exe"],
  ];
  for (const [what, configured, platform, there, expected] of FOUND) {
    it(`finds ${what}`, () => {
      const environment = platform === "win32" ? { Path: WINDOWS } : { PATH: LINUX };
      const isExecutable = (file: string) => there.includes(file);
      expect(findShell(configured, { platform, environment, isExecutable })).to.equal(expected);
    });
  }

  const MISSING: [string, string | undefined, NodeJS.ProcessEnv, string][] = [
    ["nothing is on PATH", undefined, { PATH: LINUX }, "there is no pwsh in any folder of PATH"],
    ["there is no PATH", undefined, {}, "there is no pwsh in any folder of PATH"],
    ["the path leads nowhere", "/opt/pwsh", { PATH: LINUX }, "there is no program /opt/pwsh"],
  ];
  for (const [what, configured, environment, answer] of MISSING) {
    it(`names what was looked for where ${what}`, () => {
      const search = () => findShell(configured, { platform: "linux", environment, isExecutable: () => false });
      expect(search).to.throw(
        Unreachable,
        `Failed while looking for PowerShell: ${answer}. Install PowerShell, or set its path, such as \`pulumi config set exchange:shell /usr/bin/pwsh\`.`,
      );
    });
  }

  it("runs nothing from the current folder, which an empty entry of PATH means", () => {
    const tried: string[] = [];
    const isExecutable = (file: string) => tried.push(file) < 0;
    expect(() => findShell(undefined, { platform: "linux", environment: { PATH: LINUX }, isExecutable })).to.throw();
    expect(tried).to.deep.equal(["/usr/local/bin/pwsh", "/usr/bin/pwsh"]);
  });
});
