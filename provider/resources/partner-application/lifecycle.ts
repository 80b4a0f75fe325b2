import type { ExchangeClient } from "../../exchange/client";
import { ExchangeError, NotFound } from "../../exchange/errors";
import { requireOrganization } from "../../exchange/exchange";
import {
  getPartnerApplications,
  type PartnerApplication,
  setPartnerApplication,
} from "../../exchange/partner-applications";
import { sameText } from "../../exchange/properties";
import { exactly, withoutCase } from "../change";
import { unlessGone } from "../gone";
import { HalfMade, type Lifecycle } from "../lifecycle";
import { provenanceOfFound } from "../outputs";
import { EXCHANGE_ONLINE, FIELDS } from "./fields";
import { describe, type Noted, type PartnerApplicationInputs, type PartnerApplicationOutputs } from "./outputs";
import { findByIdentifier, findInState, noteFormer, valuesToPutBack, valuesToWrite } from "./rules";

/** What Pulumi's engine drives; the rules are in rules.ts. */
export const lifecycle: Lifecycle<PartnerApplicationInputs, PartnerApplicationOutputs> = {
  nameOf: ({ name }) => `The partner application "${name}"`,

  fields: FIELDS,

  changes: { applicationIdentifier: withoutCase("update"), enabled: exactly("update") },

  async create(exchange, inputs) {
    const client = exchange.client(inputs);
    const config = await requireOrganization(client, undefined);
    const application = await demand(client, inputs.applicationIdentifier);
    const outputs = await sync(client, inputs, application, config.guid, undefined);
    return { id: outputs.guid, outputs };
  },

  async update(exchange, olds, inputs) {
    const client = exchange.client(inputs);
    const config = await requireOrganization(client, olds.organizationId);
    const application = await demand(client, inputs.applicationIdentifier);
    if (!sameText(olds.applicationIdentifier, inputs.applicationIdentifier)) await takeBack(client, olds);
    return sync(client, inputs, application, config.guid, olds);
  },

  async read(exchange, id, olds) {
    const client = exchange.clientOfState(olds);
    const config = await requireOrganization(client, olds.organizationId);
    const application = findInState(await getPartnerApplications(client), id, olds.applicationIdentifier);
    if (!application) return undefined;
    return { id: application.guid, outputs: describe(olds, application, config.guid, notedOf(olds, application)) };
  },

  async delete(exchange, outputs) {
    const client = exchange.clientOfState(outputs);
    await requireOrganization(client, outputs.organizationId);
    await takeBack(client, outputs);
  },
};

/**
 * What the state notes of an application. It says nothing of one that has taken the place of the one in the state: found
 * exactly as wanted it may be the work of an update that was interrupted.
 */
function notedOf(olds: Partial<PartnerApplicationOutputs>, application: PartnerApplication): Noted {
  const { guid, enabled = application.enabled, provenance = "found", adopted, written } = olds;
  if (guid === undefined || guid === application.guid) return { provenance, adopted, written };
  return { provenance: provenanceOfFound(valuesToWrite(application, { enabled })) };
}

/** The application, which is never made here. */
async function demand(client: ExchangeClient, applicationIdentifier: string): Promise<PartnerApplication> {
  const application = findByIdentifier(await getPartnerApplications(client), applicationIdentifier);
  if (application) return application;
  throw notThere(applicationIdentifier);
}

/** Writes only what differs. */
async function sync(
  client: ExchangeClient,
  inputs: PartnerApplicationInputs,
  application: PartnerApplication,
  organizationId: string,
  former: PartnerApplicationOutputs | undefined,
): Promise<PartnerApplicationOutputs> {
  const toWrite = valuesToWrite(application, inputs);
  // One that has taken the place of the one in the state was never ours: its own values are noted.
  const noted = noteFormer(former?.guid === application.guid ? former : undefined, application, toWrite);
  const outputs = describe(inputs, application, organizationId, noted);
  if (Object.keys(toWrite).length === 0) return outputs;
  try {
    await setPartnerApplication(client, application, toWrite);
  } catch (error) {
    if (!(error instanceof ExchangeError) || !error.outcomeUnknown) throw error;
    // The former value is kept now or never: the next look may find ours in its place.
    const repair = ["whether Enabled is set is not known"];
    throw new HalfMade(application.guid, { ...outputs, repair }, [error.message], error);
  }
  return { ...outputs, enabled: inputs.enabled };
}

/** Puts the former state back. What stays and may be ours is said in a line. */
async function takeBack(client: ExchangeClient, outputs: PartnerApplicationOutputs): Promise<void> {
  const application = findByIdentifier(await getPartnerApplications(client), outputs.applicationIdentifier);
  if (!application || application.guid !== outputs.guid) return;
  const values = valuesToPutBack(application, outputs);
  const hasValues = Object.keys(values).length > 0;
  if (hasValues && !(await unlessGone(() => setPartnerApplication(client, application, values)))) return;
  if (outputs.provenance !== "unknown") return;
  const state = application.enabled ? "enabled" : "disabled";
  console.log(`The partner application "${application.name}" stays ${state}: whether it was so before is not known.`);
}

function notThere(applicationIdentifier: string): NotFound {
  const isExchangeOnline = sameText(applicationIdentifier, EXCHANGE_ONLINE);
  const command = `New-PartnerApplication -Name ${isExchangeOnline ? '"Exchange Online"' : "<name>"} -ApplicationIdentifier ${applicationIdentifier} -Enabled $true`;
  return new NotFound({
    doing: `looking for the partner application ${applicationIdentifier}`,
    answer: "the organisation has none of that application id without a realm; Exchange setup makes Exchange Online's",
    next: `make it in the Exchange Management Shell: ${command}`,
  });
}
