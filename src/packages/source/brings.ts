import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName, type FunctionClause, functionsOf } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { aritiesOf, headsOf } from './heads.ts';

const directives = new Set(['import', 'use', 'alias', 'require']);

/**
 * What `use` of a module brings, as its `__using__` macro and the functions of the module that it calls say by syntax:
 * `import Plug.Conn`, `import Phoenix.HTML except: label/1`, `use Phoenix.Component`, `def action/2`. Options of `use` are not followed, so it may
 * be more than one `use` brings.
 */
export function bringsOf(body: readonly Expr[]): string[] {
  const functions = functionsOf(body);
  const using = functions.filter(({ name }) => name === '__using__');
  const seen = new Set<string>(['__using__']);
  const brought = new Set<string>();
  const open = [...using];
  for (let clause = open.pop(); clause; clause = open.pop()) {
    for (const call of callsIn(clause.body)) {
      const said = directive(call);
      if (said) brought.add(said);
      for (const next of calledHere(call, functions)) {
        if (seen.has(next.name)) continue;
        seen.add(next.name);
        open.push(...functions.filter(({ name }) => name === next.name));
      }
    }
  }
  return [...brought].sort();
}

function callsIn(body: readonly Expr[]): CallExpr[] {
  return everyExpr(body).filter((expr) => expr.kind === 'call');
}

function calledHere(call: CallExpr, functions: readonly FunctionClause[]): FunctionClause[] {
  const names = [callName(call), ...call.args.map((arg) => (arg.kind === 'identifier' ? arg.name : undefined))];
  return functions.filter(({ name }) => names.includes(name));
}

function directive(call: CallExpr): string | null {
  const word = callName(call);
  if (word === 'def' || word === 'defmacro') {
    const [head] = headsOf(call);
    const arity = head && aritiesOf(head.args).at(-1);
    return head && typeof head.name === 'string' && !head.name.startsWith('__') ? `def ${head.name}/${arity}` : null;
  }
  const [module, options] = call.args;
  if (word === undefined || !directives.has(word) || module?.kind !== 'alias') return null;
  return `${word} ${module.name}${word === 'import' ? selection(options) : ''}`;
}

/** ` except: label/1 form_for/3` of an import. */
function selection(options: Expr | undefined): string {
  for (const { name, value } of keywordPairs(options) ?? []) {
    if (name !== 'only' && name !== 'except') continue;
    const picked = (keywordPairs(value) ?? []).map(
      (pair) => `${pair.name}/${pair.value.kind === 'number' ? pair.value.text : '?'}`,
    );
    return ` ${name}: ${value.kind === 'atom' ? value.name : picked.join(' ')}`;
  }
  return '';
}
