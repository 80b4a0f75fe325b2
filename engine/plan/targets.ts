/** Resources that a user names by URN, one by one or by pattern: `*` stands for what has no colon, `**` for anything. */
export class Targets {
  readonly #urns: readonly string[];
  readonly #patterns: readonly RegExp[];

  constructor(named: readonly string[]) {
    this.#urns = named.filter((name) => !name.includes("*"));
    this.#patterns = named.filter((name) => name.includes("*")).map(patternOf);
  }

  has(urn: string): boolean {
    return this.#urns.includes(urn) || this.#patterns.some((pattern) => pattern.test(urn));
  }

  /** Those named one by one that are not among the given; a pattern may fit nothing. */
  missingFrom(urns: ReadonlySet<string>): string[] {
    return this.#urns.filter((urn) => !urns.has(urn));
  }
}

function patternOf(name: string): RegExp {
  const parts = name.split("**").map((part) => part.split("*").map(escaped).join("[^:]*"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
