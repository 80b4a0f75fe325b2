import type { StoredCertificate } from "../../../../provider/exchange/stored-certificate";
import type { OrganisationFacts, ServerFacts } from "../../../../provider/resources/oauth-certificate/rules";

export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;
const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
/** Microsoft's script and this package's resources make the next one as early. */
const NEAR_END = 60 * DAY;

/** Numbers that are the same in every run of a seed, from 0 up to 1 (a generator by Park and Miller). */
export function numbers(seed: number): () => number {
  let state = (seed * 48_271) % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Server {
  name: string;
  /** When it answers again; in the past where it does. */
  awayUntil: number;
  certificates: Map<string, StoredCertificate>;
  /** What it signs with: it takes up a change of AuthConfig within a day. */
  signsWith: string;
  takesUpAt: number;
}

/** A change was cut short by the death of whoever made it. */
export class Died extends Error {}

/** An organisation, its tenant and the other hands in it, hour by hour: what the cmdlets do, and nothing of what decides. */
export class SimulatedOrganisation {
  readonly organizationId = ORGANISATION;
  now = Date.parse("2026-01-01T00:00:00Z");
  current = "";
  previous = "";
  next = "";
  nextDate = 0;
  changedAt = 0;
  /** By how much the clock of the machine that runs Pulumi is ahead of Exchange's. */
  private readonly ahead: number;
  readonly servers: Server[];
  /** The tenant's key credentials: ids and the thumbprints that they are of. */
  readonly tenant = new Map<number, string>();
  /** Writes that whoever works now may still make before it dies. */
  writesLeft = Number.POSITIVE_INFINITY;
  #made = 0;
  #servicelet = 0;
  #lost = "";

  constructor(
    private readonly random: () => number,
    private readonly lifetimeDays: number,
  ) {
    this.servers = ["MBX1", "MBX2", "MBX3"].map((name) => ({
      name,
      awayUntil: 0,
      certificates: new Map(),
      signsWith: "",
      takesUpAt: 0,
    }));
    const setups = this.#certificate("", this.lifetimeDays * (0.3 + 0.7 * random()));
    for (const server of this.servers) {
      server.certificates.set(setups.thumbprint, setups);
      server.signsWith = setups.thumbprint;
    }
    this.current = setups.thumbprint;
    this.ahead = (random() - 0.5) * 60 * DAY;
  }

  isUp = ({ awayUntil }: Server): boolean => awayUntil <= this.now;

  certificateOf(thumbprint: string): StoredCertificate | undefined {
    return this.servers.map(({ certificates }) => certificates.get(thumbprint)).find(Boolean);
  }

  /** What a look at it shows. */
  facts(): OrganisationFacts {
    const { organizationId, current, previous, next, now } = this;
    const servers = this.servers.map(
      (server): ServerFacts => ({
        name: server.name,
        certificates: this.isUp(server) ? [...server.certificates.values()] : { unreachable: "it is away" },
      }),
    );
    const nextEffectiveDate = next === "" ? undefined : new Date(this.nextDate);
    return {
      organizationId,
      now: new Date(now),
      ourNow: new Date(now + this.ahead),
      current,
      previous,
      next,
      nextEffectiveDate,
      namedBy: new Date(this.changedAt),
      servers,
    };
  }

  /** A write, before or after which whoever makes it may die. */
  #write(change: () => void): void {
    if (this.writesLeft <= 0) throw new Died();
    this.writesLeft -= 0.5;
    if (this.writesLeft <= 0) throw new Died();
    change();
    this.writesLeft -= 0.5;
    if (this.writesLeft <= 0) throw new Died();
  }

  make(subjectKeyIdentifier: string): string {
    const made = this.#certificate(subjectKeyIdentifier, this.lifetimeDays);
    this.#write(() => this.servers.find(this.isUp)?.certificates.set(made.thumbprint, made));
    return made.thumbprint;
  }

  /** Exchange exports nothing that AuthConfig names. */
  copy(thumbprint: string): void {
    if ([this.current, this.next, this.previous].includes(thumbprint)) return;
    const certificate = this.servers
      .filter(this.isUp)
      .map(({ certificates }) => certificates.get(thumbprint))
      .find(Boolean);
    for (const server of this.servers) {
      if (!certificate || !this.isUp(server) || server.certificates.has(thumbprint)) continue;
      this.#write(() => server.certificates.set(thumbprint, certificate));
    }
  }

  stage(thumbprint: string, date: Date): void {
    if (date.getTime() <= this.now) throw new Error("Exchange refuses a date that is over");
    this.#write(() => {
      this.next = thumbprint;
      this.changedAt = this.now;
      this.nextDate = date.getTime();
      this.#servicelet = this.nextDate + (12 + 12 * this.random()) * HOUR;
    });
  }

  name(thumbprint: string): void {
    this.#write(() => this.#switchTo(thumbprint));
  }

  clearPrevious(): void {
    this.#write(() => {
      this.previous = "";
      this.changedAt = this.now;
    });
  }

  remove(thumbprint: string): void {
    if ([this.current, this.next, this.previous].includes(thumbprint)) throw new Error("a named one is not removed");
    for (const server of this.servers.filter(this.isUp)) {
      if (server.certificates.has(thumbprint)) this.#write(() => server.certificates.delete(thumbprint));
    }
  }

  tell(id: number, thumbprint: string): void {
    this.#write(() => this.tenant.set(id, thumbprint));
  }

  untell(id: number): void {
    this.#write(() => this.tenant.delete(id));
  }

  /** The key credential of a generation that no program declares any more goes for good. */
  forget(id: number): void {
    const thumbprint = this.tenant.get(id);
    this.untell(id);
    const signers = this.servers.filter((server) => this.isUp(server) && server.signsWith === thumbprint);
    if (thumbprint === undefined || this.isKnown(thumbprint) || signers.length === 0) return;
    this.#lost = `${signers.map(({ name }) => name).join(", ")} signs with ${thumbprint}, whose key credential was removed`;
  }

  isKnown(thumbprint: string): boolean {
    return [...this.tenant.values()].includes(thumbprint);
  }

  /** An hour passes: the servicelet works, and perhaps another hand. Says what happened. */
  pass(hand: "none" | "script" | "administrator" | "away" | "wizard" | "back" | "publishes" | "clears"): string {
    this.now += HOUR;
    const staged = this.certificateOf(this.next);
    if (staged && this.now >= this.#servicelet && staged.notAfter.getTime() > this.now) this.#switchTo(this.next);
    for (const server of this.servers) {
      if (server.signsWith !== this.current && this.now >= server.takesUpAt) server.signsWith = this.current;
    }
    const allUp = this.servers.every(this.isUp);
    if (hand === "away") {
      const server = this.servers[Math.floor(this.random() * this.servers.length)] as Server;
      if (allUp) server.awayUntil = this.now + this.random() * 10 * DAY;
    } else if (hand === "wizard") this.#tellAll();
    else if (hand === "script" && allUp && this.next === "" && this.#nearEnd()) {
      const made = this.#elsewhere();
      this.stage(made, new Date(this.now + 30 * DAY));
    } else if (hand === "administrator" && allUp) {
      // Whoever swaps it by hand runs the wizard right away: else the tenant would know nothing of it, whatever we do.
      this.#switchTo(this.#elsewhere());
      this.#tellAll();
    } else if (hand === "clears" && this.previous !== "") {
      this.previous = "";
      this.changedAt = this.now;
    } else if (hand === "back" && allUp && this.#canServe(this.previous)) this.#switchTo(this.previous);
    else if (hand === "publishes" && allUp && this.#canServe(this.next)) this.#switchTo(this.next);
    else return "";
    return hand;
  }

  /** What is wrong at this hour; empty where sign-in works for everyone. */
  trouble(): string {
    if (this.#lost !== "") return this.#lost;
    const current = this.certificateOf(this.current);
    if (!current) return `the current certificate ${this.current} is on no server`;
    if (current.notAfter.getTime() < this.now) return `the current certificate ${this.current} has expired`;
    const lacking = this.servers.filter((server) => this.isUp(server) && !server.certificates.has(this.current));
    if (lacking.length > 0)
      return `${lacking.map(({ name }) => name).join(", ")} lacks the current certificate ${this.current}`;
    return this.isKnown(this.current) ? "" : `the tenant does not know the current certificate ${this.current}`;
  }

  /** Nobody who knows what it does names a certificate that ends soon, that a server lacks or that the tenant refuses. */
  #canServe(thumbprint: string): boolean {
    const certificate = this.certificateOf(thumbprint);
    if (!certificate || certificate.notAfter.getTime() - this.now <= NEAR_END) return false;
    return this.isKnown(thumbprint) && this.servers.every(({ certificates }) => certificates.has(thumbprint));
  }

  #nearEnd(): boolean {
    const current = this.certificateOf(this.current);
    return current !== undefined && current.notAfter.getTime() - this.now <= NEAR_END;
  }

  /** Made by another hand, on every server. */
  #elsewhere(): string {
    const made = this.#certificate("", this.lifetimeDays);
    for (const server of this.servers) server.certificates.set(made.thumbprint, made);
    return made.thumbprint;
  }

  #tellAll(): void {
    for (const thumbprint of [this.current, this.next]) {
      if (thumbprint !== "" && !this.isKnown(thumbprint)) this.tenant.set(1e6 + this.#made, thumbprint);
    }
  }

  #switchTo(thumbprint: string): void {
    this.previous = this.current;
    this.current = thumbprint;
    this.changedAt = this.now;
    for (const server of this.servers) server.takesUpAt = this.now + this.random() * DAY;
    if (this.next === thumbprint) this.next = "";
  }

  #certificate(subjectKeyIdentifier: string, days: number): StoredCertificate {
    this.#made += 1;
    return {
      thumbprint: this.#made.toString(16).toUpperCase().padStart(40, "0"),
      serialNumber: "01",
      subjectKeyIdentifier,
      subject: "CN=Microsoft Exchange Server Auth Certificate",
      keyAlgorithm: "rsa",
      keySize: 2048,
      notBefore: new Date(this.now),
      notAfter: new Date(this.now + days * DAY),
      der: Buffer.alloc(0),
      privateKey: "unknown",
      exportable: "unknown",
    };
  }
}
