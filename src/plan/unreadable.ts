import type { Project } from '../project/project.ts';
import type { Finding } from './plan.ts';

/**
 * Elixir files that could not be read, or not whole: no text, no permission, a syntax error. The rest of the plan is
 * made without them. Syntax errors are told of the files that something depends on: those of the readers, and the
 * others that had to be parsed, `broken`.
 */
export function unreadableFiles(project: Project, broken: readonly Pick<Finding, 'path' | 'line'>[] = []): Finding[] {
  const lines = new Map([...brokenSources(project), ...broken.map(({ path, line }) => [path, line] as const)]);
  return project.tree.paths
    .filter((path) => /\.exs?$/.test(path))
    .flatMap((path): Finding[] => {
      const line = lines.get(path);
      const message = line === undefined ? unread(project, path) : unparsed;
      return message === null ? [] : [{ path, line: line ?? 1, message }];
    });
}

const unparsed = 'This does not parse: the plan reads the rest of the file, and edits nothing that depends on it.';

function unread({ tree }: Project, path: string): string | null {
  if (tree.read(path) !== undefined) return null;
  const why = tree.bytes(path) === undefined ? 'cannot be read' : 'is no text';
  return `This file ${why}, so the plan knows nothing of what is in it.`;
}

/** Path and line of the syntax errors in files that facts are read from. */
function brokenSources({ sources, config, apps, webFiles }: Project): [string, number][] {
  const read = [...config.files.map(({ path }) => path), ...apps.map(({ application }) => application)];
  const { endpoint, router, web } = webFiles;
  return [...read, endpoint, router, web].flatMap((path): [string, number][] => {
    const [problem] = path === null ? [] : (sources.get(path)?.problems ?? []);
    return problem && path !== null ? [[path, problem.line]] : [];
  });
}
