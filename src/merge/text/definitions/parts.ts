import { indexInOrder } from '../../../elixir/merge-lists.ts';
import { parse } from '../../../elixir/parse.ts';
import { RecentTexts } from '../../../elixir/recent-texts.ts';
import { type Body, type Item, readItems } from './item.ts';
import { setApart } from './set-apart.ts';

/** A definition of a module that changed between two texts, or its first and last lines, of which the key is empty. */
export interface ChangedPart {
  /** As `Item.key`: `fun controller/0`, `pipeline :browser`. */
  readonly key: string;
  /** What it was and is, with the lines above it; null where it is not there. */
  readonly base: string | null;
  readonly target: string | null;
}

/** What changed in the module that a file consists of; null where it is not just one module on both sides. */
export function changedParts(base: string, target: string): readonly ChangedPart[] | null {
  const [old, next] = [moduleOf(base), moduleOf(target)];
  if (!old || !next) return null;
  const keys = [...new Set([...old.body.items, ...next.body.items].map(({ key }) => key))];
  const parts = keys.map((key) => ({ key, base: textOf(find(old.body, key)), target: textOf(find(next.body, key)) }));
  const frame = { key: '', base: frameOf(old), target: frameOf(next) };
  return [...parts, frame].filter((part) => part.base !== part.target);
}

/** The text as it is once only these parts changed; null where that does not parse. */
export function withParts(base: string, target: string, keys: ReadonlySet<string>): string | null {
  const [old, next] = [moduleOf(base), moduleOf(target)];
  if (!old || !next) return null;
  const kept = old.body.items.filter(({ key }) => !keys.has(key) || find(next.body, key) !== undefined);
  const items = kept.map((item) => (keys.has(item.key) ? (find(next.body, item.key) ?? item) : item));
  for (const item of next.body.items) {
    if (!keys.has(item.key) || find(old.body, item.key)) continue;
    items.splice(indexInOrder(items, item, next.body.items, sameKey), 0, item);
  }
  const frame = keys.has('') ? next : old;
  const lines = items.map((item, index) => textOf(index === 0 ? item : setApart(item)));
  const text = [frame.before, frame.body.head, ...lines, frame.body.tail, frame.after].join('');
  return parse(text).problems.length === 0 ? text : null;
}

/** The target with functions that only the base has, as they stand there; null where that cannot be read. */
export function withDefinitionsOf(base: string, target: string, names: readonly string[]): string | null {
  const items = moduleOf(base)?.body.items ?? [];
  const keys = items.map(({ key }) => key).filter((key) => names.some((name) => key.startsWith(`fun ${name}/`)));
  return withParts(target, base, new Set(keys));
}

interface OneModule {
  readonly before: string;
  readonly body: Body;
  readonly after: string;
}

/** Texts read last: the parts of one file are carried out on the same texts over and over. */
const recent = new RecentTexts<OneModule | null>(500_000);

function moduleOf(text: string): OneModule | null {
  return recent.get(text, readModule);
}

function readModule(text: string): OneModule | null {
  const file = readItems(parse(text));
  const [only] = file?.items ?? [];
  if (file?.items.length !== 1 || !only?.body || !only.key.startsWith('defmodule')) return null;
  return { before: file.head + only.lead, body: only.body, after: file.tail };
}

function frameOf({ before, body, after }: OneModule): string {
  return [before, body.head, body.tail, after].join('\0');
}

function find({ items }: Body, key: string): Item | undefined {
  return items.find((item) => item.key === key);
}

function textOf(item: Item): string;
function textOf(item: Item | undefined): string | null;
function textOf(item: Item | undefined): string | null {
  return item ? item.lead + item.code : null;
}

function sameKey(a: Item, b: Item): boolean {
  return a.key === b.key;
}
