import path from "node:path";
import { reachBy } from "../stack/reach";
import { needShell } from "./shell";
import { needSshServer, SshServer } from "./ssh-server";

const MODULE = path.resolve(__dirname, "../../sandbox/powershell");

/** What cannot be the same through PowerShell: no cmdlet gives Exchange's clock, so the machine's is what counts. */
const NEEDS_SANDBOX_CLOCK = /^by time: /;

/** Defines a suite of test/stack once more, under the `describe` that calls this. */
function again(name: string): void {
  const file = require.resolve(`../stack/${name}.test.ts`);
  delete require.cache[file];
  require(file);
}

const WAYS: [string, string[], string][] = [
  [
    "a module in a runspace of the bridge's own process",
    ["main-job", "drift", "prerequisites", "partner-application"],
    MODULE,
  ],
  ["a no-language remoting runspace in another process", ["main-job"], path.join(MODULE, "exchange.pssc")],
];

for (const [way, suites, module] of WAYS) {
  describe(`through real PowerShell, with ${way}`, () => {
    before(function () {
      const shell = needShell(this);
      reachBy(() => ({ "exchange:connection": "module", "exchange:module": module, "exchange:shell": shell }));
    });
    after(() => reachBy());
    beforeEach(function () {
      if (NEEDS_SANDBOX_CLOCK.test(this.currentTest?.title ?? "")) this.skip();
    });

    for (const suite of suites) again(suite);
  });
}

describe("through real PowerShell, with a module on the other side of a real ssh", () => {
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

  again("main-job");
});
