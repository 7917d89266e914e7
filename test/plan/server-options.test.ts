import { expect, test } from 'vitest';
import { topicDraft } from '../../src/plan/claimed.ts';
import { withServerOptions } from '../../src/plan/deps/server-options.ts';
import type { Draft, DraftItem } from '../../src/plan/draft.ts';
import { readProject } from '../../src/project/project.ts';
import { topicById } from '../../src/topics/catalogue.ts';
import { treeOf } from '../support/projects.ts';

/** What holds the step that brings Bandit to an endpoint with these options. */
function holding(options: string, ...others: readonly Draft[]): string[] {
  const project = readProject(
    treeOf({
      'mix.exs':
        'defmodule Kiln.MixProject do\n  use Mix.Project\n  def project, do: [app: :kiln, deps: [{:phoenix, "~> 1.7.0"}]]\nend\n',
      'config/config.exs': `import Config\n\nconfig :kiln, KilnWeb.Endpoint,\n  https: [\n    port: 4001,\n${options}\n  ]\n`,
    }),
  );
  const item: DraftItem = {
    change: { address: 'deps/bandit', verdict: 'pending', base: null, yours: null, target: '~> 1.5', at: null },
    operations: [{ kind: 'add-dep', path: 'mix.exs', text: '{:bandit, "~> 1.5"}', order: [] }],
    conflicts: [],
    backlog: false,
    since: null,
    review: false,
  };
  const [step] = withServerOptions([topicDraft(topicById('bandit')!, [item]), ...others], { project });
  expect(step!.items[0]!.operations.length === 0).toBe(step!.heldBy !== undefined);
  if (step!.after.length > 0) return [...step!.after];
  return (step!.heldBy ?? []).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

test('Bandit waits where the endpoint has options of Cowboy, each named at its line', () => {
  expect(holding('    transport_options: [socket_opts: [:inet6]],\n    dispatch: []')).toEqual([
    'config/config.exs:6 transport_options is an option of Cowboy, and Bandit does not start with it: it has thousand_island_options: [transport_options: …]',
    'config/config.exs:7 dispatch is an option of Cowboy, and Bandit does not start with it',
  ]);
});

test('Bandit comes where it takes all that the endpoint has', () => {
  expect(holding('    certfile: "cert.pem",\n    thousand_island_options: [num_acceptors: 10]')).toEqual([]);
});

test('Bandit comes behind a step that takes the options out', () => {
  const path = ['kiln', 'KilnWeb.Endpoint', 'https', 'transport_options', 'socket_opts'];
  const operation = { kind: 'remove-config', path: 'config/config.exs', keyPath: path, environment: null } as const;
  const removal = { ...topicDraft(topicById('runtime-config')!, []), operations: [operation] };
  expect(holding('    transport_options: [socket_opts: [:inet6]]', removal)).toEqual(['runtime-config']);
  expect(holding('    transport_options: [socket_opts: [:inet6]],\n    compress: true', removal)).toEqual([
    'config/config.exs:7 compress is an option of Cowboy, and Bandit does not start with it: it has http_options: [compress: …]',
  ]);
});
