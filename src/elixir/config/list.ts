import type { Expr, ListExpr, Source } from '../ast.ts';
import { comparable } from '../canonical.ts';
import { childrenOf } from '../children.ts';
import { insertElement, removeElement, replaceElement, sequenceOf } from '../edit/elements.ts';
import { withNewlines } from '../edit/members.ts';
import { type Edited, edited, refused, type TextChange } from '../edited.ts';
import { parse } from '../parse.ts';

/**
 * Brings a list to another one element by element, so that comments and line breaks between those that stay are kept.
 * `text` is what `wanted` was parsed from.
 */
export function withElements(source: Source, list: Expr, wanted: ListExpr, text: string): Edited {
  const sequence = sequenceOf(list);
  const target = sequenceOf(wanted)?.elements ?? [];
  if (!sequence) return refused('the list cannot be taken apart');
  const step = nextStep(sequence.elements, target);
  if (!step) return { ok: true, text: source.text };
  const element = (index: number) => {
    const { start, end } = target[index]?.range ?? { start: 0, end: 0 };
    return text.slice(start, end);
  };
  let changes: readonly TextChange[];
  if (step.kind === 'remove') changes = removeElement(source, sequence, step.at);
  else if (step.kind === 'replace') changes = replaceElement(source, sequence, step.at, element(step.index));
  else {
    const place = step.at === 0 ? (sequence.elements.length > 0 ? { before: 0 } : 'end') : { after: step.at - 1 };
    changes = insertElement(source, sequence, place, element(step.index));
  }
  const result = edited(
    source.text,
    changes.map((change) => withNewlines(source.text, change)),
  );
  if (!result.ok) return result;
  const next = parse(result.text);
  const same = listAt(next.body, list.range.start);
  return same ? withElements(next, same, wanted, text) : refused('the list cannot be found again');
}

type Step =
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'replace' | 'insert'; readonly at: number; readonly index: number };

/** The first change on the way from one list to another; null when they are equal. */
function nextStep(present: readonly Expr[], target: readonly Expr[]): Step | null {
  const [all, wanted] = [present.map((one) => comparable(one)), target.map((one) => comparable(one))];
  const { head, tail } = commonEnds(all, wanted);
  const [a, b] = [all.slice(head, all.length - tail), wanted.slice(head, wanted.length - tail)];
  if (a.length === 0 && b.length === 0) return null;
  // Neither begins with what the other begins with: the first elements decide.
  const lengths = commonLengths(a, b);
  const whole = lengths[0]?.[0] ?? 0;
  if (a.length > 0 && b.length > 0 && (lengths[1]?.[1] ?? 0) === whole)
    return { kind: 'replace', at: head, index: head };
  const drops = a.length > 0 && (lengths[1]?.[0] ?? 0) === whole;
  return drops ? { kind: 'remove', at: head } : { kind: 'insert', at: head, index: head };
}

/** How many elements two lists begin, and how many they end with alike. */
function commonEnds(a: readonly string[], b: readonly string[]): { readonly head: number; readonly tail: number } {
  const most = Math.min(a.length, b.length);
  let [head, tail] = [0, 0];
  while (head < most && a[head] === b[head]) head += 1;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return { head, tail };
}

/** Lengths of the longest common subsequences of all tails. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const next = lengths[i + 1] ?? [];
      row[j] = a[i] === b[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function listAt(body: readonly Expr[], start: number): Expr | undefined {
  const pending = [...body];
  for (let expr = pending.pop(); expr; expr = pending.pop()) {
    if (expr.kind === 'list' && expr.range.start === start) return expr;
    pending.push(...childrenOf(expr));
  }
  return undefined;
}
