import { BuildFiles } from '../../../src/findings/build-files.ts';
import { type FindingContext, findingContext } from '../../../src/findings/context.ts';
import { readProject } from '../../../src/project/project.ts';
import type { FileTree } from '../../../src/project/tree.ts';

/** A project as rules see it. */
export function contextOf(tree: FileTree, rest: Partial<FindingContext> = {}): FindingContext {
  const project = readProject(tree);
  const given = {
    facts: [],
    target: { elixir: null, otp: null, debian: null, liveView: null, scripts: null, styles: null, profile: null },
    migrations: [],
  };
  return { ...findingContext(project, { build: new BuildFiles(project.sources), ...given }), ...rest };
}
