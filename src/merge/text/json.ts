/** A value of JSON. */
type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Merges JSON by keys, in the user's order and layout. Null where a text is no JSON, where the user's layout is not
 * the usual one key a line (lines then keep it better), or where both changed one key.
 */
export function mergeJson(base: string, yours: string, target: string): string | null {
  const [b, y, t] = [base, yours, target].map(parsed);
  if (!isObject(b) || !isObject(y) || !isObject(t)) return null;
  const indent = /^[ \t]+(?=")/m.exec(yours)?.[0] ?? '  ';
  if (`${JSON.stringify(y, null, indent)}\n` !== yours) return null;
  const merged = mergeObjects(b, y, t, []);
  return merged && `${JSON.stringify(merged, null, indent)}\n`;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The merged object; null where a key was changed by both. */
function mergeObjects(
  base: JsonObject,
  yours: JsonObject,
  target: JsonObject,
  path: readonly string[],
): JsonObject | null {
  const entries: [string, Json][] = [];
  for (const key of new Set([...Object.keys(yours), ...Object.keys(target)])) {
    const value = mergeKey(base[key], yours[key], target[key], [...path, key]);
    if (value === null) return null;
    if (value.value !== undefined) entries.push([key, value.value]);
  }
  return Object.fromEntries(entries);
}

interface Value {
  readonly value: Json | undefined;
}

function mergeKey(
  base: Json | undefined,
  yours: Json | undefined,
  target: Json | undefined,
  path: readonly string[],
): Value | null {
  if (same(yours, target) || same(base, target)) return { value: yours };
  if (same(base, yours)) return { value: target };
  if (isObject(yours) && isObject(target)) {
    const value = mergeObjects(isObject(base) ? base : {}, yours, target, path);
    return value && { value };
  }
  if (Array.isArray(yours) && Array.isArray(target)) return { value: mergeArrays(base, yours, target) };
  // Taken out by the user: not put back because its value changed.
  if (yours === undefined) return { value: undefined };
  const requirement = isRequirement(path) ? higher(yours, target) : undefined;
  return requirement === undefined ? null : { value: requirement };
}

function mergeArrays(base: Json | undefined, yours: readonly Json[], target: readonly Json[]): Json {
  const then: readonly Json[] = Array.isArray(base) ? base : [];
  const has = (list: readonly Json[], item: Json) => list.some((other) => same(other, item));
  const kept = yours.filter((item) => !has(then, item) || has(target, item));
  return [...kept, ...target.filter((item) => !has(then, item) && !has(kept, item))];
}

function isRequirement(path: readonly string[]): boolean {
  return path.length === 2 && /^(d|devD|peerD|optionalD)ependencies$/.test(path[0] ?? '');
}

/** The requirement with the higher lowest version; undefined where one has none, as a path or a tag. */
function higher(yours: Json, target: Json | undefined): string | undefined {
  const [y, t] = [lowest(yours), lowest(target)];
  if (!y || !t) return undefined;
  const place = y.findIndex((part, index) => part !== t[index]);
  const greater = place !== -1 && (y[place] ?? 0) > (t[place] ?? 0);
  return String(greater || place === -1 ? yours : target);
}

function lowest(requirement: Json | undefined): number[] | null {
  const match = typeof requirement === 'string' ? /^[~^]?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(requirement) : null;
  return match === null ? null : match.slice(1).map((part) => Number(part ?? 0));
}
