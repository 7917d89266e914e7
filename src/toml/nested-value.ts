/** The value at a key path of parsed TOML or YAML; undefined where there is none. */
export function nestedValue(value: unknown, keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((at, part) => {
    if (Array.isArray(at)) return typeof part === 'number' ? at[part] : undefined;
    return isRecord(at) ? at[part] : undefined;
  }, value);
}

function isRecord(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
