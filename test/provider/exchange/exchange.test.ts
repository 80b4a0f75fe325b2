import { expect } from "chai";
import { Exchange } from "../../../provider/exchange/exchange";
import { object, RecordingSession } from "./recording-session";

const GUID = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
const authConfig = (Guid: string, OriginatingServer = "dc1.contoso.example") => ({
  output: [object({ Guid, OriginatingServer })],
});

describe("an Exchange organisation", () => {
  describe("opened", () => {
    async function callOf(defaults: object, settings: object) {
      const session = new RecordingSession({ "Get-AuthConfig": authConfig(GUID) });
      const exchange = new Exchange(session, { timeoutSeconds: 300, ...defaults });
      await exchange.open(settings, {});
      return session.calls;
    }
    const cmdlet = "Get-AuthConfig";

    it("has the connection's settings", async () => {
      expect(await callOf({ domainController: "dc1" }, {})).to.deep.equal([
        { cmdlet, parameters: { DomainController: "dc1" }, timeoutSeconds: 300 },
      ]);
    });

    it("has a resource's own settings in their place", async () => {
      expect(await callOf({ domainController: "dc1" }, { domainController: "dc2", timeoutSeconds: 20 })).to.deep.equal([
        { cmdlet, parameters: { DomainController: "dc2" }, timeoutSeconds: 20 },
      ]);
    });

    it("takes nothing else from a resource's arguments", async () => {
      expect(await callOf({}, { timeoutSeconds: undefined, Identity: "everything" })).to.deep.equal([
        { cmdlet, parameters: {}, timeoutSeconds: 300 },
      ]);
    });

    it("uses the domain controller that answered another client's read", async () => {
      const session = new RecordingSession({ "Get-AuthConfig": authConfig(GUID), "Get-AuthServer": {} });
      const exchange = new Exchange(session, { timeoutSeconds: 300 });
      await exchange.open({}, {});
      const { client } = await exchange.open({}, {});
      await client.run("Get-AuthServer", {}, "x");
      expect(session.calls.map(({ parameters }) => parameters)).to.deep.equal([
        {},
        { DomainController: "dc1.contoso.example" },
        { DomainController: "dc1.contoso.example" },
      ]);
    });
  });

  describe("its changes", () => {
    const exchange = () => new Exchange(new RecordingSession({}), { timeoutSeconds: 300 });

    it("run one at a time, in the order in which they were asked for", async () => {
      const organisation = exchange();
      const events: string[] = [];
      const change = (name: string) =>
        organisation.change(async () => {
          events.push(`${name} begins`);
          await new Promise(setImmediate);
          events.push(`${name} ends`);
          return name;
        });
      expect(await Promise.all(["one", "two", "three"].map(change))).to.deep.equal(["one", "two", "three"]);
      expect(events).to.deep.equal(["one begins", "one ends", "two begins", "two ends", "three begins", "three ends"]);
    });

    it("go on after one that failed, whose caller alone hears of it", async () => {
      const organisation = exchange();
      const failing = expect(
        organisation.change(async () => {
          throw new Error("it failed");
        }),
      ).to.be.rejected.and.eventually.have.property("message", "it failed");
      expect(await organisation.change(async () => "next")).to.equal("next");
      await failing;
    });
  });
});
