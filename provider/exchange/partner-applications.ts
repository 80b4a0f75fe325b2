import type { Properties } from "../powershell/protocol";
import type { ExchangeClient } from "./client";
import { sameText, textOf, truthOf } from "./properties";

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

/**
 * `Get-PartnerApplication`: the one with this application id and no realm, which is the one for every tenant.
 * @returns undefined where there is none.
 */
export async function getPartnerApplication(
  client: ExchangeClient,
  applicationIdentifier: string,
): Promise<PartnerApplication | undefined> {
  const { objects } = await client.run("Get-PartnerApplication", {}, "listing the partner applications");
  const found = objects.find(
    (object) =>
      sameText(textOf(object, "ApplicationIdentifier"), applicationIdentifier) && textOf(object, "Realm") === "",
  );
  return found && readPartnerApplication(found);
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
