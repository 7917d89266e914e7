import { indexInOrder } from '../../../elixir/merge-lists.ts';
import { parse } from '../../../elixir/parse.ts';
import { sameWords } from '../../../elixir/tokens.ts';
import { linesOf, type Region } from '../region.ts';
import { threeWayText } from '../three-way.ts';
import { type Body, type Item, readItems } from './item.ts';
import { listsAll, mergeListElements } from './lists.ts';
import { setApart } from './set-apart.ts';
import { mergeStatement } from './statement.ts';

/**
 * Merges Elixir by definitions: a new one is added, one that the user left alone is replaced, one that both changed
 * is merged by its own lines and else a conflict. Null where one of the texts does not parse.
 */
export function mergeDefinitions(base: string, yours: string, target: string): Region[] | null {
  const [b, y, t] = [base, yours, target].map((text) => readItems(parse(text)));
  return b && y && t ? mergeBodies(b, y, t) : null;
}

function mergeBodies(base: Body, yours: Body, target: Body): Region[] {
  return [
    ...plainRegions(base.head, yours.head, target.head, 1),
    ...mergeItems(base.items, yours.items, target.items),
    ...plainRegions(base.tail, yours.tail, target.tail, target.tailLine),
  ];
}

function mergeItems(base: readonly Item[], yours: readonly Item[], target: readonly Item[]): Region[] {
  const find = (items: readonly Item[], key: string) => items.find((item) => item.key === key);
  const result = [...yours];
  for (const item of target) {
    if (!find(yours, item.key)) result.splice(indexInOrder(result, item, target, sameKey), 0, item);
  }
  const [first] = result;
  const next = target.map((item, index) => (index === 0 && first?.key !== item.key ? setApart(item) : item));
  return result.flatMap(({ key }) => mergeItem(find(base, key), find(yours, key), find(next, key)));
}

function sameKey(a: Item, b: Item): boolean {
  return a.key === b.key;
}

function mergeItem(base: Item | undefined, yours: Item | undefined, target: Item | undefined): Region[] {
  if (yours && target) return base ? mergePresent(base, yours, target) : mergeBoth(yours, target);
  if (yours) return base ? dropped(base, yours) : [region('kept', null, yours, null)];
  if (!target) return [];
  if (!base) return [region('taken', null, null, target)];
  return [region(sameText(base, target) ? 'kept' : 'declined', base, null, target)];
}

function region(kind: Region['kind'], base: Item | null, yours: Item | null, target: Item | null): Region {
  const [b, y, t] = [base, yours, target].map((item) => (item ? item.lead + item.code : '')) as [
    string,
    string,
    string,
  ];
  return { kind, base: b, yours: y, target: t, text: kind === 'taken' ? t : y, targetLine: target?.line ?? 1 };
}

/** What the generator dropped goes, unless the user changed it. */
function dropped(base: Item, yours: Item): Region[] {
  const kind = sameText(base, yours) && unread(base.lead) === unread(yours.lead) ? 'taken' : 'conflict';
  return [region(kind, base, yours, null)];
}

function unread(lead: string): string {
  return lead.replace(/\s+/g, ' ').trim();
}

/** Both have it, the base has not: the user was first, or wrote their own. */
function mergeBoth(yours: Item, target: Item): Region[] {
  if (sameText(yours, target) || listsAll(yours.code, target.code)) return [region('agreed', null, yours, target)];
  if (yours.body && target.body)
    return [...leadRegions('', yours, target), ...mergeBodies(hollow(target.body), yours.body, target.body)];
  return [region('conflict', null, yours, target)];
}

function hollow(body: Body): Body {
  return { ...body, items: [] };
}

function mergePresent(base: Item, yours: Item, target: Item): Region[] {
  return [...leadRegions(base.lead, yours, target), ...codeRegions(base, yours, target)];
}

/** Comments above belong to whoever changed them; the user's stay where both did. */
function leadRegions(base: string, yours: Item, target: Item): Region[] {
  const take = yours.lead === base;
  return textRegions(
    take ? 'taken' : 'kept',
    base,
    yours.lead,
    target.lead,
    take ? target.lead : yours.lead,
    target.line,
  );
}

function codeRegions(base: Item, yours: Item, target: Item): Region[] {
  const one = (kind: Region['kind'], text: string) =>
    textRegions(kind, base.code, yours.code, target.code, text, target.line);
  if (sameText(yours, target)) return one('agreed', yours.code);
  if (sameText(base, target)) return one('kept', yours.code);
  // Part by part first, so that the user's layout goes only where the generator changed something.
  const parts = base.body && yours.body && target.body && base.code !== yours.code;
  if (parts) return mergeBodies(base.body, yours.body, target.body);
  if (sameText(base, yours)) return one('taken', target.code);
  const lines = threeWayText(base.code, yours.code, target.code, target.line);
  if (lines.every(({ kind }) => kind !== 'conflict' && kind !== 'declined')) return lines;
  const texts = [base.code, yours.code, target.code] as const;
  const merged = mergeStatement(...texts) ?? mergeListElements(...texts);
  return merged === null ? lines : one('merged', merged);
}

/** Whether two definitions mean the same and have the same comments: layout and parentheses do not count. */
function sameText(a: Item, b: Item): boolean {
  return sameWords(a.code, b.code) || (a.meaning !== null && a.meaning === b.meaning);
}

function textRegions(
  kind: Region['kind'],
  base: string,
  yours: string,
  target: string,
  text: string,
  targetLine: number,
): Region[] {
  return base + yours + target === '' ? [] : [{ kind, base, yours, target, text, targetLine }];
}

function plainRegions(base: string, yours: string, target: string, targetLine: number): Region[] {
  return threeWayText(base, yours, target, targetLine).filter(
    ({ yours: own, target: next }) => linesOf(own + next).length > 0,
  );
}
