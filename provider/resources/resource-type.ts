/**
 * The type that Pulumi's engine knows a resource of Exchange by: state format, kept for ever. Pulumi itself chooses the
 * way to carry a resource out by what stands before the slash.
 * @param kind the name of the resource's class.
 */
export function resourceType(kind: string): string {
  return `pulumi-nodejs:dynamic/exchange:${kind}`;
}

/**
 * Whether a value is a resource of a type. Pulumi's policies ask it with an object that has `__pulumiType` and nothing
 * else, and a class of another copy of this package is another class: so the type decides, never `instanceof`.
 */
export function isOfType(value: unknown, type: string): boolean {
  return typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === type;
}
