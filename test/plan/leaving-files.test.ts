import { expect, test } from 'vitest';
import type { Operation } from '../../src/merge/operation.ts';
import { topicDraft } from '../../src/plan/claimed.ts';
import { withoutRenamesOfLeaving } from '../../src/plan/leaving-files.ts';
import { topicById } from '../../src/topics/catalogue.ts';

const tide = 'lib/quay_web/live/tide_live.html.leex';

/** What of a rewrite of the template, which may rename it, is left beside a draft with this operation. */
function leftBeside(operation: Operation, to?: string) {
  const task = { name: 'config-env' } as const;
  const rewrite: Operation = { kind: 'rewrite', path: tide, task, ...(to === undefined ? {} : { to }) };
  const finding = { path: tide, line: 1, message: 'old' };
  const rewriting = { ...topicDraft(topicById('leex-templates')!, []), operations: [rewrite], findings: [finding] };
  const other = { ...topicDraft(topicById('starter-page')!, []), operations: [operation] };
  return withoutRenamesOfLeaving([rewriting, other]).map(({ id }) => id);
}

const renamed = tide.replace(/leex$/, 'heex');

test('a file that goes, or becomes another one, gets no new name', () => {
  expect(leftBeside({ kind: 'delete-file', path: tide }, renamed)).toEqual(['starter-page']);
  const path = 'lib/quay_web/templates/page/index.html.heex';
  expect(leftBeside({ kind: 'rename-file', from: tide, path }, renamed)).toEqual(['starter-page']);
});

test('it is rewritten in its place, and a file that stays, or only takes the ending of HEEx, under its new name', () => {
  const both = ['leex-templates', 'starter-page'];
  expect(leftBeside({ kind: 'delete-file', path: tide })).toEqual(both);
  expect(leftBeside({ kind: 'delete-file', path: 'lib/quay_web/live/moon.html.leex' }, renamed)).toEqual(both);
  expect(leftBeside({ kind: 'rename-file', from: tide, path: renamed }, renamed)).toEqual(both);
});
