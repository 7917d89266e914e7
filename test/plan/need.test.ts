import { expect, test } from 'vitest';
import { topicDraft } from '../../src/plan/claimed.ts';
import { withBreakingDeps } from '../../src/plan/deps/breaking.ts';
import type { Draft } from '../../src/plan/draft.ts';
import { withNeedShown } from '../../src/plan/need.ts';
import { readProject } from '../../src/project/project.ts';
import { topicById } from '../../src/topics/catalogue.ts';
import { type Files, treeOf } from '../support/projects.ts';

function draft(id: string): Draft {
  const topic = topicById(id);
  if (topic === undefined) throw new Error(`no topic ${id}`);
  return topicDraft(topic, []);
}

function projectOf(locked: Readonly<Record<string, string>>, deps = '', files: Files = {}) {
  const mix = `defmodule Ferry.MixProject do
  use Mix.Project
  def project, do: [app: :ferry, version: "0.1.0", deps: deps()]
  defp deps, do: [${['{:phoenix, "~> 1.7"}', deps].filter(Boolean).join(', ')}]
end
`;
  const tree = treeOf({ 'mix.exs': mix, 'lib/ferry.ex': 'defmodule Ferry do\nend\n', ...files });
  const { root, apps } = readProject(tree);
  return { root, apps, tree, locked: new Map(Object.entries(locked)) };
}

const needOf = (id: string, to: string, locked: Readonly<Record<string, string>> = {}, oldest: string | null = null) =>
  withNeedShown([draft(id)], { to, elixir: { oldest }, project: projectOf(locked) })[0]?.need;

test('what only a later target breaks without is recommended until then', () => {
  expect(needOf('inner-content', '1.5.14')).toBe('recommended');
  expect(needOf('inner-content', '1.6.0')).toBe('required');
});

test('what is left of a change that the lock shows to be made is no need', () => {
  expect(needOf('ecto-3', '1.8.0', { ecto_sql: '3.11.0' })).toBe('cosmetic');
  expect(needOf('ecto-3', '1.8.0', { ecto_sql: '2.2.0' })).toBe('required');
  expect(needOf('ecto-3', '1.8.0')).toBe('required');
});

test('an app that runs on a Phoenix that asks for the same Elixir needs no other', () => {
  expect(needOf('elixir-requirement', '1.8.12', { phoenix: '1.8.1' })).toBe('cosmetic');
  expect(needOf('elixir-requirement', '1.8.12', { phoenix: '1.7.21' })).toBe('required');
  expect(needOf('elixir-requirement', '1.8.12')).toBe('required');
});

test('an app that is built on the Elixir that the target asks for needs no other', () => {
  const locked = { phoenix: '1.7.21' };
  expect(needOf('elixir-requirement', '1.8.12', locked, '1.15.8')).toBe('cosmetic');
  expect(needOf('elixir-requirement', '1.8.12', locked, '1.18')).toBe('cosmetic');
  expect(needOf('elixir-requirement', '1.8.12', locked, '1.14.5')).toBe('required');
});

test('a layout named by a string goes on up to the LiveView that raises', () => {
  expect(needOf('live-layout-names', '1.7.7')).toBe('recommended');
  expect(needOf('live-layout-names', '1.7.8')).toBe('required');
});

test('a requirement that begins lower than the target’s is no need where the lock has what the target asks for', () => {
  const item = {
    change: {
      address: 'deps/phoenix_live_reload',
      verdict: 'pending',
      base: '"~> 1.0"',
      yours: '"~> 1.0"',
      target: '"~> 1.2"',
      at: null,
    },
    operations: [],
    conflicts: [],
    backlog: true,
    since: '1.4.0',
    review: false,
  } as const;
  const need = (locked: Readonly<Record<string, string>>) =>
    withNeedShown([{ ...draft('phoenix-1-4'), items: [item] }], {
      to: '1.8.12',
      elixir: { oldest: null },
      project: projectOf(locked),
    })[0]?.need;
  expect(need({ phoenix_live_reload: '1.6.1' })).toBe('cosmetic');
  expect(need({ phoenix_live_reload: '1.1.8' })).toBe('required');
  expect(need({})).toBe('required');
});

test('what a dep breaks from a version on is required only of a project that comes to have it', () => {
  const html = (deps: string, others: readonly Draft[] = []) =>
    withNeedShown([draft('phoenix-html-helpers'), ...others], {
      to: '1.8.1',
      elixir: { oldest: null },
      project: projectOf({}, deps),
    })[0]?.need;
  const raising: Draft = {
    ...draft('phoenix-1-8'),
    operations: [{ kind: 'set-requirement', path: 'mix.exs', dep: 'phoenix_html', requirement: '~> 4.1' }],
  };
  expect(html('{:phoenix_html, "~> 3.3", override: true}')).toBe('recommended');
  expect(html('{:phoenix_html, "~> 3.3"}', [raising])).toBe('required');
  expect(html('{:phoenix_html, ">= 3.0.0"}')).toBe('required');
  expect(html('{:phoenix_html, "~> 4.0"}')).toBe('required');
  expect(html('')).toBe('required');
});

test('what is written for a version that the project pins against comes along with the step that brings it', () => {
  const moving: Draft = {
    ...draft('phoenix-html-4'),
    operations: [{ kind: 'set-requirement', path: 'mix.exs', dep: 'phoenix_html', requirement: '~> 4.1' }],
  };
  const drafts = [draft('phoenix-html-helpers'), moving, draft('phoenix-1-8')];
  const bound = (deps: string) =>
    withBreakingDeps(drafts, { project: projectOf({}, deps) }).map((one) => [
      one.together ?? [],
      one.after.includes('phoenix-html-helpers'),
    ]);
  expect(bound('{:phoenix_html, "~> 3.3", override: true}')).toEqual([
    [['phoenix-html-4'], false],
    [[], true],
    [[], false],
  ]);
  expect(bound('{:phoenix_html, ">= 3.0.0"}').map(([together]) => together)).toEqual([[], [], []]);
});

test('what LiveView needs is for apps that keep sessions', () => {
  const evidence = (files: Files) => ({ to: '1.8.0', elixir: { oldest: null }, project: projectOf({}, '', files) });
  const router = (plug: string) => ({
    'lib/ferry_web/router.ex': `defmodule FerryWeb.Router do\n  plug :${plug}\nend\n`,
  });
  const needFor = (files: Files) => withNeedShown([draft('live-view-salt')], evidence(files))[0]?.need;
  expect(needFor(router('fetch_session'))).toBe('recommended');
  expect(needFor(router('accepts'))).toBe('cosmetic');
});

test('calls that a package drops are required where a required step raises it, and come behind the step that does', () => {
  const calls: Draft = { ...draft('gone-calls'), breaksFrom: [{ dep: 'jason', from: '1.4.0' }] };
  const raise = (id: string): Draft => ({
    ...draft(id),
    operations: [{ kind: 'set-requirement', path: 'mix.exs', dep: 'jason', requirement: '"~> 1.4"' }],
  });
  const project = projectOf({}, '{:jason, "~> 1.2.0"}');
  const ruled = (id: string) =>
    withNeedShown([calls, raise(id)], { to: '1.8.0', elixir: { oldest: null }, project })[0];
  expect(ruled('companion-deps')?.need).toBe('recommended');
  expect(ruled('phoenix-1-8')?.need).toBe('required');
  // Where no step can raise it, the calls are what keeps the target away.
  const alone = withNeedShown([calls, draft('companion-deps')], { to: '1.8.0', elixir: { oldest: null }, project })[0];
  expect(alone?.need).toBe('required');
  const [bound] = withBreakingDeps([calls, raise('companion-deps')], { project });
  expect(bound).toMatchObject({ after: ['companion-deps'] });
  expect(bound?.together).toBeUndefined();
});

test('later changes of what an app has are cosmetic', () => {
  const change = { address: 'file/lib/ferry_web/telemetry.ex', verdict: 'pending', base: 'a', target: 'c', at: null };
  const needFor = (yours: string | null) => {
    const item = {
      change: { ...change, yours },
      operations: [],
      conflicts: [],
      backlog: false,
      since: null,
      review: false,
    };
    const telemetry = { ...draft('telemetry'), items: [item] } as Draft;
    return withNeedShown([telemetry], { to: '1.8.0', elixir: { oldest: null }, project: projectOf({}) })[0]?.need;
  };
  expect(needFor('b')).toBe('cosmetic');
  expect(needFor(null)).toBe('recommended');
});
