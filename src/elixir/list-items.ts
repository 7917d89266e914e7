import { parse } from './parse.ts';

/** Texts of the elements of a list's text; none for anything else. */
export function listItems(list: string): string[] {
  const [expr] = parse(list).body;
  return expr?.kind === 'list' ? expr.items.map(({ range }) => list.slice(range.start, range.end)) : [];
}
