import type { CallExpr, Expr } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import { type Aliases, callName, moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { lineAt } from '../elixir/position.ts';
import type { ImportedModule, Scope, UsedModule } from './model.ts';

/** What the `use`, `import` and `alias` lines of a body bring; `aliases` hold for its names. */
export function scopeOf(body: readonly Expr[], aliases: Aliases, text: string): Scope {
  const calls = statementsOf(body).filter((expr): expr is CallExpr => expr.kind === 'call');
  // Functions may import for themselves; that one has a name that another has not does no harm here.
  const imports = everyExpr(body).filter((expr): expr is CallExpr => callName(expr) === 'import');
  return {
    uses: calls.flatMap((call) => (callName(call) === 'use' ? usedModules(call, aliases, text) : [])),
    imports: imports.flatMap((call) => importedModules(call, aliases, calls.includes(call))),
    aliases,
  };
}

/** The lines of a body, those in `if` and the like included: what they define may be there. */
export function statementsOf(body: readonly Expr[]): Expr[] {
  return body.flatMap((expr) => {
    if (expr.kind === 'clause') return statementsOf(expr.body);
    const branches = expr.kind === 'call' && ['if', 'unless', 'case', 'cond', 'for'].includes(callName(expr) ?? '');
    if (!branches || expr.kind !== 'call' || !expr.block) return [expr];
    return statementsOf([...expr.block.body, ...expr.block.sections.flatMap((section) => section.body)]);
  });
}

function usedModules(call: CallExpr, aliases: Aliases, text: string): UsedModule[] {
  const [target, option] = call.args;
  const module = target && moduleName(target, aliases);
  if (module === undefined) return [];
  const options = keywordPairs(option) ?? [];
  const off = options.filter(({ value }) => value.kind === 'atom' && value.name === 'false').map(({ name }) => name);
  return [{ module, role: option?.kind === 'atom' ? option.name : null, off, line: lineAt(text, call.range.start) }];
}

function importedModules(call: CallExpr, aliases: Aliases, isOfBody: boolean): ImportedModule[] {
  const [target, options] = call.args;
  const module = target && moduleName(target, aliases);
  if (module === undefined) return [];
  const [only, except] = [namesUnder('only', options), namesUnder('except', options)];
  const isPlain = options === undefined || only !== null || except !== null;
  return [{ module, only, except, isSure: isOfBody && isPlain }];
}

/** `only: [a: 1, b: 2]` */
function namesUnder(key: string, options: Expr | undefined): ReadonlySet<string> | null {
  const value = options && keywordPairs(options)?.find(({ name }) => name === key)?.value;
  const pairs = value && keywordPairs(value);
  return pairs ? new Set(pairs.map(({ name }) => name)) : null;
}
