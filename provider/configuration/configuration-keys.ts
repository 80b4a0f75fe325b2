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

/** The configuration as Pulumi gives it: text, a secret's too. An empty text is as good as none. */
export type ConfigurationTexts = { [key in (typeof CONFIGURATION_KEYS)[number]]?: string };

/** Of some keys, without their namespace, those that nothing reads, each with the key that was probably meant. */
export function unreadKeys(keys: readonly string[]): { key: string; meant: string }[] {
  const known: readonly string[] = CONFIGURATION_KEYS;
  return keys.filter((key) => !known.includes(key)).map((key) => ({ key, meant: nearest(key, known) }));
}
