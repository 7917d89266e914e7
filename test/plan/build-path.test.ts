import { expect, test } from 'vitest';
import { withBuildPath } from '../../src/plan/build-path.ts';
import { topicDraft } from '../../src/plan/claimed.ts';
import type { Draft, DraftItem } from '../../src/plan/draft.ts';
import { readProject } from '../../src/project/project.ts';
import { topicById } from '../../src/topics/catalogue.ts';
import { treeOf } from '../support/projects.ts';
import { edited } from './small-shop.ts';

const target = '%{"NODE_PATH" => [Path.expand("../deps", __DIR__), Mix.Project.build_path()]}';

function itemOf(address: string, value: string): DraftItem {
  return {
    change: { address, verdict: 'pending', base: null, yours: 'old', target: value, at: null },
    operations: [{ kind: 'remove-file-mark' } as unknown as DraftItem['operations'][number]],
    conflicts: [],
    backlog: false,
    since: null,
    review: false,
  };
}

function draftOf(id: string, item: DraftItem): Draft {
  const topic = topicById(id);
  if (topic === undefined) throw new Error(`no topic ${id}`);
  return topicDraft(topic, [item]);
}

const drafts = [
  draftOf('colocated-hooks', itemOf('mix/project.compilers', '[:phoenix_live_view] ++ Mix.compilers()')),
  draftOf('tailwind-4', itemOf('config/all/esbuild.shop.env', target)),
];

function moved(env: string) {
  const config = `import Config

config :esbuild,
  version: "0.14.29",
  default: [args: ~w(js/app.js), cd: Path.expand("../assets", __DIR__), env: ${env}]

`;
  const files = edited('config/config.exs', 'import Config\n', config);
  return withBuildPath(drafts, { project: readProject(treeOf(files)) });
}

test('hooks bring the build path under the name that the profile has, and the step that renames it comes behind', () => {
  const [hooks, tailwind] = moved('%{"NODE_PATH" => Path.expand("../deps", __DIR__)}');
  expect(hooks?.items[0]?.operations.at(-1)).toEqual({
    kind: 'set-config',
    path: 'config/config.exs',
    keyPath: ['esbuild', 'default', 'env'],
    environment: null,
    value: target,
  });
  expect(tailwind?.after).toContain('colocated-hooks');
});

test('a profile that has the build path is left alone', () => {
  expect(moved(target)).toEqual(drafts);
});
