import { expect } from "chai";
import { ProtocolError } from "../../../provider/errors";
import { ExchangeClient } from "../../../provider/exchange/client";
import { invokeProbe } from "../../../provider/exchange/monitoring";
import { object, RecordingSession } from "./recording-session";

const SERVER = "MBX1.corp.contoso.example";

describe("the push notification probe", () => {
  it("is run on the server that is named, and says what it found", async () => {
    const output = [object({ ResultType: "Failed", Error: "no", Exception: null })];
    const session = new RecordingSession({ "Invoke-MonitoringProbe": { output } });
    const client = new ExchangeClient(session, { timeoutSeconds: 300, domainController: "dc1" }, {});
    expect(await invokeProbe(client, SERVER)).to.deep.equal({ resultType: "Failed", error: "no", exception: "" });
    expect(session.parametersOf("Invoke-MonitoringProbe")).to.deep.equal([
      { Identity: "PushNotifications.Proxy\\PushNotificationsEnterpriseConnectivityProbe", Server: SERVER },
    ]);
  });

  it("is an error where nothing says what it found", async () => {
    const session = new RecordingSession({ "Invoke-MonitoringProbe": { output: [object({ Server: SERVER })] } });
    const error: ProtocolError = await expect(
      invokeProbe(new ExchangeClient(session, { timeoutSeconds: 300 }, {}), SERVER),
    ).to.be.rejectedWith(ProtocolError);
    expect(error.message).to.equal(
      "Failed while running the push notification probe on MBX1.corp.contoso.example: Invoke-MonitoringProbe returned no " +
        "object with a ResultType. Run the cmdlet in the Exchange Management Shell to see what it returns.",
    );
  });
});
