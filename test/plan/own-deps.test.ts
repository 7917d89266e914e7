import { expect, test } from 'vitest';
import { topicDraft } from '../../src/plan/claimed.ts';
import { withOwnDeps } from '../../src/plan/own-deps.ts';
import { readProject } from '../../src/project/project.ts';
import { topicById } from '../../src/topics/catalogue.ts';
import { treeOf } from '../support/projects.ts';

/** The commands of a draft in a project with these deps and this lock. */
function commands(asked: readonly string[], deps: string, lock = '%{}'): readonly string[] {
  const project = readProject(
    treeOf({
      'mix.exs': `defmodule Kiln.MixProject do
  use Mix.Project
  def project, do: [app: :kiln, deps: deps()]
  defp deps, do: [{:phoenix, "~> 1.7.0"}${deps}]
end
`,
      'mix.lock': lock,
    }),
  );
  const draft = { ...topicDraft(topicById('phoenix-1-8')!, []), commands: asked };
  return withOwnDeps([draft], { project })[0]!.commands;
}

test('an update names only packages of the project, since Mix refuses one that it does not know', () => {
  const asked = ['mix deps.update phoenix phoenix_live_view phoenix_live_dashboard plug'];
  expect(commands(asked, '')).toEqual(['mix deps.update phoenix']);
  expect(commands(asked, ', {:phoenix_live_view, "~> 0.20"}')).toEqual(['mix deps.update phoenix phoenix_live_view']);
});

test('what only the lock has counts as well', () => {
  const lock = '%{"plug": {:hex, :plug, "1.16.0", "ab", [:mix], [], "hexpm", "cd"}}';
  expect(commands(['mix deps.update plug'], '', lock)).toEqual(['mix deps.update plug']);
});

test('an update of nothing that is there goes, and other commands stay', () => {
  expect(commands(['mix deps.get', 'mix deps.update gettext', 'mix tailwind.install'], '')).toEqual([
    'mix deps.get',
    'mix tailwind.install',
  ]);
});
