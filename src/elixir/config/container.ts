import type { Expr, PairExpr } from '../ast.ts';
import { atomText, keyText } from '../canonical.ts';
import { type Sequence, sequenceOf } from '../edit/elements.ts';
import { indented } from '../edit/margin.ts';
import { formatWidth, printText } from '../print.ts';
import { resolved } from './bindings.ts';
import { callTarget, keywordsOf } from './leaves.ts';
import type { PlacedCall } from './place.ts';

/** Keywords of a call that a key can be put into. */
export interface Container {
  readonly placed: PlacedCall;
  /** Key path of the keywords themselves. */
  readonly keyPath: readonly string[];
  readonly level: Level;
}

/** Keywords with the brackets, or the call, that they stand in. */
export interface Level {
  readonly pairs: readonly PairExpr[];
  readonly sequence: Sequence;
  /** Index of the first pair among the elements of the sequence. */
  readonly first: number;
}

/** Why a key cannot be put into a call. */
export interface Obstacle {
  readonly reason: string;
}

/** The keywords in a call that are nearest to a key path; null where the call is about other keys. */
export function containerIn(placed: PlacedCall, keyPath: readonly string[]): Container | Obstacle | null {
  const target = callTarget(placed.call, placed.at.bindings);
  if (!target) return null;
  const depth = target.keyPath.length;
  if (depth >= keyPath.length || !isPrefix(target.keyPath, keyPath)) return null;
  const found = descend(placed, target.keyPath, target.value, keyPath);
  // Modules are no keys of keywords, as people write them: they get a call of their own.
  const module = 'level' in found && found.keyPath.length === 1 && isModule(keyPath[1] ?? '');
  return module ? null : found;
}

function descend(
  placed: PlacedCall,
  at: readonly string[],
  value: Expr,
  keyPath: readonly string[],
): Container | Obstacle {
  const level = levelOf(value, placed);
  if (!level) return { reason: `${at.join('.')} is set to something that is no keyword list` };
  const name = keyPath[at.length] ?? '';
  const pair = level.pairs.find((one) => one.name === name);
  if (!pair) return { placed, keyPath: at, level };
  if (at.length === keyPath.length - 1) return { reason: `${keyPath.join('.')} is set already` };
  return descend(placed, [...at, name], pair.value, keyPath);
}

/** The keywords that a value consists of, an empty list among them; null for other values. */
export function levelOf(value: Expr, { call, at }: PlacedCall): Level | null {
  const inner = resolved(value, at.bindings);
  const pairs = keywordsOf(inner, at.bindings)?.pairs;
  // Bare keywords are the last elements of their call: comments between its arguments belong to them.
  const sequence = sequenceOf(inner.kind === 'keywords' ? call : inner);
  if (!sequence || (!pairs && (inner.kind !== 'list' || inner.items.length > 0))) return null;
  return { pairs: pairs ?? [], sequence, first: sequence.elements.length - (pairs?.length ?? 0) };
}

/** Whether one key path begins with another, or is equal to it. */
export function isPrefix(prefix: readonly string[], keyPath: readonly string[]): boolean {
  return prefix.length <= keyPath.length && prefix.every((name, index) => name === keyPath[index]);
}

/** Whether a key is a module, which stands as second argument of a call. */
function isModule(name: string): boolean {
  return /^[A-Z]/.test(name);
}

/** `port: 4000`, `http: [port: 4000]` for the key path below a container. */
export function pairText(keys: readonly string[], value: string): string {
  const [first, ...rest] = keys;
  if (first === undefined) return value;
  return `${keyText(first)} ${rest.length > 0 ? `[${pairText(rest, value)}]` : value}`;
}

/** A pair below lines of comment: laid out at once, for a text with comments is only moved afterwards. */
export function commentedPair(pair: string, comments: readonly string[], indent: number): string {
  if (comments.length === 0) return pair;
  return [...comments, printText(pair, { indent: 0, width: formatWidth - indent, after: ','.length })].join('\n');
}

/** A key as second argument of a call: `:json_library`, `ShopWeb.Endpoint`. */
export function keyArgument(name: string): string {
  return isModule(name) ? name : atomText(name);
}

/** A `config` call that sets one key; comments stand above the key, inside the call. */
export function callText(keyPath: readonly string[], value: string, comments: readonly string[]): string {
  const [app = '', second = '', ...rest] = keyPath;
  if (rest.length === 0 && isModule(second)) {
    return [...comments, `config ${atomText(app)}, ${second}, ${value}`].join('\n');
  }
  const [target, keys] =
    rest.length > 0 ? [`${atomText(app)}, ${keyArgument(second)}`, rest] : [atomText(app), [second]];
  const pair = commentedPair(pairText(keys, value), comments, 2);
  return pair.includes('\n') ? `config ${target},\n${indented(pair, '  ')}` : `config ${target}, ${pair}`;
}
