import type { ListExpr, Source } from '../../elixir/ast.ts';
import { display, sameValue } from '../../elixir/canonical.ts';
import { insertElement, placeInOrder, removeElement, replaceExpr, sequenceOf } from '../../elixir/edit/elements.ts';
import { edited } from '../../elixir/edited.ts';
import { mergeValues } from '../../elixir/merge-values.ts';
import { parse } from '../../elixir/parse.ts';

/** Merges a `.formatter.exs` key by key, and its lists by element. Null where both changed one thing, or no list. */
export function mergeFormatter(base: string, yours: string, target: string): string | null {
  const [b, y, t] = [base, yours, target].map((text) => keywordList(parse(text)));
  if (!b || !y || !t) return null;
  const merged = mergeValues(display(b), display(y), display(t));
  const wanted = merged === undefined ? null : keywordList(parse(merged));
  return wanted && rewritten(yours, wanted);
}

/** The keyword list that a file consists of. */
function keywordList({ body, problems }: Source): ListExpr | null {
  const [list] = body;
  const [keywords] = list?.kind === 'list' ? list.items : [];
  const whole = body.length === 1 && problems.length === 0 && list?.kind === 'list' && list.items.length === 1;
  return whole && keywords?.kind === 'keywords' ? list : null;
}

function pairsOf(list: ListExpr): Map<string, string> {
  const [keywords] = list.items;
  const pairs = keywords?.kind === 'keywords' ? keywords.pairs : [];
  return new Map(pairs.map(({ name, value }) => [name, display(value)]));
}

/** The file with the wanted keys, one small edit after another, so that comments and layout stay. */
function rewritten(text: string, wanted: ListExpr): string | null {
  const order = [...pairsOf(wanted).keys()];
  let result: string | null = text;
  for (const [name, value] of pairsOf(wanted)) result = result && withKey(result, name, value, order);
  const list = keywordList(parse(text));
  for (const name of list ? pairsOf(list).keys() : []) {
    if (!order.includes(name)) result = result && withoutKey(result, name);
  }
  return result;
}

function withKey(text: string, name: string, value: string, order: readonly string[]): string | null {
  const source = parse(text);
  const list = keywordList(source);
  const sequence = list && sequenceOf(list);
  if (!sequence) return null;
  const names = sequence.elements.map((element) => (element.kind === 'pair' ? element.name : null));
  const own = sequence.elements[names.indexOf(name)];
  if (own?.kind === 'pair' && sameValue(display(own.value), value)) return text;
  const changes =
    own?.kind === 'pair'
      ? replaceExpr(source, own.value, value)
      : insertElement(source, sequence, placeInOrder(names, order, name), `${name}: ${value}`);
  const result = edited(text, changes);
  return result.ok ? result.text : null;
}

function withoutKey(text: string, name: string): string | null {
  const source = parse(text);
  const list = keywordList(source);
  const sequence = list && sequenceOf(list);
  const index = sequence?.elements.findIndex((element) => element.kind === 'pair' && element.name === name) ?? -1;
  if (!sequence || index === -1) return text;
  const result = edited(text, removeElement(source, sequence, index));
  return result.ok ? result.text : null;
}
