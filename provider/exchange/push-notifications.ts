import { CommandNotAvailable, ProtocolError } from "../errors";
import type { ExchangeClient } from "./client";
import { ShownObject } from "./properties";

/** The name of the organisation's one push notification proxy. */
export const PROXY_NAME = "OnPrem-Proxy";

/** The proxy as Exchange shows it. */
export interface PushNotificationApp {
  enabled: boolean;
  organization: string;
  uri: string;
}

/**
 * The proxy, by `Get-PushNotificationApp`.
 * @returns "unknown" where this Exchange has no such cmdlet (it is not documented), undefined where there is no proxy.
 */
export async function getProxy(client: ExchangeClient): Promise<PushNotificationApp | undefined | "unknown"> {
  try {
    // It may list every application whatever it is asked: the exact name is looked for here.
    const source = { cmdlet: "Get-PushNotificationApp", doing: "reading the push notification proxy" };
    const { objects } = await client.run(source.cmdlet, {}, source.doing);
    const found = objects
      .map((object) => new ShownObject(object, source))
      .find((shown) => shown.text("Name") === PROXY_NAME);
    return found && readApp(found);
  } catch (error) {
    if (error instanceof CommandNotAvailable) return "unknown";
    throw error;
  }
}

/** `Enable-PushNotificationProxy`: it changes only the fields that are sent, so both are sent each time. */
export async function enableProxy(
  client: ExchangeClient,
  organization: string,
  uri: string,
): Promise<PushNotificationApp> {
  const doing = `enabling the push notification proxy for ${organization}`;
  const parameters = { Organization: organization, Uri: uri, Confirm: false };
  const { objects } = await client.run("Enable-PushNotificationProxy", parameters, doing);
  const source = { cmdlet: "Enable-PushNotificationProxy", doing, outcomeUnknown: true };
  if (objects[0]) return readApp(new ShownObject(objects[0], source));
  throw new ProtocolError({
    doing,
    answer: "Enable-PushNotificationProxy returned no object",
    next: "run `pulumi up` again: enabling it twice does no harm",
    outcomeUnknown: true,
  });
}

/** `Disable-PushNotificationProxy`: Organization and Uri stay stored. */
export async function disableProxy(client: ExchangeClient): Promise<void> {
  await client.run("Disable-PushNotificationProxy", { Confirm: false }, "disabling the push notification proxy");
}

function readApp(shown: ShownObject): PushNotificationApp {
  return {
    enabled: shown.truth("Enabled"),
    organization: shown.text("Organization"),
    uri: shown.text("Uri"),
  };
}
