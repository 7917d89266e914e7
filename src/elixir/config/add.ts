import type { Expr } from '../ast.ts';
import { insertElement, placeInOrder } from '../edit/elements.ts';
import { indented } from '../edit/margin.ts';
import { append, bodyIndent, insertBeside, type NewStatement } from '../edit/statements.ts';
import { type Edited, refused, type TextChange } from '../edited.ts';
import { neighbourOf } from '../order.ts';
import { parse } from '../parse.ts';
import { indentAt } from '../position.ts';
import { printText } from '../print.ts';
import {
  type Container,
  callText,
  commentedPair,
  containerIn,
  isPrefix,
  type Obstacle,
  pairText,
} from './container.ts';
import { environmentSpelling } from './header.ts';
import {
  bodyAt,
  type ConfigText,
  changed,
  covers,
  isFor,
  type PlacedBody,
  type PlacedCall,
  statementAt,
} from './place.ts';
import { type ConditionText, sameConditions } from './text.ts';
import { tidied } from './tidy.ts';

/** A key to put into a file, its value as it will be written. */
export interface NewKey {
  readonly keyPath: readonly string[];
  readonly environment: string | null;
  readonly conditions: readonly ConditionText[];
  readonly value: string;
  /** Key paths of the target's file in their order: neighbours are found by it. */
  readonly order: readonly (readonly string[])[];
  /** Lines of comment that stand above it. */
  readonly comments?: readonly string[];
}

/** Puts a key into the call that is nearest to it, else adds a call in its place in the order. */
export function withKey(doc: ConfigText, key: NewKey): Edited {
  const found = doc.calls
    .filter((placed) => isInPlace(doc, placed, key))
    .map((placed) => containerIn(placed, key.keyPath));
  const obstacle = found.find((one): one is Obstacle => one !== null && 'reason' in one);
  if (obstacle) return refused(obstacle.reason);
  const containers = found.filter((one): one is Container => one !== null && 'level' in one);
  const [nearest] = containers.sort((a, b) => b.keyPath.length - a.keyPath.length);
  return nearest ? insidePairs(doc, nearest, key) : asStatement(doc, key);
}

function isInPlace(doc: ConfigText, { at }: PlacedCall | PlacedBody, key: NewKey): boolean {
  return isFor(key.environment, at, doc.environments) && sameConditions(at.conditions, key.conditions);
}

function insidePairs(doc: ConfigText, container: Container, key: NewKey): Edited {
  const depth = container.keyPath.length;
  const siblings = key.order.filter((path) => isPrefix(container.keyPath, path)).map((path) => path[depth] ?? '');
  const { pairs, sequence, first } = container.level;
  const present = [...sequence.elements.slice(0, first).map(() => null), ...pairs.map((pair) => pair.name)];
  const place = placeInOrder(present, [...new Set(siblings)], key.keyPath[depth] ?? '');
  const [beginning] = pairs;
  const indent = beginning ? indentAt(doc.source.text, beginning.range.start).length : 0;
  const text = commentedPair(pairText(key.keyPath.slice(depth), key.value), key.comments ?? [], indent);
  const result = changed(doc, insertElement(doc.source, sequence, place, text));
  return tidied(doc, result, container.placed.call.range.start);
}

/** Adds a call, with the blocks that its environment and conditions need. */
function asStatement(doc: ConfigText, key: NewKey): Edited {
  const { conditions } = key;
  const call = callText(key.keyPath, key.value, key.comments ?? []);
  for (let depth = conditions.length; depth >= 0; depth -= 1) {
    const around = { ...key, conditions: conditions.slice(0, depth) };
    const bodies = doc.bodies.filter((body) => isInPlace(doc, body, around));
    if (bodies.length === 0) continue;
    return intoBody(doc, bodies, wrapped(call, conditions.slice(depth)), key);
  }
  const [file] = doc.bodies;
  if (!file) return refused('the file has no body');
  return intoBody(
    doc,
    [file],
    `if ${environmentSpelling(doc)} == :${key.environment} do\n${indented(wrapped(call, conditions), '  ')}\nend`,
    {
      ...key,
      order: [],
    },
  );
}

function wrapped(text: string, conditions: readonly ConditionText[]): string {
  return conditions.reduceRight((inner, { kind, test }) => `${kind} ${test} do\n${indented(inner, '  ')}\nend`, text);
}

/** The statement that a new one goes beside. */
interface Beside {
  readonly body: PlacedBody;
  readonly sibling: Expr;
  readonly side: 'after' | 'before';
}

function intoBody(doc: ConfigText, bodies: readonly PlacedBody[], text: string, key: NewKey): Edited {
  const body = bodies.at(-1);
  if (!body) return refused('there is no place for the call');
  const beside = inOrder(doc, bodies, key) ?? beforeWhatComesLast(doc, body, key);
  const indent =
    body.statements.length === 0 && body.range.start === 0 ? '' : bodyIndent(doc.source, beside?.body ?? body);
  // An empty name keeps the new statement apart from calls of its kind, which have comments of their own.
  const statement = { text: laidOut(text, indent), call: '' };
  const change = beside
    ? insertBeside(doc.source, beside.body, beside.sibling, beside.side, statement)
    : appended(doc, body, statement);
  return change ? changed(doc, [change]) : refused('the place of the call shares its line with something else');
}

/** Adds a statement at the end of a body; a file without any statement takes it at the left margin. */
function appended({ source }: ConfigText, body: PlacedBody, statement: NewStatement): TextChange | null {
  if (body.statements.length > 0 || body.range.start > 0) return append(source, body, statement);
  const { length } = source.text;
  const start = source.text === '' || source.text.endsWith('\n') ? '' : '\n';
  return { start: length, end: length, text: `${start}${statement.text}\n` };
}

/** A text with comments cannot be laid out anew, only moved. */
function laidOut(text: string, indent: string): string {
  const hasComment = parse(text).comments.length > 0;
  return hasComment ? indented(text, indent).slice(indent.length) : printText(text, { indent: indent.length });
}

/** The nearest statement of the target's order: behind one that comes earlier, else before one that comes later. */
function inOrder(doc: ConfigText, bodies: readonly PlacedBody[], key: NewKey): Beside | null {
  const names = key.order.map((path) => path.join('.'));
  const ordered = new Set(names);
  const siblings = new Map<string, { body: PlacedBody; sibling: Expr }>();
  for (const { call, at, leaves } of doc.calls) {
    const known = (leaves ?? []).map((leaf) => leaf.keyPath.join('.')).filter((name) => ordered.has(name));
    // Finding a call's place looks at every statement: not worth it for keys that the target has no place for.
    if (known.length === 0) continue;
    const body = bodies.find((one) => covers(one.range, call.range) && statementAt(one, call.range));
    const sibling = body && statementAt(body, call.range);
    if (!sibling || !isFor(key.environment, at, doc.environments)) continue;
    for (const name of known) siblings.set(name, { body, sibling });
  }
  const neighbour = neighbourOf(key.keyPath.join('.'), [...siblings.keys()], names);
  if (!neighbour) return null;
  const [side, name] =
    'after' in neighbour ? (['after', neighbour.after] as const) : (['before', neighbour.before] as const);
  const found = siblings.get(name);
  return found ? beforeImport(doc, { ...found, side }) : null;
}

/** Imports of the environment's file stay last: what stands behind them would override it. */
function beforeImport(doc: ConfigText, beside: Beside): Beside {
  const imported = lastImport(doc, beside.body);
  const beyond = imported && beside.sibling.range.start > imported.range.start;
  return beyond ? { ...beside, sibling: imported, side: 'before' } : beside;
}

function lastImport(doc: ConfigText, body: PlacedBody): Expr | undefined {
  return doc.imports.map((call) => statementAt(body, call.range)).findLast((statement) => statement !== undefined);
}

/** The import at the end, or the first block of one environment where the new call is for all. */
function beforeWhatComesLast(doc: ConfigText, body: PlacedBody, key: NewKey): Beside | null {
  const imported = lastImport(doc, body);
  if (imported) return { body, sibling: imported, side: 'before' };
  if (key.environment !== null) return null;
  const block = doc.bodies.find((one) => one.at.environments.length < doc.environments.length);
  const sibling = block && statementAt(body, block.range);
  return sibling ? { body, sibling, side: 'before' } : null;
}

/** Adds a statement before the one that holds a call, with a blank line between them. */
export function withStatementBefore(doc: ConfigText, call: PlacedCall['call'], text: string): Edited {
  const body = bodyAt(doc, call.range);
  const sibling = body && statementAt(body, call.range);
  if (!body || !sibling) return refused('there is no place for a binding');
  const statement = { text: laidOut(text, bodyIndent(doc.source, body)), call: '' };
  const change = insertBeside(doc.source, body, sibling, 'before', statement);
  return change ? changed(doc, [change]) : refused('the call shares its line with something else');
}
