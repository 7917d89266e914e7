import type { Expr, Range } from '../ast.ts';
import { display } from '../canonical.ts';
import { keywordPairs } from '../options.ts';
import { lineAt } from '../position.ts';
import type { ListedExpr } from './lists.ts';
import type { Dep } from './model.ts';
import { followed, inlined, type Scope } from './scope.ts';

/** A dep from an element of the list of deps; null for what is none. */
export function readDep(text: string, found: ListedExpr): Dep | null {
  const { expr, scope } = followed(found);
  const parts = depParts(expr);
  if (parts === null) return null;
  const requirement = requirementOf(parts.rest[0], scope);
  const options = parts.rest.map((part) => keywordPairs(followed({ expr: part, scope }).expr)).find(Boolean) ?? [];
  const { range } = expr;
  return {
    name: parts.name,
    requirement: requirement?.text ?? null,
    requirementRange: requirement?.range ?? null,
    options: options.map((pair) => ({
      name: pair.name,
      value: pair.value,
      display: display(inlined({ expr: pair.value, scope })),
      range: pair.range,
      line: lineAt(text, pair.range.start),
    })),
    expr,
    range,
    line: lineAt(text, range.start),
    condition: found.condition,
    list: found.list,
  };
}

function depParts(expr: Expr): { name: string; rest: readonly Expr[] } | null {
  if (expr.kind === 'pair') return { name: expr.name, rest: [expr.value] };
  if (expr.kind !== 'tuple') return null;
  const [name, ...rest] = expr.items;
  return name?.kind === 'atom' && rest.length > 0 && rest.length < 3 ? { name: name.name, rest } : null;
}

function requirementOf(expr: Expr | undefined, scope: Scope): { text: string; range: Range } | null {
  if (expr === undefined) return null;
  const { expr: value } = followed({ expr, scope });
  const [text, ...more] = value.kind === 'string' ? value.parts : [];
  if (value.kind !== 'string' || value.heredoc || typeof text !== 'string' || more.length > 0) return null;
  return { text, range: { start: value.range.start + 1, end: value.range.end - 1 } };
}

/** Whether an expression stands where a requirement does, but is none that can be read. */
export function hasUnreadableRequirement(dep: Dep): boolean {
  const parts = depParts(dep.expr);
  const first = parts?.rest[0];
  return dep.requirement === null && first !== undefined && keywordPairs(first) === null;
}
