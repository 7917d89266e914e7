/** A one-line import of a script: what it asks for and the names that it binds. */
interface ScriptImport {
  readonly specifier: string;
  readonly names: readonly string[];
}

const statement = /^\s*import\s+(?:(?<clause>[\w$*{},\s]+?)\s*from\s*)?["'](?<specifier>[^"']+)["']\s*;?\s*$/;

/** What an import line asks for and binds; null for any other line, and for an import over several lines. */
export function importOf(line: string): ScriptImport | null {
  const { clause = '', specifier } = statement.exec(line)?.groups ?? {};
  if (specifier === undefined) return null;
  const [, single = ''] = /^([^{]*)/.exec(clause) ?? [];
  const [, several = ''] = /\{([^}]*)\}/.exec(clause) ?? [];
  const names = [...single.split(','), ...several.split(',')].map(
    (part) =>
      part
        .trim()
        .split(/\s+as\s+/)
        .at(-1) ?? '',
  );
  return { specifier, names: names.filter((name) => name !== '') };
}

/** Whether what a line imports is there already: the same from the same place, or each of its names from elsewhere. */
export function isImported(line: string, lines: readonly string[]): boolean {
  const wanted = importOf(line);
  if (wanted === null) return false;
  const others = lines.flatMap((other) => importOf(other) ?? []);
  if (wanted.names.length === 0) return others.some(({ specifier }) => specifier === wanted.specifier);
  return wanted.names.every((name) => others.some(({ names }) => names.includes(name)));
}

/** Whether no two imports of a script bind the same name: with such a pair it does not even parse. */
export function bindsOnce(text: string): boolean {
  const names = text.split('\n').flatMap((line) => importOf(line)?.names ?? []);
  return new Set(names).size === names.length;
}
