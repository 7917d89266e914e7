import type { History } from '../facts/history.ts';
import type { Project } from '../project/project.ts';
import { compareFacts } from './compare-facts.ts';
import type { Comparison, FactMap } from './comparison.ts';
import { consistentUrl } from './config/public-url.ts';
import { keepPatterns } from './config/reload-patterns.ts';
import { keptPorts, replacedPorts } from './config/runtime-port.ts';
import { heldDeps } from './deps/held-deps.ts';
import { keepUsed } from './deps/used.ts';
import { keepWebServer } from './deps/web-server.ts';
import { keepEntries } from './endpoint/kept-entries.ts';
import { movedStaticPaths } from './endpoint/static-paths.ts';
import type { VersionSpan } from './verdict.ts';
import { keepRouteHelpers } from './web/route-helpers.ts';

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
  span: VersionSpan,
  { isReplaced, hasText }: GeneratedText,
): Comparison[] {
  const compared = heldDeps(compareFacts(yours, history, span, hasText), yours, history, project.locked);
  const used = keepUsed(keepEntries(compared, yours, history, project), project, isReplaced);
  const kept = keepPatterns(keepRouteHelpers(keepWebServer(used), project), project, history);
  const moved = consistentUrl(movedStaticPaths(kept, project, history, hasText));
  return keptPorts(replacedPorts(moved), yours, history, project);
}
