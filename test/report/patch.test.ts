import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { planPatch } from '../../src/report/patch.ts';
import { edit, projectFiles, richPlan, step } from '../support/plans.ts';

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
  const patch = planPatch(richPlan);
  gitApply(patch, '--check');
  gitApply(patch);
  const mix = readFileSync(join(root, 'mix.exs'), 'utf8');
  expect(mix).toContain('[listeners: [Phoenix.CodeReloader], app: :shop, elixir: "~> 1.15"]');
  expect(readFileSync(join(root, 'config/config.exs'), 'utf8')).toMatch(/"moin"\r\nconfig :shop, :x, .*\r\n$/);
  expect(readFileSync(join(root, 'lib/shop/name.ex'), 'utf8')).toContain(':bottom');
});

test('only pending steps are in it', () => {
  const edits = [edit('mix.exs', 'modify', 'a\n', 'b\n')];
  const steps = (['done', 'declined', 'conflict', 'manual', 'needs-source'] as const).map((status) =>
    step({ id: status, status, edits }),
  );
  expect(planPatch({ ...richPlan, steps })).toBe('');
});
