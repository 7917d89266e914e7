import { comparable, sameValue } from '../../elixir/canonical.ts';
import { listItems } from '../../elixir/list-items.ts';
import { mergeValues } from '../../elixir/merge-values.ts';
import { parse } from '../../elixir/parse.ts';
import type { Address } from '../../facts/address.ts';
import { isGeneratedFile } from '../../facts/generated-file.ts';
import type { History } from '../../facts/history.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';
import { mergeWithNearest } from '../verdict.ts';
import { hasOwnViews } from '../web/view-formats.ts';

/** An endpoint's list of static files, and the function of the web module that newer generators keep it in. */
interface StaticPaths {
  readonly only: Comparison;
  readonly paths: Comparison;
}

/**
 * Moves the list of static files into the function that the target asks for it, with what the user named: the endpoint
 * calls the function, so both or neither.
 */
export function movedStaticPaths(
  comparisons: readonly Comparison[],
  { project, history, hasText }: Pick<RulingContext, 'project' | 'history' | 'hasText'>,
): Comparison[] {
  const moves = comparisons.flatMap((only) => {
    const paths = isOnly(only) && functionFor(only, comparisons);
    return paths ? [{ only, paths }] : [];
  });
  if (project.webFiles.web === null) return withoutFunction(comparisons, moves);
  const isBundled = bundles(project, history, hasText);
  const ruled = new Map(moves.flatMap((move) => rulings(move, history, isBundled)));
  return comparisons.map((comparison) => ruled.get(comparison) ?? comparison);
}

/** An app without a dispatch module has no place for the function: its endpoint keeps the list. */
function withoutFunction(comparisons: readonly Comparison[], moves: readonly StaticPaths[]): Comparison[] {
  const kept = new Set(moves.flatMap(({ only, paths }) => [only, paths]));
  const note = 'the app has no web module that could hold the list';
  return comparisons.map((one) => (kept.has(one) ? { ...one, outcome: 'declined', note } : one));
}

/** The web module where it gets a list that is not the generator's. */
export function ownStaticPaths(comparisons: readonly Comparison[], { webFiles }: Project): ReadonlySet<string> {
  const own = comparisons.some(
    ({ address, outcome, result, target }) =>
      isStaticPaths(address) &&
      outcome === 'pending' &&
      result !== null &&
      target !== null &&
      !sameValue(result, target),
  );
  return new Set(own && webFiles.web !== null ? [webFiles.web] : []);
}

/** Whether an address is that of the function. */
export function isStaticPaths(address: Address): boolean {
  const { area, path } = address;
  return area === 'web' && path[1] === 'static_paths';
}

/** Whether a comparison is that of an endpoint's list of static files, which the target asks the function for. */
export function namesStaticPaths({ address, target }: Comparison): boolean {
  const { area, path } = address;
  const isOnly = area === 'endpoint' && path.join('.') === 'plug/Plug.Static.only';
  return isOnly && target?.endsWith('.static_paths()') === true;
}

/** The list is still in the endpoint, and is to leave it. */
function isOnly(comparison: Comparison): boolean {
  const { outcome, yours } = comparison;
  const open = outcome === 'pending' || outcome === 'conflict';
  return open && isList(yours?.value) && namesStaticPaths(comparison);
}

function functionFor(only: Comparison, comparisons: readonly Comparison[]): Comparison | undefined {
  const { member } = only.address;
  const name = only.target?.slice(0, -'()'.length);
  return comparisons.find(({ address, target }) => {
    const { area, member: own, path } = address;
    return area === 'web' && own === member && path.join('.') === name && isList(target);
  });
}

function rulings({ only, paths }: StaticPaths, history: History, isBundled: boolean): [Comparison, Comparison][] {
  const [yours, target] = [only.yours?.value ?? '[]', paths.target ?? '[]'];
  const former = history.formerValues(only.address).flatMap(({ value }) => (isList(value) ? [value] : []));
  const untouched = former.some((value) => sameValue(value, yours));
  const merged = untouched ? target : (mergeWithNearest(former, yours, target) ?? united(yours, target));
  const list = united(paths.yours?.value ?? '~w()', isBundled ? united(merged, yours) : merged);
  const taken: Comparison = { ...only, outcome: 'pending', result: only.target };
  const present = paths.yours !== null && sameValue(paths.yours.value, list);
  return [
    [only, taken],
    [paths, present ? paths : { ...paths, outcome: 'pending', result: list }],
  ];
}

/**
 * Whether an older bundler stays in the project, or the layout that names what it wrote: its directories have to be served as
 * long as they do. A bundler as generated goes with the step that replaces it, where the generated text for that is at hand, and
 * the layout with it unless views of the user's own are drawn in it.
 */
function bundles(project: Project, history: History, hasText: boolean): boolean {
  const configs = project.tree.paths.filter((path) => /(^|\/)(webpack\.config\.js|brunch-config\.js)$/.test(path));
  if (!hasText || hasOwnViews(project, history)) return configs.length > 0;
  return configs.some((path) => !isGeneratedFile(path, project, history));
}

function united(list: string, more: string): string {
  return mergeValues('[]', list, more) ?? list;
}

function isList(value: string | null | undefined): boolean {
  const [expr] = value ? parse(value).body : [];
  return expr?.kind === 'list' || (expr?.kind === 'sigil' && listItems(comparable(expr)).length > 0);
}
