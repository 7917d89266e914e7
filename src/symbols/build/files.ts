import type { ProjectIndex } from '../index.ts';

/** A line of a script, an image's build, a workflow. */
export interface BuildLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

const named =
  /(?:^|\/)(?:[\w.-]*(?:Dockerfile|Containerfile)(?:\.[\w-]+)?|[\w-]+\.[Dd]ockerfile|Makefile|[Jj]ustfile|Procfile|compile|\.gitlab-ci\.yml|Taskfile\.ya?ml|app\.json|fly[\w.-]*\.toml|[\w.-]+\.(?:sh|bash))$/;
const inFolder = /^(?:\.github\/workflows|\.circleci|\.buildkite)\/.+\.ya?ml$|^(?:bin|script|scripts)\/[\w-]+$/;

/** The lines with which a project is built, tested and started, without those that are only comments. */
export function buildLines(index: ProjectIndex): BuildLine[] {
  const paths = index.paths.filter(
    (path) => (named.test(path) && !/(?:^|\/)(?:deps|node_modules|test)\//.test(path)) || inFolder.test(path),
  );
  return paths.flatMap((path) =>
    (index.read(path) ?? '')
      .split('\n')
      .flatMap((text, at) => (/^\s*#/.test(text) ? [] : [{ path, line: at + 1, text }])),
  );
}
