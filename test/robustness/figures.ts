/** How many cases came to what, for one table of docs/robustness.md. */
export class Figures {
  readonly #title: string;
  readonly #counts = new Map<string, number>();
  readonly #broken: { rule: string; id: string; what: string }[] = [];
  #began = 0;

  constructor(title: string) {
    this.#title = title;
    // All files are loaded before the first of them runs.
    before(() => {
      this.#began = performance.now();
    });
  }

  count(outcome: string): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
  }

  /** A case in which a rule did not hold. */
  broke(rule: string, id: string, what: string): void {
    this.#broken.push({ rule, id, what });
  }

  /** Prints them, the most frequent outcome first, as rows of a table in Markdown. */
  print(): void {
    const rows = [...this.#counts].sort(([, one], [, other]) => other - one);
    const all = rows.reduce((sum, [, count]) => sum + count, 0);
    const outcomes = rows.map(([outcome, count]) => `${outcome} ${count}`).join(", ");
    const seconds = Math.round((performance.now() - this.#began) / 1000);
    const broken = this.#broken.length;
    console.log(`\n| ${this.#title} | ${all} | ${outcomes || "–"} | ${broken} | ${seconds} s |`);
  }

  /** @throws Error that names each rule which did not hold, how often, and the cases that show it again. */
  requireNone(file: string, since = 0): void {
    const rules = new Map<string, { id: string; what: string }[]>();
    for (const { rule, ...each } of this.#broken.slice(since)) rules.set(rule, [...(rules.get(rule) ?? []), each]);
    if (rules.size === 0) return;
    const lines = [...rules].flatMap(([rule, cases]) => [
      `${rule}: ${cases.length}`,
      ...cases.slice(0, SHOWN).map(({ id, what }) => `  ROBUSTNESS_CASE='${id}' npx mocha ${file}\n    ${what}`),
    ]);
    throw new Error(`rules that did not hold:\n${lines.join("\n")}`);
  }

  /** How many cases have broken a rule so far. */
  get broken(): number {
    return this.#broken.length;
  }
}

/** Cases that are shown of each rule. */
const SHOWN = Number(process.env.ROBUSTNESS_SHOWN ?? 3);
