import { expect } from "chai";
import { ExchangeClient } from "../../../provider/exchange/client";
import { CommandNotAvailable, NotAllowed, NotOnServer, Unauthorised } from "../../../provider/exchange/errors";
import { getExSetupVersion, restartHealthManager } from "../../../provider/exchange/server-commands";
import { rejection } from "../rejection";
import { object, RecordingSession } from "./recording-session";

const SERVER = "MBX1.corp.contoso.example";
const details = { doing: "a", answer: "b", next: "c" };

function clientOf(answer: ConstructorParameters<typeof RecordingSession>[0]) {
  const session = new RecordingSession(answer);
  return { session, client: new ExchangeClient(session, { timeoutSeconds: 300, domainController: "dc1" }, {}) };
}

describe("the commands of a server", () => {
  it("restart its health manager, named by its full name and nothing else", async () => {
    const { session, client } = clientOf({ "Restart-HealthManager": {} });
    await restartHealthManager(client, SERVER);
    expect(session.parametersOf("Restart-HealthManager")).to.deep.equal([{ Server: SERVER }]);
  });

  it("read its true build", async () => {
    const output = [object({ FileVersion: "15.02.2562.041" })];
    const { client } = clientOf({ "Get-ExSetupVersion": { output } });
    expect(await getExSetupVersion(client, SERVER)).to.deep.equal([15, 2, 2562, 41]);
  });

  it("know no build of a file without a version", async () => {
    const { client } = clientOf({ "Get-ExSetupVersion": { output: [object({ FileVersion: null })] } });
    expect(await getExSetupVersion(client, SERVER)).to.equal(undefined);
  });

  const away = [
    ["answers that it is on another server", new NotOnServer(details)],
    ["has no such command", new CommandNotAvailable(details)],
    ["does not allow the command", new NotAllowed(details)],
  ] as const;
  for (const [title, error] of away) {
    it(`are not on the server where the far end ${title}`, async () => {
      const { client } = clientOf({ "Restart-HealthManager": error, "Get-ExSetupVersion": error });
      expect(await rejection(restartHealthManager(client, SERVER))).to.be.instanceOf(NotOnServer);
      expect(await getExSetupVersion(client, SERVER)).to.equal(undefined);
    });
  }

  it("say how to get to the server", async () => {
    const { client } = clientOf({ "Restart-HealthManager": new CommandNotAvailable(details) });
    const error = await rejection(restartHealthManager(client, SERVER));
    expect(error.message).to.equal(
      "Failed while restarting the service MSExchangeHM of MBX1.corp.contoso.example: this session has no shell on " +
        "MBX1.corp.contoso.example. Point the connection at that server itself: `exchange:connection ssh` with it as " +
        "`exchange:sshDestination`, or run Pulumi on it.",
    );
  });

  it("fail as they are where something else is wrong", async () => {
    const error = new Unauthorised(details);
    const { client } = clientOf({ "Restart-HealthManager": error, "Get-ExSetupVersion": error });
    expect(await rejection(restartHealthManager(client, SERVER))).to.equal(error);
    expect(await rejection(getExSetupVersion(client, SERVER))).to.equal(error);
  });
});
