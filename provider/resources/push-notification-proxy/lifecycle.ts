import { CommandNotAvailable, ProtocolError } from "../../errors";
import type { Organization } from "../../exchange/organization";
import { sameText } from "../../exchange/properties";
import {
  disableProxy,
  enableProxy,
  getProxy,
  PROXY_NAME,
  type PushNotificationApp,
} from "../../exchange/push-notifications";
import { url, withoutCase } from "../change";
import { unlessGone } from "../gone";
import { HalfMade } from "../half-made";
import type { Lifecycle } from "../lifecycle";
import { type CommonInputs, commonInputsOf, SCHEMA_VERSION, type Warning } from "../outputs";
import { printLine } from "../print-line";
import { FIELDS } from "./fields";
import { isOvertaken, noteWrite } from "./interruption";
import type { PushNotificationProxyInputs, PushNotificationProxyOutputs } from "./outputs";
import { NOT_KNOWN, noteFormer, reasonsToWrite, type TakeBack, takeBack } from "./rules";

/** What Pulumi's engine drives; the rules are in rules.ts. */
export const lifecycle: Lifecycle<PushNotificationProxyInputs, PushNotificationProxyOutputs> = {
  identity: {
    kind: "a push notification proxy",
    is: `its only name, ${PROXY_NAME}`,
    reason: (id) => (sameText(String(id), PROXY_NAME) ? undefined : `it must be ${PROXY_NAME}`),
  },

  nameOf: () => `The push notification proxy ${PROXY_NAME}`,

  // Where no cmdlet shows what was there, nothing says that it was as wanted.
  mayBeAnothers: ({ provenance, adopted }) => provenance === "unknown" && adopted?.Enabled === true,

  fields: FIELDS,

  changes: { organization: withoutCase("update"), uri: url("update") },

  reasons: (outputs, { alwaysWrite }) => reasonsToWrite(outputs, isOvertaken(outputs), alwaysWrite === true),

  async create(organization, inputs) {
    const former = await getProxy(organization.client);
    const outputs = await enable(organization, inputs, noteFormer(former, inputs), former !== "unknown");
    return { id: PROXY_NAME, outputs };
  },

  async update(organization, olds, inputs) {
    const { provenance, adopted } = olds;
    const canBeRead = (await getProxy(organization.client)) !== "unknown";
    if (!canBeRead) noteWrite(olds);
    return enable(organization, inputs, { provenance, adopted }, canBeRead);
  },

  async read({ client, organizationId }, id, olds) {
    const present = sameText(id, PROXY_NAME) ? await getProxy(client) : undefined;
    if (present === undefined) return undefined;
    if (present === "unknown") return { id, outputs: lastKnown(olds) };
    const { alwaysWrite, provenance = "found", adopted, written, writtenAt } = olds;
    const noted = { provenance, adopted, written, writtenAt };
    const outputs = outputsOf({ ...commonInputsOf(olds), alwaysWrite }, present, organizationId, noted, true);
    return { id, outputs: { ...outputs, repair: present.enabled ? [] : ["not enabled"] } };
  },

  async delete({ client, now }, outputs) {
    const present = await getProxy(client);
    const action = takeBack(present, outputs.adopted, outputs.written);
    const writes = action.kind === "disable" || action.kind === "putBack";
    if (writes && present === "unknown") noteWrite(outputs, action.kind === "disable" ? now : undefined);
    if (action.kind === "disable" && !(await unlessGone(() => disableProxy(client)))) return printLine(GONE);
    if (action.kind === "putBack") await enableProxy(client, action.organization, action.uri);
    const line = farewell(action.kind, outputs);
    if (line) printLine(line);
  },
};

/**
 * Enables the proxy: an upsert, so create and update are the same.
 * @throws HalfMade where the answer cannot be read: what was there before our write is in no other place than the state.
 */
async function enable(
  { client, organizationId, now }: Organization,
  inputs: PushNotificationProxyInputs,
  noted: Noted,
  canBeRead: boolean,
): Promise<PushNotificationProxyOutputs> {
  const { organization, uri } = inputs;
  const known = { ...noted, written: { Organization: organization, Uri: uri }, writtenAt: now.toISOString() };
  try {
    return outputsOf(inputs, await enableProxy(client, organization, uri), organizationId, known, canBeRead);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const asked = outputsOf(inputs, { enabled: true, organization, uri }, organizationId, known, false);
    throw new HalfMade(PROXY_NAME, { ...asked, repair: [NOT_CONFIRMED] }, [error.message], error);
  }
}

const NOT_CONFIRMED = "what Enable-PushNotificationProxy answered could not be read";

type Noted = Pick<PushNotificationProxyOutputs, "provenance" | "adopted" | "written" | "writtenAt">;

function outputsOf(
  inputs: CommonInputs & Pick<PushNotificationProxyInputs, "alwaysWrite">,
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
  if (isComplete(olds)) {
    const repair = isOvertaken(olds) ? [NOT_KNOWN] : olds.repair;
    return { ...olds, repair, stateSource: "last known" };
  }
  throw new CommandNotAvailable({
    doing: "reading the push notification proxy",
    answer: "this Exchange has no Get-PushNotificationApp",
    next: "declare a PushNotificationProxy without `get`",
  });
}

function isComplete(olds: Partial<PushNotificationProxyOutputs>): olds is PushNotificationProxyOutputs {
  return olds.organizationId !== undefined;
}

const GONE = `The push notification proxy ${PROXY_NAME} no longer exists: there was nothing to disable.`;

/** The one line that says what a destroy leaves behind, or did without knowing. */
function farewell(kind: TakeBack["kind"], { provenance }: PushNotificationProxyOutputs): string | undefined {
  const known = provenance !== "unknown";
  switch (kind) {
    case "disable": {
      const doubt = known ? "" : "; it is not known whether it was enabled before";
      return `The push notification proxy ${PROXY_NAME} is disabled; Exchange keeps its Organization and Uri${doubt}.`;
    }
    case "putBack":
    case "leaveEnabled": {
      const reason = known ? "it was enabled before" : "it is not known who enabled it";
      return `The push notification proxy ${PROXY_NAME} stays enabled: ${reason}.`;
    }
    case "leave":
      return undefined;
  }
}
