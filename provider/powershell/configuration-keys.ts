import { nearest } from "../nearest";

/** The keys of the configuration namespace `exchange`. */
export const CONFIGURATION_KEYS = [
  "connection",
  "command",
  "module",
  "server",
  "authentication",
  "sshDestination",
  "sshConfig",
  "shell",
  "domainController",
  "timeoutSeconds",
  "username",
  "password",
] as const;

/** Of some keys, without their namespace, those that nothing reads, each with why it is refused. */
export function unknownKeys(keys: readonly string[]): { key: string; reason: string }[] {
  const known: readonly string[] = CONFIGURATION_KEYS;
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => ({ key, reason: `is none that there is: the nearest is ${nearest(key, known)}` }));
}
