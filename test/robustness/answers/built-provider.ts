import path from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import type { Session } from "../../../provider/powershell/session";

const DIST = path.resolve(__dirname, "../../../provider/dist");
const built = (file: string) => require(path.join(DIST, file));

const { Exchange } = built("exchange/exchange.js") as typeof import("../../../provider/exchange/exchange");
export const errors = built("errors.js") as typeof import("../../../provider/errors");
export const protocol = built("powershell/protocol.js") as typeof import("../../../provider/powershell/protocol");
export const identifiers = built(
  "resources/oauth-certificate/identifiers.js",
) as typeof import("../../../provider/resources/oauth-certificate/identifiers");
const { handlersOver } = built("resources/handlers.js") as typeof import("../../../provider/resources/handlers");

type Handlers = ReturnType<typeof handlersOver>;
export type Kind = keyof Handlers;

let handlers: Handlers;

/** A handler as Pulumi's dynamic provider calls it: plain properties in, plain properties out. */
export type Handler = dynamic.ResourceProvider<Record<string, unknown>, Record<string, unknown>>;

export const handlerOf = (kind: Kind): Handler => handlers[kind] as unknown as Handler;

/** Seconds that a call may take: here none takes any, and what a lifecycle waits for is not waited for longer. */
const TIMEOUT_SECONDS = 0.02;

/** From now on every handler's Exchange is behind this session, as in a provider process that has just started. */
export function connectTo(session: Session): void {
  const exchange = new Exchange(session, { timeoutSeconds: TIMEOUT_SECONDS });
  handlers = handlersOver({ configure: () => undefined, failures: [], exchange });
}

/** The names of the errors that a user can meet. */
export const KNOWN_ERRORS: ReadonlySet<string> = new Set([...Object.keys(errors), "HalfMade", "ConfigurationError"]);
