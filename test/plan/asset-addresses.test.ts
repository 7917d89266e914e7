import { describe, expect, test } from 'vitest';
import type { ConfigOperation } from '../../src/elixir/config/operation.ts';
import type { Operation } from '../../src/merge/operation.ts';
import { withAddressesFollowed } from '../../src/plan/asset-addresses.ts';
import type { Draft, DraftItem } from '../../src/plan/draft.ts';
import type { Project } from '../../src/project/project.ts';
import { treeOf } from '../support/projects.ts';

const config = (folder: string) => `import Config

config :esbuild, pier: [args: ~w(js/app.js --bundle --outdir=../priv/static${folder})]
config :tailwind, pier: [args: ~w(--input=assets/css/app.css --output=priv/static/assets/app.css)]
`;
const files = {
  'config/config.exs': config('/assets'),
  'lib/pier_web/shell.ex':
    'defmodule PierWeb.Shell do\n  def page, do: {~p"/assets/app.js", ~p"/assets/app.css"}\nend\n',
  'lib/pier_web/tide.html.heex': '<script src="/assets/app.js?v=2"></script>\n',
  'test/shell_test.exs': '"/assets/app.js"\n',
};

const args = (value: string): ConfigOperation => ({
  kind: 'set-config',
  path: 'config/config.exs',
  keyPath: ['esbuild', 'pier', 'args'],
  value,
  environment: null,
  order: [],
});

function draft(...operations: readonly Operation[]): Draft {
  const change = {
    address: 'config/all/esbuild.pier.args',
    verdict: 'pending',
    base: null,
    yours: null,
    target: null,
    at: null,
  } as const;
  const item: DraftItem = { change, operations, conflicts: [], backlog: false, since: null, review: false };
  const words = { title: '', why: '', docs: null, since: null, after: [], commands: [], findings: [] };
  return {
    ...words,
    id: 'asset-output',
    area: 'assets',
    need: 'cosmetic',
    risk: 'review',
    items: [item],
    operations: [],
  };
}

/** `path from → to` of each page that follows. */
function followed(one: Draft): string[] {
  const project = { tree: treeOf(files) } as Project;
  const [all] = withAddressesFollowed([one], { project });
  return (all?.items ?? []).flatMap(({ operations }) =>
    operations.flatMap((each) => (each.kind === 'served-path' ? [`${each.path} ${each.from} → ${each.to}`] : [])),
  );
}

describe('pages follow what a bundler writes', () => {
  test('in templates and in modules, along with its arguments', () => {
    expect(followed(draft(args('~w(js/app.js --bundle --outdir=../priv/static/assets/js)')))).toEqual([
      'lib/pier_web/shell.ex /assets/app.js → /assets/js/app.js',
      'lib/pier_web/tide.html.heex /assets/app.js → /assets/js/app.js',
    ]);
  });
  test('not where nothing of the name is written, or nothing moves', () => {
    expect(followed(draft(args('~w(js/main.js --bundle --outdir=../priv/static/assets/js)')))).toEqual([]);
    expect(followed(draft(args('~w(js/app.js --bundle --minify --outdir=../priv/static/assets)')))).toEqual([]);
    expect(followed(draft())).toEqual([]);
  });
});
