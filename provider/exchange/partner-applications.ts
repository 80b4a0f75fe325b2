import type { Properties } from "../powershell/protocol";
import type { ExchangeClient } from "./client";
import { textOf, truthOf } from "./properties";

/** An application that the organisation accepts tokens for. */
export interface PartnerApplication {
  guid: string;
  name: string;
  applicationIdentifier: string;
  enabled: boolean;
}

/** The properties of a partner application that this package writes, by Exchange's names. */
export interface PartnerApplicationValues {
  Enabled?: boolean;
}

/** `Get-PartnerApplication`: those without a realm, which are the ones for every tenant. */
export async function getPartnerApplications(client: ExchangeClient): Promise<PartnerApplication[]> {
  const { objects } = await client.run("Get-PartnerApplication", {}, "listing the partner applications");
  return objects.filter((object) => textOf(object, "Realm") === "").map(readPartnerApplication);
}

/** `Set-PartnerApplication`: writes these values and no others. */
export async function setPartnerApplication(
  client: ExchangeClient,
  application: PartnerApplication,
  values: PartnerApplicationValues,
): Promise<void> {
  const doing = `setting ${Object.keys(values).join(" and ")} of the partner application "${application.name}"`;
  await client.run("Set-PartnerApplication", { Identity: application.guid, ...values, Confirm: false }, doing);
}

function readPartnerApplication(object: Properties): PartnerApplication {
  return {
    guid: textOf(object, "Guid").toLowerCase(),
    name: textOf(object, "Name"),
    applicationIdentifier: textOf(object, "ApplicationIdentifier").toLowerCase(),
    enabled: truthOf(object, "Enabled"),
  };
}
