import {
  formerSignsUntil,
  isDayOver,
  maySign,
  nextStep,
  ownCertificate,
  type Step,
} from "../oauth-certificate/generations";
import { type OrganisationFacts, roleOf, serversNotKnownToHold } from "../oauth-certificate/rules";

/** As which of its three AuthConfig names a certificate; empty where it does not. */
export type CertificateRole = "Current" | "Next" | "Previous" | "";

const ROLES = { current: "Current", next: "Next", previous: "Previous" } as const;

/** What is to become current, and when. */
export interface Wanted {
  generation: number;
  thumbprint: string;
  /** The first generation's that the program declares; absent where it declares this one alone. */
  formerThumbprint?: string;
  effectiveInDays: number;
}

/** The role of a certificate, in Exchange's words. */
export function roleIn(facts: OrganisationFacts, thumbprint: string): CertificateRole {
  const role = roleOf(facts, thumbprint);
  return role ? ROLES[role] : "";
}

/** The one next step for the generation of a rollover, whose key credential is in the tenant. */
export function stepOf(facts: OrganisationFacts, wanted: Wanted, isChanged = false): Step {
  const { generation, thumbprint, effectiveInDays } = wanted;
  const own = ownCertificate(facts, { generation, thumbprint });
  // The certificate's resource learns of it at the next refresh.
  if (own && own.thumbprint !== thumbprint) return { kind: "giveWay", thumbprint: own.thumbprint };
  return nextStep(facts, { generation, thumbprint, isKnown: true }, { effectiveInDays, isChanged });
}

/** Why what the program does not declare may not be removed. */
export type Hindrance =
  /** Another one is current: the first declared generation is the next one, or has no part in it at all. */
  | { kind: "another is current"; isNext: boolean }
  /** The only declared generation is not known to be on these servers, which may sign with the former one. */
  | { kind: "not everywhere"; servers: string[] }
  /** Servers may sign with the previous one until then; undefined where that is not known. */
  | { kind: "may sign"; until: Date | undefined };

/**
 * Whether the end of an update may remove what the program does not declare, key credentials included: only where the first
 * declared generation is the current one, or the rollover's own, which then must be on every server, and known to each as
 * the current one, unless the program is in a hurry (`effectiveInDays` 0).
 */
export function hindranceOf(facts: OrganisationFacts, wanted: Wanted): Hindrance | undefined {
  const { thumbprint, formerThumbprint = thumbprint, effectiveInDays } = wanted;
  if (facts.current !== formerThumbprint && facts.current !== thumbprint) {
    return { kind: "another is current", isNext: facts.next === formerThumbprint };
  }
  // Two declared generations may show the same certificate: what is removed beside them, its hold looks at.
  if (wanted.formerThumbprint !== undefined) return undefined;
  const servers = serversNotKnownToHold(facts, thumbprint);
  if (servers.length > 0) return { kind: "not everywhere", servers };
  if (effectiveInDays === 0 || facts.previous === "" || isDayOver(facts)) return undefined;
  if (!maySign(facts, wanted.generation, facts.previous)) return undefined;
  return { kind: "may sign", until: formerSignsUntil(facts) };
}

/** What an update could do, or has to wait for; empty where all is as it should be. */
export function repairOf(step: Step): string[] {
  switch (step.kind) {
    case "stage":
      return ["not named by AuthConfig"];
    case "publish":
      return ["to be made current"];
    case "copy":
      return [`waits for ${step.servers.join(", ")}`];
    case "wait":
      return ["waits until it can be named"];
    default:
      return [];
  }
}
