import type { Expr, PairExpr, Range } from '../ast.ts';
import { childrenOf } from '../children.ts';
import { removeElement } from '../edit/elements.ts';
import { removal } from '../edit/statements.ts';
import { type Edited, edited, refused } from '../edited.ts';
import { parse } from '../parse.ts';
import { boundNames, resolved } from './bindings.ts';
import { isConfigCall, isImportCall } from './calls.ts';
import { type Level, levelOf } from './container.ts';
import { callTarget, type Leaf } from './leaves.ts';
import {
  bodyAt,
  type ConfigText,
  changed,
  configText,
  covers,
  isFor,
  isShared,
  type PlacedBody,
  type PlacedCall,
  statementAt,
} from './place.ts';
import { tidied } from './tidy.ts';

/** A leaf where it stands. */
export interface PlacedLeaf {
  readonly placed: PlacedCall;
  readonly leaf: Leaf;
}

/** The leaves that set a key path in exactly an environment, in order. */
export function leavesAt(doc: ConfigText, keyPath: readonly string[], environment: string | null): PlacedLeaf[] {
  return leavesWhere(doc, keyPath, (placed) => isFor(environment, placed.at, doc.environments));
}

/** The leaves that set a key path in an environment and in some others with it. */
export function sharedLeavesAt(doc: ConfigText, keyPath: readonly string[], environment: string | null): PlacedLeaf[] {
  return leavesWhere(doc, keyPath, (placed) => isShared(environment, placed.at, doc.environments));
}

function leavesWhere(
  doc: ConfigText,
  keyPath: readonly string[],
  where: (placed: PlacedCall) => boolean,
): PlacedLeaf[] {
  return doc.calls
    .filter(where)
    .flatMap((placed) =>
      (placed.leaves ?? [])
        .filter(
          (leaf) => leaf.keyPath.length === keyPath.length && leaf.keyPath.every((name, at) => name === keyPath[at]),
        )
        .map((leaf) => ({ placed, leaf })),
    );
}

/**
 * Takes a key out, wherever the file sets it in an environment, with its own comment, with parents and calls that
 * become empty, and with bindings that nothing else uses.
 */
export function withoutKey(text: string, keyPath: readonly string[], environment: string | null): Edited {
  const doc = configText(text, environment);
  const last = leavesAt(doc, keyPath, environment).at(-1);
  if (!last) {
    if (sharedLeavesAt(doc, keyPath, environment).length === 0) return { ok: true, text };
    return refused(`${keyPath.join('.')} is set for ${environment} and other environments together`);
  }
  const result = withoutLeaf(doc, last);
  return result.ok ? withoutKey(result.text, keyPath, environment) : result;
}

/** Takes a key out wherever a later call of the same file and environment sets it again. */
export function withoutOverridden(text: string, keyPath: readonly string[], environment: string | null): Edited {
  const doc = configText(text, environment);
  const [first, ...later] = leavesAt(doc, keyPath, environment);
  if (!first || later.length === 0) return { ok: true, text };
  const result = withoutLeaf(doc, first);
  return result.ok ? withoutOverridden(result.text, keyPath, environment) : result;
}

/** Takes one leaf out, and what only it needed. */
export function withoutLeaf(doc: ConfigText, { placed, leaf }: PlacedLeaf): Edited {
  const names = namesIn(placed.call);
  const kept = levelsOf(placed, leaf).findLast(({ level }) => level.pairs.length > 1);
  const result = kept
    ? tidied(
        doc,
        changed(doc, removeElement(doc.source, kept.level.sequence, kept.level.first + kept.index)),
        placed.call.range.start,
      )
    : withoutCall(doc, placed);
  return result.ok ? withoutUnused(result.text, names) : result;
}

/** The keywords around a leaf, from the call inwards, each with the index of the pair that leads to it. */
function levelsOf(placed: PlacedCall, leaf: Leaf): { readonly level: Level; readonly index: number }[] {
  const levels: { level: Level; index: number }[] = [];
  let value = callTarget(placed.call, placed.at.bindings)?.value;
  while (value && leaf.pair) {
    const level = levelOf(value, placed);
    const index = level?.pairs.findIndex((pair) => reaches(pair, leaf, placed)) ?? -1;
    const pair = level?.pairs[index];
    if (!level || !pair) break;
    levels.push({ level, index });
    value = pair.range.start === leaf.pair.start ? undefined : pair.value;
  }
  return levels;
}

function reaches(pair: PairExpr, leaf: Leaf, placed: PlacedCall): boolean {
  const target = leaf.pair ?? leaf.value.range;
  return covers(pair.range, target) || covers(resolved(pair.value, placed.at.bindings).range, target);
}

function withoutCall(doc: ConfigText, placed: PlacedCall): Edited {
  const body = bodyAt(doc, placed.call.range);
  const statement = body && statementAt(body, placed.call.range);
  if (!body || !statement || configCount(statement) > 1) return refused('the call stands in an expression with others');
  return withoutStatement(doc, body, statement);
}

/** Takes a statement out with its own comments, and the block around it where nothing else is in it. */
export function withoutStatement(doc: ConfigText, body: PlacedBody, statement: Expr): Edited {
  const change = removal(doc.source, body, statement);
  if (!change) return refused('the statement shares its line with something else');
  const result = edited(doc.source.text, [change]);
  return result.ok && body.range.start > 0 ? withoutEmptyBody(result.text, change.start) : result;
}

function configCount(expr: Expr): number {
  const own = isConfigCall(expr) || isImportCall(expr) ? 1 : 0;
  return childrenOf(expr).reduce((count, child) => count + configCount(child), own);
}

/** Takes out the block that a removal left with nothing in it, not even a comment. */
function withoutEmptyBody(text: string, at: number): Edited {
  const doc = configText(text, null);
  const here = { start: at, end: at };
  const body = doc.bodies.filter(({ range }) => range.start > 0 && covers(range, here)).at(-1);
  if (!body || text.slice(body.range.start, body.range.end).trim() !== '') return { ok: true, text };
  const around = bodyAt(doc, { start: body.range.start - 1, end: body.range.end });
  const statement = around && statementAt(around, body.range);
  if (!around || statement?.kind !== 'call' || (statement.block?.sections.length ?? 0) > 0) return { ok: true, text };
  return withoutStatement(doc, around, statement);
}

/** Local names in an expression. */
export function namesIn(expr: Expr): string[] {
  if (expr.kind === 'identifier') return [expr.name];
  return childrenOf(expr).flatMap(namesIn);
}

/** Takes out the bindings of names that nothing uses any more, and then of those that they used. */
export function withoutUnused(text: string, names: readonly string[]): Edited {
  for (const name of new Set(names)) {
    const doc = configText(text, null);
    const uses = doc.source.body.flatMap((statement) => usesOf(statement, name));
    const [only] = uses;
    const body = only && uses.length === 1 ? bodyAt(doc, only) : undefined;
    const statement = only && body && statementAt(body, only);
    if (!body || statement?.kind !== 'binary' || statement.operator !== '=') continue;
    if (boundNames(statement.left).join() !== name) continue;
    const result = withoutStatement(doc, body, statement);
    return result.ok ? withoutUnused(result.text, [...names, ...namesIn(statement.right)]) : result;
  }
  return { ok: true, text };
}

function usesOf(expr: Expr, name: string): Range[] {
  if (expr.kind === 'identifier') return expr.name === name ? [expr.range] : [];
  return childrenOf(expr).flatMap((child) => usesOf(child, name));
}

/** Lines of comment that an edit took out of a text. */
export function lostComments(before: string, after: string): string[] {
  const kept = commentTexts(after);
  return commentTexts(before).filter((comment) => {
    const at = kept.indexOf(comment);
    if (at !== -1) kept.splice(at, 1);
    return at === -1;
  });
}

function commentTexts(text: string): string[] {
  return parse(text).comments.map(({ start, end }) => text.slice(start, end).trimEnd());
}
