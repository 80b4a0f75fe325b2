import { CmdletFailed, NotFound } from "../../errors";
import type { ExchangeClient } from "../../exchange/client";
import { invokeProbe, type ProbeResult } from "../../exchange/monitoring";
import type { Organization } from "../../exchange/organization";
import { restartHealthManager } from "../../exchange/server-commands";
import { type ExchangeServer, getExchangeServers } from "../../exchange/servers";
import { toTimestamp } from "../../x509/certificate";
import { exactly, sameJson, withoutCase } from "../change";
import type { Lifecycle } from "../lifecycle";
import { SCHEMA_VERSION, type Warning } from "../outputs";
import { printLine } from "../print-line";
import { FIELDS } from "./fields";
import type { PushNotificationProbeInputs, PushNotificationProbeOutputs } from "./outputs";
import { advice, chooseServer, hasSucceeded, mayBecomeKnown, unknownResult, verdict } from "./rules";
import { waitFor } from "./wait";

/** What Pulumi's engine drives; the rules are in rules.ts. */
export const lifecycle: Lifecycle<PushNotificationProbeInputs, PushNotificationProbeOutputs> = {
  fields: FIELDS,

  changes: {
    server: withoutCase("replace"),
    restartHealthService: exactly("replace"),
    required: exactly("replace"),
    triggers: sameJson("replace"),
  },

  async create(organization, inputs) {
    const outputs = await run(organization, inputs);
    return { id: outputs.serverName, outputs };
  },

  update: (organization, _olds, inputs) => run(organization, inputs),

  async read(_organization, id, olds) {
    if (olds.resultType === undefined) throw noResult(id);
    return { id, outputs: olds as PushNotificationProbeOutputs };
  },
};

async function run(
  { client, organizationId, now }: Organization,
  inputs: PushNotificationProbeInputs,
): Promise<PushNotificationProbeOutputs> {
  const server = chooseServer(await getExchangeServers(client, inputs.ignoreServers ?? []), inputs.server);
  if (inputs.server === undefined) {
    printLine(
      `The probe runs on ${server.name}, the first Mailbox server in name order, because \`server\` is not set.`,
    );
  }
  const { restartHealthService: restarted } = inputs;
  const result = await probe(client, server, restarted);
  if (inputs.required && !hasSucceeded(result)) throw failed(server, result, restarted);
  return {
    ...inputs,
    organizationId,
    schemaVersion: SCHEMA_VERSION,
    provenance: "here",
    repair: [],
    warnings: hasSucceeded(result) ? [] : [probeFailed(server, result, restarted)],
    serverName: server.name,
    fqdn: server.fqdn,
    ...result,
    checkedAt: toTimestamp(now),
  };
}

/** Runs the probe as soon as the server's health manager knows it. */
async function probe(client: ExchangeClient, server: ExchangeServer, restart: boolean): Promise<ProbeResult> {
  if (restart) await restartHealthManager(client, server.fqdn);
  const seconds = client.timeoutSeconds;
  const outcome = await waitFor(() => invokeProbe(client, server.fqdn), {
    seconds,
    mayPass: (error) => mayBecomeKnown(error, restart),
    onProgress: (elapsed) =>
      printLine(`The health manager of ${server.name} does not know the probe yet (${elapsed} of ${seconds} seconds).`),
  });
  return "value" in outcome ? outcome.value : unknownResult(outcome.failure);
}

const LINK = "https://learn.microsoft.com/powershell/module/exchange/invoke-monitoringprobe";

function probeFailed(server: ExchangeServer, result: ProbeResult, restarted: boolean): Warning {
  return {
    name: "probe",
    text: `The push notification probe on ${server.name} did not succeed: ${verdict(result)}. ${advice(result, restarted, "change `triggers`")}.`,
    link: LINK,
  };
}

function failed(server: ExchangeServer, result: ProbeResult, restarted: boolean): CmdletFailed {
  return new CmdletFailed({
    doing: `running the push notification probe on ${server.name}`,
    answer: `its result is ${verdict(result)}, but \`required\` is true`,
    // A probe that is required and fails is not in the state, so the next update runs it again by itself.
    next: advice(result, restarted, "run `pulumi up` again"),
  });
}

function noResult(server: string): NotFound {
  return new NotFound({
    doing: `reading the last result of the push notification probe on ${server}`,
    answer: "Exchange keeps none",
    next: "declare a PushNotificationProbe without `get`",
  });
}
