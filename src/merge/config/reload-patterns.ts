import { sameValue } from '../../elixir/canonical.ts';
import { listItems } from '../../elixir/list-items.ts';
import type { Address } from '../../facts/address.ts';
import { isGeneratedFile } from '../../facts/generated-file.ts';
import type { History } from '../../facts/history.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/**
 * Keeps the live reload patterns of directories that the project still has: newer generators know neither views nor
 * templates, but who has some wants the browser to follow them. Those that only the generator's own files are in go with
 * these files, so such a change is no safe one while they are there.
 */
export function keepPatterns(
  comparisons: readonly Comparison[],
  { project, history }: Pick<RulingContext, 'project' | 'history'>,
): Comparison[] {
  const own = comparisons.find(({ address, yours }) => isPatterns(address) && yours !== null)?.yours;
  const watched = ['views', 'templates'].filter((name) => hasFiles(project, name) && own?.value.includes(name));
  const kept = ['views', 'templates'].filter((name) => hasOwnFiles(project, history, name));
  const patterns = own ? listItems(own.value).filter((text) => kept.some((name) => text.includes(name))) : [];
  return comparisons.map((comparison) => {
    const { address, outcome, result, target } = comparison;
    if (!isPatterns(address) || outcome !== 'pending' || result === null) return comparison;
    if (own && target !== null && watchesAll(own.value, target))
      return { ...comparison, outcome: 'done', result: own.value };
    if (watched.length === 0) return comparison;
    const missing = patterns.filter((text) => !listItems(result).some((one) => sameValue(one, text)));
    const left = watched.filter((name) => !kept.includes(name) && !result.includes(name));
    const note = `${left.join(' and ')} of the generator’s are still there: take this once they are gone`;
    return {
      ...comparison,
      result: missing.length === 0 ? result : `[${[...listItems(result), ...missing].join(', ')}]`,
      ...(left.length === 0 ? {} : { review: true, note }),
    };
  });
}

/** Whether each folder that one list watches is watched by another one for the same endings, in whatever pattern. */
function watchesAll(own: string, target: string): boolean {
  const [mine, wanted] = [own, target].map((list) => listItems(list).flatMap(watchedFolders));
  return (
    wanted?.every(({ folder, endings }) =>
      mine?.some((one) => one.folder === folder && includesAll(one.endings, endings)),
    ) ?? false
  );
}

interface WatchedFolder {
  readonly folder: string;
  readonly endings: readonly string[];
}

/** The folders of a pattern such as `~r"lib/shop_web/(live|views)/.*(ex)$"`; of any other the pattern itself. */
function watchedFolders(pattern: string): WatchedFolder[] {
  const source = /^~r(?:\{(.*)\}|.(.*).)[a-zA-Z]*$/.exec(pattern);
  const text = source?.[1] ?? source?.[2] ?? pattern;
  const [, parent, names, endings] = /^([\w/-]*\/)\(?([\w|-]+)\)?\/\.\*\(?([\w|]+)\)?\$?$/.exec(text) ?? [];
  if (parent === undefined || names === undefined || endings === undefined) return [{ folder: text, endings: [] }];
  return names.split('|').map((name) => ({ folder: `${parent}${name}`, endings: endings.split('|') }));
}

function includesAll(all: readonly string[], some: readonly string[]): boolean {
  return some.every((one) => all.includes(one));
}

function isPatterns({ keyPath }: Address): boolean {
  return keyPath.slice(-2).join('.') === 'live_reload.patterns';
}

function hasFiles({ tree, webFiles }: Project, name: string): boolean {
  const directory = webFiles.endpoint?.replace(/[^/]*$/, name);
  return directory !== undefined && tree.paths.some((path) => path.startsWith(`${directory}/`));
}

/** Files that are not as a generator wrote them: what it did write goes with the step that replaces it. */
function hasOwnFiles(project: Project, history: History, name: string): boolean {
  const directory = project.webFiles.endpoint?.replace(/[^/]*$/, name);
  if (directory === undefined) return false;
  return project.tree.paths.some(
    (path) => path.startsWith(`${directory}/`) && !isGeneratedFile(path, project, history),
  );
}
