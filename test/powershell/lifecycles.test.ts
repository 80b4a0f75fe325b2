import path from "node:path";
import { reachBy } from "../stack/reach";
import { needShell } from "./shell";
import { needSshServer, SshServer } from "./ssh-server";

const MODULE = path.resolve(__dirname, "../../sandbox/powershell");

/** Tests of test/stack that are not run again here, by their whole titles within a way, each with its reason. */
const LEFT_OUT: [RegExp, string][] = [
  [/^drift by time: /, "no cmdlet gives Exchange's clock: the bridge's is the machine's, which no test moves"],
  [/^a partner application whose enabling was interrupted /, "crashes.test.ts has the crashes of this way"],
];

/** Defines suites of test/stack once more, under the `describe` that calls this. */
function again(around: Mocha.Suite, ...names: string[]): void {
  for (const name of names) {
    const file = require.resolve(`../stack/${name}.test.ts`);
    delete require.cache[file];
    require(file);
  }
  const prune = (suite: Mocha.Suite, before: string) => {
    const title = (part: string) => [before, part].filter(Boolean).join(" ");
    suite.tests = suite.tests.filter((test) => !LEFT_OUT.some(([pattern]) => pattern.test(title(test.title))));
    for (const inner of suite.suites) prune(inner, title(inner.title));
  };
  prune(around, "");
}

const WAYS: [string, string[], string][] = [
  [
    "a module in a runspace of the bridge's own process",
    ["main-job", "drift", "prerequisites", "partner-application", "probe"],
    MODULE,
  ],
  ["a no-language remoting runspace in another process", ["main-job"], path.join(MODULE, "exchange.pssc")],
];

for (const [way, suites, module] of WAYS) {
  describe(`through real PowerShell, with ${way}`, function () {
    before(function () {
      const shell = needShell(this);
      reachBy(() => ({ "exchange:connection": "module", "exchange:module": module, "exchange:shell": shell }));
    });
    after(() => reachBy());

    again(this, ...suites);
  });
}

describe("through real PowerShell, with a module on the other side of a real ssh", function () {
  let server: SshServer | undefined;

  before(async function () {
    const shell = needShell(this);
    needSshServer(this);
    const started = await SshServer.start({ PATH: process.env.PATH ?? "" });
    server = started;
    reachBy((home) => ({
      "exchange:connection": "ssh",
      "exchange:sshDestination": started.destination,
      "exchange:sshConfig": started.config("user", "known_hosts", home),
      "exchange:module": MODULE,
      "exchange:shell": shell,
    }));
  });
  after(async () => {
    reachBy();
    await server?.stop();
  });

  again(this, "main-job");
});
