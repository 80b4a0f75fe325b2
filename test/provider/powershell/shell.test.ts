import { expect } from "chai";
import { Unreachable } from "../../../provider/errors";
import { findShell } from "../../../provider/powershell/shell";

const LINUX = "/usr/local/bin::/usr/bin";
const WINDOWS = "C:\\Tools;C:\\Windows\\System32\\WindowsPowerShell\\v1.0";

describe("findShell", () => {
  const FOUND: { what: string; configured?: string; platform: NodeJS.Platform; there: string[]; expected: string }[] = [
    {
      what: "pwsh of PATH, in its order",
      platform: "linux",
      there: ["/usr/bin/pwsh", "/usr/local/bin/pwsh"],
      expected: "/usr/local/bin/pwsh",
    },
    {
      what: "another name of PATH",
      configured: "pwsh-preview",
      platform: "linux",
      there: ["/usr/bin/pwsh-preview"],
      expected: "/usr/bin/pwsh-preview",
    },
    {
      what: "a path as it is",
      configured: "./bin/pwsh",
      platform: "linux",
      there: ["./bin/pwsh"],
      expected: "./bin/pwsh",
    },
    {
      what: "Windows PowerShell on Windows",
      platform: "win32",
      there: ["C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"],
      expected: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
    },
    {
      what: "a name without its ending on Windows",
      configured: "pwsh",
      platform: "win32",
      there: ["C:\\Tools\\pwsh.exe"],
      expected: "C:\\Tools\\pwsh.exe",
    },
    {
      what: "a path of Windows",
      configured: "D:\\ps\\pwsh",
      platform: "win32",
      there: ["D:\\ps\\pwsh.exe"],
      expected: "D:\\ps\\pwsh.exe",
    },
  ];
  for (const { what, configured, platform, there, expected } of FOUND) {
    it(`finds ${what}`, () => {
      const environment = platform === "win32" ? { Path: WINDOWS } : { PATH: LINUX };
      const isExecutable = (file: string) => there.includes(file);
      expect(findShell(configured, { platform, environment, isExecutable })).to.equal(expected);
    });
  }

  const MISSING: { what: string; configured?: string; environment: NodeJS.ProcessEnv; answer: string }[] = [
    { what: "nothing is on PATH", environment: { PATH: LINUX }, answer: "there is no pwsh in any folder of PATH" },
    { what: "there is no PATH", environment: {}, answer: "there is no pwsh in any folder of PATH" },
    {
      what: "the path leads nowhere",
      configured: "/opt/pwsh",
      environment: { PATH: LINUX },
      answer: "there is no program /opt/pwsh",
    },
  ];
  for (const { what, configured, environment, answer } of MISSING) {
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
