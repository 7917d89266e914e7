import type { Expr } from '../elixir/ast.ts';
import { keywordPairs } from '../elixir/options.ts';
import { parse } from '../elixir/parse.ts';
import { plainText } from '../elixir/plain-text.ts';
import { lineAt } from '../elixir/position.ts';

/** What a locked package asks of another. */
export interface LockedDep {
  readonly name: string;
  readonly requirement: string;
  readonly optional: boolean;
}

/** One entry of a `mix.lock`. */
export interface LockedPackage {
  /** The app's name, which mix.exs uses too. */
  readonly name: string;
  /** Its version on Hex; null for one that is locked to a commit. */
  readonly version: string | null;
  /** What this version asks of others, as Hex wrote it down; empty for one from git. */
  readonly deps: readonly LockedDep[];
  /** Counts from 1. */
  readonly line: number;
}

/** Reads a `mix.lock` by its syntax: entries that are none of Hex or git are left out. */
export function readLock(text: string): LockedPackage[] {
  const [map] = parse(text).body;
  if (map?.kind !== 'map') return [];
  return map.items
    .flatMap((item) => keywordPairs(item) ?? [])
    .flatMap((pair) => {
      const entry = pair.value.kind === 'tuple' ? pair.value.items : [];
      const line = lineAt(text, pair.range.start);
      const source = atomName(entry[0]);
      if (source === 'git') return [{ name: pair.name, version: null, deps: [], line }];
      if (source !== 'hex') return [];
      return [{ name: pair.name, version: plainText(entry[2]), deps: requirementsIn(entry[5]), line }];
    });
}

/** `[{:phoenix, "~> 1.5", [hex: :phoenix, repo: "hexpm", optional: false]}]` */
function requirementsIn(list: Expr | undefined): LockedDep[] {
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item) => {
    const [name, requirement, options] = item.kind === 'tuple' ? item.items : [];
    const app = atomName(name);
    const text = plainText(requirement);
    const optional = keywordPairs(options)?.some((pair) => pair.name === 'optional' && atomName(pair.value) === 'true');
    return app === null || text === null ? [] : [{ name: app, requirement: text, optional: optional === true }];
  });
}

function atomName(expr: Expr | undefined): string | null {
  return expr?.kind === 'atom' ? expr.name : null;
}
