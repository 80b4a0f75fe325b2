import { expect } from "chai";
import { NotFound, Unauthorised, WrongOrganization } from "../../../../provider/errors";
import { Exchange } from "../../../../provider/exchange/exchange";
import { lifecycle as operations } from "../../../../provider/resources/push-notification-probe/lifecycle";
import { type Answer, NOW, object, RecordingSession } from "../../exchange/recording-session";
import { opened } from "../../opened";
import { printed } from "../../printed";

const lifecycle = opened(operations);

const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
const inputs = { server: "MBX2", restartHealthService: false, required: false, triggers: [] };
const server = (Name: string) =>
  object({ Name, Fqdn: `${Name}.corp.contoso.example`, IsEdgeServer: false, IsMailboxServer: true });
const succeeded: Answer = { output: [object({ ResultType: "Succeeded", Error: "", Exception: "" })] };

function organisation(probe: Answer | Answer[], restart: Answer = {}) {
  const session = new RecordingSession({
    "Get-AuthConfig": { output: [object({ Guid: ORGANISATION })] },
    "Get-ExchangeServer": { output: [server("MBX1"), server("MBX2")] },
    "Restart-HealthManager": restart,
    "Invoke-MonitoringProbe": probe,
  });
  return { session, exchange: new Exchange(session, { timeoutSeconds: 300 }) };
}

describe("the probe's lifecycle", () => {
  it("restarts nothing unless it is asked to", async () => {
    const { session, exchange } = organisation(succeeded);
    const { id, outputs } = await lifecycle.create(exchange, inputs);
    expect(id).to.equal("MBX2");
    expect(session.cmdlets).to.deep.equal(["Get-AuthConfig", "Get-ExchangeServer", "Invoke-MonitoringProbe"]);
    expect(outputs).to.deep.equal({
      ...inputs,
      organizationId: ORGANISATION,
      schemaVersion: 1,
      provenance: "here",
      repair: [],
      warnings: [],
      serverName: "MBX2",
      fqdn: "MBX2.corp.contoso.example",
      resultType: "Succeeded",
      error: "",
      exception: "",
      checkedAt: NOW.toISOString().replace(".000", ""),
    });
  });

  it("restarts the server that it probes", async () => {
    const { session, exchange } = organisation(succeeded);
    await lifecycle.create(exchange, { ...inputs, restartHealthService: true });
    const Server = "MBX2.corp.contoso.example";
    expect(session.parametersOf("Restart-HealthManager")).to.deep.equal([{ Server }]);
    expect(session.parametersOf("Invoke-MonitoringProbe")[0]).to.include({ Server });
    expect(session.cmdlets.slice(-2)).to.deep.equal(["Restart-HealthManager", "Invoke-MonitoringProbe"]);
  });

  it("does not wait where waiting cannot help", async () => {
    const refused = new Unauthorised({ doing: "a", answer: "b", next: "c" });
    const { session, exchange } = organisation(refused);
    await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(refused);
    expect(session.parametersOf("Invoke-MonitoringProbe")).to.have.length(1);
  });

  it("says which server it chose where the program names none", async () => {
    const { exchange } = organisation(succeeded);
    const lines = await printed(() => lifecycle.create(exchange, { ...inputs, server: undefined }));
    expect(lines).to.deep.equal([
      "The probe runs on MBX1, the first Mailbox server in name order, because `server` is not set.",
    ]);
  });

  it("keeps the last result, and has none of a server that it never probed", async () => {
    const { session, exchange } = organisation(succeeded);
    const state = { ...(await lifecycle.create(exchange, inputs)).outputs, resultType: "Failed" };
    expect(await lifecycle.read(exchange, "MBX2", state)).to.deep.equal({ id: "MBX2", outputs: state });
    await expect(lifecycle.read(exchange, "MBX2", {})).to.be.rejectedWith(NotFound);
    expect(session.parametersOf("Invoke-MonitoringProbe")).to.have.length(1);
  });

  it("reads of no other organisation, and asks for nothing else when it is destroyed", async () => {
    const { session, exchange } = organisation(succeeded);
    const { outputs: state } = await lifecycle.create(exchange, inputs);
    const elsewhere = { ...state, organizationId: "other" };
    await expect(lifecycle.read(exchange, "MBX2", elsewhere)).to.be.rejectedWith(WrongOrganization);
    await expect(lifecycle.update(exchange, elsewhere, inputs)).to.be.rejectedWith(WrongOrganization);
    await expect(Promise.resolve(lifecycle.delete(exchange, elsewhere))).to.be.rejectedWith(WrongOrganization);
    const asked = session.calls.length;
    await lifecycle.delete(exchange, state);
    expect(session.cmdlets.slice(asked)).to.deep.equal(["Get-AuthConfig"]);
  });
});
