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
import { NO_DOMAIN } from "../reasons";

const ENABLED_BEFORE = "it was enabled before.";

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
      { property: "organization", reason: `it is required: ${NO_DOMAIN}` },
      { property: "uri", reason: `it must be an https URL, such as ${URI}` },
    ]);
  });

  const rows: { title: string; old?: object; news?: object; changes: boolean }[] = [
    { title: "nothing changed", changes: false },
    { title: "organization: an update", news: { organization: "fabrikam.example" }, changes: true },
    { title: "organization in another case: nothing", news: { organization: "Contoso.Example" }, changes: false },
    { title: "organization not known yet: an update", news: { organization: UNKNOWN }, changes: true },
    { title: "uri: an update", news: { uri: "https://push.example" }, changes: true },
    { title: "uri in another case: nothing", news: { uri: `${URI.toUpperCase()}/` }, changes: false },
    { title: "domainController: nothing", news: { domainController: "dc1.contoso.example" }, changes: false },
    { title: "timeoutSeconds: nothing", news: { timeoutSeconds: 5 }, changes: false },
    { title: "drift of the organisation: an update", old: { organization: "fabrikam.example" }, changes: true },
    { title: "drift of the URI: an update", old: { uri: "https://push.example" }, changes: true },
    { title: "what is to be repaired: an update", old: { repair: ["not enabled"] }, changes: true },
  ];
  for (const { title, old = {}, news = {}, changes } of rows) {
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

  const creations: { title: string; proxy: Answer; expected: Partial<PushNotificationProxyOutputs> }[] = [
    { title: "makes what is not there", proxy: absent, expected: {} },
    {
      title: "does not know what was there where it cannot be seen",
      proxy: noSuchCmdlet,
      expected: { provenance: "unknown", stateSource: "last known" },
    },
    {
      title: "notes what was there",
      proxy: shown({ Enabled: false, Organization: "" }),
      expected: { provenance: "found", adopted: { Enabled: false, Organization: "", Uri: URI } },
    },
    {
      title: "does not know who enabled what is exactly as wanted",
      proxy: shown(),
      expected: { provenance: "unknown", adopted: { Enabled: true, Organization: "contoso.example", Uri: URI } },
    },
  ];
  for (const { title, proxy, expected } of creations) {
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
  const deletions: {
    title: string;
    proxy: Answer;
    olds: Partial<PushNotificationProxyOutputs>;
    expected: object[];
    lines: string[];
  }[] = [
    { title: "disables what was not there before", proxy: shown(), olds: {}, expected: [disable], lines: [isDisabled] },
    {
      title: "disables what was not enabled before",
      proxy: shown(),
      olds: { provenance: "found", adopted: { ...found.adopted, Enabled: false } },
      expected: [disable],
      lines: [isDisabled],
    },
    {
      title: "disables it where what was before could not be seen, and says so",
      proxy: noSuchCmdlet,
      olds: { provenance: "unknown" },
      expected: [disable],
      lines: [
        `The push notification proxy ${ID} is disabled; Exchange keeps its Organization and Uri; it is not known whether it was enabled before.`,
      ],
    },
    {
      title: "puts former values back",
      proxy: shown(),
      olds: found,
      expected: [enable("a.example", "https://b")],
      lines: [`The push notification proxy ${ID} stays enabled: ${ENABLED_BEFORE}`],
    },
    {
      title: "leaves what is enabled as it was before",
      proxy: shown(),
      olds: { ...found, adopted: { Enabled: true, Organization: "contoso.example", Uri: URI } },
      expected: [],
      lines: [`The push notification proxy ${ID} stays enabled: ${ENABLED_BEFORE}`],
    },
    {
      title: "leaves what an interrupted create may have enabled, and says so",
      proxy: shown(),
      olds: { provenance: "unknown", adopted: { Enabled: true, Organization: "contoso.example", Uri: URI } },
      expected: [],
      lines: [`The push notification proxy ${ID} stays enabled: it is not known who enabled it.`],
    },
    {
      title: "leaves values that somebody else has set since, where a refresh has seen them",
      proxy: shown({ Organization: "tailspin.example", Uri: "https://push.example" }),
      olds: { ...found, organization: "tailspin.example", uri: "https://push.example" },
      expected: [],
      lines: [`The push notification proxy ${ID} stays enabled: ${ENABLED_BEFORE}`],
    },
    { title: "leaves what is gone, and says nothing of it", proxy: absent, olds: found, expected: [], lines: [] },
    {
      title: "leaves what somebody else has disabled",
      proxy: shown({ Enabled: false }),
      olds: found,
      expected: [],
      lines: [],
    },
    { title: "leaves what is disabled already", proxy: shown({ Enabled: false }), olds: {}, expected: [], lines: [] },
  ];
  for (const { title, proxy, olds, expected, lines } of deletions) {
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

  const writing: {
    title: string;
    proxy: Answer;
    write: (exchange: Exchange, olds: PushNotificationProxyOutputs) => Promise<unknown>;
    isNoted: boolean;
  }[] = [
    {
      title: "a destroy",
      proxy: noSuchCmdlet,
      write: (exchange, olds) => lifecycle.delete(exchange, olds),
      isNoted: true,
    },
    {
      title: "an update",
      proxy: noSuchCmdlet,
      write: (exchange, olds) => lifecycle.update(exchange, olds, inputs),
      isNoted: true,
    },
    {
      title: "a destroy where it can be read",
      proxy: shown(),
      write: (exchange, olds) => lifecycle.delete(exchange, olds),
      isNoted: false,
    },
    {
      title: "an update where it can be read",
      proxy: shown(),
      write: (exchange, olds) => lifecycle.update(exchange, olds, inputs),
      isNoted: false,
    },
  ];
  for (const [index, { title, proxy, write, isNoted }] of writing.entries()) {
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
