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
import { keptPorts, replacedPorts } from './runtime-port.ts';
import { movedStaticPaths } from './static-paths.ts';
import type { Span } from './verdict.ts';
import { keepWebServer } from './web-server.ts';

/** What a plan knows of the generator's files as text. */
export interface GeneratedText {
  /** Whether a plan puts another file in the place of one, or takes it away. */
  readonly isReplaced: (path: string) => boolean;
  /** Whether the text of generated files is at hand. */
  readonly hasText: boolean;
}

/**
 * The compared facts, after what the project still uses and what belongs together has had its say. What a file that
 * is replaced names is not used.
 */
export function ruledFacts(
  yours: FactMap,
  history: History,
  project: Project,
  span: Span,
  { isReplaced, hasText }: GeneratedText,
): Comparison[] {
  const compared = heldDeps(compareFacts(yours, history, span, hasText), yours, history, project.locked);
  const used = keepUsed(keepEntries(compared, yours, history, project), project, isReplaced);
  const kept = keepPatterns(keepRouteHelpers(keepWebServer(used), project), project, history);
  const moved = consistentUrl(movedStaticPaths(kept, project, history, hasText));
  return keptPorts(replacedPorts(moved), yours, history, project);
}
