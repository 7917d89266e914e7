import type { Project } from '../project/project.ts';
import type { Finding } from './plan.ts';

/**
 * Elixir files that could not be read, or not whole: no text, no permission, a syntax error. The rest of the plan is
 * made without them.
 */
export function unreadableFiles({ tree, sources }: Project): Finding[] {
  return tree.paths
    .filter((path) => /\.exs?$/.test(path))
    .flatMap((path): Finding[] => {
      if (tree.bytes(path) === undefined) {
        return [{ path, line: 1, message: 'This file cannot be read, so the plan knows nothing of what is in it.' }];
      }
      const source = sources.get(path);
      if (source === undefined) {
        return [{ path, line: 1, message: 'This file is no text, so the plan knows nothing of what is in it.' }];
      }
      const [problem] = source.problems;
      const message = 'This does not parse: the plan reads the rest of the file, and edits nothing that depends on it.';
      return problem ? [{ path, line: problem.line, message }] : [];
    });
}
