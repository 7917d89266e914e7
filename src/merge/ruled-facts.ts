import type { History } from '../facts/history.ts';
import type { Project } from '../project/project.ts';
import { compareFacts } from './compare-facts.ts';
import type { Comparison, FactMap } from './comparison.ts';
import { heldDeps } from './held-deps.ts';
import { keepEntries } from './kept-entries.ts';
import { keepPatterns } from './kept-patterns.ts';
import { consistentUrl } from './public-url.ts';
import { keepUsed } from './removals.ts';
import { keepRouteHelpers } from './route-helpers.ts';
import { keptPorts } from './runtime-port.ts';
import { movedStaticPaths } from './static-paths.ts';
import type { Span } from './verdict.ts';

/**
 * The compared facts, after what the project still uses and what belongs together has had its say. What a file that
 * `isReplaced` knows names is not used.
 */
export function ruledFacts(
  yours: FactMap,
  history: History,
  project: Project,
  span: Span,
  isReplaced: (path: string) => boolean,
): Comparison[] {
  const compared = heldDeps(compareFacts(yours, history, span), yours, history, project.locked);
  const used = keepUsed(keepEntries(compared, yours, history, project), project, isReplaced);
  const kept = keepPatterns(keepRouteHelpers(used, project), project, history);
  const moved = consistentUrl(movedStaticPaths(kept, project, history));
  return keptPorts(moved, yours, history, project);
}
