import path from "node:path";
import { reachBy } from "../../stack/reach";
import { needShell } from "../shell";
import { needSshServer, SshServer } from "../ssh-server";
import { again } from "./again";

const MODULE = path.resolve(__dirname, "../../../sandbox/powershell");

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
