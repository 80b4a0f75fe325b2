import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { BRIDGE } from "../../../provider/powershell/bridge";
import { bridgeLine, sshCommand } from "../../../provider/powershell/ssh";

describe("the command of connection ssh", () => {
  const command = sshCommand({
    kind: "ssh",
    destination: "admin@mbx1.contoso.example",
    opening: { authentication: "Kerberos" },
  });

  it("asks nobody, checks the host's key, and notices a host that is silent", () => {
    expect(command.slice(0, -1)).to.deep.equal([
      "ssh",
      "-T",
      "-o",
      "BatchMode=yes",
      "-o",
      "StrictHostKeyChecking=yes",
      "-o",
      "ConnectTimeout=20",
      "-o",
      "ServerAliveInterval=10",
      "-o",
      "ServerAliveCountMax=3",
      "--",
      "admin@mbx1.contoso.example",
    ]);
  });

  it("takes another configuration file in place of the user's own", () => {
    const withConfig = sshCommand({
      kind: "ssh",
      destination: "mbx1",
      config: "/etc/exchange/ssh_config",
      opening: { authentication: "Kerberos" },
    });
    expect(withConfig.slice(0, 4)).to.deep.equal(["ssh", "-T", "-F", "/etc/exchange/ssh_config"]);
  });

  it("runs Windows PowerShell with a bootstrap that is short enough for cmd and names the bridge's hash", () => {
    const remote = command.at(-1) ?? "";
    const [, encoded = ""] =
      /^powershell\.exe -NoLogo -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand ([A-Za-z0-9+/=]+)$/.exec(
        remote,
      ) ?? [];
    const bootstrap = Buffer.from(encoded, "base64").toString("utf16le");
    const hash = createHash("sha256").update(readFileSync(BRIDGE)).digest("hex").toUpperCase();
    expect(bootstrap).to.contain(`if($h -ne '${hash}')`);
    expect(remote.length).to.be.below(8191);
  });

  it("sends the bridge as one line of base64", () => {
    const line = bridgeLine();
    expect(line.indexOf("\n")).to.equal(line.length - 1);
    expect(Buffer.from(line, "base64").equals(readFileSync(BRIDGE))).to.equal(true);
  });
});
