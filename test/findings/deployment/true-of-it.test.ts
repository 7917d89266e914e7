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
