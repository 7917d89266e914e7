import { parse } from '../../../elixir/parse.ts';
import { sameWords } from '../../../elixir/tokens.ts';
import { type Body, type Item, readItems } from './item.ts';

/**
 * Whether a merge by lines gave every definition what is its own: what one side alone changed is that side's. Lines
 * that many functions share may else carry a change from one function into another. True where a text has no
 * definitions to tell.
 */
export function agreesByDefinitions(
  { base, yours, target }: { readonly base: string; readonly yours: string; readonly target: string },
  result: string,
): boolean {
  const [b, y, t, merged] = [base, yours, target, result].map((text) => readItems(parse(text)));
  return !b || !y || !t || !merged || agree(b, y, t, merged);
}

function agree(base: Body, yours: Body, target: Body, merged: Body): boolean {
  const find = ({ items }: Body, key: string) => items.find((item) => item.key === key);
  return merged.items.every((item) => {
    const [b, y, t] = [base, yours, target].map((body) => find(body, item.key));
    if (!y || !t) return same(item, y ?? t);
    if (!b) return same(item, y) || same(item, t) || holdsBoth(item, y, t);
    if (same(b, t)) return same(item, y);
    if (same(b, y)) return same(item, t);
    return !b.body || !y.body || !t.body || !item.body || agree(b.body, y.body, t.body, item.body);
  });
}

/** What both added may hold the parts of both. */
function holdsBoth({ body }: Item, { body: yours }: Item, { body: target }: Item): boolean {
  return body !== null && yours !== null && target !== null && agree({ ...target, items: [] }, yours, target, body);
}

function same(a: Item, b: Item | undefined): boolean {
  return b !== undefined && (sameWords(a.code, b.code) || (a.meaning !== null && a.meaning === b.meaning));
}
