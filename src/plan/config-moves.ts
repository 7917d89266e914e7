import { type ConfigMove, performConfigMove } from '../elixir/config/move.ts';
import { Address } from '../facts/address.ts';
import type { Operation, RetireConfig } from '../merge/operation.ts';
import type { FileTree } from '../project/tree.ts';
import { type Draft, type DraftItem, operationsOf } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';
import { type Need, needs } from './plan.ts';

/**
 * Settles who moves which config key. What the generator's changes move or take out, observations leave alone; all keys
 * that leave one file for one place go in one move, so that statements, comments and bindings stay together; and an old
 * file goes with the step that empties it, whichever that is.
 */
export function settledMoves(drafts: readonly Draft[], { project: { tree } }: Pick<DraftContext, 'project'>): Draft[] {
  const decided = new Set(drafts.flatMap(({ items }) => items.flatMap((item) => item.operations.flatMap(keysOf))));
  const own = withoutDecided(drafts, decided);
  const moving = new Set(own.flatMap(({ operations }) => operations.filter(isMove).flatMap(keysOf)));
  const retired = own.flatMap(({ operations }) => operations.filter(isRetirement));
  return own
    .map((draft) => ({ ...draft, items: draft.items.map((item) => itemOf(item, moving)) }))
    .map((draft) => joinedMoves(draft, tree))
    .map((draft) => withRetirements(draft, retired));
}

function isMove(operation: Operation): operation is ConfigMove {
  return operation.kind === 'move-config';
}

function isRetirement(operation: Operation): operation is RetireConfig {
  return operation.kind === 'retire-config';
}

function keyOf(path: string, keyPath: readonly string[]): string {
  return [path, ...keyPath].join('\n');
}

/** The keys that leave a file by an operation. */
function keysOf(operation: Operation): string[] {
  if (operation.kind === 'remove-config') return [keyOf(operation.path, operation.keyPath)];
  return isMove(operation) ? operation.keyPaths.map((keyPath) => keyOf(operation.path, keyPath)) : [];
}

function undecided(operation: Operation, decided: ReadonlySet<string>): Operation[] {
  if (operation.kind === 'remove-config')
    return decided.has(keyOf(operation.path, operation.keyPath)) ? [] : [operation];
  if (!isMove(operation)) return [operation];
  const keyPaths = operation.keyPaths.filter((keyPath) => !decided.has(keyOf(operation.path, keyPath)));
  return keyPaths.length === 0 ? [] : [{ ...operation, keyPaths }];
}

/**
 * Leaves keys that the generator's changes decide on to these. A draft that nothing is left of lends its findings and its
 * weight to the one that does its work.
 */
function withoutDecided(drafts: readonly Draft[], decided: ReadonlySet<string>): Draft[] {
  const lent = new Map<string, Draft[]>();
  const own = drafts.flatMap((draft): Draft[] => {
    const operations = draft.operations.flatMap((one) => undecided(one, decided));
    const isLeft = draft.items.length > 0 || operations.length > 0 || draft.operations.length === 0;
    if (isLeft) return [{ ...draft, operations }];
    const doer = drafts.find(({ items }) =>
      items.some((item) =>
        item.operations.flatMap(keysOf).some((key) => draft.operations.flatMap(keysOf).includes(key)),
      ),
    );
    if (doer) lent.set(doer.id, [...(lent.get(doer.id) ?? []), draft]);
    return doer ? [] : [{ ...draft, operations }];
  });
  return own.map((draft) => (lent.get(draft.id) ?? []).reduce(withWeightOf, draft));
}

function withWeightOf(draft: Draft, { need, findings }: Draft): Draft {
  return { ...draft, need: strongest(draft.need, need), findings: [...draft.findings, ...findings] };
}

function strongest(a: Need, b: Need): Need {
  return needs.indexOf(a) <= needs.indexOf(b) ? a : b;
}

/** A value of the user's own that the generator has no key for any more needs nobody where it moves along. */
function itemOf(item: DraftItem, moving: ReadonlySet<string>): DraftItem {
  const { verdict, target, at } = item.change;
  const { area, keyPath } = new Address(item.change.address);
  if (verdict !== 'manual' || target !== null || at === null || area !== 'config') return item;
  if (!moving.has(keyOf(at.path, keyPath))) return item;
  return { ...item, change: { ...item.change, verdict: 'pending', note: 'the key moves, your value stays' } };
}

/** The first move of a file's keys takes along those that others of the draft would bring to the same place. */
function joinedMoves(draft: Draft, tree: FileTree): Draft {
  const all = [...draft.items.flatMap(({ operations }) => operations), ...draft.operations].filter(isMove);
  const joined = new Map<ConfigMove, ConfigMove>();
  const places = new Set<string>();
  for (const move of all) {
    const place = placeOf(move);
    if (places.has(place)) continue;
    places.add(place);
    const alike = all.filter((one) => placeOf(one) === place).flatMap(({ keyPaths }) => keyPaths);
    const whole = { ...move, keyPaths: [...new Map(alike.map((one) => [one.join('\n'), one])).values()] };
    if (isDoable(whole, tree)) joined.set(move, whole);
  }
  const swap = (operation: Operation) => (isMove(operation) ? (joined.get(operation) ?? operation) : operation);
  return {
    ...draft,
    items: draft.items.map((item) => ({ ...item, operations: item.operations.map(swap) })),
    operations: draft.operations.map(swap),
  };
}

function placeOf({ path, to, environment, toEnvironment }: ConfigMove): string {
  return [path, to, environment, toEnvironment].join('\n');
}

function isDoable(move: ConfigMove, tree: FileTree): boolean {
  const { from, to } = performConfigMove(tree.read(move.path) ?? '', tree.read(move.to) ?? null, move);
  return from.ok && to.ok;
}

function withRetirements(draft: Draft, retired: readonly RetireConfig[]): Draft {
  const touched = new Set(
    operationsOf(draft)
      .filter((one) => keysOf(one).length > 0)
      .map(({ path }) => path),
  );
  const due = retired.filter((one) => touched.has(one.path) && !draft.operations.includes(one));
  return due.length === 0 ? draft : { ...draft, operations: [...draft.operations, ...due] };
}
