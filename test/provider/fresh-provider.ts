import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import type { Session } from "../../provider/powershell/session";

const PROVIDER = join(__dirname, "..", "..", "provider");
const SESSION = join(PROVIDER, "powershell", "session.ts");

/** The modules of a provider process that has just started. */
export interface FreshProvider {
  connected: typeof import("../../provider/exchange/connected");
  errors: typeof import("../../provider/exchange/errors");
  lifecycle: typeof import("../../provider/resources/lifecycle");
  handlers: typeof import("../../provider/provider");
}

/**
 * Loads the provider's modules anew, as a provider process does: the connection is one a process. Classes are new with
 * them, so tests compare with those given here.
 * @param session what every connection leads to, in place of a far end of its own.
 */
export function freshProvider(session: Session): FreshProvider {
  const real = require(SESSION) as typeof import("../../provider/powershell/session");
  const module = require.cache[SESSION];
  if (!module) throw new Error("the session's module is not where it was looked for");
  const kept = Object.entries(require.cache).filter(([path]) => isReloaded(path));
  for (const [path] of kept) delete require.cache[path];
  module.exports = { ...real, createSession: () => session };
  try {
    return {
      connected: require(join(PROVIDER, "exchange", "connected")),
      errors: require(join(PROVIDER, "exchange", "errors")),
      lifecycle: require(join(PROVIDER, "resources", "lifecycle")),
      handlers: require(join(PROVIDER, "provider")),
    };
  } finally {
    module.exports = real;
    for (const path of Object.keys(require.cache)) if (isReloaded(path)) delete require.cache[path];
    for (const [path, former] of kept) require.cache[path] = former;
  }
}

/** What knows that processes exist stays as it is: it listens for the end of this one. */
function isReloaded(path: string): boolean {
  return path.startsWith(PROVIDER) && !path.startsWith(join(PROVIDER, "powershell"));
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
