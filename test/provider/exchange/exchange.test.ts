import { expect } from "chai";
import { WrongOrganization } from "../../../provider/exchange/errors";
import { Exchange, requireOrganization } from "../../../provider/exchange/exchange";
import { rejection } from "../rejection";
import { object, RecordingSession } from "./recording-session";

const GUID = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
const OTHER = "99999999-0c52-4e0e-9e53-6f2f3a1b7c11";
const authConfig = (Guid: string, OriginatingServer = "dc1.contoso.example") => ({
  output: [object({ Guid, OriginatingServer })],
});

describe("an Exchange organisation", () => {
  describe("a client of it", () => {
    async function callOf(defaults: object, settings: object) {
      const session = new RecordingSession({ "Get-AuthServer": {} });
      const exchange = new Exchange(session, { timeoutSeconds: 300, ...defaults });
      await exchange.client(settings).run("Get-AuthServer", {}, "x");
      return session.calls;
    }
    const cmdlet = "Get-AuthServer";

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

    it("has a time limit of the state and no domain controller of it, which may be long gone", async () => {
      const session = new RecordingSession({ "Get-AuthServer": {} });
      const state = { domainController: "dc2", timeoutSeconds: 20 };
      const client = new Exchange(session, { timeoutSeconds: 300, domainController: "dc1" }).clientOfState(state);
      await client.run("Get-AuthServer", {}, "x");
      expect(session.calls).to.deep.equal([{ cmdlet, parameters: { DomainController: "dc1" }, timeoutSeconds: 20 }]);
    });

    it("uses the domain controller that answered another client's read", async () => {
      const session = new RecordingSession({ "Get-AuthConfig": authConfig(GUID), "Get-AuthServer": {} });
      const exchange = new Exchange(session, { timeoutSeconds: 300 });
      await requireOrganization(exchange.client({}), undefined);
      await exchange.client({}).run("Get-AuthServer", {}, "x");
      expect(session.calls.map(({ parameters }) => parameters)).to.deep.equal([
        {},
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
      const failing = rejection(
        organisation.change(async () => {
          throw new Error("it failed");
        }),
      );
      expect(await organisation.change(async () => "next")).to.equal("next");
      expect((await failing).message).to.equal("it failed");
    });
  });

  describe("making sure that it is the one in the state", () => {
    const clientOf = (guid: string, settings = {}) =>
      new Exchange(new RecordingSession({ "Get-AuthConfig": authConfig(guid) }), { timeoutSeconds: 300 }).client(
        settings,
      );

    const rows: [string, string | undefined][] = [
      ["accepts the one in the state", GUID],
      ["accepts it whatever its case", GUID.toUpperCase()],
      ["accepts any where nothing is in the state yet", undefined],
    ];
    for (const [title, organizationId] of rows) {
      it(title, async () => {
        expect((await requireOrganization(clientOf(GUID.toUpperCase()), organizationId)).guid).to.equal(GUID);
      });
    }

    it("refuses another one and names both", async () => {
      const error = await rejection(requireOrganization(clientOf(OTHER), GUID));
      expect(error).to.be.instanceOf(WrongOrganization);
      expect(error.message).to.equal(
        `Failed while making sure that this is the organisation in the stack's state: the state belongs to the organisation ${GUID}, and the connection leads to ${OTHER}. ` +
          "Point the exchange: configuration back at the organisation of this stack, or use another stack for this one; only where this is the same " +
          "organisation, whose AuthConfig was made anew, put the new Guid in place of the old one: in the file of `pulumi stack " +
          "export`, everywhere, which `pulumi stack import` then takes, and in the program's `expectedOrganizationId`, if it says " +
          "one; then run `pulumi refresh`.",
      );
    });

    it("accepts the one that the program declares, whatever its case", async () => {
      const client = clientOf(GUID, { expectedOrganizationId: GUID.toUpperCase() });
      expect((await requireOrganization(client, undefined)).guid).to.equal(GUID);
    });

    it("refuses another one than the program declares, of what is new and of what is in the state", async () => {
      for (const inState of [undefined, OTHER]) {
        const error = await rejection(requireOrganization(clientOf(OTHER, { expectedOrganizationId: GUID }), inState));
        expect(error).to.be.instanceOf(WrongOrganization);
        expect(error.message).to.equal(
          `Failed while making sure that this is the organisation that the program declares: \`expectedOrganizationId\` is ${GUID}, and the connection leads to ${OTHER}. ` +
            "Point the exchange: configuration at the declared organisation, or correct `expectedOrganizationId`.",
        );
      }
    });
  });
});
