import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { withChanges } from '../../elixir/edited.ts';
import { aliasesOf, callName, modulesOf } from '../../elixir/module.ts';
import { parse } from '../../elixir/parse.ts';
import { bodyText, linesOf, type Region, textOf } from './region.ts';
import type { TextMerge, Texts } from './text-merge.ts';

/**
 * The texts with the generator's in the user's short names: who writes `Sandbox.checkout(Repo)` below aliases of their own has
 * changed nothing of `Ecto.Adapters.SQL.Sandbox.checkout(Shop.Repo)`, and wants to read it that way again. Null where the user has
 * no alias that the generator's texts lack.
 */
export function withOwnAliases(texts: Texts): Texts | null {
  const { base, yours, target } = texts;
  const known = new Set([base, target].flatMap((text) => [...aliasesIn(text).keys()]));
  const own = [...aliasesIn(yours)].filter(([name]) => !known.has(name));
  if (own.length === 0) return null;
  const [old, next] = [base, target].map((text) => shortened(text, own));
  return old === undefined || next === undefined || (old === base && next === target)
    ? null
    : { ...texts, base: old, target: next };
}

/** Short names with the full ones, of the whole file. */
function aliasesIn(text: string): ReadonlyMap<string, string> {
  const source = parse(text);
  return new Map(
    modulesOf(source).flatMap((module) =>
      [...aliasesOf(module)].filter(([short, full]) => short !== '__MODULE__' && short !== full),
    ),
  );
}

function shortened(text: string, aliases: readonly (readonly [string, string])[]): string {
  const all = everyExpr(parse(text).body);
  const named = new Set(all.flatMap(namesIn));
  const changes = all.flatMap((expr) => {
    if (expr.kind !== 'alias' || named.has(expr)) return [];
    const [short, full] = aliases.find(([, name]) => expr.name === name || expr.name.startsWith(`${name}.`)) ?? [];
    if (short === undefined || full === undefined) return [];
    return [{ ...expr.range, text: `${short}${expr.name.slice(full.length)}` }];
  });
  return withChanges(text, changes);
}

/** What a directive or definition names in full: an alias is none of an alias's own name. */
function namesIn(expr: Expr): readonly Expr[] {
  const name = callName(expr);
  if (expr.kind !== 'call' || (name !== 'alias' && name !== 'defmodule')) return [];
  return everyExpr(expr.args.slice(0, 1));
}

/**
 * A merge without the user's aliases, one a line, that it leaves without any use: the compiler warns of them. One that the user's
 * file did not use either stays.
 */
export function withoutIdleAliases(merge: TextMerge, { yours }: Texts): TextMerge {
  const result = bodyText(merge.regions);
  const idle = [...aliasesIn(yours)].filter(([short]) => uses(yours, short) > 0 && uses(result, short) === 0);
  if (idle.length === 0) return merge;
  const lines = new Set(idle.map(([, full]) => `alias ${full}`));
  const regions = merge.regions.map((region): Region => {
    if (region.kind === 'conflict') return region;
    const text = textOf(linesOf(region.text).filter((line) => !lines.has(line.trim())));
    return text === region.text ? region : { ...region, kind: 'merged', text };
  });
  return { ...merge, regions };
}

/** How often a file names a module by a short name, the alias itself aside. */
function uses(text: string, short: string): number {
  const all = everyExpr(parse(text).body);
  const named = new Set(all.flatMap(namesIn));
  return all.filter(
    (expr) => expr.kind === 'alias' && !named.has(expr) && (expr.name === short || expr.name.startsWith(`${short}.`)),
  ).length;
}
