import { expect, test } from 'vitest';
import { treeOf } from '../../support/projects.ts';
import { observe } from './fixture.ts';

const mixfile = `defmodule Ferry.MixProject do
  use Mix.Project
  def project, do: [app: :ferry, version: "1.0.0", deps: [{:phoenix, "~> 1.7.0"}]]
  def application, do: [mod: {Ferry.Application, []}]
end
`;
const endpoint = (body = '') => `defmodule FerryWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :ferry
${body}end
`;

/** What is found by some rules in a ferry with these files. */
function found(ids: readonly string[], files: Readonly<Record<string, string>>): string[] {
  const base = {
    'mix.exs': mixfile,
    'config/config.exs': 'import Config\n\nimport_config "#{config_env()}.exs"\n',
    'lib/ferry_web/endpoint.ex': endpoint(),
  };
  const seen = observe(treeOf({ ...base, ...files })).filter(({ id }) => ids.includes(id));
  return seen.flatMap(({ id, findings }) => findings.map(({ path, line }) => `${id} ${path}:${line}`));
}

const configured = (options: string) => `import Config\n\nconfig :ferry, FerryWeb.Endpoint, ${options}\n`;
const runtime = (options: string) =>
  `import Config\n\nif config_env() == :prod do\n  config :ferry, FerryWeb.Endpoint, ${options}\nend\n`;

test('a compile-time key that run time sets to what was compiled lets the release boot', () => {
  const forced = 'force_ssl: [rewrite_on: [:x_forwarded_proto]]';
  const files = { 'config/runtime.exs': runtime(forced) };
  expect(found(['compile-time-key'], { ...files, 'config/prod.exs': configured(forced) })).toEqual([]);
  const other = configured('force_ssl: [rewrite_on: [:x_forwarded_host]]');
  expect(found(['compile-time-key'], { ...files, 'config/prod.exs': other })).toHaveLength(1);
  expect(found(['compile-time-key'], { ...files, 'config/prod.exs': 'import Config\n' })).toHaveLength(1);
});

const tuples = ['system-tuples', 'unread-system-tuples'];

test('of tuples those that Phoenix reads are told from those that nothing reads', () => {
  const text = configured('http: [port: {:system, "PORT"}], secret_key_base: {:system, "KEY"}');
  expect(found(tuples, { 'config/prod.exs': text })).toEqual([
    'system-tuples config/prod.exs:3',
    'unread-system-tuples config/prod.exs:3',
  ]);
});

test('tuples that an init/2 has something else resolve are read', () => {
  const init = '  def init(_type, config), do: Confex.Resolver.resolve(config)\n';
  const text = configured('secret_key_base: {:system, "KEY", "none"}');
  const files = { 'config/prod.exs': text, 'lib/ferry_web/endpoint.ex': endpoint(init) };
  expect(found(tuples, files)).toEqual([]);
});

test('a Dockerfile beside a mix.exs of its own builds another project', () => {
  const dockerfile = 'FROM elixir:1.10\nWORKDIR /app\nCOPY . .\nRUN mix release\n';
  const other = mixfile.replaceAll('Ferry', 'Beacon').replaceAll('ferry', 'beacon');
  const own = found(['version-too-old'], { 'ops/Dockerfile': dockerfile });
  expect(own).toEqual(['version-too-old ops/Dockerfile:1']);
  const files = { 'ops/beacon/Dockerfile': dockerfile, 'ops/beacon/mix.exs': other };
  expect(found(['version-too-old'], files)).toEqual([]);
});

test('a requirement of an app is no fault where all that builds it has the Elixir', () => {
  const member =
    'defmodule Quay.MixProject do\n  use Mix.Project\n  def project, do: [app: :quay, elixir: "~> 1.12"]\nend\n';
  const files = { 'apps/quay/mix.exs': member };
  expect(found(['version-too-old'], files)).toEqual(['version-too-old apps/quay/mix.exs:3']);
  expect(found(['version-too-old'], { ...files, '.tool-versions': 'elixir 1.17.3\n' })).toEqual([]);
});

test('what switches tokens on is none', () => {
  const dockerfile = (name: string) =>
    `FROM elixir:1.17 AS builder\nARG ${name}\nRUN mix release\n\nFROM debian:bookworm\nCMD ["/app/bin/ferry", "start"]\n`;
  expect(found(['secret-in-image'], { Dockerfile: dockerfile('HARBOUR_TOKEN') })).toEqual([
    'secret-in-image Dockerfile:2',
  ]);
  for (const name of ['HARBOUR_TOKENS_ENABLED', 'SECRET_TTL'])
    expect(found(['secret-in-image'], { Dockerfile: dockerfile(name) })).toEqual([]);
});

test('an image that starts a release which serves by itself lacks no script for it', () => {
  const image = (command: string) => ({ Dockerfile: `FROM elixir:1.14\nRUN mix release\nCMD ${command}\n` });
  const serving = { 'config/prod.exs': configured('server: true') };
  expect(found(['release-files'], { ...serving, ...image('["/app/bin/ferry", "start"]') })).toEqual([]);
  expect(found(['release-files'], { ...serving, ...image('["/app/bin/server"]') })).toHaveLength(1);
  // Who starts it elsewhere calls no script that sets what nothing reads.
  expect(found(['release-files'], { ...serving, ...image('["bash"]') })).toEqual([]);
  const asked = `import Config\n\nif System.get_env("PHX_SERVER"), do: config(:ferry, FerryWeb.Endpoint, server: true)\n`;
  expect(found(['release-files'], { 'config/runtime.exs': asked, ...image('["bash"]') })).toHaveLength(1);
  expect(found(['release-files'], image('["/app/bin/ferry", "start"]'))).toHaveLength(1);
});

test('a Dockerfile that builds Elixir by itself says which one in its arguments', () => {
  const dockerfile = (version: string) =>
    `ARG ELIXIR_VERSION="${version}"\nFROM alpine:3.20 AS build\nARG ELIXIR_VERSION\nRUN ./elixir.sh "$ELIXIR_VERSION"\nCOPY . .\nRUN mix release\n`;
  const elixir = mixfile.replace('version: "1.0.0"', 'version: "1.0.0", elixir: "~> 1.12"');
  const files = (version: string) => ({ 'mix.exs': elixir, Dockerfile: dockerfile(version) });
  expect(found(['version-too-old'], files('1.13.4'))).toEqual(['version-too-old Dockerfile:1']);
  expect(found(['version-too-old'], files('1.18.4'))).toEqual([]);
});
