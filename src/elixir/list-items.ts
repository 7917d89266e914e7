import type { Expr } from './ast.ts';
import { parse } from './parse.ts';

/** The elements of a list's text, with ranges into that text; none for anything else. */
export function listElements(list: string): readonly Expr[] {
  const [expr] = parse(list).body;
  return expr?.kind === 'list' ? expr.items : [];
}

/** Texts of the elements of a list's text, as they are written there; none for anything else. */
export function listItems(list: string): string[] {
  return listElements(list).map(({ range }) => list.slice(range.start, range.end));
}
