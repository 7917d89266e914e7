import { expect, test } from 'vitest';
import { topicDraft } from '../../src/plan/claimed.ts';
import { closedSteps } from '../../src/plan/closure/closed-steps.ts';
import type { Draft } from '../../src/plan/draft.ts';
import type { Need } from '../../src/plan/plan.ts';
import { topicById } from '../../src/topics/catalogue.ts';
import { treeOf } from '../support/projects.ts';

interface Written {
  readonly need?: Need;
  readonly after?: readonly string[];
}

/** A step that writes whole files. */
function draft(
  id: string,
  files: Readonly<Record<string, string>>,
  { need = 'required', after = [] }: Written = {},
): Draft {
  const topic = topicById('static-gzip');
  if (topic === undefined) throw new Error('the topic that the words are taken from is gone');
  const operations = Object.entries(files).map(([path, text]) => ({ kind: 'replace-file', path, text }) as const);
  return { ...topicDraft(topic, []), id, need, after, operations };
}

const boat = (body: string) => `defmodule Quay.Boat do\n  ${body}\nend\n`;
const crew = (body: string) => `defmodule Quay.Crew do\n  ${body}\nend\n`;
const files = {
  'lib/quay/boat.ex': boat('def sail, do: :off'),
  'lib/quay/crew.ex': crew('def work, do: Quay.Boat.sail()'),
  'lib/quay/mate.ex': 'defmodule Quay.Mate do\n  def rest, do: :ok\nend\n',
};
const closed = (...drafts: Draft[]) =>
  closedSteps(drafts, treeOf(files), { own: ['Quay'], packages: null }).steps.map(
    ({ id, status, after, together }) => ({
      id,
      status,
      after,
      together: together ?? [],
    }),
  );

test('what lacks its counterpart comes after the step that brings it', () => {
  const call = draft('call', { 'lib/quay/crew.ex': crew('def work, do: Quay.Boat.row()') });
  const bring = draft('bring', { 'lib/quay/boat.ex': boat('def sail, do: :off\n  def row, do: :slow') });
  expect(closed(call, bring).find(({ id }) => id === 'call')).toMatchObject({ status: 'pending', after: ['bring'] });
});

test('and along with the one that in turn needs it, whatever others edit the same file', () => {
  const rename = draft('rename', { 'lib/quay/boat.ex': boat('def row, do: :slow') });
  const call = draft('call', { 'lib/quay/crew.ex': crew('def work, do: Quay.Boat.row()') });
  const spoilt = draft('spoilt', {
    'lib/quay/mate.ex': 'defmodule Quay.Mate do\n  def row, do: Quay.Storm.blow()\n  def rest, do: :ok\nend\n',
  });
  const steps = closed(spoilt, rename, call);
  const [one, other] = ['rename', 'call'].map((name) => steps.find(({ id }) => id === name));
  expect([...(one?.after ?? []), ...(one?.together ?? [])]).toContain('call');
  expect([...(other?.after ?? []), ...(other?.together ?? [])]).toContain('rename');
  expect(one?.after.includes('call') && other?.after.includes('rename')).toBe(false);
});

test('rather than after one that leaves it nothing to do', () => {
  const row = { 'lib/quay/boat.ex': boat('def sail, do: :off\n  def row, do: :slow') };
  const call = draft('call', { 'lib/quay/crew.ex': crew('def work, do: Quay.Boat.row()') });
  const instead = draft('instead', { ...row, 'lib/quay/crew.ex': crew('def work, do: Quay.Boat.row()') });
  const bring = draft('bring', row);
  expect(closed(call, instead, bring).find(({ id }) => id === 'call')).toMatchObject({ after: ['bring'] });
});

test('a rewrite comes behind the step that gives it something to do', () => {
  const log = (call: string) => crew(`require Logger\n  def work, do: Logger.${call}("late")`);
  const write = draft('a-write', { 'lib/quay/crew.ex': log('warn') });
  const other = draft('b-write', { 'lib/quay/mate.ex': 'defmodule Quay.Mate do\n  def rest, do: :no\nend\n' });
  const rewrite: Draft = {
    ...draft('c-rewrite', {}),
    operations: [{ kind: 'rewrite', path: 'lib/quay/crew.ex', task: { name: 'logger' } }],
  };
  const found = closed(write, other, rewrite).find(({ id }) => id === 'c-rewrite');
  expect(found).toMatchObject({ status: 'pending', after: ['a-write'] });
});
