import type { CallExpr, Expr, Source } from '../ast.ts';
import { childrenOf, findExpr } from '../children.ts';
import { replaceExpr } from '../edit/elements.ts';
import { changed } from '../edit/members.ts';
import { type Body, bodyOf, removal } from '../edit/statements.ts';
import { type Edited, edited, refused, type TextChange } from '../edited.ts';
import { callName } from '../module.ts';
import { keywordPairs } from '../options.ts';
import { parse } from '../parse.ts';
import type { SupervisionChild } from './child.ts';
import { importsSpec, readSupervision, type Supervision } from './read.ts';

/**
 * Turns `worker` and `supervisor` of Supervisor.Spec into child specs, and drops its import once nothing else
 * needs it. Modules of `plain` become bare names; of any other nobody here knows whether it has a
 * `child_spec/1`, so it becomes a map that starts it exactly as before.
 */
export function moderniseChildren(source: Source, tree: Supervision, plain: readonly string[]): Edited {
  const old = tree.children.filter(({ form }) => form === 'worker' || form === 'supervisor');
  const specs = old.map((child) => ({ child, spec: specOf(source.text, child, plain) }));
  const unclear = specs.find(({ spec }) => spec === null);
  if (unclear) return refused(`the arguments of ${unclear.child.name} are no literals`);
  const changes = specs.flatMap(({ child, spec }): readonly TextChange[] =>
    spec === null ? [] : replaceExpr(source, child.expr, spec),
  );
  const result = edited(source.text, changes);
  return result.ok ? withoutImport(result.text) : result;
}

/** The child spec for `worker(Mod, args, opts)`; null where what it says cannot be told. */
function specOf(text: string, child: SupervisionChild, plain: readonly string[]): string | null {
  const call = child.expr as CallExpr;
  const [module, args, options] = call.args;
  const source = (expr: Expr) => text.slice(expr.range.start, expr.range.end);
  const pairs = options === undefined ? [] : keywordPairs(options);
  if (module === undefined || pairs === null) return null;
  const none = args === undefined || (args.kind === 'list' && args.items.length === 0);
  if (none && pairs.length === 0 && child.module !== null && plain.includes(child.module)) return source(module);
  const given = new Map(pairs.map(({ name, value }) => [name, source(value)]));
  const start = `{${source(module)}, ${given.get('function') ?? ':start_link'}, ${args ? source(args) : '[]'}}`;
  const fields = [`id: ${given.get('id') ?? source(module)}`, `start: ${start}`];
  for (const name of ['restart', 'shutdown', 'modules']) {
    const value = given.get(name);
    if (value !== undefined) fields.push(`${name}: ${value}`);
  }
  if (child.form === 'supervisor') fields.push('type: :supervisor');
  return `%{${fields.join(', ')}}`;
}

/** Functions that only the import brings in. */
const imported = new Set(['worker', 'supervisor', 'supervise']);

function withoutImport(text: string): Edited {
  const source = parse(text);
  const tree = readSupervision(source);
  const needed = findExpr(source.body, (expr) => imported.has(callName(expr) ?? ''));
  if (!tree?.specImport || needed) return { ok: true, text };
  const found = importIn(source.body);
  return found ? changed(text, removal(source, found.body, found.statement)) : { ok: true, text };
}

function importIn(exprs: readonly Expr[]): { body: Body; statement: Expr } | null {
  for (const expr of exprs) {
    const body = expr.kind === 'call' && expr.block ? bodyOf(expr.block) : null;
    const statement = body?.statements.find(importsSpec);
    const found = body && statement ? { body, statement } : importIn(childrenOf(expr));
    if (found) return found;
  }
  return null;
}
