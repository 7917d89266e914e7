import { expect, test } from 'vitest';
import { shippedPackages } from '../../src/packages/store.ts';
import { topicDraft } from '../../src/plan/claimed.ts';
import { joinedCommands, withDepCommands } from '../../src/plan/deps/commands.ts';
import { withResolvableDeps } from '../../src/plan/deps/resolvable.ts';
import type { Draft, DraftItem } from '../../src/plan/draft.ts';
import type { Project } from '../../src/project/project.ts';
import { readProject } from '../../src/project/project.ts';
import { topicById } from '../../src/topics/catalogue.ts';
import { treeOf } from '../support/projects.ts';

const packages = shippedPackages;

function kiln(deps: string, lock: Record<string, string> = {}): Project {
  const entries = Object.entries(lock).map(([name, entry]) => `"${name}": {:hex, :${name}, ${entry}, "hexpm", "cd"}`);
  return readProject(
    treeOf({
      'mix.exs': `defmodule Kiln.MixProject do
  use Mix.Project
  def project, do: [app: :kiln, deps: deps()]
  defp deps, do: [${deps}]
end
`,
      'mix.lock': `%{${entries.join(', ')}}`,
    }),
  );
}

/** A step of a topic that asks for other versions of deps, or for deps that were not there. */
function raising(id: string, wanted: Record<string, string>, project: Project): Draft {
  const items = Object.entries(wanted).map(([dep, requirement]): DraftItem => {
    const isNew = !project.root.mixfile.deps.some(({ name }) => name === dep);
    return {
      change: { address: `deps/${dep}`, verdict: 'pending', base: null, yours: null, target: requirement, at: null },
      operations: isNew
        ? [{ kind: 'add-dep', path: 'mix.exs', text: `{:${dep}, "${requirement}"}`, order: [] }]
        : [{ kind: 'set-requirement', path: 'mix.exs', dep, requirement }],
      conflicts: [],
      backlog: false,
      since: null,
      review: false,
    };
  });
  return { ...topicDraft(topicById(id)!, items), after: [] };
}

function commandsOf(project: Project, ...drafts: Draft[]): (readonly string[])[] {
  return withDepCommands(drafts, { project, packages }).map(({ commands }) => commands);
}

const hex = (version: string, deps: Record<string, string> = {}) => {
  const asked = Object.entries(deps).map(([name, requirement]) => `{:${name}, "${requirement}", [optional: false]}`);
  return `"${version}", "ab", [:mix], [${asked.join(', ')}]`;
};

test('an update names what the step moves, and fetching follows for what a fresh clone lacks', () => {
  const project = kiln('{:phoenix, "~> 1.7.0"}');
  expect(commandsOf(project, raising('phoenix-1-8', { phoenix: '~> 1.8.0' }, project))).toEqual([
    ['mix deps.update phoenix', 'mix deps.get'],
  ]);
});

test('a locked package that refuses the new version moves along; what the lock lets go of by itself is not named', () => {
  const project = kiln('{:phoenix, "~> 1.7.0"}, {:phoenix_live_dashboard, "~> 0.8"}', {
    phoenix: hex('1.7.21', { plug: '~> 1.14' }),
    plug: hex('1.14.0'),
    phoenix_live_dashboard: hex('0.8.0', { phoenix_live_view: '~> 0.19' }),
    phoenix_live_view: hex('0.19.0', { phoenix: '~> 1.6.15 or ~> 1.7.0' }),
    pow: hex('1.0.39', { phoenix: '>= 1.3.0' }),
  });
  expect(commandsOf(project, raising('phoenix-1-8', { phoenix: '~> 1.8.0' }, project))).toEqual([
    ['mix deps.update phoenix phoenix_live_view phoenix_live_dashboard', 'mix deps.get'],
  ]);
});

test('a dep that is new is fetched, and needs no update', () => {
  const project = kiln('{:phoenix, "~> 1.8.0"}');
  expect(commandsOf(project, raising('req', { req: '~> 0.5' }, project))).toEqual([['mix deps.get']]);
});

test('one dep is compiled by force only after all are compiled', () => {
  const project = kiln('{:phoenix, "~> 1.8.0"}, {:phoenix_live_view, "~> 1.0"}');
  const [commands] = commandsOf(project, raising('live-view-1-2', { phoenix_live_view: '~> 1.2.0' }, project));
  expect(commands).toEqual([
    'mix deps.update phoenix_live_view',
    'mix deps.get',
    'mix deps.compile',
    'mix deps.compile --force phoenix_live_view',
  ]);
});

test('several steps update in one command that names each package once', () => {
  expect(
    joinedCommands([
      'mix deps.update phoenix plug',
      'mix deps.get',
      'mix esbuild.install',
      'mix deps.update plug gettext',
      'mix deps.get',
    ]),
  ).toEqual(['mix deps.update phoenix plug gettext', 'mix deps.get', 'mix esbuild.install']);
});

test('a step brings along what its new version takes', () => {
  const project = kiln('{:phoenix, "~> 1.6.0"}, {:phoenix_html, "~> 3.0"}');
  const helpers = raising('phoenix-html-helpers', { phoenix_html_helpers: '~> 1.0' }, project);
  const html = { ...raising('phoenix-html-4', { phoenix_html: '~> 4.1' }, project), after: ['phoenix-html-helpers'] };
  const free = raising('phoenix-html-4', { phoenix_html: '~> 4.1' }, project);
  const pass = (drafts: Draft[]) => withResolvableDeps(drafts, { project, packages });
  expect(pass([helpers, html]).map(({ together }) => together)).toEqual([['phoenix-html-4'], ['phoenix-html-helpers']]);
  expect(pass([helpers, free]).map(({ after }) => after)).toEqual([['phoenix-html-4'], []]);
});

test('a step raises the line of mix.exs that its versions refuse, no further than it must', () => {
  const project = kiln('{:phoenix, "~> 1.6.12"},\n    {:plug_cowboy, "~> 2.5.2"},\n    {:jason, "~> 1.3.0"}');
  const move = raising('phoenix-1-7', { phoenix: '~> 1.7.2' }, project);
  const [step] = withResolvableDeps([move], { project, packages });
  expect(step?.operations).toEqual([]);
  expect(step?.items.map(({ change }) => [change.address, change.yours, change.target, change.note])).toEqual([
    ['deps/phoenix', null, '~> 1.7.2', undefined],
    ['deps/plug_cowboy', '"~> 2.5.2"', '"~> 2.6"', 'phoenix 1.7.2 takes plug_cowboy ~> 2.6'],
  ]);
  expect(step?.items[1]).toMatchObject({
    change: { at: { path: 'mix.exs', line: 5 } },
    operations: [{ kind: 'set-requirement', path: 'mix.exs', dep: 'plug_cowboy', requirement: '~> 2.6' }],
  });
});

test('a line that several steps need is raised by one, and the others come after it', () => {
  const project = kiln(
    '{:phoenix, "~> 1.4.0"},\n    {:phoenix_pubsub, "~> 1.1"},\n    {:phoenix_live_dashboard, "~> 0.1.0"}',
  );
  const move = raising('phoenix-1-5', { phoenix: '~> 1.5.9' }, project);
  const other = { ...raising('phoenix-1-5', { phoenix: '~> 1.5.7' }, project), id: 'kiln-fires' };
  const [first, second] = withResolvableDeps([move, other], { project, packages });
  expect([first?.items.length, second?.items.length]).toEqual([2, 1]);
  expect(second?.after).toEqual(['phoenix-1-5']);
});

test('a step is left to a person where no raise of a line helps', () => {
  const project = kiln('{:phoenix, "~> 1.4.0"},\n    {:phoenix_pubsub, "~> 1.1"}');
  const wanted = { phoenix: '~> 1.5.9', phoenix_pubsub: '~> 1.1.2' };
  const [step] = withResolvableDeps([raising('phoenix-1-5', wanted, project)], { project, packages });
  expect(step).toMatchObject({ risk: 'manual', operations: [], heldBy: [{ path: 'mix.exs', line: 5 }] });
  expect(step!.heldBy![0]!.message).toMatch(
    /^phoenix 1\.5\.\d+ takes phoenix_pubsub ~> 2\.0, and ~> 1\.1\.2 is asked for here$/,
  );
});

test('with override: true nobody else is asked', () => {
  const project = kiln('{:phoenix, "~> 1.4.0"}, {:phoenix_pubsub, "~> 1.1", override: true}');
  const drafts = [raising('phoenix-1-5', { phoenix: '~> 1.5.9' }, project)];
  expect(withResolvableDeps(drafts, { project, packages })).toEqual(drafts);
});
