import type { Expr, ListExpr } from '../../../elixir/ast.ts';
import { comparable } from '../../../elixir/canonical.ts';
import { childrenOf } from '../../../elixir/children.ts';
import { insertElement, placeInOrder, removeElement, sequenceOf } from '../../../elixir/edit/elements.ts';
import { edited } from '../../../elixir/edited.ts';
import { listItems } from '../../../elixir/list-items.ts';
import { mergeLists } from '../../../elixir/merge-lists.ts';
import { functionsOf } from '../../../elixir/module.ts';
import { parse } from '../../../elixir/parse.ts';

/**
 * Merges code that differs in the elements of its lists alone: the user's, without what the generator dropped, with
 * what it brought. Comments and layout stay. Null where something else differs, or both changed one element.
 */
export function mergeListElements(base: string, yours: string, target: string): string | null {
  const [b, y, t] = [base, yours, target].map(outline);
  if (!b || !y || !t || b.rest !== y.rest || y.rest !== t.rest) return null;
  let text: string | null = yours;
  for (let index = 0; index < y.lists.length; index += 1) {
    const texts = [b, y, t].map(({ lists }) => lists[index]?.map((item) => item.text) ?? []);
    const merged = mergedElements(texts);
    text = merged && text && rewritten(text, index, merged, [...b.lists, ...y.lists, ...t.lists].flat());
  }
  return text;
}

/** An element by what it means, and as it is written. */
interface Element {
  readonly text: string;
  readonly source: string;
}

interface Outline {
  /** The code with nothing in its outermost lists. */
  readonly rest: string;
  readonly lists: readonly (readonly Element[])[];
}

function outline(text: string): Outline | null {
  const { body, problems } = parse(text);
  const lists = outermost(body);
  if (problems.length > 0 || lists.length === 0) return null;
  const emptied = lists.reduceRight(
    (rest, { range }) => `${rest.slice(0, range.start)}[]${rest.slice(range.end)}`,
    text,
  );
  return {
    rest: parse(emptied)
      .body.map((expr) => comparable(expr))
      .join('\n'),
    lists: lists.map((list) => elementsOf(list, text)),
  };
}

function outermost(body: readonly Expr[]): ListExpr[] {
  return body.flatMap((expr) => (expr.kind === 'list' ? [expr] : outermost(childrenOf(expr))));
}

function elementsOf(list: ListExpr, text: string): Element[] {
  return (sequenceOf(list)?.elements ?? []).map((element) => ({
    text: comparable(element),
    source: text.slice(element.range.start, element.range.end),
  }));
}

function mergedElements([base = [], yours = [], target = []]: readonly string[][]): string[] | null {
  const akin = (a: string, b: string) => keyOf(a) !== null && keyOf(a) === keyOf(b);
  const merge = () => undefined;
  const repeats = [base, yours, target].some((list) => new Set(list).size !== list.length);
  return repeats ? null : (mergeLists(base, yours, target, { same: (a, b) => a === b, akin, merge }) ?? null);
}

/** By what two forms of one element are known: a keyword's key, a call's name and first argument. */
function keyOf(element: string): string | null {
  return /^(?:\w+: |[\w.]+\("[^"]*"|\{:?[\w.]+)/.exec(element)?.[0] ?? null;
}

/** The code with the merged elements in one of its lists, one small edit after another. */
function rewritten(text: string, index: number, merged: readonly string[], known: readonly Element[]): string | null {
  let result = text;
  for (;;) {
    const source = parse(result);
    const list = outermost(source.body)[index];
    const sequence = list && sequenceOf(list);
    if (!sequence) return null;
    const present = sequence.elements.map((element) => comparable(element));
    const surplus = present.findIndex((element) => !merged.includes(element));
    const missing = merged.find((element) => !present.includes(element));
    if (surplus === -1 && missing === undefined) return result;
    const written = known.find((element) => element.text === missing)?.source ?? missing ?? '';
    const changes =
      surplus === -1
        ? insertElement(source, sequence, placeInOrder(present, merged, missing ?? ''), written)
        : removeElement(source, sequence, surplus);
    const next = edited(result, changes);
    if (!next.ok) return null;
    result = next.text;
  }
}

/** Whether both define a function that gives a list, and yours has all that the target's has. */
export function listsAll(yours: string, target: string): boolean {
  const [mine, theirs] = [yours, target].map(listFunction);
  return mine !== undefined && theirs !== undefined && mine.name === theirs.name
    ? theirs.elements.length > 0 && theirs.elements.every((element) => mine.elements.includes(element))
    : false;
}

function listFunction(code: string): { name: string; elements: readonly string[] } | undefined {
  const [clause] = functionsOf(parse(code).body);
  const [list] = clause?.body ?? [];
  return clause && list && { name: clause.name, elements: listItems(comparable(list)) };
}
