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
  if (watched.length === 0) return [...comparisons];
  return comparisons.map((comparison) => {
    const { address, outcome, result } = comparison;
    if (!isPatterns(address) || outcome !== 'pending' || result === null) return comparison;
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
