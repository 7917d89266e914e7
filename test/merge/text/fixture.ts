import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Hand-written merges: a folder each with base, yours, target and what must come of them. */
export const mergeFixtures = resolve(import.meta.dirname, '../../../fixtures/merge');

export interface MergeCase {
  readonly name: string;
  /** A path of the kind that the case's files are of. */
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly target: string;
  readonly expected: string;
}

/** The cases of a folder, by name; `failing` is a folder of its own. */
export function mergeCases(folder = ''): MergeCase[] {
  const root = join(mergeFixtures, folder);
  return readdirSync(root)
    .filter((name) => name !== 'failing')
    .sort()
    .map((name) => readCase(join(root, name), name));
}

function readCase(directory: string, name: string): MergeCase {
  const file = readdirSync(directory).find((one) => one.startsWith('base.')) ?? '';
  const kind = file.slice('base.'.length);
  const text = (version: string) => readFileSync(join(directory, `${version}.${kind}`), 'utf8');
  return {
    name,
    path: pathOf(kind),
    base: text('base'),
    yours: text('yours'),
    target: text('target'),
    expected: text('expected'),
  };
}

/** `base.package.json` is a `package.json`, `base.gitignore` a `.gitignore`; of others only the ending counts. */
function pathOf(kind: string): string {
  if (kind.includes('.json')) return kind;
  return kind === 'gitignore' || kind === 'formatter.exs' ? `.${kind}` : `file.${kind}`;
}
