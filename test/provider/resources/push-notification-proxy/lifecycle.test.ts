import { expect } from "chai";
import { ExchangeConnection } from "../../../../provider/configuration/exchange-connection";
import { CommandNotAvailable, WrongOrganization } from "../../../../provider/errors";
import { Exchange } from "../../../../provider/exchange/exchange";
import type { Value } from "../../../../provider/powershell/protocol";
import { UNKNOWN } from "../../../../provider/resources/check";
import { HalfMade } from "../../../../provider/resources/half-made";
import { handlerOf } from "../../../../provider/resources/handler";
import { lifecycle as operations } from "../../../../provider/resources/push-notification-proxy/lifecycle";
import type { PushNotificationProxyOutputs } from "../../../../provider/resources/push-notification-proxy/outputs";
import { type Answer, failure, object, RecordingSession } from "../../exchange/recording-session";
import { opened } from "../../opened";
import { printed } from "../../printed";
import { ownPulumiHome } from "../../pulumi-home";

const lifecycle = opened(operations);

const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
const URI = "https://outlook.office365.com/PushNotifications";
const ID = "OnPrem-Proxy";
const inputs = { organization: "contoso.example", uri: URI };
const outputs: PushNotificationProxyOutputs = {
  ...inputs,
  organizationId: ORGANISATION,
  schemaVersion: 1,
  provenance: "here",
  repair: [],
  warnings: [
    {
      name: "retiredClients",
      text:
        "The clients that push notification proxying was made for, OWA for iPhone, iPad and Android, stopped working in " +
        "May 2018: the proxy is enabled, and no client of Microsoft's uses it.",
      link: "https://www.zdnet.com/article/microsoft-to-drop-outlook-on-the-web-mobile-apps-for-ios-android-by-mid-may/",
    },
  ],
  enabled: true,
  stateSource: "Get-PushNotificationApp",
  written: { Organization: "contoso.example", Uri: URI },
  writtenAt: "2026-11-24T12:00:00.000Z",
};

const app = (changes: Record<string, Value> = {}) =>
  object({ Name: ID, Enabled: true, Organization: "contoso.example", Uri: URI, ...changes });
const shown = (changes: Record<string, Value> = {}): Answer => ({ output: [app(changes)] });
const absent: Answer = { output: [] };
const gone: Answer = failure("ManagementObjectNotFoundException", "NotSpecified", "DisablePushNotificationProxy");
const noSuchCmdlet: Answer = {
  errors: [
    {
      reason: "CommandNotFoundException",
      category: "ObjectNotFound",
      fullyQualifiedErrorId: "CommandNotFoundException",
      target: "",
      message: "",
    },
  ],
};

/** An organisation in which Get-PushNotificationApp answers so, and the writing cmdlets succeed. */
function organisation(proxy: Answer, disabled: Answer = {}) {
  const session = new RecordingSession({
    "Get-AuthConfig": { output: [object({ Guid: ORGANISATION })] },
    "Get-PushNotificationApp": proxy,
    "Enable-PushNotificationProxy": ({ Organization = "", Uri = "" }) => ({ output: [app({ Organization, Uri })] }),
    "Disable-PushNotificationProxy": disabled,
  });
  return { session, exchange: new Exchange(session, { timeoutSeconds: 300 }) };
}
const writes = (session: RecordingSession) =>
  session.calls
    .filter(({ cmdlet }) => !cmdlet.startsWith("Get-"))
    .map(({ cmdlet, parameters }) => ({ cmdlet, ...parameters }));
const enable = (Organization: string, Uri: string) => ({
  cmdlet: "Enable-PushNotificationProxy",
  Organization,
  Uri,
  Confirm: false,
});
const disable = { cmdlet: "Disable-PushNotificationProxy", Confirm: false };

describe("the proxy's arguments", () => {
  const check = (news: object) => handlerOf(operations, new ExchangeConnection()).check?.({} as never, news as never);

  it("are checked and completed", async () => {
    expect(await check({ organization: "contoso.example" })).to.deep.equal({ inputs, failures: [] });
  });

  it("are passed over while they are not known", async () => {
    const unknown = { organization: UNKNOWN, uri: UNKNOWN };
    expect(await check(unknown)).to.deep.equal({ inputs: unknown, failures: [] });
  });

  it("are refused, each with an example", async () => {
    expect((await check({ uri: "http://x.example" }))?.failures).to.deep.equal([
      { property: "organization", reason: "it is required: it must be a domain name, such as contoso.example" },
      { property: "uri", reason: `it must be an https URL, such as ${URI}` },
    ]);
  });

  const rows: [string, object, object, boolean][] = [
    ["nothing changed", {}, {}, false],
    ["organization: an update", {}, { organization: "fabrikam.example" }, true],
    ["organization in another case: nothing", {}, { organization: "Contoso.Example" }, false],
    ["organization not known yet: an update", {}, { organization: UNKNOWN }, true],
    ["uri: an update", {}, { uri: "https://push.example" }, true],
    ["uri in another case: nothing", {}, { uri: `${URI.toUpperCase()}/` }, false],
    ["domainController: nothing", {}, { domainController: "dc1.contoso.example" }, false],
    ["timeoutSeconds: nothing", {}, { timeoutSeconds: 5 }, false],
    ["drift of the organisation: an update", { organization: "fabrikam.example" }, {}, true],
    ["drift of the URI: an update", { uri: "https://push.example" }, {}, true],
    ["what is to be repaired: an update", { repair: ["not enabled"] }, {}, true],
  ];
  for (const [title, old, news, changes] of rows) {
    it(`are compared: ${title}`, async () => {
      const diff = await handlerOf(operations, new ExchangeConnection()).diff?.(
        ID,
        { ...outputs, ...old },
        { ...inputs, ...news },
      );
      expect(diff).to.deep.equal({ changes, replaces: [], deleteBeforeReplace: false });
    });
  }
});

describe("the proxy's lifecycle", () => {
  ownPulumiHome();

  const creations: [string, Answer, Partial<PushNotificationProxyOutputs>][] = [
    ["makes what is not there", absent, {}],
    [
      "does not know what was there where it cannot be seen",
      noSuchCmdlet,
      { provenance: "unknown", stateSource: "last known" },
    ],
    [
      "notes what was there",
      shown({ Enabled: false, Organization: "" }),
      { provenance: "found", adopted: { Enabled: false, Organization: "", Uri: URI } },
    ],
    [
      "does not know who enabled what is exactly as wanted",
      shown(),
      { provenance: "unknown", adopted: { Enabled: true, Organization: "contoso.example", Uri: URI } },
    ],
  ];
  for (const [title, proxy, expected] of creations) {
    it(`enables it with organisation and URI, and ${title}`, async () => {
      const { session, exchange } = organisation(proxy);
      expect(await lifecycle.create(exchange, inputs)).to.deep.equal({ id: ID, outputs: { ...outputs, ...expected } });
      expect(writes(session)).to.deep.equal([enable("contoso.example", URI)]);
    });
  }

  it("keeps what was there before where the answer to its write cannot be read, and writes it again", async () => {
    const former = { Enabled: true, Organization: "fabrikam.example", Uri: URI };
    const unreadable = new RecordingSession({
      "Get-AuthConfig": { output: [object({ Guid: ORGANISATION })] },
      "Get-PushNotificationApp": shown(former),
      "Enable-PushNotificationProxy": shown({ Enabled: "yes" }),
    });
    const half: HalfMade = await expect(
      lifecycle.create(new Exchange(unreadable, { timeoutSeconds: 300 }), inputs),
    ).to.be.rejectedWith(HalfMade);
    expect(half.reasons).to.have.length(1);
    const known = half.outputs as PushNotificationProxyOutputs;
    expect(known).to.deep.equal({
      ...outputs,
      provenance: "found",
      adopted: former,
      stateSource: "last known",
      repair: ["what Enable-PushNotificationProxy answered could not be read"],
    });
    const updated = await lifecycle.update(organisation(shown()).exchange, known, inputs);
    expect(updated).to.deep.equal({ ...outputs, provenance: "found", adopted: former });
    const { session, exchange } = organisation(shown());
    await lifecycle.delete(exchange, updated);
    expect(writes(session)).to.deep.equal([enable("fabrikam.example", URI)]);
  });

  it("changes one argument by sending both, and keeps what it noted", async () => {
    const { session, exchange } = organisation(shown());
    const olds = { ...outputs, provenance: "found" as const, adopted: { Enabled: false, Organization: "a", Uri: "b" } };
    const news = { ...inputs, organization: "fabrikam.example" };
    expect(await lifecycle.update(exchange, olds, news)).to.deep.equal({
      ...olds,
      organization: "fabrikam.example",
      written: { Organization: "fabrikam.example", Uri: URI },
    });
    expect(writes(session)).to.deep.equal([enable("fabrikam.example", URI)]);
  });

  it("enables again what somebody has disabled", async () => {
    const { session, exchange } = organisation(shown({ Enabled: false }));
    const olds = { ...outputs, enabled: false, repair: ["not enabled"] };
    expect(await lifecycle.update(exchange, olds, inputs)).to.deep.equal({ ...outputs, adopted: undefined });
    expect(writes(session)).to.deep.equal([enable("contoso.example", URI)]);
  });

  it("reads what is true, and what is to be repaired, beside what we wrote", async () => {
    const { session, exchange } = organisation(
      shown({ Enabled: false, Organization: "x.example", Uri: "https://y.example" }),
    );
    const read = await lifecycle.read(exchange, ID, outputs);
    expect(JSON.parse(JSON.stringify(read))).to.deep.equal({
      id: ID,
      outputs: {
        ...outputs,
        enabled: false,
        organization: "x.example",
        uri: "https://y.example",
        repair: ["not enabled"],
      },
    });
    expect(writes(session)).to.deep.equal([]);
  });

  it("reads nothing of one that is gone", async () => {
    expect(await lifecycle.read(organisation(absent).exchange, ID, outputs)).to.equal(undefined);
  });

  it("reads nothing of a proxy of another name, of which Exchange has none", async () => {
    expect(await lifecycle.read(organisation(shown()).exchange, "Another-Proxy", {})).to.equal(undefined);
    expect((await lifecycle.read(organisation(shown()).exchange, ID.toUpperCase(), {}))?.id).to.equal(ID.toUpperCase());
  });

  it("reads what was last known where no cmdlet shows it, and says so", async () => {
    const read = await lifecycle.read(organisation(noSuchCmdlet).exchange, ID, outputs);
    expect(read).to.deep.equal({ id: ID, outputs: { ...outputs, stateSource: "last known" } });
  });

  it("looks one up that is not in the state", async () => {
    const read = await lifecycle.read(organisation(shown()).exchange, ID, {});
    expect(read?.outputs).to.include({ provenance: "found", organization: "contoso.example", enabled: true });
  });

  it("cannot look one up where no cmdlet shows it", async () => {
    const error: CommandNotAvailable = await expect(
      lifecycle.read(organisation(noSuchCmdlet).exchange, ID, {}),
    ).to.be.rejectedWith(CommandNotAvailable);
    expect(error.message).to.equal(
      "Failed while reading the push notification proxy: this Exchange has no Get-PushNotificationApp. " +
        "Declare a PushNotificationProxy without `get`.",
    );
  });

  const found = {
    provenance: "found" as const,
    adopted: { Enabled: true, Organization: "a.example", Uri: "https://b" },
  };
  const isDisabled = `The push notification proxy ${ID} is disabled; Exchange keeps its Organization and Uri.`;
  const deletions: [string, Answer, Partial<PushNotificationProxyOutputs>, object[], string[]][] = [
    ["disables what was not there before", shown(), {}, [disable], [isDisabled]],
    [
      "disables what was not enabled before",
      shown(),
      { provenance: "found", adopted: { ...found.adopted, Enabled: false } },
      [disable],
      [isDisabled],
    ],
    [
      "disables it where what was before could not be seen, and says so",
      noSuchCmdlet,
      { provenance: "unknown" },
      [disable],
      [
        `The push notification proxy ${ID} is disabled; Exchange keeps its Organization and Uri; it is not known whether it was enabled before.`,
      ],
    ],
    [
      "puts former values back",
      shown(),
      found,
      [enable("a.example", "https://b")],
      [`The push notification proxy ${ID} stays enabled: it was enabled before.`],
    ],
    [
      "leaves what is enabled as it was before",
      shown(),
      { ...found, adopted: { Enabled: true, Organization: "contoso.example", Uri: URI } },
      [],
      [`The push notification proxy ${ID} stays enabled: it was enabled before.`],
    ],
    [
      "leaves what an interrupted create may have enabled, and says so",
      shown(),
      { provenance: "unknown", adopted: { Enabled: true, Organization: "contoso.example", Uri: URI } },
      [],
      [`The push notification proxy ${ID} stays enabled: it is not known who enabled it.`],
    ],
    [
      "leaves values that somebody else has set since, where a refresh has seen them",
      shown({ Organization: "tailspin.example", Uri: "https://push.example" }),
      { ...found, organization: "tailspin.example", uri: "https://push.example" },
      [],
      [`The push notification proxy ${ID} stays enabled: it was enabled before.`],
    ],
    ["leaves what is gone, and says nothing of it", absent, found, [], []],
    ["leaves what somebody else has disabled", shown({ Enabled: false }), found, [], []],
    ["leaves what is disabled already", shown({ Enabled: false }), {}, [], []],
  ];
  for (const [title, proxy, olds, expected, lines] of deletions) {
    it(`${title} at destroy`, async () => {
      const { session, exchange } = organisation(proxy);
      expect(await printed(() => lifecycle.delete(exchange, { ...outputs, ...olds }))).to.deep.equal(lines);
      expect(writes(session)).to.deep.equal(expected);
    });
  }

  it("disables nothing at destroy where it is gone and no cmdlet shows that, and says so", async () => {
    const { session, exchange } = organisation(noSuchCmdlet, gone);
    expect(await printed(() => lifecycle.delete(exchange, outputs))).to.deep.equal([
      `The push notification proxy ${ID} no longer exists: there was nothing to disable.`,
    ]);
    expect(writes(session)).to.deep.equal([disable]);
  });

  const writing: [
    string,
    Answer,
    (exchange: Exchange, olds: PushNotificationProxyOutputs) => Promise<unknown>,
    boolean,
  ][] = [
    ["a destroy", noSuchCmdlet, (exchange, olds) => lifecycle.delete(exchange, olds), true],
    ["an update", noSuchCmdlet, (exchange, olds) => lifecycle.update(exchange, olds, inputs), true],
    ["a destroy where it can be read", shown(), (exchange, olds) => lifecycle.delete(exchange, olds), false],
    ["an update where it can be read", shown(), (exchange, olds) => lifecycle.update(exchange, olds, inputs), false],
  ];
  for (const [index, [title, proxy, write, isNoted]] of writing.entries()) {
    it(`${isNoted ? "no longer believes" : "believes"} a state from which ${title} was begun`, async () => {
      const olds = { ...outputs, stateSource: "last known" as const, writtenAt: `2026-11-25T12:00:00.00${index}Z` };
      const reasons = () => lifecycle.reasons?.(olds, inputs);
      const repair = async () => (await lifecycle.read(organisation(noSuchCmdlet).exchange, ID, olds))?.outputs.repair;
      expect(reasons()).to.deep.equal([]);
      await printed(() => write(organisation(proxy).exchange, olds));
      const expected = isNoted
        ? [
            "whether it is enabled is not known: an operation that wrote it was cut short, or another stack has disabled it",
          ]
        : [];
      expect(reasons()).to.deep.equal(expected);
      expect(await repair()).to.deep.equal(expected);
    });
  }

  const others: [string, (exchange: Exchange, olds: PushNotificationProxyOutputs) => Promise<unknown>][] = [
    ["read", (exchange, olds) => lifecycle.read(exchange, ID, olds)],
    ["update", (exchange, olds) => lifecycle.update(exchange, olds, inputs)],
    ["delete", (exchange, olds) => lifecycle.delete(exchange, olds)],
  ];
  for (const [method, call] of others) {
    it(`does not ${method} another organisation's`, async () => {
      const { session, exchange } = organisation(shown());
      await expect(call(exchange, { ...outputs, organizationId: "other" })).to.be.rejectedWith(WrongOrganization);
      expect(session.cmdlets).to.deep.equal(["Get-AuthConfig"]);
    });
  }
});
