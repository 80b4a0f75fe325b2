import { expect } from "chai";
import { type ConfigurationTexts, parseConnection } from "../../../provider/powershell/connections";

const PROCESS = { connection: "process", command: '["node", "far-end.js"]' };

function configurationOf(texts: ConfigurationTexts) {
  const parsed = parseConnection(texts);
  if ("failures" in parsed) throw new Error(JSON.stringify(parsed.failures));
  return parsed.configuration;
}

function failuresOf(texts: ConfigurationTexts): string[] {
  const parsed = parseConnection(texts);
  if ("configuration" in parsed) throw new Error("It was to fail.");
  return parsed.failures.map(({ property, reason }) => `${property} ${reason}`);
}

describe("parseConnection", () => {
  it("understands connection process with a time limit of 300 seconds by default", () => {
    expect(configurationOf(PROCESS)).to.deep.equal({
      connection: { kind: "process", command: ["node", "far-end.js"] },
      timeoutSeconds: 300,
    });
  });

  it("understands everything that may be set, and takes an empty text for none", () => {
    const configuration = configurationOf({
      ...PROCESS,
      domainController: "dc1.contoso.example",
      timeoutSeconds: "3600",
      username: "CONTOSO\\admin",
      password: "hunter2",
    });
    expect(configuration.domainController).to.equal("dc1.contoso.example");
    expect(configuration.timeoutSeconds).to.equal(3600);
    expect(configuration.credential?.userName).to.equal("CONTOSO\\admin");
    expect(configuration.credential?.password.reveal()).to.equal("hunter2");
    expect(JSON.stringify(configuration)).not.to.contain("hunter2");
    expect(
      configurationOf({ ...PROCESS, domainController: "", timeoutSeconds: "", username: "", password: "" }),
    ).to.deep.equal(configurationOf(PROCESS));
  });

  it("keeps the command's arguments as they are, since no shell reads them", () => {
    const command = ["C:\\Program Files\\node.exe", "a b", "$HOME", "", "'\"`;&|"];
    expect(configurationOf({ connection: "process", command: JSON.stringify(command) }).connection).to.deep.equal({
      kind: "process",
      command,
    });
  });

  const jsonArray =
    'a JSON array of texts, for example `pulumi config set exchange:command \'["node", "sandbox/dist/exchange/main.js"]\'`';
  const useProcess = 'use "process", `pulumi config set exchange:connection process`';
  const FAILURES: [string, ConfigurationTexts, string[]][] = [
    [
      "no connection",
      {},
      [
        "exchange:connection is not set: say how Exchange is reached, for example `pulumi config set exchange:connection process`",
      ],
    ],
    [
      "an empty connection",
      { ...PROCESS, connection: "" },
      [
        "exchange:connection is not set: say how Exchange is reached, for example `pulumi config set exchange:connection process`",
      ],
    ],
    [
      "a connection to come: endpoint",
      { connection: "endpoint" },
      [`exchange:connection "endpoint" is not yet available in this version: ${useProcess}`],
    ],
    [
      "a connection to come: ssh",
      { connection: "ssh" },
      [`exchange:connection "ssh" is not yet available in this version: ${useProcess}`],
    ],
    [
      "a connection to come: module",
      { connection: "module" },
      [`exchange:connection "module" is not yet available in this version: ${useProcess}`],
    ],
    [
      "an unknown connection",
      { connection: "Process" },
      [`exchange:connection "Process" is no connection that there is: ${useProcess}`],
    ],
    [
      "no command",
      { connection: "process" },
      [`exchange:command is not set: the program that answers for Exchange, ${jsonArray}`],
    ],
    [
      "a command line",
      { ...PROCESS, command: "node far-end.js" },
      [`exchange:command is not JSON: no shell reads it, so it must be ${jsonArray}`],
    ],
    [
      "a command that is a text",
      { ...PROCESS, command: '"node"' },
      [`exchange:command names no program: it must be ${jsonArray}`],
    ],
    [
      "a command without a program",
      { ...PROCESS, command: "[]" },
      [`exchange:command names no program: it must be ${jsonArray}`],
    ],
    [
      "an empty program",
      { ...PROCESS, command: '[""]' },
      [`exchange:command names no program: it must be ${jsonArray}`],
    ],
    [
      "a number in the command",
      { ...PROCESS, command: '["node", 1]' },
      [`exchange:command names no program: it must be ${jsonArray}`],
    ],
    [
      "a NUL in the command",
      { ...PROCESS, command: '["node\\u0000"]' },
      [`exchange:command names no program: it must be ${jsonArray}`],
    ],
    ...["0", "3601", "1.5", "-1", "1e2", "ten", " 5"].map((timeoutSeconds): [string, ConfigurationTexts, string[]] => [
      `a time limit of "${timeoutSeconds}"`,
      { ...PROCESS, timeoutSeconds },
      [
        `exchange:timeoutSeconds "${timeoutSeconds}" is not a whole number of seconds from 1 to 3600, for example \`pulumi config set exchange:timeoutSeconds 600\``,
      ],
    ]),
    [
      "a user name alone",
      { ...PROCESS, username: "admin" },
      [
        "exchange:password is not set beside exchange:username, for example `pulumi config set --secret exchange:password`",
      ],
    ],
    [
      "a password alone",
      { ...PROCESS, password: "hunter2" },
      [
        'exchange:username is not set beside exchange:password, for example `pulumi config set exchange:username "CONTOSO\\\\admin"`',
      ],
    ],
  ];
  for (const [what, texts, failures] of FAILURES) {
    it(`names the key and shows an example for ${what}`, () => {
      expect(failuresOf(texts)).to.deep.equal(failures);
    });
  }

  it("names everything that is wrong at once", () => {
    const failures = failuresOf({ connection: "process", timeoutSeconds: "0", password: "hunter2" });
    expect(failures.map((failure) => failure.split(" ")[0])).to.deep.equal([
      "exchange:command",
      "exchange:timeoutSeconds",
      "exchange:username",
    ]);
    expect(failures.join()).not.to.contain("hunter2");
  });
});
