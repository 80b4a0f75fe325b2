import { expect } from "chai";
import { ProtocolError, Unauthorised } from "../../../provider/errors";
import { ExchangeClient } from "../../../provider/exchange/client";
import { disableProxy, enableProxy, getProxy } from "../../../provider/exchange/push-notifications";
import type { Value } from "../../../provider/powershell/protocol";
import type { Result } from "../../../provider/powershell/session";
import { failure, object, RecordingSession } from "./recording-session";

const URI = "https://outlook.office365.com/PushNotifications";
// What the article shows of Enable-PushNotificationProxy, as far as it is read.
const shown = object({ Name: "OnPrem-Proxy", Enabled: true, Organization: "contoso.example", Uri: URI });
const app = { enabled: true, organization: "contoso.example", uri: URI };
// Every client here has a domain controller, which none of these cmdlets takes.
const client = (session: RecordingSession) =>
  new ExchangeClient(session, { timeoutSeconds: 300, domainController: "dc1.contoso.example" }, {});

const noSuchCmdlet: Partial<Result> = {
  errors: [
    {
      reason: "CommandNotFoundException",
      category: "ObjectNotFound",
      fullyQualifiedErrorId: "CommandNotFoundException",
      target: "Get-PushNotificationApp",
      message: "The term is not recognized.",
    },
  ],
};

describe("the push notification proxy", () => {
  it("is found by its exact name among the applications, never as the first one", async () => {
    const output = [object({ Name: "Outlook", Enabled: true }), object({ Name: "onprem-proxy-2" }), shown];
    const session = new RecordingSession({ "Get-PushNotificationApp": { output } });
    expect(await getProxy(client(session))).to.deep.equal(app);
    expect(session.calls).to.deep.equal([{ cmdlet: "Get-PushNotificationApp", parameters: {}, timeoutSeconds: 300 }]);
  });

  it("is not there where no application has its name", async () => {
    const output = [object({ Name: "Outlook", Enabled: true })];
    const session = new RecordingSession({ "Get-PushNotificationApp": { output } });
    expect(await getProxy(client(session))).to.equal(undefined);
  });

  for (const [name, value] of [
    ["Name", 5],
    ["Enabled", "True"],
    ["Organization", []],
    ["Uri", {}],
  ] as const) {
    it(`is neither absent nor disabled where ${name} cannot be read`, async () => {
      const output = [object({ ...shown, [name]: value as Value })];
      const error: ProtocolError = await expect(
        getProxy(client(new RecordingSession({ "Get-PushNotificationApp": { output } }))),
      ).to.be.rejectedWith(ProtocolError);
      expect(error.message).to.include(`Get-PushNotificationApp shows ${name} as`);
    });
  }

  it("is unknown where this Exchange has no cmdlet that shows it", async () => {
    expect(await getProxy(client(new RecordingSession({ "Get-PushNotificationApp": noSuchCmdlet })))).to.equal(
      "unknown",
    );
  });

  it("is not unknown but an error where the cmdlet is there and fails", async () => {
    const session = new RecordingSession({
      "Get-PushNotificationApp": failure("UnauthorizedAccessException", "NotSpecified", "GetPushNotificationApp"),
    });
    const error: Unauthorised = await expect(getProxy(client(session))).to.be.rejectedWith(Unauthorised);
    expect(error.message).to.equal(
      "Failed while reading the push notification proxy: Exchange answered “Es geht nicht.” (UnauthorizedAccessException). " +
        "Give the account the management roles for this cmdlet, such as Organization Management.",
    );
  });

  it("is enabled with organisation and URI, both sent each time, and without a domain controller", async () => {
    const session = new RecordingSession({ "Enable-PushNotificationProxy": { output: [shown] } });
    expect(await enableProxy(client(session), "contoso.example", URI)).to.deep.equal(app);
    expect(session.calls).to.deep.equal([
      {
        cmdlet: "Enable-PushNotificationProxy",
        parameters: { Organization: "contoso.example", Uri: URI, Confirm: false },
        timeoutSeconds: 300,
      },
    ]);
  });

  it("may be enabled where the answer does not show it", async () => {
    const session = new RecordingSession({ "Enable-PushNotificationProxy": {} });
    const error: ProtocolError = await expect(enableProxy(client(session), "contoso.example", URI)).to.be.rejectedWith(
      ProtocolError,
    );
    expect(error.outcomeUnknown).to.equal(true);
    expect(error.message).to.equal(
      "Failed while enabling the push notification proxy for contoso.example: Enable-PushNotificationProxy returned no object. " +
        "Run `pulumi up` again: enabling it twice does no harm.",
    );
  });

  it("is disabled with nobody asked", async () => {
    const session = new RecordingSession({ "Disable-PushNotificationProxy": {} });
    await disableProxy(client(session));
    expect(session.calls).to.deep.equal([
      { cmdlet: "Disable-PushNotificationProxy", parameters: { Confirm: false }, timeoutSeconds: 300 },
    ]);
  });

  it("says so where it may not be disabled", async () => {
    const session = new RecordingSession({
      "Disable-PushNotificationProxy": failure("UnauthorizedAccessException", "NotSpecified", "DisableX"),
    });
    const error: Unauthorised = await expect(disableProxy(client(session))).to.be.rejectedWith(Unauthorised);
    expect(error.message).to.equal(
      "Failed while disabling the push notification proxy: Exchange answered “Es geht nicht.” (UnauthorizedAccessException). " +
        "Give the account the management roles for this cmdlet, such as Organization Management.",
    );
  });
});
