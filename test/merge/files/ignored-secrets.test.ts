import { expect, test } from 'vitest';
import { withSecretsIgnored } from '../../../src/merge/files/ignored-secrets.ts';
import type { PristineTexts } from '../../../src/merge/files/input.ts';
import { type Files, treeOf } from '../../support/projects.ts';

const old = '/_build\n\n# Keep these to yourself.\n/config/*.secret.exs\n';

function ignored(files: Files): string | undefined {
  const texts: PristineTexts = {
    diff: { files: [] },
    old: treeOf({ '.gitignore': old }),
    target: treeOf({ '.gitignore': '/_build/\n' }),
    versions: [],
    baseText: () => undefined,
  };
  return withSecretsIgnored(texts, { tree: treeOf(files) }).target.read('.gitignore');
}

test('secrets that a project ignores stay ignored, whatever later generators say', () => {
  expect(ignored({ '.gitignore': `${old}/tmp\n` })).toContain('\n/config/*.secret.exs\n');
});

test('an entry is of no use where git tracks what it names, or where the user took it out', () => {
  expect(ignored({ '.gitignore': old, 'config/prod.secret.exs': '' })).toBe('/_build/\n');
  expect(ignored({ '.gitignore': '/_build\n' })).toBe('/_build/\n');
});
