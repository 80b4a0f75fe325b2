import type { dynamic } from "@pulumi/pulumi";
import { ExchangeConnection } from "../../provider/configuration/exchange-connection";
import type { Session } from "../../provider/powershell/session";
import { handlersOver } from "../../provider/resources/handlers";

/** What a provider process that has just started has. */
export interface FreshProvider {
  connection: ExchangeConnection;
  handlers: ReturnType<typeof handlersOver>;
}

/** @param session what every configuration leads to, in place of a far end of its own. */
export function freshProvider(session: Session): FreshProvider {
  const connection = new ExchangeConnection(() => session);
  return { connection, handlers: handlersOver(connection) };
}

/** Configuration that leads to the session of {@link freshProvider}. */
export const CONFIGURATION: Record<string, string> = {
  "exchange:connection": "process",
  "exchange:command": '["far-end"]',
};

/** Configures a handler as Pulumi's dynamic provider does before its first call. */
export async function configure<Inputs, Outputs>(
  handler: dynamic.ResourceProvider<Inputs, Outputs>,
  texts: Record<string, string> = CONFIGURATION,
): Promise<void> {
  const config = {
    get: (key: string) => texts[key],
    require: (key: string) => {
      throw new Error(`nothing requires ${key}: a missing key is a failure of the check`);
    },
  };
  await handler.configure?.({ config });
}
