import { isObject, type PropertyMap, type PropertyValue } from "../values/property";

/**
 * The inputs in which every property that `paths` names has its old value (or is absent where it was). A path is a
 * property's name, or names and indexes joined as in `note.x`, `list[0]` or `map["a b"]`.
 */
export function ignoreChanges(news: PropertyMap, olds: PropertyMap, paths: readonly string[]): PropertyMap {
  return paths.reduce((inputs, path) => takeOld(inputs, olds, parsePath(path)) as PropertyMap, news);
}

export function parsePath(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted?.replace(/\\(.)/g, "$1") ?? index ?? name ?? "",
  );
}

function takeOld(
  news: PropertyValue | undefined,
  olds: PropertyValue | undefined,
  path: readonly string[],
): PropertyValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return olds;
  if (Array.isArray(news) && Array.isArray(olds)) {
    return news.map((value, index) =>
      key === "*" || Number(key) === index ? (takeOld(value, olds[index], rest) ?? value) : value,
    );
  }
  if (!isObject(news) || !isObject(olds)) return news;
  const keys = key === "*" ? [...new Set([...Object.keys(news), ...Object.keys(olds)])] : [key];
  const result = { ...news };
  for (const one of keys) {
    const value = takeOld(news[one], olds[one], rest);
    if (value === undefined) delete result[one];
    else result[one] = value;
  }
  return result;
}
