import { expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { shopWith } from './small-shop.ts';

const migration = '{:ok, _, _} = Ecto.Migrator.with_repo(Shop.Repo, &Ecto.Migrator.run(&1, :up, all: true))';

/** What the step writes, by path, where the app has a module of its own with this body. */
function written(body: string): Map<string, string> {
  const files = shopWith({
    'config/config.exs':
      'import Config\nconfig :shop, ecto_repos: [Shop.Repo]\nconfig :shop, ShopWeb.Endpoint, url: [host: "localhost"]\n',
    'lib/shop/database.ex': `defmodule Shop.Database do\n${body}\nend\n`,
  });
  const step = expectStep(planOf(files, { to: '1.8.12' }), 'release', { status: 'pending' });
  return new Map(step.edits.map(({ path, patch }) => [path, patch]));
}

test('bin/migrate calls the release tasks that the app has', () => {
  const files = written(`  def migrate_all, do: migrate()\n  def migrate do\n    ${migration}\n  end`);
  expect(files.get('rel/overlays/bin/migrate')).toContain('eval Shop.Database.migrate\n');
  expect(files.has('lib/shop/release.ex')).toBe(false);
});

test('bin/migrate calls them by their own name', () => {
  const files = written(`  def run_migrations do\n    ${migration}\n  end`);
  expect(files.get('rel/overlays/bin/migrate')).toContain('eval Shop.Database.run_migrations\n');
});

test('tasks that want arguments are called by no script', () => {
  const files = written(`  def up(repo) do\n    {repo, ${migration.slice(migration.indexOf('=') + 2)}}\n  end`);
  expect([...files.keys()]).toEqual(['rel/overlays/bin/server']);
});

test('a module that another alias of Ecto.Migrator migrates with is one as well', () => {
  const files = written(
    `  alias Ecto.Migrator\n\n  def migrate, do: Migrator.with_repo(Shop.Repo, &Migrator.run(&1, :up, all: true))`,
  );
  expect(files.get('rel/overlays/bin/migrate')).toContain('eval Shop.Database.migrate\n');
});

test('where the app means something else by Release, the tasks have another name', () => {
  const files = shopWith({
    'config/config.exs': 'import Config\nconfig :shop, ecto_repos: [Shop.Repo]\n',
    'lib/shop/release.ex':
      'defmodule Shop.Release do\n  use Ecto.Schema\n\n  schema "releases" do\n    field :title, :string\n  end\nend\n',
  });
  const step = expectStep(planOf(files, { to: '1.8.12' }), 'release', { status: 'pending' });
  const texts = new Map(step.edits.map(({ path, patch }) => [path, patch]));
  expect(texts.get('lib/shop/release_tasks.ex')).toContain('defmodule Shop.ReleaseTasks do');
  expect(texts.get('rel/overlays/bin/migrate')).toContain('eval Shop.ReleaseTasks.migrate\n');
});
