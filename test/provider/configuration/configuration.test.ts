import { expect } from "chai";
import { parseConfiguration } from "../../../provider/configuration/configuration";
import type { ConfigurationTexts } from "../../../provider/configuration/configuration-keys";
import type { Connection } from "../../../provider/powershell/connection";

const WHICH_CONNECTION =
  "use endpoint, ssh, module or process, for example `pulumi config set exchange:connection endpoint`";

const PROCESS = { connection: "process", command: '["node", "far-end.js"]' };

function configurationOf(texts: ConfigurationTexts, platform: NodeJS.Platform = "linux") {
  const parsed = parseConfiguration(texts, platform);
  if ("failures" in parsed) throw new Error(JSON.stringify(parsed.failures));
  return parsed.configuration;
}

function failuresOf(texts: ConfigurationTexts): string[] {
  const parsed = parseConfiguration(texts, "linux");
  if ("configuration" in parsed) throw new Error("It was to fail.");
  return parsed.failures.map(({ property, reason }) => `${property} ${reason}`);
}

describe("parseConfiguration", () => {
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

  const ACCOUNT = { username: "CONTOSO\\admin", password: "hunter2" };
  const CONNECTIONS: { what: string; texts: ConfigurationTexts; platform: NodeJS.Platform; connection: Connection }[] =
    [
      {
        what: "a module with a shell of its own",
        texts: { connection: "module", module: "./m", shell: "/opt/pwsh" },
        platform: "linux",
        connection: { kind: "module", shell: "/opt/pwsh", opening: { module: "./m" } },
      },
      {
        what: "the endpoint of a server, with Kerberos by default",
        texts: { connection: "endpoint", server: "mbx1.contoso.example" },
        platform: "win32",
        connection: {
          kind: "endpoint",
          shell: undefined,
          opening: { server: "mbx1.contoso.example", authentication: "Kerberos" },
        },
      },
      {
        what: "the machine's own endpoint with Basic",
        texts: { connection: "endpoint", authentication: "basic", ...ACCOUNT },
        platform: "win32",
        connection: { kind: "endpoint", shell: undefined, opening: { server: undefined, authentication: "Basic" } },
      },
      {
        what: "ssh to a server, which opens its own endpoint",
        texts: {
          connection: "ssh",
          sshDestination: "ssh://admin@mbx1:2222",
          sshConfig: "./ssh_config",
          shell: "C:\\pwsh.exe",
          ...ACCOUNT,
        },
        platform: "linux",
        connection: {
          kind: "ssh",
          destination: "ssh://admin@mbx1:2222",
          config: "./ssh_config",
          shell: "C:\\pwsh.exe",
          opening: { server: undefined, authentication: "Kerberos" },
        },
      },
      {
        what: "ssh to a module, which needs no account",
        texts: { connection: "ssh", sshDestination: "mbx1", module: "C:\\m" },
        platform: "linux",
        connection: {
          kind: "ssh",
          destination: "mbx1",
          config: undefined,
          shell: undefined,
          opening: { module: "C:\\m" },
        },
      },
    ];
  for (const { what, texts, platform, connection } of CONNECTIONS) {
    it(`understands ${what}`, () => {
      expect(configurationOf(texts, platform).connection).to.deep.equal(connection);
    });
  }

  const jsonArray =
    'a JSON array of strings, for example `pulumi config set exchange:command \'["node", "sandbox/dist/exchange/main.js"]\'`';
  const noProgram = `exchange:command names no program: it must be ${jsonArray}`;
  const FAILURES: { what: string; texts: ConfigurationTexts; failures: string[] }[] = [
    {
      what: "no connection",
      texts: {},
      failures: [`exchange:connection is not set: ${WHICH_CONNECTION}`],
    },
    {
      what: "an empty connection",
      texts: { ...PROCESS, connection: "" },
      failures: [`exchange:connection is not set: ${WHICH_CONNECTION}`],
    },
    {
      what: "an unknown connection",
      texts: { connection: "Process" },
      failures: [`exchange:connection "Process" is not a connection: ${WHICH_CONNECTION}`],
    },
    {
      what: "an endpoint off Windows",
      texts: { connection: "endpoint", server: "mbx1.contoso.example" },
      failures: [
        'exchange:connection "endpoint" needs WinRM, which exists only on Windows: use "ssh", which runs PowerShell on the server, for example `pulumi config set exchange:connection ssh`',
      ],
    },
    {
      what: "a module without its path",
      texts: { connection: "module" },
      failures: [
        "exchange:module is required with the connection module: the path of the PowerShell module that takes the place of Exchange, for example `pulumi config set exchange:module ./sandbox/powershell`",
      ],
    },
    {
      what: "ssh without a destination and an account",
      texts: { connection: "ssh" },
      failures: [
        "exchange:sshDestination is required with the connection ssh: the machine that runs PowerShell, for example `pulumi config set exchange:sshDestination admin@mbx1.contoso.example`",
        'exchange:username is required with the connection ssh, since a logon with an SSH key cannot authenticate to Exchange, for example `pulumi config set exchange:username "CONTOSO\\\\admin"`',
      ],
    },
    ...["-oProxyCommand=calc", "mbx1 whoami", " mbx1"].map((sshDestination) => ({
      what: `an ssh destination of "${sshDestination}"`,
      texts: { connection: "ssh", sshDestination, module: "m" },
      failures: [
        `exchange:sshDestination "${sshDestination}" is not an SSH destination: use [user@]host or ssh://[user@]host[:port], for example \`pulumi config set exchange:sshDestination admin@mbx1.contoso.example\``,
      ],
    })),
    ...["C:\\Program Files\\pwsh.exe", "pwsh;reboot", "'pwsh'", "$(pwsh)"].map((shell) => ({
      what: `a shell of "${shell}" over ssh`,
      texts: { connection: "ssh", sshDestination: "mbx1", module: "m", shell },
      failures: [
        `exchange:shell "${shell}" cannot be used over ssh: use a path without spaces and quotes, for example \`pulumi config set exchange:shell pwsh\``,
      ],
    })),
    ...["mbx1", "10.0.0.1:80", "mbx1.contoso.example/PowerShell", "http://mbx1.contoso.example"].map((server) => ({
      what: `a server of "${server}"`,
      texts: { connection: "ssh", sshDestination: "mbx1", server, username: "admin", password: "hunter2" },
      failures: [
        `exchange:server "${server}" is not a fully qualified domain name: Kerberos needs one, not an IP address or a short name, for example \`pulumi config set exchange:server mbx1.contoso.example\``,
      ],
    })),
    {
      what: "another authentication",
      texts: {
        connection: "ssh",
        sshDestination: "mbx1",
        authentication: "NTLM",
        username: "admin",
        password: "hunter2",
      },
      failures: [
        'exchange:authentication "NTLM" is not an authentication method: use Kerberos, or Basic over https, for example `pulumi config set exchange:authentication Kerberos`',
      ],
    },
    {
      what: "no command",
      texts: { connection: "process" },
      failures: [
        `exchange:command is required with the connection process: the program that answers for Exchange and its arguments, ${jsonArray}`,
      ],
    },
    {
      what: "a command line",
      texts: { ...PROCESS, command: "node far-end.js" },
      failures: [`exchange:command is not JSON: it must be ${jsonArray}`],
    },
    {
      what: "a command that is a text",
      texts: { ...PROCESS, command: '"node"' },
      failures: [noProgram],
    },
    {
      what: "a command without a program",
      texts: { ...PROCESS, command: "[]" },
      failures: [noProgram],
    },
    {
      what: "an empty program",
      texts: { ...PROCESS, command: '[""]' },
      failures: [noProgram],
    },
    {
      what: "a number in the command",
      texts: { ...PROCESS, command: '["node", 1]' },
      failures: [noProgram],
    },
    {
      what: "a NUL in the command",
      texts: { ...PROCESS, command: '["node\\u0000"]' },
      failures: [noProgram],
    },
    ...["0", "3601", "1.5", "-1", "1e2", "ten", " 5"].map((timeoutSeconds) => ({
      what: `a time limit of "${timeoutSeconds}"`,
      texts: { ...PROCESS, timeoutSeconds },
      failures: [
        `exchange:timeoutSeconds "${timeoutSeconds}" is not a whole number of seconds from 1 to 3600, for example \`pulumi config set exchange:timeoutSeconds 600\``,
      ],
    })),
    {
      what: "a user name alone",
      texts: { ...PROCESS, username: "admin" },
      failures: [
        "exchange:password is required with exchange:username, for example `pulumi config set --secret exchange:password`",
      ],
    },
    {
      what: "a password alone",
      texts: { ...PROCESS, password: "hunter2" },
      failures: [
        'exchange:username is required with exchange:password, for example `pulumi config set exchange:username "CONTOSO\\\\admin"`',
      ],
    },
  ];
  for (const { what, texts, failures } of FAILURES) {
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
