import { expect } from "chai";
import { ConnectionLost, NotAllowed, NotFound, ProtocolError } from "../../../provider/errors";
import { type CallSettings, ExchangeClient, type Pin } from "../../../provider/exchange/client";
import type { Value } from "../../../provider/powershell/protocol";
import { failure, NOW, object, RecordingSession } from "./recording-session";

const SETTINGS: CallSettings = { timeoutSeconds: 300 };

describe("a client of Exchange", () => {
  it("passes a cmdlet's parameters and the time limit on, and gives back objects, warnings and the clock", async () => {
    const output = [object({ Name: "A" })];
    const session = new RecordingSession({ "Get-ExchangeCertificate": { output, warnings: ["careful"] } });
    const answer = await new ExchangeClient(session, { timeoutSeconds: 7 }, {}).run(
      "Get-ExchangeCertificate",
      { Server: "MBX1" },
      "x",
    );
    expect(answer).to.deep.equal({ objects: [object({ Name: "A" })], warnings: ["careful"], now: NOW });
    expect(session.calls).to.deep.equal([
      { cmdlet: "Get-ExchangeCertificate", parameters: { Server: "MBX1" }, timeoutSeconds: 7 },
    ]);
  });

  const noObjects: [string, Value][] = [
    ["text", "3082"],
    ["nothing", null],
    ["a list", [object({ Name: "in a list" })]],
    ["a date", new Date()],
    ["bytes", Buffer.from("x")],
  ];
  for (const [what, value] of noObjects) {
    it(`takes an output that holds ${what} where objects are due for no shorter list`, async () => {
      const session = new RecordingSession({ "Get-ExchangeCertificate": { output: [object({ Name: "A" }), value] } });
      const run = async () =>
        (await new ExchangeClient(session, SETTINGS, {}).run("Get-ExchangeCertificate", {}, "x")).objects;
      const error: ProtocolError = await expect(run()).to.be.rejectedWith(ProtocolError);
      expect(error.outcomeUnknown).to.equal(false);
      expect(error.message).to.equal(
        "Failed while x: Get-ExchangeCertificate returned something that is not an object. " +
          "Run the cmdlet in the Exchange Management Shell to see what it returns, then run `pulumi refresh`.",
      );
    });
  }

  it("may have made what it cannot read the answer of", async () => {
    const session = new RecordingSession({ "New-AuthServer": { output: ["made"] } });
    const run = async () => (await new ExchangeClient(session, SETTINGS, {}).run("New-AuthServer", {}, "x")).objects;
    const error: ProtocolError = await expect(run()).to.be.rejectedWith(ProtocolError);
    expect(error.outcomeUnknown).to.equal(true);
  });

  it("lets a write succeed whose answer nobody reads", async () => {
    const session = new RecordingSession({ "Set-AuthServer": { output: ["done"], warnings: ["careful"] } });
    const { warnings } = await new ExchangeClient(session, SETTINGS, {}).run("Set-AuthServer", {}, "x");
    expect(warnings).to.deep.equal(["careful"]);
  });

  const foreign: { title: string; parameters?: Record<string, string>; named: string }[] = [
    { title: "a cmdlet that is on no list", named: "Remove-Mailbox" },
    { title: "a parameter that is on no list", parameters: { Type: "AzureAD" }, named: "New-AuthServer -Type" },
    { title: "a name that every object has", named: "constructor" },
  ];
  for (const { title, parameters = {}, named } of foreign) {
    it(`never sends ${title}`, async () => {
      const session = new RecordingSession({});
      const cmdlet = named.split(" ")[0] as string;
      const error: NotAllowed = await expect(
        new ExchangeClient(session, SETTINGS, {}).run(cmdlet, parameters, "trying"),
      ).to.be.rejectedWith(NotAllowed);
      expect(error.message).to.equal(
        `Failed while trying: ${named} is not on this package's list of cmdlets, so it was not sent. ` +
          "Report this as a bug in pulumi-exchange-server.",
      );
      expect(session.calls).to.deep.equal([]);
    });
  }

  it("leaves the caller's parameters as they were", async () => {
    const session = new RecordingSession({ "Get-AuthServer": {} });
    const parameters = {};
    await new ExchangeClient(session, { ...SETTINGS, domainController: "dc1" }, {}).run(
      "Get-AuthServer",
      parameters,
      "x",
    );
    expect(parameters).to.deep.equal({});
  });

  it("turns the first error record into its class, and what came beside it is not an answer", async () => {
    const errors = [failure("ManagementObjectNotFoundException", "NotSpecified", "SetAuthServer"), failure("", "", "")];
    const session = new RecordingSession({
      "Set-AuthServer": { output: [object({ Name: "A" })], errors: errors.flatMap((answer) => answer.errors ?? []) },
    });
    const error: NotFound = await expect(
      new ExchangeClient(session, SETTINGS, {}).run("Set-AuthServer", {}, "setting it"),
    ).to.be.rejectedWith(NotFound);
    expect(error.message).to.equal(
      "Failed while setting it: Exchange answered “Es geht nicht.” (ManagementObjectNotFoundException). Check that it still exists.",
    );
  });

  it("lets what the session throws through as it is", async () => {
    const lost = new ConnectionLost({ doing: "a", answer: "b", next: "c", outcomeUnknown: true });
    const session = new RecordingSession({ "Get-AuthServer": lost });
    await expect(new ExchangeClient(session, SETTINGS, {}).run("Get-AuthServer", {}, "x")).to.be.rejectedWith(lost);
  });

  describe("its domain controller", () => {
    interface Row {
      it: string;
      /** The one that is set. @default none */
      set?: string;
      /** The one that is pinned. @default none */
      pinned?: string;
      /** @default Get-AuthServer */
      cmdlet?: string;
      /** The one that the cmdlet is given. @default none */
      expected?: string;
    }
    const rows: Row[] = [
      { it: "is none where nothing is set or pinned" },
      { it: "is the one that is set", set: "dc1.contoso.example", expected: "dc1.contoso.example" },
      { it: "is the one that is pinned", pinned: "dc2", expected: "dc2" },
      {
        it: "is the one that is set although one is pinned",
        set: "dc1",
        pinned: "dc2",
        cmdlet: "Set-AuthConfig",
        expected: "dc1",
      },
      { it: "goes with the cmdlets for certificates", set: "dc1", cmdlet: "New-ExchangeCertificate", expected: "dc1" },
      { it: "stays away from Enable-PushNotificationProxy", set: "dc1", cmdlet: "Enable-PushNotificationProxy" },
      { it: "stays away from Disable-PushNotificationProxy", set: "dc1", cmdlet: "Disable-PushNotificationProxy" },
      { it: "stays away from Get-PushNotificationApp", set: "dc1", cmdlet: "Get-PushNotificationApp" },
    ];
    for (const { it: title, set, pinned, cmdlet = "Get-AuthServer", expected } of rows) {
      it(title, async () => {
        const session = new RecordingSession({ [cmdlet]: {} });
        const client = new ExchangeClient(
          session,
          { ...SETTINGS, domainController: set },
          { domainController: pinned },
        );
        await client.run(cmdlet, {}, "x");
        expect(session.calls[0]?.parameters).to.deep.equal(expected ? { DomainController: expected } : {});
      });
    }

    it("is pinned once, for every client that shares the pin", async () => {
      const session = new RecordingSession({ "Get-AuthServer": {} });
      const pin: Pin = {};
      const [one, other] = [new ExchangeClient(session, SETTINGS, pin), new ExchangeClient(session, SETTINGS, pin)];
      one.pinDomainController("");
      one.pinDomainController("dc1");
      other.pinDomainController("dc2");
      await other.run("Get-AuthServer", {}, "x");
      expect(session.calls[0]?.parameters).to.deep.equal({ DomainController: "dc1" });
    });

    it("is not pinned for others where it is one resource's own", async () => {
      const session = new RecordingSession({ "Get-AuthServer": {} });
      const pin: Pin = {};
      new ExchangeClient(session, { ...SETTINGS, domainController: "dc9" }, pin).pinDomainController("dc9");
      await new ExchangeClient(session, SETTINGS, pin).run("Get-AuthServer", {}, "x");
      expect(session.calls[0]?.parameters).to.deep.equal({});
    });
  });
});
