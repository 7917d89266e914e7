import type { DoBlock, Expr } from '../ast.ts';
import { branchesOf } from '../condition.ts';
import { type Body, bodyOf } from './statements.ts';

/** A body that statements can be put into, and what must hold for it. */
export interface PlacedBody {
  readonly body: Body;
  readonly condition: string | null;
}

/** The body of a block and those of the `if` and `unless` blocks in it. */
export function bodiesOf(block: DoBlock, condition: string | null = null): PlacedBody[] {
  return [{ body: bodyOf(block), condition }, ...block.body.flatMap((expr) => armsOf(expr, condition))];
}

function armsOf(expr: Expr, outer: string | null): PlacedBody[] {
  if (expr.kind !== 'call' || !expr.block) return [];
  const branches = branchesOf(expr, outer) ?? [];
  const arms = [expr.block.body, ...expr.block.sections.map((section) => section.body)];
  return branches.flatMap(({ body, condition }) => {
    const [section] = expr.block?.sections ?? [];
    if (!expr.block || !arms.includes(body)) return [];
    if (body === expr.block.body) return bodiesOf(expr.block, condition);
    if (!section) return [];
    const range = { start: section.range.start + section.name.length, end: section.range.end };
    return [{ body: { statements: body, range }, condition }, ...body.flatMap((one) => armsOf(one, condition))];
  });
}
