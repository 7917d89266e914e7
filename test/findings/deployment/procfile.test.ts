import { describe, expect, test } from 'vitest';
import { treeOf } from '../../support/projects.ts';
import { carriedOut, observe } from './fixture.ts';

const mixfile = `defmodule Ferry.MixProject do
  use Mix.Project
  def project, do: [app: :ferry, version: "1.0.0", deps: [{:phoenix, "~> 1.7.0"}, {:ecto_sql, "~> 3.10"}]]
end
`;
const repo = 'defmodule Ferry.Repo do\n  use Ecto.Repo, otp_app: :ferry, adapter: Ecto.Adapters.Postgres\nend\n';

const repos = 'import Config\nconfig :ferry, ecto_repos: [Ferry.Repo]\n';

function mended(files: Readonly<Record<string, string>>): string | undefined {
  const tree = treeOf({ 'mix.exs': mixfile, 'lib/ferry/repo.ex': repo, 'config/config.exs': repos, ...files });
  const seen = observe(tree).filter(({ id }) => id === 'procfile-release');
  return carriedOut(tree, seen).read('Procfile');
}

describe('a Procfile without a release line', () => {
  test('migrates by Mix in the environment of the web process, where that runs by Mix', () => {
    const web = 'web: MIX_ENV=staging mix phx.server\n';
    expect(mended({ Procfile: web })).toBe(`release: MIX_ENV=staging mix ecto.migrate\n${web}`);
  });

  test('stays as it is where a script that production starts with migrates', () => {
    const web = 'web: ./up.sh\n';
    expect(mended({ Procfile: web, 'up.sh': '#!/bin/sh\nmix ecto.migrate\nmix phx.server\n' })).toBe(web);
  });
});
