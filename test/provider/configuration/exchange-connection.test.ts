import { expect } from "chai";
import { type ConfigurationFailure, parseConfiguration } from "../../../provider/configuration/configuration";
import type { ConfigurationTexts } from "../../../provider/configuration/configuration-keys";
import { ConfigurationError, ExchangeConnection } from "../../../provider/configuration/exchange-connection";
import { object, RecordingSession } from "../exchange/recording-session";
import { CONFIGURATION } from "../fresh-provider";

const GUID = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";

describe("the connection of a provider process", () => {
  function connected(...configurations: Record<string, string>[]) {
    const session = new RecordingSession({ "Get-AuthConfig": { output: [object({ Guid: GUID })] } });
    const asked: string[] = [];
    const connection = new ExchangeConnection(() => session);
    for (const texts of configurations) {
      connection.configure((key) => {
        asked.push(key);
        return texts[key];
      });
    }
    return { session, asked, connection };
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
    const { session, connection } = connected(CONFIGURATION);
    expect(connection.failures).to.deep.equal([]);
    const exchange = connection.exchange;
    expect(session.calls).to.deep.equal([]);
    await exchange.open({}, {});
    expect(session.calls).to.deep.equal([{ cmdlet: "Get-AuthConfig", parameters: {}, timeoutSeconds: 300 }]);
  });

  it("is one for all kinds of resources, with the settings of the configuration", async () => {
    const texts = { ...CONFIGURATION, "exchange:timeoutSeconds": "20", "exchange:domainController": "dc1" };
    const { session, connection } = connected(texts, CONFIGURATION);
    expect(connection.exchange).to.equal(connection.exchange);
    await connection.exchange.open({}, {});
    expect(session.calls).to.deep.equal([
      { cmdlet: "Get-AuthConfig", parameters: { DomainController: "dc1" }, timeoutSeconds: 20 },
    ]);
  });

  it("has failures in place of an organisation where the configuration is wrong", () => {
    const { connection } = connected({});
    expect(connection.failures).to.deep.equal(failuresOf({}));
    expect(connection.failures.map(({ property }) => property)).to.deep.equal(["exchange:connection"]);
  });

  it("has failures for keys that nothing reads, before those for what is missing, and leads nowhere", async () => {
    const connection = new ExchangeConnection(() => new RecordingSession({}));
    connection.configure(() => undefined, ["connexion", "domainControler"]);
    const [missing] = failuresOf({});
    expect(connection.failures).to.deep.equal([
      { property: "exchange:connexion", reason: "is not a configuration key (did you mean exchange:connection?)" },
      {
        property: "exchange:domainControler",
        reason: "is not a configuration key (did you mean exchange:domainController?)",
      },
      missing,
    ]);
  });

  it("is none where everything that is read is right, and a key is set beside it that nothing reads", async () => {
    const connection = new ExchangeConnection(() => new RecordingSession({}));
    connection.configure((key) => CONFIGURATION[key], ["connection", "command", "timeout"]);
    const error: Error = await expect(Promise.resolve().then(() => connection.exchange)).to.be.rejectedWith(Error);
    expect(error.message).to.equal(
      "exchange:timeout is not a configuration key (did you mean exchange:timeoutSeconds?)",
    );
  });

  it("names every wrong key in one message, without a stack that Pulumi would print behind it", async () => {
    const { connection } = connected({ "exchange:timeoutSeconds": "soon" });
    const error: ConfigurationError = await expect(
      Promise.resolve().then(() => connection.exchange),
    ).to.be.rejectedWith(ConfigurationError);
    const [kind, timeoutSeconds] = failuresOf({ timeoutSeconds: "soon" });
    expect(error.message).to.equal(
      `exchange:connection ${kind?.reason}; exchange:timeoutSeconds ${timeoutSeconds?.reason}`,
    );
    expect(error.stack).to.equal("");
  });
});

function failuresOf(texts: ConfigurationTexts): ConfigurationFailure[] {
  const parsed = parseConfiguration(texts);
  return "failures" in parsed ? parsed.failures : [];
}
