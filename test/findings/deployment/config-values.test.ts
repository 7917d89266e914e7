import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '../../../src/plan/plan.ts';
import type { FileTree } from '../../../src/project/tree.ts';
import { describeMix, evaluated } from '../../support/mix.ts';
import { readTree, scratch } from '../../support/pristine.ts';
import { applied, planOf } from '../../support/projects.ts';

const fixture = (name: string) =>
  readTree(resolve(import.meta.dirname, '../../../fixtures/deploy-plans', name, 'project'));

/** The steps that move what is read when the app starts, with those that they come after. */
const moving = [
  'import-config',
  'runtime-config',
  'phx-host',
  'port-in-runtime',
  'system-tuples',
  'distillery-strings',
];

function moved(tree: FileTree, plan: Plan): FileTree {
  return applied(
    tree,
    plan.steps.filter(({ id }) => moving.includes(id)),
  ).tree();
}

function written(tree: FileTree): string {
  const directory = scratch('config');
  for (const path of tree.paths.filter((one) => /(?:^|\/)config\//.test(one))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), tree.read(path) ?? '');
  }
  return directory;
}

/** Prints each leaf of the configuration that a release of production starts with, `path = value`, one a line. */
const reader = `
[directory | variables] = System.argv()
for pair <- variables do
  [name, value] = String.split(pair, "=", parts: 2)
  System.put_env(name, value)
end
Mix.start()
Mix.env(:prod)
read = fn name ->
  path = Path.join([directory, "config", name])
  if File.exists?(path), do: Config.Reader.read!(path, env: :prod, target: :host), else: []
end
leaves = fn leaves, path, value ->
  if is_list(value) and value != [] and Keyword.keyword?(value),
    do: Enum.flat_map(value, fn {key, inner} -> leaves.(leaves, path ++ [key], inner) end),
    else: [Enum.map_join(path, ".", &inspect/1) <> " = " <> inspect(value)]
end
config = Config.Reader.merge(read.("config.exs"), read.("runtime.exs"))
IO.write(Enum.join(Enum.sort(leaves.(leaves, [], config)), "\\n"))
`;

function leavesOf(tree: FileTree, environment: Readonly<Record<string, string>>): string[] {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return evaluated(reader, [written(tree), ...variables]).split('\n');
}

const cases = [
  {
    name: 'secret-file',
    environments: [
      { ATELIER_DB: 'ecto://db/kiln', ATELIER_KEY: 'k'.repeat(64) },
      {
        ATELIER_DB: 'ecto://db/kiln',
        ATELIER_KEY: 'k'.repeat(64),
        ATELIER_POOL: '3',
        ATELIER_TLS: 'on',
        ATELIER_CA: '/ca.pem',
        PORT: '81',
        POSTCARD_ACCOUNT: 'kai',
        VAULT_TOKEN: 'open',
      },
    ],
  },
  {
    name: 'env-in-prod',
    environments: [
      { DATABASE_URL: 'ecto://db/kiln', SECRET_KEY_BASE: 'k'.repeat(64) },
      {
        DATABASE_URL: 'ecto://db/kiln',
        SECRET_KEY_BASE: 'k'.repeat(64),
        ATELIER_HOST: 'kai.example',
        POOL_SIZE: '2',
        SHIPPING_ZONE: 'hills',
        SMTP_RELAY: 'relay',
        LOG_LEVEL: 'warn',
        PORT: '81',
      },
    ],
  },
];

describeMix('the configuration after its moves to runtime.exs', () => {
  test.each(cases)('gives what $name gave at build time', ({ name, environments }) => {
    const tree = fixture(name);
    const after = moved(tree, planOf(tree));
    for (const environment of environments) {
      const now = new Set(leavesOf(after, environment));
      expect(leavesOf(tree, environment).filter((leaf) => !now.has(leaf))).toEqual([]);
    }
  });

  test.each(cases)('reads nothing of $name when the image is built', ({ name, environments }) => {
    const tree = fixture(name);
    const after = moved(tree, planOf(tree));
    const build = {
      ...after,
      read: (path: string) => (path === 'config/runtime.exs' ? 'import Config\n' : after.read(path)),
    };
    const [unset, set] = [leavesOf(build, {}), leavesOf(build, environments[1] ?? {})];
    expect(set).toEqual(unset);
  });
});

test('the secret file and its import are gone, and no block is left empty', () => {
  const tree = fixture('secret-file');
  const after = moved(tree, planOf(tree));
  expect(after.has('config/prod.secret.exs')).toBe(false);
  expect(after.read('config/prod.exs')).not.toContain('secret');
  for (const path of after.paths) expect(after.read(path), path).not.toMatch(/\bdo\s*\n\s*end\b/);
});
