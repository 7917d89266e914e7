import { expect, test } from 'vitest';
import type { Operation } from '../../src/merge/operation.ts';
import { topicDraft } from '../../src/plan/claimed.ts';
import { withoutRewritesOfLeaving } from '../../src/plan/leaving-files.ts';
import { topicById } from '../../src/topics/catalogue.ts';

const tide = 'lib/quay_web/live/tide_live.html.leex';

/** What of a rewrite of the template is left beside a draft with this operation. */
function leftBeside(operation: Operation) {
  const task = { name: 'config-env' } as const;
  const rewrite: Operation = { kind: 'rewrite', path: tide, task };
  const finding = { path: tide, line: 1, message: 'old' };
  const rewriting = { ...topicDraft(topicById('leex-templates')!, []), operations: [rewrite], findings: [finding] };
  const other = { ...topicDraft(topicById('starter-page')!, []), operations: [operation] };
  return withoutRewritesOfLeaving([rewriting, other]).map(({ id }) => id);
}

test('a file that goes, or becomes another one, is not rewritten', () => {
  expect(leftBeside({ kind: 'delete-file', path: tide })).toEqual(['starter-page']);
  const path = 'lib/quay_web/templates/page/index.html.heex';
  expect(leftBeside({ kind: 'rename-file', from: tide, path })).toEqual(['starter-page']);
});

test('a file that stays, or only takes the ending of HEEx, is rewritten', () => {
  const both = ['leex-templates', 'starter-page'];
  expect(leftBeside({ kind: 'delete-file', path: 'lib/quay_web/live/moon.html.leex' })).toEqual(both);
  expect(leftBeside({ kind: 'rename-file', from: tide, path: tide.replace(/leex$/, 'heex') })).toEqual(both);
});
