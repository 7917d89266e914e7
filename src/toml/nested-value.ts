/** The value at a key path of parsed TOML or YAML; undefined where there is none. */
export function nestedValue(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, part) => (isRecord(at) ? at[part] : undefined), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
