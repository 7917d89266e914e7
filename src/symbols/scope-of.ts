import type { CallExpr, Expr } from '../elixir/ast.ts';
import { type Aliases, callName, moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { lineAt } from '../elixir/position.ts';
import type { ImportedModule, Scope, UsedModule } from './model.ts';

/** What the `use`, `import` and `alias` lines of a body bring; `aliases` hold for its names. */
export function scopeOf(body: readonly Expr[], aliases: Aliases, text: string): Scope {
  const calls = body.filter((expr): expr is CallExpr => expr.kind === 'call');
  return {
    uses: calls.flatMap((call) => (callName(call) === 'use' ? usedModules(call, aliases, text) : [])),
    imports: calls.flatMap((call) => (callName(call) === 'import' ? importedModules(call, aliases) : [])),
    aliases,
  };
}

function usedModules(call: CallExpr, aliases: Aliases, text: string): UsedModule[] {
  const [target, option] = call.args;
  const module = target && moduleName(target, aliases);
  if (module === undefined) return [];
  return [{ module, role: option?.kind === 'atom' ? option.name : null, line: lineAt(text, call.range.start) }];
}

function importedModules(call: CallExpr, aliases: Aliases): ImportedModule[] {
  const [target, options] = call.args;
  const module = target && moduleName(target, aliases);
  if (module === undefined) return [];
  return [{ module, only: namesUnder('only', options), except: namesUnder('except', options) }];
}

/** `only: [a: 1, b: 2]` */
function namesUnder(key: string, options: Expr | undefined): ReadonlySet<string> | null {
  const value = options && keywordPairs(options)?.find(({ name }) => name === key)?.value;
  const pairs = value && keywordPairs(value);
  return pairs ? new Set(pairs.map(({ name }) => name)) : null;
}
