import {
  followsCurrent,
  isOver,
  madeForGeneration,
  nextStep,
  ownCertificate,
} from "../../../../provider/resources/oauth-certificate/generations";
import { isOurs } from "../../../../provider/resources/oauth-certificate/identifiers";
import { certificatesOf } from "../../../../provider/resources/oauth-certificate/key-credentials";
import {
  choose,
  currentStateOf,
  findCertificate,
  roleOf,
  serversWhere,
} from "../../../../provider/resources/oauth-certificate/rules";
import { reasonToKeep } from "../../../../provider/resources/oauth-certificate-hold/rules";
import { hindranceOf, stepOf, type Wanted } from "../../../../provider/resources/oauth-certificate-rollover/rules";
import type { SimulatedOrganisation } from "./simulated-organisation";

/** The update ended in an error that a person reads. */
export class Refused extends Error {}

interface Deployed {
  thumbprint: string;
  /** What it showed before another hand's certificate took the place, while AuthConfig names it as previous. */
  previous?: string;
  becameCurrent?: boolean;
  /** The id of its key credential in the tenant; undefined before it has one. */
  credential?: number;
  /** Of which certificate that is. */
  told?: string;
  /** Of which certificate its hold knows that it is; undefined where it has none. */
  held?: string;
  /** Key credentials that were replaced, and are deleted at the end of an update. */
  replaced: number[];
}

/** A stack with the component: what the lifecycles and the engine do in their order, with every decision by the rules. */
export class SimulatedStack {
  readonly #deployed = new Map<number, Deployed>();
  #rollover: Wanted | undefined;
  #ids = 0;

  constructor(private readonly organisation: SimulatedOrganisation) {}

  /** Whether the last look saw a generation as current. */
  isCurrent(generation: number): boolean {
    return this.#deployed.get(generation)?.thumbprint === this.organisation.current;
  }

  /** `pulumi up`, after a refresh or not. */
  up(declared: number[], isRefreshed: boolean): void {
    const { organisation } = this;
    if (isRefreshed) for (const [generation, resource] of this.#deployed) this.#refresh(generation, resource);
    for (const generation of declared) {
      if (isRefreshed || !this.#deployed.has(generation)) this.#bring(generation);
    }
    this.#credentials(declared.map((generation) => this.#deployed.get(generation) as Deployed));
    const [first, latest] = [declared[0], declared.at(-1)] as [number, number];
    if (latest > 1) {
      for (const generation of declared) this.#updateHold(generation, this.#deployed.get(generation) as Deployed);
      const thumbprintOf = (generation: number) => (this.#deployed.get(generation) as Deployed).thumbprint;
      const wanted: Wanted = {
        generation: latest,
        thumbprint: thumbprintOf(latest),
        ...(latest === first ? {} : { formerThumbprint: thumbprintOf(first) }),
        effectiveInDays: 30,
      };
      if (isRefreshed || JSON.stringify(wanted) !== JSON.stringify(this.#rollover)) this.#rollOver(wanted);
      this.#rollover = wanted;
    }
    for (const generation of declared) {
      const { replaced } = this.#deployed.get(generation) as Deployed;
      // The only key credential of a stack that never renewed has to be of the current one at once.
      for (const id of replaced.splice(0)) latest > 1 ? organisation.forget(id) : organisation.untell(id);
    }
    for (const [generation, resource] of [...this.#deployed].reverse()) {
      if (declared.includes(generation)) continue;
      const others = declared.map((other) => this.#deployed.get(other));
      if (!others.some((other) => other?.told === resource.told)) this.#requireFree(generation, resource.told);
      if (resource.credential !== undefined) organisation.forget(resource.credential);
      this.#remove(generation, resource, declared);
      this.#deployed.delete(generation);
    }
    if (latest === 1) this.#rollover = undefined;
  }

  #refresh(generation: number, resource: Deployed): void {
    const facts = this.organisation.facts();
    if (!followsCurrent(facts, generation, resource)) return;
    if (currentStateOf(facts).state !== "valid") return;
    this.#followed(resource, facts.current);
    resource.thumbprint = facts.current;
    if (generation > 1) resource.becameCurrent = true;
  }

  #bring(generation: number): void {
    const { organisation } = this;
    const former = this.#deployed.get(generation);
    for (let made = 0; made < 2; ) {
      const facts = organisation.facts();
      if (!followsCurrent(facts, generation, former)) {
        this.#prepare(generation, former);
        return;
      }
      const choice = choose(facts, new Set());
      if (choice.kind === "stop") throw new Refused(choice.reasons.join("; "));
      if (choice.kind === "keep") {
        this.#hold(generation, choice.certificate.thumbprint);
        return;
      }
      if (choice.kind === "make") {
        organisation.make(choice.subjectKeyIdentifier);
        made += 1;
      } else {
        organisation.copy(choice.certificate.thumbprint);
        if (serversWhere(organisation.facts(), choice.certificate.thumbprint, "missing").length > 0)
          throw new Refused("not on every server");
        organisation.name(choice.certificate.thumbprint);
      }
    }
    throw new Error("two certificates were made in one update");
  }

  #prepare(generation: number, former: Deployed | undefined): void {
    const { organisation } = this;
    const own = { generation, ...(former ? { thumbprint: former.thumbprint } : {}), isKnown: false };
    if (former && isOver(organisation.facts(), generation, former.thumbprint)) return;
    const step = nextStep(organisation.facts(), own, { effectiveInDays: 0 });
    if (step.kind === "refuse") throw new Refused(step.reason);
    const made = step.kind === "make" ? organisation.make(step.subjectKeyIdentifier) : undefined;
    const certificate = ownCertificate(organisation.facts(), made ? { generation, thumbprint: made } : own);
    if (!certificate) throw new Refused("it cannot be told");
    organisation.copy(certificate.thumbprint);
    this.#hold(generation, certificate.thumbprint);
  }

  #followed(resource: Deployed, thumbprint: string): void {
    const former = resource.thumbprint === thumbprint ? resource.previous : resource.thumbprint;
    delete resource.previous;
    if (former !== undefined && former === this.organisation.previous) resource.previous = former;
  }

  #hold(generation: number, thumbprint: string): void {
    const former = this.#deployed.get(generation);
    if (former && thumbprint === this.organisation.current) this.#followed(former, thumbprint);
    const isCurrent = generation > 1 && thumbprint === this.organisation.current;
    const became = isCurrent ? { becameCurrent: true } : {};
    this.#deployed.set(generation, { replaced: [], ...this.#deployed.get(generation), ...became, thumbprint });
  }

  /** azuread adds the new one before it takes the former one away. */
  #credentials(resources: Deployed[]): void {
    const pem = (thumbprint: string) => ({ thumbprint, certificatePem: "" });
    const shown = resources.map(({ thumbprint, previous = "" }) => ({ ...pem(thumbprint), previous: pem(previous) }));
    for (const [index, { thumbprint }] of certificatesOf(shown).entries()) {
      const resource = resources[index] as Deployed;
      if (resource.told === thumbprint) continue;
      const former = resource.credential;
      this.#ids += 1;
      this.organisation.tell(this.#ids, thumbprint);
      resource.credential = this.#ids;
      resource.told = thumbprint;
      if (former !== undefined) resource.replaced.push(former);
    }
  }

  #rollOver(wanted: Wanted): void {
    const { organisation } = this;
    const facts = organisation.facts();
    const hindrance = hindranceOf(facts, wanted);
    // A program of two generations that has not changed removes nothing.
    if (hindrance && hindrance.kind !== "another is current" && wanted.formerThumbprint !== undefined)
      throw new Error(`[${[...this.#deployed.keys()]}] is refused, though nothing is to be removed`);
    if (hindrance) throw new Refused("the former generation may not be removed");
    const step = stepOf(facts, wanted);
    if (step.kind === "stage") organisation.stage(wanted.thumbprint, step.effectiveDate);
    if (step.kind === "publish") organisation.name(wanted.thumbprint);
  }

  /** Refused where the key credential of before may not be deleted yet. */
  #updateHold(generation: number, resource: Deployed): void {
    const { held, told } = resource;
    if (held !== undefined && held !== told) {
      const reason = reasonToKeep(this.organisation.facts(), { generation, thumbprint: held }, false);
      if (reason && reason.kind !== "named") throw new Refused("its former key credential must stay");
    }
    resource.held = told as string;
  }

  /** What the hold's delete refuses, before the key credential goes. */
  #requireFree(generation: number, thumbprint = ""): void {
    if (reasonToKeep(this.organisation.facts(), { generation, thumbprint }, false))
      throw new Refused("its key credential must stay");
  }

  #remove(generation: number, { thumbprint, previous }: Deployed, declared: number[]): void {
    const { organisation } = this;
    const isFollowed = declared.some((other) => other > generation);
    const isPrevious = organisation.previous !== "" && [thumbprint, previous].includes(organisation.previous);
    if (isFollowed && isPrevious) organisation.clearPrevious();
    const facts = organisation.facts();
    const own = findCertificate(facts, thumbprint);
    const isMade = own !== undefined && isOurs(facts.organizationId, own);
    for (const made of new Set([...madeForGeneration(facts, generation), ...(isMade ? [thumbprint] : [])])) {
      if (!roleOf(facts, made)) organisation.remove(made);
    }
  }
}
