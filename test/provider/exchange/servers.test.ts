import { expect } from "chai";
import { ProtocolError } from "../../../provider/errors";
import { ExchangeClient } from "../../../provider/exchange/client";
import { getExchangeServers } from "../../../provider/exchange/servers";
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
    const { counted: servers } = await getExchangeServers(new ExchangeClient(session, { timeoutSeconds: 300 }, {}), []);
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
    const { counted: servers } = await getExchangeServers(new ExchangeClient(session, { timeoutSeconds: 300 }, {}), []);
    expect(servers.map(({ name }) => name)).to.deep.equal(["Exch01", "exch02", "EXCH03"]);
  });

  for (const name of ["Name", "Fqdn", "IsEdgeServer"]) {
    it(`are not counted, and not left out, where ${name} cannot be read`, async () => {
      const { [name]: _absent, ...rest } = server("MBX1", false);
      const session = new RecordingSession({ "Get-ExchangeServer": { output: [object(rest)] } });
      const error: ProtocolError = await expect(
        getExchangeServers(new ExchangeClient(session, { timeoutSeconds: 300 }, {}), []),
      ).to.be.rejectedWith(ProtocolError);
      expect(error.message).to.include(`Get-ExchangeServer shows no ${name}`);
    });
  }

  const rows: { title: string; ignoreServers: string[]; counted: string[]; ignored: string[]; unmatched: string[] }[] =
    [
      {
        title: "all of version 15 or later, or of one that cannot be read",
        ignoreServers: [],
        counted: ["MBX1", "MBX2", "NEW"],
        ignored: [],
        unmatched: [],
      },
      {
        title: "none that is ignored by name",
        ignoreServers: ["mbx1"],
        counted: ["MBX2", "NEW"],
        ignored: ["MBX1"],
        unmatched: [],
      },
      {
        title: "none that is ignored by full name",
        ignoreServers: ["Mbx2.CONTOSO.example"],
        counted: ["MBX1", "NEW"],
        ignored: ["MBX2"],
        unmatched: [],
      },
      {
        title: "none that is old, ignored or not, and that name fits",
        ignoreServers: ["EX10"],
        counted: ["MBX1", "MBX2", "NEW"],
        ignored: [],
        unmatched: [],
      },
      {
        title: "whatever name fits none, which is told",
        ignoreServers: ["MBX", "EDGE1"],
        counted: ["MBX1", "MBX2", "NEW"],
        ignored: [],
        unmatched: ["MBX"],
      },
    ];
  for (const { title, ignoreServers, counted, ignored, unmatched } of rows) {
    it(`count: ${title}`, async () => {
      const old = { AdminDisplayVersion: "Version 14.3 (Build 123.4)" };
      const output = [
        server("EDGE1", true),
        server("MBX1", false),
        server("MBX2", false),
        object({ ...server("EX10", false), ...old }),
        object({ ...server("NEW", false), AdminDisplayVersion: "?" }),
      ];
      const session = new RecordingSession({ "Get-ExchangeServer": { output } });
      const found = await getExchangeServers(new ExchangeClient(session, { timeoutSeconds: 300 }, {}), ignoreServers);
      const names = (servers: { name: string }[]) => servers.map(({ name }) => name);
      expect({
        counted: names(found.counted),
        ignored: names(found.ignored),
        unmatched: found.unmatched,
      }).to.deep.equal({
        counted,
        ignored,
        unmatched,
      });
    });
  }
});
