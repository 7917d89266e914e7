import { sameValue } from '../elixir/canonical.ts';
import { coversValue } from '../elixir/covers.ts';
import { mergeValues } from '../elixir/merge-values.ts';
import type { Address } from '../facts/address.ts';
import type { History } from '../facts/history.ts';
import { formerAddress } from '../facts/renames.ts';
import type { WrittenValue } from '../facts/variant-gaps.ts';
import { contains, upTo } from '../facts/version-set.ts';

/** The versions a comparison is made between; indexes count in `History.versions`. */
export interface VersionSpan {
  /** Version whose output the project stems from. */
  readonly origin: number;
  /** Version from which on changes count as this plan's. */
  readonly start: number;
  /** Version the plan starts from. */
  readonly from: number;
  readonly to: number;
}

/** What the three values of one address come to. `agreed` and `yours` call for nothing. */
export type Outcome = 'agreed' | 'done' | 'pending' | 'conflict' | 'manual' | 'declined' | 'yours';

/** What was ruled on one address, and what the rule was made from. */
export interface Ruling {
  readonly outcome: Outcome;
  /** What the generator wrote then; null for nothing. */
  readonly base: string | null;
  readonly target: string | null;
  /** What stands there once the change is taken: the target, or a merge of it with the user's value. */
  readonly result: string | null;
  /** Index of the version that brought the target's state. */
  readonly since: number;
  readonly backlog: boolean;
}

/** Rules on one address by the table of docs/verdicts.md. `yours` is null where the project states nothing. */
export function rule(address: Address, yours: string | null, history: History, span: VersionSpan): Ruling {
  const valueAt = (index: number, at = address) => history.valueAt(at, history.versions[index] ?? '') ?? null;
  const target = valueAt(span.to);
  const base = valueAt(span.from);
  const since = broughtBy(history.values(address), target, span.to);
  const ruling = { base, target, result: target, since, backlog: since <= span.from };
  if (yours !== null && isAhead(address, yours, history, span.to)) {
    return { ...ruling, result: yours, outcome: target !== null && since > span.start ? 'done' : 'agreed' };
  }
  if (target === null) return { ...ruling, ...ruleDropped(address, yours, history, span) };
  if (yours === null) return { ...ruling, outcome: ruleMissing(address, history, span) };
  if (sameValue(yours, target) || contains(history.wrote(address, yours), span.to)) {
    return { ...ruling, outcome: since > span.start ? 'done' : 'agreed' };
  }
  if ((history.wrote(address, yours) & upTo(span.to)) !== 0n) return { ...ruling, outcome: 'pending' };
  // Under its former name it was the same key.
  const former = history.renames.flatMap((rename) => formerAddress(address, rename) ?? []);
  const known = base ?? former.map((one) => valueAt(span.from, one)).find((value) => value !== null) ?? null;
  return { ...ruling, ...ruleCustomized(address, yours, history, { base: known, target, since }, span.to) };
}

/**
 * Whether the project has what only versions after the target write: it was there before the generator, and nothing that
 * the target brings is news to it.
 */
export function isAhead(address: Address, yours: string, history: History, to: number): boolean {
  const wrote = history.wrote(address, yours);
  return wrote !== 0n && (wrote & upTo(to)) === 0n;
}

/** The first version from which on the generator has written what it writes at `to`. */
function broughtBy(written: readonly WrittenValue[], target: string | null, to: number): number {
  const agreeing = written.filter(({ value }) => target === null || sameValue(value, target));
  const set = agreeing.reduce((all, { versions }) => all | versions, 0n);
  let index = to;
  while (index > 0 && contains(target === null ? ~set : set, index - 1)) index -= 1;
  return index;
}

function ruleDropped(
  address: Address,
  yours: string | null,
  history: History,
  { origin, from, to }: VersionSpan,
): { outcome: Outcome; result?: string | null } {
  if (yours === null) return { outcome: 'agreed' };
  const known = upTo(Math.min(to, Math.max(origin, from)));
  const wrote = history.wrote(address, yours);
  if ((wrote & known) !== 0n) return { outcome: 'pending' };
  // What came and went after the version it counts from was never a default here: the user chose it.
  if (wrote !== 0n) return { outcome: 'yours' };
  const ever = history.formerValues(address).some(({ versions }) => (versions & upTo(to)) !== 0n);
  if (!ever) return { outcome: 'yours' };
  const rest = address.pathText === 'project.compilers' ? withoutDefaults(yours, address, history) : undefined;
  if (rest !== undefined) return { outcome: 'pending', result: rest };
  const had = [origin, from].some((index) => history.valueAt(address, history.versions[index] ?? '') !== undefined);
  return { outcome: had ? 'manual' : 'yours' };
}

/** Compilers of the user's own beside Mix's; null where none is left once the generator's have gone, undefined without a change. */
function withoutDefaults(yours: string, address: Address, history: History): string | null | undefined {
  if (sameValue(yours, 'Mix.compilers()')) return null;
  const former = history.formerValues(address).map(({ value }) => value);
  const merged = mergeWithNearest(former, yours, 'Mix.compilers()');
  if (merged === undefined || sameValue(merged, yours)) return undefined;
  return sameValue(merged, 'Mix.compilers()') ? null : merged;
}

function ruleMissing(address: Address, history: History, { origin, from }: VersionSpan): Outcome {
  // Under a former name it was the same key.
  const wrote = (index: number) => history.formerValues(address).some(({ versions }) => contains(versions, index));
  // Between the two the user may have never had it: that is a change not taken up, not one refused.
  return wrote(origin) && wrote(from) ? 'declined' : 'pending';
}

function ruleCustomized(
  address: Address,
  yours: string,
  history: History,
  { base, target, since }: Pick<Ruling, 'base' | 'target' | 'since'>,
  to: number,
): { outcome: Outcome; result: string | null } {
  // The order of tasks means something: while the generator's list is what it was, so is the user's.
  if (isAlias(address) && base !== null && target !== null && sameValue(base, target)) {
    return { outcome: 'yours', result: yours };
  }
  if (
    isAlias(address) &&
    isOwnCommand(yours, [target ?? '', ...history.formerValues(address).map(({ value }) => value)])
  )
    return { outcome: 'yours', result: yours };
  const earlier = history.formerValues(address).filter(({ versions }) => (versions & upTo(to)) !== 0n);
  const former = [...(base === null ? [] : [base]), ...earlier.map(({ value }) => value)];
  const isNew = base === null;
  const unchanged = base !== null && target !== null && sameValue(base, target);
  // Beside what the generator has long written stands what an older one wrote, or the user: nothing of it is in the way.
  if (unchanged && coversValue(yours, target)) return { outcome: 'yours', result: yours };
  // Nothing stood there before: what is in two lists is in their union, and what has it all needs nothing.
  if (isNew && address.area === 'web' && coversValue(yours, target ?? '')) return { outcome: 'yours', result: yours };
  const isList = isNew && address.area === 'mix' && [yours, target].every((value) => value?.startsWith('['));
  const merged = isList ? mergeValues('[]', yours, target ?? '') : mergeWithNearest(former, yours, target ?? '');
  if (merged !== undefined && sameValue(merged, yours)) return { outcome: 'yours', result: yours };
  if (merged !== undefined) return { outcome: 'pending', result: merged };
  // The generator has not touched it since: what the user chose then still stands.
  const stands =
    unchanged ||
    // The user had the setting before the generator came to it.
    (isNew && address.area === 'config') ||
    since === 0 ||
    isNamedModule(yours, target) ||
    isSwitch(yours) ||
    former.every((value) => isRespelt(value, target));
  return { outcome: stands ? 'yours' : 'conflict', result: target };
}

function isAlias({ area, path }: Address): boolean {
  return area === 'mix' && path[0] === 'aliases';
}

/** Whether an alias does nothing of what the generator ever had a command of that name do: the name is the user's, for something else. */
function isOwnCommand(yours: string, generated: readonly string[]): boolean {
  const known = new Set(generated.flatMap(tasksOf));
  const tasks = tasksOf(yours);
  return tasks.length > 0 && !tasks.some((task) => known.has(task));
}

/** The tasks of an alias without their options: `ecto.create`, `phx.digest`; `cmd` runs what is no task. */
function tasksOf(value: string): string[] {
  const texts = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.trim().split(/\s+/));
  return texts.map(([task = '', ...rest]) => (task === 'cmd' ? ['cmd', ...rest].join(' ') : task));
}

/** Elixir 1.11 gave the level another name: the generator's choice is what it was, and so is the user's. */
function isRespelt(former: string, target: string | null): boolean {
  return target === ':warning' && (former === ':warn' || former === target);
}

/** `Jason` is what `Phoenix.json_library()` may give: who names the module has chosen it. */
function isNamedModule(yours: string, target: string | null): boolean {
  return /^[A-Z]\w*(\.[A-Z]\w*)*$/.test(yours) && /^[A-Z][\w.]*\.\w+\(\)$/.test(target ?? '');
}

/** Who sets a switch as the generator never did has decided: what it does with the other position is no news to them. */
function isSwitch(value: string): boolean {
  return value === 'true' || value === 'false';
}

/** Merges with the former value that is nearest to the user's as base, or the next nearest that allows it. */
export function mergeWithNearest(former: readonly string[], yours: string, target: string): string | undefined {
  // With the target itself as base, anything would merge.
  const distances = new Map(
    former.filter((value) => !sameValue(value, target)).map((value) => [value, distance(value, yours)]),
  );
  const nearest = [...distances].sort(([, a], [, b]) => a - b).map(([value]) => value);
  for (const candidate of nearest) {
    const merged = mergeValues(candidate, yours, target);
    if (merged !== undefined) return merged;
  }
  return undefined;
}

/** In how many words two texts differ. */
function distance(a: string, b: string): number {
  const [x, y] = [new Set(a.match(wordPattern)), new Set(b.match(wordPattern))];
  return [...x].filter((word) => !y.has(word)).length + [...y].filter((word) => !x.has(word)).length;
}

const wordPattern = /[^\s,"'()[\]{}]+/g;
