import type { ListExpr, Source } from '../ast.ts';
import { sameValue } from '../canonical.ts';
import { insertElement, removeElement, replaceExpr, type Sequence, sequenceOf } from '../edit/elements.ts';
import { type Edited, type Editors, edited, performer, refused } from '../edited.ts';
import { type Neighbour, neighbourOf, nextMove } from '../order.ts';
import { parse } from '../parse.ts';
import type { SupervisionChild } from './child.ts';
import { elementText } from './element-text.ts';
import { moderniseChildren } from './modernise.ts';
import type { SupervisionOperation } from './operation.ts';
import { readSupervision, type Supervision } from './read.ts';

type Of<Kind> = Extract<SupervisionOperation, { kind: Kind }>;

/**
 * Edits of the children; twice is the same as once. Refused where the children are no literal list, or where the one
 * meant comes from a function or stands in a condition of its own.
 */
export const supervisionEditors: Editors<SupervisionOperation> = {
  'add-child': inTree(addChild),
  'remove-child': inTree((source, tree, operation) => removeChild(source, tree, operation.child)),
  'replace-child': inTree(replaceChild),
  'move-children': inTree((source, _, operation) => moveChildren(source.text, operation.order)),
  'modernise-children': inTree((source, tree, operation) => moderniseChildren(source, tree, operation.plain)),
};

/** Carries out one of them. */
export const performSupervision = performer(supervisionEditors);

function inTree<O>(change: (source: Source, tree: Supervision, operation: O) => Edited) {
  return (text: string, operation: O): Edited => {
    const source = parse(text);
    const tree = readSupervision(source);
    return tree ? change(source, tree, operation) : refused('there is no module with `use Application`');
  };
}

/** A child that is always started and stands in a literal list. */
interface Slot {
  readonly name: string;
  readonly sequence: Sequence;
  readonly index: number;
}

function slotsOf(tree: Supervision): Slot[] {
  return tree.children.flatMap((child) => {
    const slot = child.condition === null ? slotOf(child) : null;
    return slot ? [slot] : [];
  });
}

function slotOf(child: SupervisionChild): Slot | null {
  const sequence = child.list && sequenceOf(child.list);
  const index = sequence ? sequence.elements.indexOf(child.expr) : -1;
  return sequence && index !== -1 ? { name: child.name, sequence, index } : null;
}

/** Nothing starts after the endpoint unless the target says so: it serves what the others provide. */
function barrierOf(slots: readonly Slot[]): string | undefined {
  return slots.find(({ name }) => name.endsWith('.Endpoint'))?.name;
}

function addChild(source: Source, tree: Supervision, { child, spec, order }: Of<'add-child'>): Edited {
  if (tree.children.some(({ name }) => name === child)) return { ok: true, text: source.text };
  const slots = slotsOf(tree);
  const names = slots.map(({ name }) => name);
  return insertChild(source, tree, slots, neighbourOf(child, names, order, barrierOf(slots)), spec);
}

function insertChild(
  source: Source,
  tree: Supervision,
  slots: readonly Slot[],
  neighbour: Neighbour | null,
  element: string,
): Edited {
  const name = neighbour && ('after' in neighbour ? neighbour.after : neighbour.before);
  const beside = slots.find((slot) => slot.name === name);
  if (neighbour && beside) {
    const place = 'after' in neighbour ? { after: beside.index } : { before: beside.index };
    return edited(source.text, insertElement(source, beside.sequence, place, element));
  }
  const sequence = tree.lists.filter(endsPlainly).map(sequenceOf).at(-1);
  if (!sequence) return refused('the children are no literal list');
  return edited(source.text, insertElement(source, sequence, 'end', element));
}

/** `[a | rest]` cannot be added to at its end. */
function endsPlainly(list: ListExpr): boolean {
  return !list.items.some((item) => item.kind === 'binary' && item.operator === '|');
}

function removeChild(source: Source, tree: Supervision, name: string): Edited {
  const child = tree.children.find((one) => one.name === name);
  if (child === undefined) return { ok: true, text: source.text };
  const slot = slotOf(child);
  if (slot === null) return refused(`${name} is no element of a literal list`);
  return edited(source.text, removeElement(source, slot.sequence, slot.index));
}

function replaceChild(source: Source, tree: Supervision, { child: name, spec }: Of<'replace-child'>): Edited {
  const child = tree.children.find((one) => one.name === name);
  if (child === undefined) {
    const done = tree.children.some(({ display }) => sameValue(display, spec));
    return done ? { ok: true, text: source.text } : refused(`${name} is gone`);
  }
  if (sameValue(child.display, spec)) return { ok: true, text: source.text };
  if (slotOf(child) === null) return refused(`${name} is no element of a literal list`);
  return edited(source.text, replaceExpr(source, child.expr, spec));
}

function moveChildren(text: string, order: readonly string[]): Edited {
  const source = parse(text);
  const tree = readSupervision(source);
  const slots = tree ? slotsOf(tree) : [];
  const names = slots.map(({ name }) => name);
  const move = nextMove(names, order, barrierOf(slots));
  const slot = slots.find(({ name }) => name === move?.name);
  if (move === null || slot === undefined) return { ok: true, text };
  const removal = removeElement(source, slot.sequence, slot.index);
  const element = elementText(source, slot.sequence, slot.index, removal);
  const taken = edited(text, removal);
  if (!taken.ok) return taken;
  const without = parse(taken.text);
  const rest = readSupervision(without);
  const put = rest ? insertChild(without, rest, slotsOf(rest), move.to, element) : refused('the children are gone');
  return put.ok ? moveChildren(put.text, order) : put;
}
