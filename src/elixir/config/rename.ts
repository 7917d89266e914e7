import { keyText } from '../canonical.ts';
import { dedented } from '../edit/margin.ts';
import { type Edited, edited, refused, type TextChange } from '../edited.ts';
import { withKey } from './add.ts';
import { isPrefix, keyArgument, levelOf } from './container.ts';
import { callTarget, type Leaf } from './leaves.ts';
import { type ConfigText, changed, configText, isFor, type PlacedCall } from './place.ts';
import { leavesAt, lostComments, withoutLeaf } from './remove.ts';

/** A key path to be called otherwise. */
export interface Renaming {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The environment within the file; null for the file as a whole. */
  readonly environment: string | null;
  /** Keys directly below `from` that go along; without it all do. */
  readonly keys?: readonly string[];
}

/**
 * Renames a key path with all below it; values and comments stay where they are. Where some keys stay behind, or the
 * new key path lies elsewhere, the others move, each with its text.
 */
export function withRenaming(text: string, renaming: Renaming): Edited {
  const doc = configText(text, renaming.environment);
  const going = doc.calls.flatMap(({ at, leaves }) =>
    isFor(renaming.environment, at, doc.environments) ? (leaves ?? []).filter((leaf) => goesAlong(leaf, renaming)) : [],
  );
  const taken = going.find((leaf) => leavesAt(doc, renamed(leaf, renaming), renaming.environment).length > 0);
  if (taken) return refused(`${renamed(taken, renaming).join('.')} is set already`);
  return renamedFurther(text, renaming, orderOf(doc, renaming));
}

type Order = readonly (readonly string[])[];

/** `order` is that of the keys before any of them moved. */
function renamedFurther(text: string, renaming: Renaming, order: Order): Edited {
  const doc = configText(text, renaming.environment);
  for (const placed of doc.calls) {
    if (!isFor(renaming.environment, placed.at, doc.environments)) continue;
    const moved = (placed.leaves ?? []).filter((leaf) => goesAlong(leaf, renaming));
    const [first] = moved;
    if (!first) continue;
    const stay = (placed.leaves ?? []).filter((leaf) => isPrefix(renaming.from, leaf.keyPath) && !moved.includes(leaf));
    const change = stay.length === 0 ? keyChange(placed, renaming) : null;
    const result = change ? edited(text, [change]) : movedLeaf(doc, placed, first, renaming, order);
    return result.ok ? renamedFurther(result.text, renaming, order) : result;
  }
  return { ok: true, text };
}

function goesAlong({ keyPath }: Leaf, { from, keys }: Renaming): boolean {
  if (!isPrefix(from, keyPath)) return false;
  return keys === undefined || keys.includes(keyPath[from.length] ?? '');
}

function renamed(leaf: Leaf, { from, to }: Renaming): string[] {
  return [...to, ...leaf.keyPath.slice(from.length)];
}

/** The change of the one key that differs; null where more than the last key of the path does. */
function keyChange(placed: PlacedCall, { from, to }: Renaming): TextChange | null {
  const last = from.length - 1;
  const name = to[last];
  if (from.length !== to.length || name === undefined || !isPrefix(from.slice(0, last), to)) return null;
  const target = callTarget(placed.call, placed.at.bindings);
  if (!target) return null;
  const argument = placed.call.args[last];
  if (last < target.keyPath.length) {
    return argument?.kind === 'identifier' || !argument ? null : { ...argument.range, text: keyArgument(name) };
  }
  let value = target.value;
  for (let depth = target.keyPath.length; ; depth += 1) {
    const pair = levelOf(value, placed)?.pairs.find((one) => one.name === from[depth]);
    if (!pair) return null;
    if (depth === last) return { ...pair.keyRange, text: keyText(name) };
    value = pair.value;
  }
}

/** Takes a leaf out and puts it back under its new key path, comments above it included. */
function movedLeaf(doc: ConfigText, placed: PlacedCall, leaf: Leaf, renaming: Renaming, order: Order): Edited {
  const { text } = doc.source;
  const keyPath = renamed(leaf, renaming);
  const alone = withoutLeaf(doc, { placed, leaf });
  const key = {
    keyPath,
    environment: renaming.environment,
    conditions: placed.at.conditions,
    value: dedented(text, leaf.value.range),
    order,
    comments: alone.ok ? lostComments(text, alone.text) : [],
  };
  const added = withKey(doc, key);
  if (!added.ok) return added;
  const after = configText(added.text, renaming.environment);
  const old = leavesAt(after, leaf.keyPath, renaming.environment)[0];
  return old ? withoutLeaf(after, old) : changed(after, []);
}

/** The renamed key belongs where the old one was. */
function orderOf(doc: ConfigText, renaming: Renaming): Order {
  return doc.calls.flatMap(({ leaves }) =>
    (leaves ?? []).flatMap((leaf) =>
      goesAlong(leaf, renaming) ? [leaf.keyPath, renamed(leaf, renaming)] : [leaf.keyPath],
    ),
  );
}
