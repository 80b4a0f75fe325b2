import { expect } from "chai";
import { NotOnServer, UnsupportedVersion, WrongOrganization } from "../../../../provider/errors";
import { Exchange } from "../../../../provider/exchange/exchange";
import type { Value } from "../../../../provider/powershell/protocol";
import { lifecycle as operations } from "../../../../provider/resources/exchange-prerequisites/lifecycle";
import { type Answer, object, RecordingSession } from "../../exchange/recording-session";
import { opened } from "../../opened";

const lifecycle = opened(operations);

const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
const inputs = { minimumBuild: "15.0.775.38", ignoreServers: [] };
const server = (Name: string, AdminDisplayVersion: Value, IsEdgeServer = false) =>
  object({ Name, Fqdn: `${Name}.corp.contoso.example`, AdminDisplayVersion, IsEdgeServer });

function organisation(servers: Value[], setup: Answer = new NotOnServer({ doing: "a", answer: "b", next: "c" })) {
  const session = new RecordingSession({
    "Get-AuthConfig": { output: [object({ Guid: ORGANISATION })] },
    "Get-ExchangeServer": { output: servers },
    "Get-HybridConfiguration": { output: [] },
    "Get-ExSetupVersion": setup,
  });
  return { session, exchange: new Exchange(session, { timeoutSeconds: 300 }) };
}

describe("the lifecycle of the prerequisites", () => {
  it("reads AdminDisplayVersion as text and as an object, and never an Edge server's", async () => {
    const asObject = object({ Major: 15, Minor: 1, Build: 2507, Revision: 6 });
    const { session, exchange } = organisation([
      server("B", "Version 15.0 (Build 775.38)"),
      server("A", asObject),
      server("E", "Version 14.3 (Build 123.4)", true),
    ]);
    const { id, outputs } = await lifecycle.create(exchange, inputs);
    expect(id).to.equal(ORGANISATION);
    expect(outputs.servers).to.deep.equal([
      { name: "A", build: "15.1.2507.6", product: "Exchange Server 2016", state: "sufficient" },
      { name: "B", build: "15.0.775.38", product: "Exchange Server 2013", state: "sufficient" },
    ]);
    expect(session.cmdlets).to.deep.equal(["Get-AuthConfig", "Get-ExchangeServer", "Get-HybridConfiguration"]);
  });

  it("asks a server for its file only where AdminDisplayVersion cannot decide", async () => {
    const output = [object({ FileVersion: "15.02.1748.036" })];
    const { session, exchange } = organisation(
      [server("A", "Version 15.2 (Build 1748.10)"), server("B", "Version 15.2 (Build 2562.17)")],
      { output },
    );
    const error: UnsupportedVersion = await expect(
      lifecycle.create(exchange, { ...inputs, minimumBuild: "15.2.1748.39" }),
    ).to.be.rejectedWith(UnsupportedVersion);
    expect(error.message).to.include("but A runs 15.2.1748.36 (Exchange Server 2019).");
    expect(session.parametersOf("Get-ExSetupVersion")).to.deep.equal([{ Server: "A.corp.contoso.example" }]);
  });

  it("says of a server that shows no build that it shows none, and goes on", async () => {
    const { exchange } = organisation([server("A", "no build at all")]);
    const { outputs } = await lifecycle.create(exchange, inputs);
    expect(outputs.servers).to.deep.equal([{ name: "A", build: "", product: "", state: "unknown" }]);
    expect(outputs.warnings.map(({ name, text }) => `${name}: ${text}`)).to.deep.equal([
      "unknownBuilds: Whether A (no build is shown) is at 15.0.775.38 or later is not known: AdminDisplayVersion shows no " +
        "security updates. Read the version of ExSetup.exe there, or connect to that server itself.",
    ]);
  });

  it("passes over what the program names, and does not ask it anything", async () => {
    const { session, exchange } = organisation([server("OLD1", "no build at all")]);
    const { outputs } = await lifecycle.create(exchange, { ...inputs, ignoreServers: ["old1"] });
    expect(outputs).to.deep.include({ servers: [], warnings: [] });
    expect(session.cmdlets).to.not.include("Get-ExSetupVersion");
  });

  it("looks an organisation up by its id", async () => {
    const { exchange } = organisation([server("A", "Version 15.0 (Build 712.24)")]);
    const found = await lifecycle.read(exchange, ORGANISATION, {});
    expect(found?.outputs).to.deep.include({
      minimumBuild: "15.0.775.38",
      repair: ["A runs 15.0.712.24, below 15.0.775.38"],
    });
  });

  it("checks no other organisation, and asks for nothing else when it is destroyed", async () => {
    const { session, exchange } = organisation([]);
    const { outputs: state } = await lifecycle.create(exchange, inputs);
    const elsewhere = { ...state, organizationId: "other" };
    await expect(lifecycle.update(exchange, elsewhere, inputs)).to.be.rejectedWith(WrongOrganization);
    await expect(lifecycle.read(exchange, "other", {})).to.be.rejectedWith(WrongOrganization);
    await expect(Promise.resolve(lifecycle.delete(exchange, elsewhere))).to.be.rejectedWith(WrongOrganization);
    const asked = session.calls.length;
    await lifecycle.delete(exchange, state);
    expect(session.cmdlets.slice(asked)).to.deep.equal(["Get-AuthConfig"]);
  });
});
