import { setTimeout } from "node:timers/promises";

/**
 * Waits as the real provider waits, a thousand times faster: a second of its lasts a millisecond here. It adds a
 * credential in 20 s, since it looks for it five times 5 s apart; nobody learns anything from sitting through that in a
 * sandbox. How often it looks, and what it does then, is kept.
 */
export function pause(seconds: number): Promise<void> {
  return setTimeout(seconds);
}
