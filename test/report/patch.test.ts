import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changePatch } from '../../src/merge/patch.ts';
import { editedPlace, joinedPatches, readablePatch, replacements } from '../../src/report/patch.ts';
import { edit, projectFiles, richPlan } from '../support/plans.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phx-upgrade-patch-'));
  for (const [path, text] of Object.entries(projectFiles)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const gitApply = (patch: string, ...options: string[]) =>
  execFileSync('git', ['apply', ...options, '-'], { cwd: root, input: patch, stdio: ['pipe', 'pipe', 'pipe'] });

test('git takes all pending steps as one patch, later edits of a file included', () => {
  const pending = richPlan.steps.filter(({ status }) => status === 'pending');
  const patch = joinedPatches(pending.flatMap(({ edits }) => edits));
  gitApply(patch, '--check');
  gitApply(patch);
  const mix = readFileSync(join(root, 'mix.exs'), 'utf8');
  expect(mix).toContain('[listeners: [Phoenix.CodeReloader], app: :shop, elixir: "~> 1.15"]');
  expect(readFileSync(join(root, 'config/config.exs'), 'utf8')).toMatch(/"moin"\r\nconfig :shop, :x, .*\r\n$/);
  expect(readFileSync(join(root, 'lib/shop/name.ex'), 'utf8')).toContain(':bottom');
});

test('a rename is called the same file only where nothing of it changed, and git takes both', () => {
  const origin = readFileSync(join(root, 'mix.exs'));
  const renamed = (path: string, after: Uint8Array) =>
    changePatch(
      { path, before: null, after, executable: false, renamedFrom: 'mix.exs' },
      { executable: false, origin },
    );
  const edited = Buffer.concat([origin, Buffer.from('# moved\n')]);
  expect(renamed('lib/shop/title.ex', origin)).toContain('similarity index 100%');
  const patch = renamed('lib/shop/label.ex', edited);
  expect(patch).not.toContain('similarity');
  gitApply(patch);
  expect(readFileSync(join(root, 'lib/shop/label.ex'))).toEqual(edited);
});

test('people read the sizes of a binary file, git reads all of it', () => {
  const [before, after] = [Buffer.alloc(700, 1), Buffer.from([0, 1, 2])];
  const patch = changePatch({ path: 'logo.png', before, after, executable: false }, { executable: false });
  const lines = readablePatch(patch).split('\n');
  expect(lines.slice(2)).toEqual(['binary content: 700 bytes before, 3 bytes after', '']);
  expect(patch).toContain('\nGIT binary patch\nliteral 3\n');
});

test('a text that speaks of binary patches is read as it is', () => {
  const { patch } = edit('notes.md', 'modify', 'GIT binary patch\nliteral 1\n', 'GIT binary patch\nliteral 2\n');
  expect(readablePatch(patch)).toBe(patch);
});

/** Carries replacements out as a reader of SARIF would: by line and column, last one first. */
function replaced(before: string, patch: string): string {
  const lines = before.split('\n');
  for (const { line, removed, added, openEnd } of replacements(patch).toReversed()) {
    const tail = openEnd.removed && !openEnd.added && added.length > 0 ? [''] : [];
    lines.splice(line - 1, removed.length, ...added, ...tail);
  }
  return lines.join('\n');
}

const text = fc
  .array(fc.constantFrom('a', 'b', '-c', '+d', ' e', '@@ f', '-- x', '++ y', 'diff --git a/x b/x', '\\ g', '', 'h\r'), {
    maxLength: 12,
  })
  .map((lines) => lines.join('\n'));

test('a patch stands for the replacements that lead from the old text to the new one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      // A last line with and without its line feed are the cases of the test below.
      const [old, now] = [`${before}\n`, `${after}\n`];
      expect(replaced(old, edit('a.ex', 'modify', old, now).patch)).toBe(now);
    }),
  );
});

test('a last line without a line feed is told from one with it', () => {
  const [gained] = replacements(edit('a.ex', 'modify', 'a\nb', 'a\nb\n').patch);
  expect(gained).toEqual({ line: 2, removed: ['b'], added: ['b'], openEnd: { removed: true, added: false } });
  expect(replaced('a\nb', edit('a.ex', 'modify', 'a\nb', 'a\nc\n').patch)).toBe('a\nc\n');
});

test('an edit is placed at its first changed line, a rename in the former file', () => {
  expect(editedPlace(edit('b.ex', 'rename', 'x\ny\n', 'x\nz\n', 'a.ex'))).toEqual({ path: 'a.ex', line: 2 });
  expect(editedPlace(edit('b.ex', 'create', '', 'x\n'))).toBeNull();
});
