import type { FindingContext } from '../context.ts';
import type { ProjectRule, Sighting } from '../rule.ts';

/** A file that describes how a platform runs the app. */
export interface PlatformFile {
  readonly path: string;
  readonly text: string;
}

/** A rule that looks at one file after another of a kind that describes a platform. */
export function platformRule(
  id: string,
  files: RegExp,
  look: (file: PlatformFile, context: FindingContext) => readonly Sighting[],
  topic = id,
): ProjectRule {
  return {
    kind: 'project',
    id,
    topic,
    look: (context) =>
      context.tree.paths.flatMap((path) => {
        const text = files.test(path) && !notDeployed.test(path) ? context.tree.read(path) : undefined;
        return text === undefined ? [] : look({ path, text }, context);
      }),
  };
}

/** Directories whose files describe no deployment of this app. */
const notDeployed = /(?:^|\/)(?:test|deps|priv\/templates|\.github|\.gitlab|\.circleci)\//;

/** Whether what a file starts or builds may be an Elixir project: Mix, Elixir or a release is named. */
export function namesElixir(text: string): boolean {
  return /\bmix\b|elixir|\brel(?:ease)?s?\b/i.test(text);
}
