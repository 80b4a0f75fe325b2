import { z } from "zod";
import { takeFaults } from "../shared/faults";
import { whole } from "../shared/schema";

export const TENANT_FAULT = z.strictObject({
  /**
   * `staleRead`: a read of a principal answers the key credentials it had before the last change; `notFound`: a read of a
   * principal answers 404; `dropAfterPatch`: a PATCH is applied, then the connection is dropped without an answer;
   * `providerDiesAfterPatch`: a PATCH is applied and answered, and the sandbox's azuread provider ends at once when it
   * reads the answer; `throttled`: any call to Graph answers 429 with Retry-After; `denied`: a PATCH is refused with 403.
   */
  kind: z.enum(["staleRead", "notFound", "dropAfterPatch", "providerDiesAfterPatch", "throttled", "denied"]),
  /** How many calls it strikes. @default 1 */
  times: whole.optional(),
  /**
   * How many calls of the kind it is meant for pass unharmed first. Adding a credential reads the principal seven
   * times (once before the PATCH, six times after), removing one six times (once before, five times after).
   * @default 0
   */
  after: whole.optional(),
  /** `throttled` only: the value of Retry-After, in seconds. @default 1 */
  retryAfterSeconds: whole.optional(),
});
/** A fault that waits for the calls it is meant for; it is counted down in the tenant's state and then gone. */
export type TenantFault = z.infer<typeof TENANT_FAULT>;
/** What can be made to go wrong. */
export type TenantFaultKind = TenantFault["kind"];

/** What a call to Graph does, as far as faults care. */
export type GraphCall = "readPrincipal" | "patchPrincipal" | "other";

const STRIKES: Record<TenantFaultKind, GraphCall[]> = {
  staleRead: ["readPrincipal"],
  notFound: ["readPrincipal"],
  dropAfterPatch: ["patchPrincipal"],
  providerDiesAfterPatch: ["patchPrincipal"],
  throttled: ["readPrincipal", "patchPrincipal", "other"],
  denied: ["patchPrincipal"],
};

/**
 * The fault that strikes a call, if any, and the faults that remain. At most one strikes: the first that is due; those
 * before it which are not due yet have come one call nearer.
 */
export function takeFault(
  faults: TenantFault[],
  call: GraphCall,
): { struck: TenantFault | undefined; remaining: TenantFault[] } {
  const concerns = ({ kind }: TenantFault) => STRIKES[kind].includes(call);
  const { struck, left } = takeFaults(faults, { concerns, passing: "after", most: 1 });
  return { struck: struck[0], remaining: left };
}
