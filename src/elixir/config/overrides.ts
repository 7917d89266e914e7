import type { ConfigEntry } from './model.ts';

/** Marks each entry that a later one replaces: same scope, same conditions, and its key path or one around it. */
export function withOverrides(entries: readonly ConfigEntry[]): ConfigEntry[] {
  const later = new Map<string, ConfigEntry>();
  return [...entries]
    .reverse()
    .map((entry) => {
      const overridden = prefixes(entry).some((name, index, all) => {
        const winner = later.get(name);
        return winner !== undefined && (index === all.length - 1 || replacesBelow(winner));
      });
      later.set(nameOf(entry, entry.keyPath), entry);
      return { ...entry, overridden };
    })
    .reverse();
}

function prefixes(entry: ConfigEntry): string[] {
  return entry.keyPath.map((_, index) => nameOf(entry, entry.keyPath.slice(0, index + 1)));
}

function nameOf(entry: ConfigEntry, keyPath: readonly string[]): string {
  const conditions = entry.conditions.map(({ kind, test, pattern }) => [kind, test, pattern]);
  return JSON.stringify([entry.scope, keyPath, conditions]);
}

/** A later list may be merged with the keywords before it; a literal of another kind replaces them. */
function replacesBelow({ value }: ConfigEntry): boolean {
  return ['atom', 'alias', 'number', 'string', 'tuple', 'map'].includes(value.kind);
}
