import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { editsBetween } from '../../src/library/step-edits.ts';
import { performAll } from '../../src/merge/perform.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { writeTree } from '../../src/pristine/directory.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { joinedPatches } from '../../src/report/patch.ts';
import { scratch } from '../support/pristine.ts';

test('a file that one step changes and another deletes is gone once git has applied the patch', () => {
  const bytes = new TextEncoder().encode('use Mix.Config\nconfig :ferry, fast: true\n');
  const tree = memoryTree(new Map([['config/prod.secret.exs', { bytes, executable: false }]]));
  const before = new Workspace(tree);
  const changed = performAll(before, [{ kind: 'import-config', path: 'config/prod.secret.exs' }]);
  if ('reason' in changed) throw new Error(changed.reason);
  const after = performAll(changed, [{ kind: 'delete-file', path: 'config/prod.secret.exs' }]);
  if ('reason' in after) throw new Error(after.reason);
  const root = scratch('folded');
  writeTree(tree, root);
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  execFileSync('git', ['apply', '-'], { cwd: root, input: joinedPatches(editsBetween(before, after)) });
  expect(existsSync(join(root, 'config/prod.secret.exs'))).toBe(false);
});
