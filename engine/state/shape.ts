/**
 * What JSON must look like: a type's name, a list's element in brackets, or keys (those that end with `?` may be absent or
 * null; `*?` is any key).
 */
export type Shape = "string" | "number" | "boolean" | readonly [Shape] | { readonly [key: string]: Shape };

/** Where a value differs from its shape, in words; undefined where it does not. Further keys are nobody's business here. */
export function mismatch(value: unknown, shape: Shape, at = ""): string | undefined {
  const name = at === "" ? "it" : `"${at}"`;
  if (typeof shape === "string") return typeof value === shape ? undefined : `${name} is not a ${shape}`;
  if (isList(shape)) {
    if (!Array.isArray(value)) return `${name} is not a list`;
    return first(value.map((element, index) => () => mismatch(element, shape[0], `${at}[${index}]`)));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return `${name} is not an object`;
  const keys =
    "*?" in shape ? Object.keys(value).map((key) => [`${key}?`, shape["*?"]] as const) : Object.entries(shape);
  return first(
    keys.map(([key, inner]) => () => {
      const own = key.replace(/\?$/, "");
      const found = Object.hasOwn(value, own) ? (value as Record<string, unknown>)[own] : undefined;
      if (own !== key && (found === undefined || found === null)) return undefined;
      return mismatch(found, inner as Shape, at === "" ? own : `${at}.${own}`);
    }),
  );
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

function first(questions: (() => string | undefined)[]): string | undefined {
  for (const question of questions) {
    const answer = question();
    if (answer !== undefined) return answer;
  }
  return undefined;
}
