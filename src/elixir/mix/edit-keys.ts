import type { Expr, PairExpr } from '../ast.ts';
import { comparable, keyText } from '../canonical.ts';
import { insertElement, placeInOrder, removeElement, sequenceOf } from '../edit/elements.ts';
import { bodyIndent, bodyOf } from '../edit/statements.ts';
import { type Edited, edited, refused } from '../edited.ts';
import { parseElement } from '../print.ts';
import { addFunction, keywordFunction } from './functions.ts';
import { gather, type ListedExpr, literalLists } from './lists.ts';
import type { MixSection } from './model.ts';
import { clausesNamed, type MixText, noProject, openMix, returned, withValue, written } from './place.ts';
import { followed, inlined, type Scoped } from './scope.ts';

/**
 * Sets a key of a section, nested keywords by their path; a missing `application/0` or `cli/0` is made. Once there is a `cli/0`,
 * Mix no longer reads what `project/0` says of its tasks (`Mix.CLI`), so that goes along.
 */
export function setKey(
  text: string,
  section: MixSection,
  keys: readonly string[],
  value: string,
  order: readonly string[],
): Edited {
  const mix = openMix(text);
  if (mix === null) return noProject;
  const start = returned(mix, section);
  if (start) return setInList(mix, start, keys, value, order);
  if (clausesNamed(mix, section).length > 0 || section === 'project') {
    return refused(`${section}/0 does not return one value`);
  }
  if (section === 'application')
    return addFunction(mix, ['project'], keywordFunction('def application', [pairText(keys, value)]));
  const settings = taskSettings(mix);
  if ('reason' in settings) return settings;
  const entries = settings.map(({ name, value: own }) => `${name}: ${own}`);
  if (entries.length === 0) return addFunction(mix, cliSiblings, keywordFunction('def cli', [pairText(keys, value)]));
  const made = addFunction(mix, cliSiblings, keywordFunction('def cli', entries));
  const moved = settings.reduce<Edited>(
    (all, { former }) => (all.ok ? removeKey(all.text, 'project', [former]) : all),
    made,
  );
  return moved.ok ? setKey(moved.text, section, keys, value, order) : moved;
}

const cliSiblings = ['application', 'project'];

/** What `cli/0` calls the settings that `project/0` had before Elixir 1.15. */
const cliNames = {
  default_task: 'default_task',
  preferred_cli_env: 'preferred_envs',
  preferred_cli_target: 'preferred_targets',
};

/** What `project/0` says of tasks, by its name there and in `cli/0`; a refusal where only running the file would tell. */
function taskSettings(mix: MixText): { former: string; name: string; value: string }[] | Refused {
  const project = returned(mix, 'project');
  if (project === null) return [];
  const found: { former: string; name: string; value: string }[] = [];
  for (const [former, name] of Object.entries(cliNames)) {
    const entry = entryOf(project, former);
    if (entry === null) continue;
    if ('reason' in entry) return entry;
    found.push({ former, name, value: ownText(mix, { expr: entry.pair.value, scope: entry.scope }) });
  }
  return found;
}

/** A value as it stands, for a place in another function: what a variable names is written out, and lines begin as in the module. */
function ownText({ source, module }: MixText, { expr, scope }: Scoped): string {
  const isLocal = expr.kind === 'identifier' && scope.locals.has(expr.name);
  const { range } = isLocal ? followed({ expr, scope }).expr : expr;
  const { block } = module.call;
  const indent = block === null ? '' : bodyIndent(source, bodyOf(block));
  return source.text.slice(range.start, range.end).replaceAll(`\n${indent}`, '\n');
}

/** Takes a key out, and the keyword list around it when that is empty then. */
export function removeKey(text: string, section: MixSection, keys: readonly string[]): Edited {
  const mix = openMix(text);
  if (mix === null) return noProject;
  const start = returned(mix, section);
  if (start === null)
    return clausesNamed(mix, section).length > 0 ? refused(`${section}/0 is computed`) : unchanged(mix);
  return removeFromList(mix, start, keys);
}

/** Sets a key path below a value that is a keyword list. */
export function setInList(
  mix: MixText,
  list: Scoped,
  keys: readonly string[],
  value: string,
  order: readonly string[],
): Edited {
  const [key, ...deeper] = keys;
  if (key === undefined) return refused('no key was given');
  const found = entryOf(list, key);
  if (found === null) return addToList(mix, list, keys, value, order);
  if ('reason' in found) return found;
  const { pair, scope } = found;
  const old: Scoped = { expr: pair.value, scope };
  if (deeper.length > 0) {
    const inner = written(mix, old);
    return inner ? setInList(mix, inner, deeper, value, order) : refused(`${key} is written elsewhere too`);
  }
  const wanted = parseElement(value);
  if (wanted && comparable(inlined(old)) === comparable(wanted.expr)) return unchanged(mix);
  const place = written(mix, old);
  return place ? withValue(mix.source, place.expr, value) : refused(`${key} is written elsewhere too`);
}

/** Takes a key path out of a value that is a keyword list. */
export function removeFromList(mix: MixText, list: Scoped, keys: readonly string[]): Edited {
  const [key, ...deeper] = keys;
  const found = key === undefined ? null : entryOf(list, key);
  if (found === null) return unchanged(mix);
  if ('reason' in found) return found;
  const { pair, scope } = found;
  const inner = deeper.length > 0 ? written(mix, { expr: pair.value, scope }) : null;
  if (deeper.length > 0 && inner === null) return refused(`${key} is written elsewhere too`);
  if (inner && !isLast(inner, deeper)) return removeFromList(mix, inner, deeper);
  const sequence = sequenceOf(found.list);
  const index = sequence?.elements.indexOf(pair) ?? -1;
  if (!sequence || index < 0) return refused(`${key} is not written in a list`);
  return edited(mix.source.text, removeElement(mix.source, sequence, index));
}

/** Whether a key path is all that a keyword list holds. */
function isLast(list: Scoped, keys: readonly string[]): boolean {
  const [key, ...deeper] = keys;
  const { elements, unknown } = gather(list);
  const [only, ...more] = elements;
  if (unknown.length > 0 || more.length > 0 || only?.expr.kind !== 'pair' || only.expr.name !== key) return false;
  return deeper.length === 0 || isLast({ expr: only.expr.value, scope: only.scope }, deeper);
}

type Refused = Extract<Edited, { readonly ok: false }>;

type Entry = ListedExpr & { readonly pair: PairExpr };

/** The one entry of a key; null when it is absent, a refusal when it cannot be told. */
function entryOf(list: Scoped, key: string): Entry | Refused | null {
  const { elements, unknown } = gather(list);
  const entries = elements.flatMap((found) =>
    found.expr.kind === 'pair' && found.expr.name === key ? [{ ...found, pair: found.expr }] : [],
  );
  const [only, ...more] = entries;
  if (more.length > 0) return { ok: false, reason: `${key} is set ${entries.length} times` };
  if (only) return only.condition === null ? only : { ok: false, reason: `${key} is set only if ${only.condition}` };
  return unknown.length > 0 ? { ok: false, reason: `${key} may be set by what only running the file tells` } : null;
}

function addToList(
  mix: MixText,
  list: Scoped,
  keys: readonly string[],
  value: string,
  order: readonly string[],
): Edited {
  const [key = ''] = keys;
  const names = gather(list).elements.map(({ expr }) => (expr.kind === 'pair' ? expr.name : null));
  const lists = literalLists(list);
  const place = placeInOrder(names, order, key);
  const neighbour = place === 'end' ? undefined : names['after' in place ? place.after : place.before];
  const home = lists.find((one) => pairNames(one).includes(neighbour ?? '')) ?? lists.at(-1);
  const sequence = home && sequenceOf(home);
  if (!home || !sequence) return refused(`there is no list to write ${key} into`);
  const own = placeInOrder(pairNames(home), order, key);
  return edited(mix.source.text, insertElement(mix.source, sequence, own, pairText(keys, value)));
}

function pairNames(list: Expr): (string | null)[] {
  return (sequenceOf(list)?.elements ?? []).map((one) => (one.kind === 'pair' ? one.name : null));
}

/** `preferred_envs: [precommit: :test]` */
function pairText(keys: readonly string[], value: string): string {
  const [key = '', ...deeper] = keys;
  return `${keyText(key)} ${deeper.length > 0 ? `[${pairText(deeper, value)}]` : value}`;
}

function unchanged({ source }: MixText): Edited {
  return { ok: true, text: source.text };
}
