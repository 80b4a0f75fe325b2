import { expect } from "chai";
import {
  type ConfigurationFailure,
  type ConfigurationTexts,
  parseConnection,
} from "../../../provider/powershell/connections";
import { CONFIGURATION, freshProvider } from "../fresh-provider";
import { rejection } from "../rejection";
import { RecordingSession } from "./recording-session";

describe("the connection of a provider process", () => {
  function connected(...configurations: Record<string, string>[]) {
    const session = new RecordingSession({ "Get-AuthServer": {} });
    const asked: string[] = [];
    const { connected } = freshProvider(session);
    for (const texts of configurations) {
      connected.connectFromConfiguration((key) => {
        asked.push(key);
        return texts[key];
      });
    }
    return { session, asked, connected };
  }

  it("asks for each key with its namespace, once a process", () => {
    const { asked } = connected(CONFIGURATION, CONFIGURATION);
    expect([...new Set(asked)].sort()).to.deep.equal([...asked].sort());
    expect(asked).to.include.members([
      "exchange:connection",
      "exchange:command",
      "exchange:domainController",
      "exchange:timeoutSeconds",
      "exchange:username",
      "exchange:password",
    ]);
  });

  it("is started by nothing but the first call", async () => {
    const { session, connected: modules } = connected(CONFIGURATION);
    expect(modules.connectionFailures()).to.deep.equal([]);
    const exchange = modules.connectedExchange();
    expect(session.calls).to.deep.equal([]);
    await exchange.client({}).run("Get-AuthServer", {}, "x");
    expect(session.calls).to.deep.equal([{ cmdlet: "Get-AuthServer", parameters: {}, timeoutSeconds: 300 }]);
  });

  it("is one for all kinds of resources, with the settings of the configuration", async () => {
    const texts = { ...CONFIGURATION, "exchange:timeoutSeconds": "20", "exchange:domainController": "dc1" };
    const { session, connected: modules } = connected(texts, CONFIGURATION);
    expect(modules.connectedExchange()).to.equal(modules.connectedExchange());
    await modules.connectedExchange().client({}).run("Get-AuthServer", {}, "x");
    expect(session.calls).to.deep.equal([
      { cmdlet: "Get-AuthServer", parameters: { DomainController: "dc1" }, timeoutSeconds: 20 },
    ]);
  });

  it("has failures in place of an organisation where the configuration is wrong", () => {
    const { connected: modules } = connected({});
    expect(modules.connectionFailures()).to.deep.equal(failuresOf({}));
    expect(modules.connectionFailures().map(({ property }) => property)).to.deep.equal(["exchange:connection"]);
  });

  it("has failures for keys that nothing reads, before those for what is missing, and leads nowhere", async () => {
    const { connected: modules } = freshProvider(new RecordingSession({}));
    modules.connectFromConfiguration(() => undefined, ["connexion", "domainControler"]);
    const [missing] = failuresOf({});
    expect(modules.connectionFailures()).to.deep.equal([
      { property: "exchange:connexion", reason: "is not a key that is read (did you mean exchange:connection?)" },
      {
        property: "exchange:domainControler",
        reason: "is not a key that is read (did you mean exchange:domainController?)",
      },
      missing,
    ]);
  });

  it("is none where everything that is read is right, and a key is set beside it that nothing reads", async () => {
    const { connected: modules } = freshProvider(new RecordingSession({}));
    modules.connectFromConfiguration((key) => CONFIGURATION[key], ["connection", "command", "timeout"]);
    const error = await rejection(Promise.resolve().then(modules.connectedExchange));
    expect(error.message).to.equal(
      "exchange:timeout is not a key that is read (did you mean exchange:timeoutSeconds?)",
    );
  });

  it("names every wrong key in one message, without a stack that Pulumi would print behind it", async () => {
    const { connected: modules } = connected({ "exchange:timeoutSeconds": "soon" });
    const error = await rejection(Promise.resolve().then(modules.connectedExchange));
    expect(error).to.be.instanceOf(modules.ConfigurationError);
    const [connection, timeoutSeconds] = failuresOf({ timeoutSeconds: "soon" });
    expect(error.message).to.equal(
      `exchange:connection ${connection?.reason}; exchange:timeoutSeconds ${timeoutSeconds?.reason}`,
    );
    expect(error.stack).to.equal("");
  });
});

function failuresOf(texts: ConfigurationTexts): ConfigurationFailure[] {
  const parsed = parseConnection(texts);
  return "failures" in parsed ? parsed.failures : [];
}
