import { expect, test } from 'vitest';
import { changeOf, patchLines } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';

const mixfile = (app: string, module: string, deps: readonly string[]) => `defmodule ${module}.MixProject do
  use Mix.Project

  def project do
    [app: :${app}, version: "0.1.0", elixir: "~> 1.12", deps: deps()]
  end

  def application, do: [mod: {${module}.Application, []}]

  defp deps do
    [
      ${deps.join(',\n      ')}
    ]
  end
end
`;
const application = (module: string, children: readonly string[]) => `defmodule ${module}.Application do
  use Application

  def start(_type, _args) do
    children = [
      ${children.join(',\n      ')}
    ]

    Supervisor.start_link(children, strategy: :one_for_one)
  end
end
`;
const root = `defmodule Ferry.Umbrella.MixProject do
  use Mix.Project
  def project, do: [apps_path: "apps", version: "0.1.0", deps: []]
end
`;
const endpoint = (app: string, module: string) =>
  `defmodule ${module}.Endpoint do\n  use Phoenix.Endpoint, otp_app: :${app}\n  plug ${module}.Router\nend\n`;
const lock = (version: string) =>
  `%{\n  "phoenix": {:hex, :phoenix, "${version}", "0", [:mix], [], "hexpm", "0"},\n}\n`;

/** A ferry whose web app lists and starts what the generator gives to the core app. */
const ferry = {
  'mix.exs': root,
  'mix.lock': lock('1.5.9'),
  'config/config.exs': `import Config

config :ferry_web, FerryWeb.Endpoint,
  url: [host: "localhost"],
  pubsub_server: FerryWeb.Horn

import_config "#{Mix.env()}.exs"
`,
  'config/dev.exs': 'import Config\n\nconfig :ferry_web, FerryWeb.Endpoint, live_view: [signing_salt: "deck"]\n',
  'config/test.exs': 'import Config\n\nconfig :ferry_web, FerryWeb.Endpoint, live_view: [signing_salt: "hold"]\n',
  'config/prod.exs': 'import Config\n\nconfig :ferry_web, FerryWeb.Endpoint, live_view: [signing_salt: "keel"]\n',
  'apps/ferry/mix.exs': mixfile('ferry', 'Ferry', ['{:jason, "~> 1.2"}']),
  'apps/ferry/lib/ferry/application.ex': application('Ferry', ['Ferry.Repo']),
  'apps/ferry_web/mix.exs': mixfile('ferry_web', 'FerryWeb', [
    '{:phoenix, "~> 1.5.9"}',
    '{:phoenix_pubsub, "~> 2.0"}',
    '{:phoenix_live_view, "~> 0.15"}',
    '{:ferry, in_umbrella: true}',
  ]),
  'apps/ferry_web/lib/ferry_web/endpoint.ex': endpoint('ferry_web', 'FerryWeb'),
  'apps/ferry_web/lib/ferry_web/application.ex': application('FerryWeb', [
    '{Phoenix.PubSub, name: FerryWeb.Horn}',
    'FerryWeb.Endpoint',
  ]),
};

test('a server that the endpoint names is started, whatever app starts it, and its dep is listed where it is', () => {
  const plan = planOf(ferry, { to: '1.6.16' });
  expect(changeOf(plan, 'supervision@core/Phoenix.PubSub')).toMatchObject({
    verdict: 'done',
    note: 'started in apps/ferry_web/lib/ferry_web/application.ex:6',
  });
  expect(changeOf(plan, 'deps@core/phoenix_pubsub')).toMatchObject({
    verdict: 'done',
    note: 'listed in apps/ferry_web/mix.exs:13',
  });
  for (const app of ['ferry', 'ferry_web'])
    expect(patchLines(plan, `apps/${app}/mix.exs`).join('\n')).not.toMatch(/^[-+].*phoenix_pubsub/m);
});

test('a key that each environment sets is set', () => {
  const salt = 'config/all/ferry_web.FerryWeb.Endpoint.live_view.signing_salt';
  expect(changeOf(planOf(ferry, { to: '1.6.16' }), salt)).toMatchObject({
    verdict: 'done',
    note: 'set in config/dev.exs:3, config/test.exs:3, config/prod.exs:3',
  });
  const without = { ...ferry, 'config/prod.exs': 'import Config\n' };
  expect(changeOf(planOf(without, { to: '1.6.16' }), salt)).toMatchObject({ verdict: 'pending' });
});

test('an umbrella of one app has in it what the generator gives to two', () => {
  const own = { ...ferry };
  const files = Object.fromEntries(Object.entries(own).filter(([path]) => !path.startsWith('apps/')));
  const plan = planOf(
    {
      ...files,
      'mix.lock': lock('1.4.16'),
      'config/config.exs': 'import Config\n\nconfig :ferry, FerryWeb.Endpoint, pubsub: [name: Ferry.PubSub]\n',
      'apps/ferry/mix.exs': mixfile('ferry', 'Ferry', ['{:phoenix, "~> 1.4.12"}', '{:phoenix_pubsub, "~> 1.1"}']),
      'apps/ferry/lib/ferry/application.ex': application('Ferry', ['Ferry.Repo', 'FerryWeb.Endpoint']),
      'apps/ferry/lib/ferry_web/endpoint.ex': endpoint('ferry', 'FerryWeb'),
    },
    { to: '1.5.1' },
  );
  const patch = patchLines(plan, 'apps/ferry/mix.exs').join('\n');
  expect(patch).toMatch(/^\+.*:phoenix_pubsub, "~> 2\.0"/m);
  expect(patch).toMatch(/^\+.*:phoenix, "~> 1\.5\.1"/m);
  expect(patchLines(plan, 'apps/ferry/lib/ferry/application.ex').join('\n')).toMatch(/^\+.*Phoenix\.PubSub, name:/m);
  expect(patchLines(plan, 'mix.exs').join('\n')).not.toContain('phoenix_pubsub');
});

test('a root that lists a dep in a version of its own moves along with the app that asks for more', () => {
  const files = {
    ...ferry,
    'mix.exs': root.replace('deps: []', 'deps: [{:phoenix_live_view, "~> 0.20.0"}]'),
    'mix.lock': lock('1.7.14'),
    'apps/ferry_web/mix.exs': mixfile('ferry_web', 'FerryWeb', [
      '{:phoenix, "~> 1.7.14"}',
      '{:phoenix_live_view, "~> 0.20.2"}',
      '{:ferry, in_umbrella: true}',
    ]),
  };
  const lines = patchLines(planOf(files, { from: '1.7.14', to: '1.8.8' }), 'mix.exs');
  expect(lines.filter((line) => line.startsWith('+')).join()).toContain('{:phoenix_live_view, "~> 1.');
});
