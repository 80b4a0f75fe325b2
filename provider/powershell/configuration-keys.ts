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

/** Of some keys, without their namespace, those that nothing reads, each with the key that was probably meant. */
export function unreadKeys(keys: readonly string[]): { key: string; meant: string }[] {
  const known: readonly string[] = CONFIGURATION_KEYS;
  return keys.filter((key) => !known.includes(key)).map((key) => ({ key, meant: nearest(key, known) }));
}
