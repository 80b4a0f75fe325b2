import type { ErrorRecord, Value } from "pulumi-exchange-server/protocol";

/** A cmdlet's objects as JSON: dates as ISO 8601, bytes as base64. */
export function objectsAsJson(objects: readonly Value[]): string {
  return `${JSON.stringify(objects.map(plainValue), null, 2)}\n`;
}

function plainValue(value: Value): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plainValue);
  // A Date and a Secret say themselves what they are in JSON.
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainValue(inner as Value)]));
}

/** An error record as PowerShell's normal view shows it. */
export function errorText(cmdlet: string, record: ErrorRecord): string {
  const { category, target, reason, message, fullyQualifiedErrorId } = record;
  return [
    `${cmdlet} : ${message}`,
    `    + CategoryInfo          : ${category}: (${target}:) [${cmdlet}], ${reason}`,
    `    + FullyQualifiedErrorId : ${fullyQualifiedErrorId}`,
    "",
  ].join("\n");
}
