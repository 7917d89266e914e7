import { describe, expect, test } from 'vitest';
import { treeOf } from '../../support/projects.ts';
import { observe } from './fixture.ts';

const config = 'import Config\n\nconfig :ferry, :tide_url, System.get_env("TIDE_URL")\n';
const root = 'import Config\n\nimport_config "#{config_env()}.exs"\n';
const dockerfile = 'FROM elixir:1.17\nENV MIX_ENV=prod\nCOPY . .\nRUN mix deps.get && mix compile\n';
const mixfile = (project = '') => `defmodule Ferry.MixProject do
  use Mix.Project
  def project, do: [app: :ferry, version: "1.0.0"${project}, deps: [{:phoenix, "~> 1.7.0"}]]
end
`;

/** What is said of a key that prod.exs reads from the environment. */
function said(files: Readonly<Record<string, string>>): string[] {
  const tree = treeOf({ 'mix.exs': mixfile(), 'config/config.exs': root, 'config/prod.exs': config, ...files });
  const seen = observe(tree).find(({ id }) => id === 'build-time-env');
  return (seen?.findings ?? []).map(({ message }) => message);
}

describe('a key that prod.exs reads from the environment', () => {
  test.each([
    ['a container that starts Mix', { Dockerfile: `${dockerfile}CMD ["mix", "phx.server"]\n` }],
    [
      'one that starts a script',
      { Dockerfile: `${dockerfile}CMD ./up.sh\n`, 'up.sh': '#!/bin/sh\nexec mix phx.server\n' },
    ],
    ['a Procfile', { Procfile: 'web: MIX_ENV=prod mix phx.server\n' }],
    ['a unit of systemd', { 'ops/ferry.service': '[Service]\nExecStart=/usr/bin/mix run --no-halt\n' }],
    ['iex around Mix', { Dockerfile: `${dockerfile}CMD elixir --sname ferry -S mix phx.server\n` }],
  ])('is read at boot through %s: nothing to say', (_means, files) => {
    expect(said(files)).toEqual([]);
  });
  test('is not seen by the release that an image runs', () => {
    const release = 'RUN mix release\nCMD ["bin/ferry", "start"]\n';
    expect(said({ Dockerfile: dockerfile + release }).join()).toContain('the running release never sees it');
    const both = { 'mix.exs': mixfile(', releases: [ferry: []]'), Procfile: 'web: mix phx.server\n' };
    expect(said(both).join()).toContain('the running release never sees it');
  });
  test('is said to be kept by a release where none is known of', () => {
    expect(said({}).join()).toContain('a release keeps what it was then');
  });
});

describe('an image that installs what live reload listens with', () => {
  const lines = ['RUN apt-get update && apt-get install -y inotify-tools', 'COPY . .', 'RUN mix compile'];
  const image = (first: string) => ['FROM elixir:latest', first, ...lines, 'CMD ["mix", "phx.server"]', ''].join('\n');
  const named = (text: string) =>
    observe(treeOf({ 'mix.exs': mixfile(), 'docker/Dockerfile': text })).map(({ id }) => id);

  test('is for development: Mix and root belong in there', () => {
    for (const id of ['mix-at-start', 'root-user', 'single-stage'])
      expect(named(image('WORKDIR /app'))).not.toContain(id);
  });
  test('is judged where it builds for production', () => {
    expect(named(image('ENV MIX_ENV=prod'))).toContain('mix-at-start');
  });
});
