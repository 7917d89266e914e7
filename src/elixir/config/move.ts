import type { Expr, Range } from '../ast.ts';
import { type Bindings, comparable } from '../canonical.ts';
import { dedented, indented } from '../edit/margin.ts';
import { append, bodyIndent, extentOf, insertBeside } from '../edit/statements.ts';
import { type Edited, refused } from '../edited.ts';
import { parse } from '../parse.ts';
import { formatWidth, printText } from '../print.ts';
import { bound } from './bindings.ts';
import { withRuntimeStart } from './header.ts';
import type { Leaf } from './leaves.ts';
import { type ConfigText, changed, configText, covers, isFor, type PlacedBody, statementAt } from './place.ts';
import { leavesAt, namesIn, withoutKey, withoutStatement, withoutUnused } from './remove.ts';
import { asRuntime } from './runtime-value.ts';

/** Keys to be read at run time instead of when the project is built. */
export interface ConfigMove {
  readonly kind: 'move-config';
  readonly path: string;
  /** The file for runtime configuration. */
  readonly to: string;
  readonly keyPaths: readonly (readonly string[])[];
  /** The environment within the file they leave; null for the file as a whole. */
  readonly environment: string | null;
  /** The environment whose block they go to; null for every environment. */
  readonly toEnvironment: string | null;
}

/** Both files after a move; when one refuses, both do. */
export interface MovedConfig {
  readonly from: Edited;
  readonly to: Edited;
}

/**
 * Moves keys from the text of one file into that of another (null where there is none yet), each with its comment, the
 * conditions around it and the bindings that it needs. Keys that are not named stay behind. A key that the other file
 * sets already is only taken out: its value there has won so far.
 */
export function performConfigMove(from: string, to: string | null, move: ConfigMove): MovedConfig {
  return movedInTurn(from, to, move, configText(to ?? '', move.toEnvironment));
}

/** Moves statement after statement; `before` is the other file as it was, without what has moved since. */
function movedInTurn(from: string, to: string | null, move: ConfigMove, before: ConfigText): MovedConfig {
  const doc = configText(from, move.environment);
  const [first] = move.keyPaths.flatMap((keyPath) => leavesAt(doc, keyPath, move.environment));
  if (!first) return { from: { ok: true, text: from }, to: { ok: true, text: to ?? '' } };
  const holder = holderOf(doc, first.placed.call.range, move);
  const start = withRuntimeStart(to ?? '');
  const moved = start.ok ? movedStatement(doc, { before, to: start.text }, holder, move) : start;
  if ('ok' in moved) return { from: moved, to: moved };
  // Every round takes a statement's keys out of the first file: this ends.
  return movedInTurn(moved.from, moved.to, move, before);
}

/** A statement with keys to move, and the body it stands in. */
interface Holder {
  readonly body: PlacedBody;
  readonly statement: Expr;
  /** All leaves in it, moved or not. */
  readonly leaves: readonly Leaf[];
}

function holderOf(doc: ConfigText, range: Range, move: ConfigMove): Holder | null {
  const body = doc.bodies.find(
    (one) =>
      isFor(move.environment, one.at, doc.environments) && one.at.conditions.length === 0 && covers(one.range, range),
  );
  const statement = body && statementAt(body, range);
  if (!body || !statement) return null;
  const inside = doc.calls.filter(({ call }) => covers(statement.range, call.range));
  return { body, statement, leaves: inside.flatMap((placed) => placed.leaves ?? []) };
}

function movedStatement(
  doc: ConfigText,
  { before, to }: { readonly before: ConfigText; readonly to: string },
  holder: Holder | null,
  move: ConfigMove,
): { readonly from: string; readonly to: string } | Edited {
  if (!holder) return refused('the condition around the key asks for the environment and for something else');
  const going = holder.leaves.filter((leaf) => isNamed(leaf, move));
  const present = going.map((leaf) => leavesAt(before, leaf.keyPath, move.toEnvironment));
  const conditional = present.flat().find(({ placed }) => placed.at.conditions.length > 0);
  if (conditional) return refused(`${conditional.leaf.keyPath.join('.')} is set there under a condition`);
  const kept = going.filter((_, index) => present[index]?.length === 0);
  const piece = pieceOf(doc, holder, kept);
  const written = piece.ok ? asRuntime(piece.text) : piece;
  if (!written.ok) return written;
  const after =
    written.text.trim() === '' ? { ok: true as const, text: to } : inserted(doc, holder, to, written.text, move);
  if (!after.ok) return after;
  const rest = remainder(doc, holder, going, move);
  return rest.ok ? { from: rest.text, to: after.text } : rest;
}

function isNamed(leaf: Leaf, { keyPaths }: ConfigMove): boolean {
  return keyPaths.some((keyPath) => keyPath.join('\n') === leaf.keyPath.join('\n'));
}

/** The statement with nothing but some of its leaves; with its comments when it moves as a whole. */
function pieceOf(doc: ConfigText, { statement, leaves }: Holder, kept: readonly Leaf[]): Edited {
  if (kept.length === 0) return { ok: true, text: '' };
  if (kept.length === leaves.length) return { ok: true, text: statementText(doc, statement, true) };
  let result: Edited = { ok: true, text: statementText(doc, statement, false) };
  for (const leaf of leaves) {
    if (result.ok && !kept.includes(leaf)) result = withoutKey(result.text, leaf.keyPath, null);
  }
  return result;
}

/** The text of a statement as if it stood at the left margin. */
function statementText({ source }: ConfigText, statement: Expr, comments: boolean): string {
  const extent = comments ? extentOf(source, statement) : null;
  return dedented(source.text, extent ?? statement.range);
}

/** The first file without the keys that went. */
function remainder(
  doc: ConfigText,
  { body, statement, leaves }: Holder,
  going: readonly Leaf[],
  move: ConfigMove,
): Edited {
  if (going.length === leaves.length) {
    const result = withoutStatement(doc, body, statement);
    return result.ok ? withoutUnused(result.text, namesIn(statement)) : result;
  }
  let result: Edited = { ok: true, text: doc.source.text };
  for (const leaf of going) if (result.ok) result = withoutKey(result.text, leaf.keyPath, move.environment);
  return result;
}

/** The second file with a piece at the end of the environment's block, bindings that it needs before it. */
function inserted(doc: ConfigText, holder: Holder, to: string, piece: string, move: ConfigMove): Edited {
  let result: Edited = { ok: true, text: to };
  for (const binding of neededBindings(doc, holder, piece)) {
    const written = asRuntime(statementText(doc, binding, true));
    if (!written.ok || !result.ok) return written.ok ? result : written;
    result = withBinding(result.text, written.text, move.toEnvironment);
  }
  return result.ok ? withStatement(result.text, piece, move.toEnvironment) : result;
}

/** The statements that bind what a piece uses, in order, with those that they need themselves. */
function neededBindings(doc: ConfigText, { body, statement }: Holder, piece: string): Expr[] {
  const around = doc.bodies.filter((one) => one === body || covers(one.range, body.range));
  const before = around.flatMap((one) => one.statements).filter((one) => one.range.end <= statement.range.start);
  let names = parse(piece).body.flatMap(namesIn);
  const needed: Expr[] = [];
  for (const binding of before.toReversed()) {
    if (binding.kind !== 'binary' || binding.operator !== '=') continue;
    const bindsNeeded = namesIn(binding.left).some((name) => names.includes(name));
    if (!bindsNeeded) continue;
    needed.unshift(binding);
    names = [...names, ...namesIn(binding.right)];
  }
  return needed;
}

function withBinding(to: string, text: string, environment: string | null): Edited {
  const doc = configText(to, environment);
  const [statement] = parse(text).body;
  const known = bindingsAtEnd(doc, environment);
  const wanted = statement ? bound(statement, new Map()) : new Map();
  for (const [name, value] of wanted) {
    const present = known.get(name);
    if (!present) continue;
    return comparable(present) === comparable(value)
      ? { ok: true, text: to }
      : refused(`${name} means something else there`);
  }
  return withStatement(to, text, environment);
}

function bindingsAtEnd(doc: ConfigText, environment: string | null): Bindings {
  const body = blockFor(doc, environment);
  return body ? body.statements.reduce((known, statement) => bound(statement, known), body.at.bindings) : new Map();
}

function blockFor(doc: ConfigText, environment: string | null): PlacedBody | undefined {
  return doc.bodies
    .filter((body) => isFor(environment, body.at, doc.environments) && body.at.conditions.length === 0)
    .at(-1);
}

/** Adds a statement, given from the left margin, at the end of an environment's block, which is made where missing. */
function withStatement(to: string, text: string, environment: string | null): Edited {
  const doc = configText(to, environment);
  const body = blockFor(doc, environment);
  if (!body) return withStatement(to, `if config_env() == :${environment} do\n${indented(text, '  ')}\nend`, null);
  const indent = bodyIndent(doc.source, body);
  const statement = { text: reindented(text, indent), call: '' };
  const block =
    environment === null ? doc.bodies.find((one) => one.at.environments.length < doc.environments.length) : null;
  const sibling = block && !text.startsWith('if config_env()') ? statementAt(body, block.range) : undefined;
  const change = sibling
    ? insertBeside(doc.source, body, sibling, 'before', statement)
    : append(doc.source, body, statement);
  return change ? changed(doc, [change]) : refused('its place shares a line with something else');
}

/** A moved statement; one that its new indentation makes too long is laid out anew, unless that would cost comments. */
function reindented(text: string, indent: string): string {
  const moved = indented(text, indent);
  const fits = moved.split('\n').every((line) => line.length <= formatWidth);
  return fits || parse(text).comments.length > 0
    ? moved.slice(indent.length)
    : printText(text, { indent: indent.length });
}
