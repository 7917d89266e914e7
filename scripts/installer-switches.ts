import type { Expr } from '../src/elixir/ast.ts';
import { findExpr } from '../src/elixir/children.ts';
import { parse } from '../src/elixir/parse.ts';
import { generatorFlags, quietSwitches, runSwitches, synonyms } from '../src/pristine/flag-data.ts';

/** Options that say what the project is called. */
const namings = ['--app', '--module', '--web-module'];

/** Every option that the flags know in some version, without values and without the `no-` that any may have. */
function known(): Set<string> {
  const spellings = [...generatorFlags.flatMap((flag) => flag.spellings), ...quietSwitches].map(({ as }) => as);
  const all = [...spellings, ...runSwitches, ...synonyms.keys(), ...namings];
  return new Set(all.map((text) => (text.split(' ')[0] ?? '').replace(/^--(?:no-)?/, '')));
}

/** Options in the `@switches` of the task `phx.new` that the flags know nothing of, as `--name`. */
export function unknownSwitches(task: string): string[] {
  const names = known();
  return switchesOf(task)
    .map((name) => name.replaceAll('_', '-'))
    .filter((name) => !names.has(name.replace(/^no-/, '')))
    .map((name) => `--${name}`);
}

function switchesOf(task: string): string[] {
  const found: string[] = [];
  findExpr(parse(task).body, (expr) => {
    const list = switches(expr);
    if (list?.kind === 'list') {
      for (const item of list.items) if (item.kind === 'keywords') found.push(...item.pairs.map(({ name }) => name));
    }
    return false;
  });
  return found;
}

/** The value of `@switches […]`. */
function switches(expr: Expr): Expr | undefined {
  if (expr.kind !== 'unary' || expr.operator !== '@' || expr.operand.kind !== 'call') return undefined;
  const { target, args } = expr.operand;
  return target.kind === 'identifier' && target.name === 'switches' ? args[0] : undefined;
}
