import { expect } from "chai";
import { ExchangeClient } from "../../../provider/exchange/client";
import { ProtocolError } from "../../../provider/exchange/errors";
import { getExchangeServers } from "../../../provider/exchange/servers";
import { rejection } from "../rejection";
import { object, RecordingSession } from "./recording-session";

describe("the Exchange servers", () => {
  // The properties of a recorded Get-ExchangeServer (Exchange 2019): ServerRole is "Mailbox" or "Edge" beside the truths.
  const server = (Name: string, IsEdgeServer: boolean) =>
    object({
      Name,
      Fqdn: `${Name.toLowerCase()}.contoso.example`,
      Domain: "contoso.example",
      IsEdgeServer,
      IsMailboxServer: !IsEdgeServer,
      AdminDisplayVersion: "Version 15.2 (Build 986.5)",
      ExchangeVersion: "0.1 (8.0.535.0)",
    });

  it("are all but the Edge servers, sorted by name", async () => {
    const output = [server("MBX2", false), server("EDGE1", true), server("MBX1", false)];
    const session = new RecordingSession({ "Get-ExchangeServer": { output } });
    const servers = await getExchangeServers(new ExchangeClient(session, { timeoutSeconds: 300 }, {}));
    const rest = { domain: "contoso.example", isMailbox: true, build: [15, 2, 986, 5] };
    expect(servers).to.deep.equal([
      { name: "MBX1", fqdn: "mbx1.contoso.example", ...rest },
      { name: "MBX2", fqdn: "mbx2.contoso.example", ...rest },
    ]);
    expect(session.calls).to.deep.equal([{ cmdlet: "Get-ExchangeServer", parameters: {}, timeoutSeconds: 300 }]);
  });

  it("are sorted without regard to case, as Exchange compares names", async () => {
    const output = [server("exch02", false), server("EXCH03", false), server("Exch01", false)];
    const session = new RecordingSession({ "Get-ExchangeServer": { output } });
    const servers = await getExchangeServers(new ExchangeClient(session, { timeoutSeconds: 300 }, {}));
    expect(servers.map(({ name }) => name)).to.deep.equal(["Exch01", "exch02", "EXCH03"]);
  });

  for (const name of ["Name", "Fqdn", "IsEdgeServer"]) {
    it(`are not counted, and not left out, where ${name} cannot be read`, async () => {
      const { [name]: _absent, ...rest } = server("MBX1", false);
      const session = new RecordingSession({ "Get-ExchangeServer": { output: [object(rest)] } });
      const error = await rejection(getExchangeServers(new ExchangeClient(session, { timeoutSeconds: 300 }, {})));
      expect(error).to.be.instanceOf(ProtocolError);
      expect(error.message).to.include(`Get-ExchangeServer shows no ${name}`);
    });
  }
});
