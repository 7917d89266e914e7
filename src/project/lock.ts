import type { Expr } from '../elixir/ast.ts';
import { parse } from '../elixir/parse.ts';

/** Locked versions of hex packages by dep name, from the text of a `mix.lock`. */
export function lockedVersions(text: string): Map<string, string> {
  const versions = new Map<string, string>();
  const [map] = parse(text).body;
  if (map?.kind !== 'map') return versions;
  for (const item of map.items) {
    if (item.kind !== 'keywords') continue;
    for (const { name, value } of item.pairs) {
      const version = hexVersion(value);
      if (version) versions.set(name, version);
    }
  }
  return versions;
}

/** `{:hex, :phoenix, "1.7.14", …}`; git locks name a commit, not a version. */
function hexVersion(value: Expr): string | null {
  if (value.kind !== 'tuple') return null;
  const [source, , version] = value.items;
  const part = version?.kind === 'string' ? version.parts[0] : undefined;
  return source?.kind === 'atom' && source.name === 'hex' && typeof part === 'string' ? part : null;
}
