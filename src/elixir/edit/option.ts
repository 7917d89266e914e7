import type { CallExpr, Expr, ListExpr, PairExpr, Source } from '../ast.ts';
import { display, keyText, sameValue } from '../canonical.ts';
import { type Edited, edited, refused } from '../edited.ts';
import { keywordPairs } from '../options.ts';
import { insertElement, removeElement, replaceExpr, type Sequence, sequenceOf } from './elements.ts';

/**
 * Sets one keyword option of a call's arguments or of a list, its path leading through nested lists that are
 * made where they are missing. Refused where the options, or a value on the way, are no literal keyword list.
 */
export function setOption(source: Source, holder: CallExpr | ListExpr, path: readonly string[], value: string): Edited {
  const sequence = optionSequence(holder);
  return sequence ? setIn(source, sequence, path, value) : refused('its options are no literal keyword list');
}

/** Takes an option out, and the lists around it that become empty; without the option nothing changes. */
export function removeOption(source: Source, holder: CallExpr | ListExpr, path: readonly string[]): Edited {
  const sequence = optionSequence(holder);
  return sequence ? removeIn(source, sequence, path) : refused('its options are no literal keyword list');
}

/** Where a call has its options: behind the other arguments, or in the list that is the last of them. */
function optionSequence(holder: CallExpr | ListExpr): Sequence | null {
  const last = holder.kind === 'call' ? holder.args.at(-1) : undefined;
  if (last?.kind === 'list' && keywordPairs(last) !== null) return sequenceOf(last);
  // `plug Plug.Session, @session_options` takes no further option.
  if (last?.kind === 'unary' && last.operator === '@') return null;
  return sequenceOf(holder);
}

function pairOf(sequence: Sequence, name: string): PairExpr | undefined {
  return sequence.elements.find((one): one is PairExpr => one.kind === 'pair' && one.name === name);
}

function setIn(source: Source, sequence: Sequence, path: readonly string[], value: string): Edited {
  const [name = '', ...rest] = path;
  const pair = pairOf(sequence, name);
  if (pair === undefined) return edited(source.text, insertElement(source, sequence, 'end', pairText(path, value)));
  if (rest.length === 0) {
    if (sameValue(display(pair.value), value)) return { ok: true, text: source.text };
    return edited(source.text, replaceExpr(source, pair.value, value));
  }
  if (pair.value.kind === 'list') {
    const inner = sequenceOf(pair.value);
    return inner ? setIn(source, inner, rest, value) : refused(`${name} is no keyword list`);
  }
  // `websocket: true` is `websocket: []` spelled out.
  if (!isTrue(pair.value)) return refused(`${name} is no literal keyword list`);
  return edited(source.text, replaceExpr(source, pair.value, `[${pairText(rest, value)}]`));
}

function isTrue(expr: Expr): boolean {
  return expr.kind === 'atom' && expr.name === 'true';
}

function pairText(path: readonly string[], value: string): string {
  const [name = '', ...rest] = path;
  return `${keyText(name)} ${rest.length > 0 ? `[${pairText(rest, value)}]` : value}`;
}

function removeIn(source: Source, sequence: Sequence, path: readonly string[]): Edited {
  const [name = '', ...rest] = path;
  const pair = pairOf(sequence, name);
  if (pair === undefined) return { ok: true, text: source.text };
  const inner = rest.length > 0 && pair.value.kind === 'list' ? sequenceOf(pair.value) : null;
  if (rest.length > 0 && inner === null) return { ok: true, text: source.text };
  if (inner !== null && !holdsOnly(inner, rest)) return removeIn(source, inner, rest);
  return edited(source.text, removeElement(source, sequence, sequence.elements.indexOf(pair)));
}

/** Whether a list has nothing but the option of a path, so that it goes with it. */
function holdsOnly(sequence: Sequence, [name = '', ...rest]: readonly string[]): boolean {
  const pair = pairOf(sequence, name);
  if (sequence.elements.length !== 1 || pair === undefined) return false;
  if (rest.length === 0) return true;
  const inner = pair.value.kind === 'list' ? sequenceOf(pair.value) : null;
  return inner !== null && holdsOnly(inner, rest);
}
