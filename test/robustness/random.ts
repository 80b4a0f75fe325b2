/** Numbers that only look random: the same seed gives the same ones on every machine. */
export class Random {
  #state: number;

  /** @param seed with the name of what it is for, so that two suites of one seed do not share their numbers. */
  constructor(seed: number, name: string) {
    this.#state = seed;
    for (const sign of name) this.#state = Math.imul(this.#state ^ sign.charCodeAt(0), 0x01000193) >>> 0;
  }

  /** From 0 to 1, without 1. Source: mulberry32, in the public domain. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `limit`, without it. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** The same items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [order[last], order[other]] = [order[other] as T, order[last] as T];
    }
    return order;
  }
}
