import type { ExchangeClient } from "./client";
import { ShownObject } from "./properties";

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
  const source = { cmdlet: "Get-PartnerApplication", doing: "listing the partner applications" };
  const { objects } = await client.run(source.cmdlet, {}, source.doing);
  return objects
    .map((object) => new ShownObject(object, source))
    .filter((shown) => shown.text("Realm") === "")
    .map(readPartnerApplication);
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

function readPartnerApplication(shown: ShownObject): PartnerApplication {
  return {
    guid: shown.guid("Guid"),
    name: shown.setText("Name"),
    applicationIdentifier: shown.text("ApplicationIdentifier").toLowerCase(),
    enabled: shown.truth("Enabled"),
  };
}
