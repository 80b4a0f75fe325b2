import type { ExchangeClient } from "../../exchange/client";
import { CommandNotAvailable } from "../../exchange/errors";
import { requireOrganization } from "../../exchange/exchange";
import { sameText } from "../../exchange/properties";
import {
  disableProxy,
  enableProxy,
  getProxy,
  PROXY_NAME,
  type PushNotificationApp,
} from "../../exchange/push-notifications";
import { url, withoutCase } from "../change";
import type { Lifecycle } from "../lifecycle";
import { type CommonInputs, type CommonOutputs, commonInputsOf, SCHEMA_VERSION, type Warning } from "../outputs";
import { FIELDS } from "./fields";
import { noteFormer, type ProxyValues, type TakeBack, takeBack, type WrittenValues } from "./rules";

/** The checked arguments. */
export interface PushNotificationProxyInputs extends CommonInputs {
  organization: string;
  uri: string;
}

/** Everything that the state holds of the proxy. */
export interface PushNotificationProxyOutputs extends CommonOutputs, PushNotificationProxyInputs {
  enabled: boolean;
  /** Where the values come from: `Get-PushNotificationApp`, or `last known`: what Enable returned last. */
  stateSource: "Get-PushNotificationApp" | "last known";
  adopted?: ProxyValues;
  written?: WrittenValues;
}

/** What Pulumi's engine drives; the rules are in rules.ts. */
export const lifecycle: Lifecycle<PushNotificationProxyInputs, PushNotificationProxyOutputs> = {
  identity: {
    kind: "a push notification proxy",
    is: `its one name, ${PROXY_NAME}`,
    fault: (id) => (sameText(String(id), PROXY_NAME) ? undefined : `it must be ${PROXY_NAME}`),
  },

  nameOf: () => `The push notification proxy ${PROXY_NAME}`,

  // Where no cmdlet shows what was there, nothing says that it was as wanted.
  mayBeAnothers: ({ provenance, adopted }) => provenance === "unknown" && adopted?.Enabled === true,

  fields: FIELDS,

  changes: { organization: withoutCase("update"), uri: url("update") },

  async create(exchange, inputs) {
    const client = exchange.client(inputs);
    const { guid } = await requireOrganization(client, undefined);
    const former = await getProxy(client);
    const outputs = await enable(client, inputs, guid, noteFormer(former, inputs), former !== "unknown");
    return { id: PROXY_NAME, outputs };
  },

  async update(exchange, olds, inputs) {
    const client = exchange.client(inputs);
    const { guid } = await requireOrganization(client, olds.organizationId);
    const { provenance, adopted } = olds;
    return enable(client, inputs, guid, { provenance, adopted }, (await getProxy(client)) !== "unknown");
  },

  async read(exchange, id, olds) {
    const client = exchange.clientOfState(olds);
    const { guid } = await requireOrganization(client, olds.organizationId);
    const present = sameText(id, PROXY_NAME) ? await getProxy(client) : undefined;
    if (present === undefined) return undefined;
    if (present === "unknown") return { id, outputs: lastKnown(olds) };
    const { provenance = "found", adopted, written } = olds;
    const noted = { provenance, adopted, written };
    const outputs = describe(commonInputsOf(olds), present, guid, noted, true);
    return { id, outputs: { ...outputs, repair: present.enabled ? [] : ["not enabled"] } };
  },

  async delete(exchange, outputs) {
    const client = exchange.clientOfState(outputs);
    await requireOrganization(client, outputs.organizationId);
    const action = takeBack(await getProxy(client), outputs.adopted, outputs.written);
    if (action.kind === "disable") await disableProxy(client);
    if (action.kind === "putBack") await enableProxy(client, action.organization, action.uri);
    const line = farewell(action.kind, outputs);
    if (line) console.log(line);
  },
};

/** Enables the proxy: an upsert, so create and update are the same. */
async function enable(
  client: ExchangeClient,
  inputs: PushNotificationProxyInputs,
  organizationId: string,
  noted: Noted,
  canBeRead: boolean,
): Promise<PushNotificationProxyOutputs> {
  const app = await enableProxy(client, inputs.organization, inputs.uri);
  const written = { Organization: inputs.organization, Uri: inputs.uri };
  return describe(inputs, app, organizationId, { ...noted, written }, canBeRead);
}

type Noted = Pick<PushNotificationProxyOutputs, "provenance" | "adopted" | "written">;

function describe(
  inputs: CommonInputs,
  app: PushNotificationApp,
  organizationId: string,
  noted: Noted,
  canBeRead: boolean,
): PushNotificationProxyOutputs {
  return {
    ...inputs,
    organizationId,
    schemaVersion: SCHEMA_VERSION,
    ...noted,
    repair: [],
    warnings: [RETIRED_CLIENTS],
    ...app,
    stateSource: canBeRead ? "Get-PushNotificationApp" : "last known",
  };
}

const RETIRED_CLIENTS: Warning = {
  name: "retiredClients",
  text:
    "The clients that push notification proxying was made for, OWA for iPhone, iPad and Android, stopped working in May " +
    "2018: the proxy is enabled, and no client of Microsoft's uses it.",
  link: "https://www.zdnet.com/article/microsoft-to-drop-outlook-on-the-web-mobile-apps-for-ios-android-by-mid-may/",
};

/** Where no cmdlet shows the proxy, what Enable returned last is all that is known of it. */
function lastKnown(olds: Partial<PushNotificationProxyOutputs>): PushNotificationProxyOutputs {
  if (olds.organizationId !== undefined)
    return { ...(olds as PushNotificationProxyOutputs), stateSource: "last known" };
  throw new CommandNotAvailable({
    doing: "reading the push notification proxy",
    answer: "this Exchange has no Get-PushNotificationApp",
    next: "declare a PushNotificationProxy without `get`",
  });
}

/** The one line that says what a destroy leaves behind, or did without knowing. */
function farewell(kind: TakeBack["kind"], { provenance }: PushNotificationProxyOutputs): string | undefined {
  const known = provenance !== "unknown";
  switch (kind) {
    case "disable": {
      const doubt = known ? "" : "; whether it was enabled before is not known";
      return `The push notification proxy ${PROXY_NAME} is disabled; its Organization and Uri stay stored${doubt}.`;
    }
    case "putBack":
    case "leaveEnabled": {
      const reason = known ? "it was so before" : "who enabled it is not known";
      return `The push notification proxy ${PROXY_NAME} stays enabled: ${reason}.`;
    }
    case "leave":
      return undefined;
  }
}
