import { ExchangeError, NotFound } from "../../errors";
import type { ExchangeClient } from "../../exchange/client";
import {
  getPartnerApplications,
  type PartnerApplication,
  setPartnerApplication,
} from "../../exchange/partner-applications";
import { sameText } from "../../exchange/properties";
import { exactly, withoutCase } from "../change";
import { guid } from "../check";
import { unlessGone } from "../gone";
import { HalfMade } from "../half-made";
import type { Lifecycle } from "../lifecycle";
import { printLine } from "../print-line";
import { EXCHANGE_ONLINE, FIELDS } from "./fields";
import { outputsOf, type PartnerApplicationInputs, type PartnerApplicationOutputs } from "./outputs";
import { choose, LEDGER, ofGuid, valuesOf, withIdentifier } from "./rules";

/** What Pulumi's engine drives; the rules are in rules.ts. */
export const lifecycle: Lifecycle<PartnerApplicationInputs, PartnerApplicationOutputs> = {
  identity: { kind: "a partner application", is: "the Guid that Get-PartnerApplication shows", reason: guid.reason },

  nameOf: ({ name }) => `The partner application "${name}"`,

  fields: FIELDS,

  changes: { applicationIdentifier: withoutCase("update"), enabled: exactly("update") },

  async create({ client, organizationId }, inputs) {
    const alike = await requireOne(client, inputs.applicationIdentifier);
    const outputs = await sync(client, inputs, alike, organizationId, undefined);
    return { id: outputs.guid, outputs };
  },

  async update({ client, organizationId }, olds, inputs, leave) {
    const alike = await requireOne(client, inputs.applicationIdentifier);
    const isAnother = !sameText(olds.applicationIdentifier, inputs.applicationIdentifier);
    if (isAnother && leave) leave();
    else if (isAnother) await takeBack(client, olds);
    return sync(client, inputs, alike, organizationId, olds);
  },

  async read({ client, organizationId }, id, olds) {
    const { guid = id, enabled = true, applicationIdentifier } = olds;
    const all = await getPartnerApplications(client);
    // One may have taken the place of ours; only where a program looks one up is nothing known but its Guid.
    const identifier = applicationIdentifier ?? ofGuid(all, guid)?.applicationIdentifier;
    const alike = identifier === undefined ? [] : withIdentifier(all, identifier);
    const application = applicationIdentifier === undefined ? ofGuid(all, guid) : choose(alike, { enabled }, guid);
    if (!application) return undefined;
    const noted = LEDGER.notesOf(olds, application.guid, valuesOf(application), { Enabled: olds.enabled });
    const outputs = outputsOf(olds, application, organizationId, noted, alike);
    return { id: application.guid, outputs };
  },

  delete: ({ client }, outputs) => takeBack(client, outputs),
};

/** The applications of an id, one at least: none is ever made here. */
async function requireOne(client: ExchangeClient, applicationIdentifier: string): Promise<PartnerApplication[]> {
  const alike = withIdentifier(await getPartnerApplications(client), applicationIdentifier);
  if (alike.length > 0) return alike;
  throw notThere(applicationIdentifier);
}

/** Writes only what differs, of the one that is meant. */
async function sync(
  client: ExchangeClient,
  inputs: PartnerApplicationInputs,
  alike: PartnerApplication[],
  organizationId: string,
  former: PartnerApplicationOutputs | undefined,
): Promise<PartnerApplicationOutputs> {
  const application = choose(alike, inputs, former?.guid) as PartnerApplication;
  const present = valuesOf(application);
  const toWrite = LEDGER.toWrite(present, valuesOf(inputs));
  const known = LEDGER.notesOf(former, application.guid, present, valuesOf(inputs));
  const noted = LEDGER.afterWrite(known, present, toWrite);
  const outputs = (enabled: boolean) => outputsOf(inputs, { ...application, enabled }, organizationId, noted, alike);
  if (Object.keys(toWrite).length === 0) return outputs(application.enabled);
  try {
    await setPartnerApplication(client, application, toWrite);
  } catch (error) {
    if (!(error instanceof ExchangeError) || !error.outcomeUnknown) throw error;
    // The former value is kept now or never: the next look may find ours in its place.
    const repair = ["whether Enabled is set is not known"];
    throw new HalfMade(application.guid, { ...outputs(application.enabled), repair }, [error.message], error);
  }
  return outputs(inputs.enabled);
}

/** Puts the former state back. What stays and may be ours is said in a line. */
async function takeBack(client: ExchangeClient, outputs: PartnerApplicationOutputs): Promise<void> {
  const application = ofGuid(await getPartnerApplications(client), outputs.guid);
  if (!application) return;
  const values = outputs.provenance === "found" ? LEDGER.toPutBack(outputs, valuesOf(application)) : {};
  const hasValues = Object.keys(values).length > 0;
  if (hasValues && !(await unlessGone(() => setPartnerApplication(client, application, values)))) return;
  if (outputs.provenance !== "unknown") return;
  const state = application.enabled ? "enabled" : "disabled";
  printLine(
    `The partner application "${application.name}" stays ${state}: it is not known whether it was ${state} before.`,
  );
}

function notThere(applicationIdentifier: string): NotFound {
  const isExchangeOnline = sameText(applicationIdentifier, EXCHANGE_ONLINE);
  const command = `New-PartnerApplication -Name ${isExchangeOnline ? '"Exchange Online"' : "<name>"} -ApplicationIdentifier ${applicationIdentifier} -Enabled $true`;
  return new NotFound({
    doing: `looking for the partner application ${applicationIdentifier}`,
    answer:
      "no partner application without a realm has that application id; Exchange setup creates the one of Exchange Online",
    next: `create it in the Exchange Management Shell: ${command}`,
  });
}
