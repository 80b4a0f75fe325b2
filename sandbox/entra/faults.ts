import { takeFaults } from "../shared/faults";

/** What can be made to go wrong. */
export type TenantFaultKind =
  /** A read of a principal answers the key credentials it had before the last change. */
  | "staleRead"
  /** A read of a principal answers 404. */
  | "notFound"
  /** A PATCH is applied, then the connection is dropped without an answer. */
  | "dropAfterPatch"
  /** A PATCH is applied and answered, and the sandbox's azuread provider ends at once when it reads the answer. */
  | "providerDiesAfterPatch"
  /** Any call to Graph answers 429 with Retry-After. */
  | "throttled"
  /** A PATCH is refused with 403. */
  | "denied";

/** A fault that waits for the calls it is meant for; it is counted down in the tenant's state and then gone. */
export interface TenantFault {
  kind: TenantFaultKind;
  /** How many calls it strikes. @default 1 */
  times?: number;
  /**
   * How many calls of the kind it is meant for pass unharmed first. Adding a credential reads the principal seven
   * times (once before the PATCH, six times after), removing one six times (once before, five times after).
   * @default 0
   */
  after?: number;
  /** `throttled` only: the value of Retry-After, in seconds. @default 1 */
  retryAfterSeconds?: number;
}

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
