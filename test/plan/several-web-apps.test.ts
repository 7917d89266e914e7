import { expect, test } from 'vitest';
import { changeOf, patchLines } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';

const member = (app: string, module: string, deps: readonly string[]) => `defmodule ${module}.MixProject do
  use Mix.Project

  def project do
    [app: :${app}, version: "0.1.0", elixir: "~> 1.14", deps: deps()]
  end

  def application, do: [mod: {${module}.Application, []}]

  defp deps do
    [
      ${deps.join(',\n      ')}
    ]
  end
end
`;
const endpoint = (app: string, module: string) =>
  `defmodule ${module}.Endpoint do\n  use Phoenix.Endpoint, otp_app: :${app}\n  plug ${module}.Router\nend\n`;
const view = (module: string) => `defmodule ${module}.DeskView do\n  use Phoenix.View, root: "lib/templates"\nend\n`;

/** A harbour whose second web app comes first by name. */
const harbour = {
  'mix.exs': `defmodule Harbour.Umbrella.MixProject do
  use Mix.Project
  def project, do: [apps_path: "apps", version: "0.1.0", deps: []]
end
`,
  'mix.lock': '%{\n  "phoenix": {:hex, :phoenix, "1.6.15", "0", [:mix], [], "hexpm", "0"},\n}\n',
  'config/config.exs': 'import Config\n\nconfig :harbour_web, HarbourWeb.Endpoint, url: [host: "localhost"]\n',
  'apps/harbour/mix.exs': member('harbour', 'Harbour', ['{:jason, "~> 1.2"}']),
  'apps/harbour/lib/harbour/application.ex': 'defmodule Harbour.Application do\n  use Application\nend\n',
  ...Object.fromEntries(
    [
      ['harbour_desk_web', 'HarbourDeskWeb'],
      ['harbour_web', 'HarbourWeb'],
    ].flatMap(([app = '', module = '']) => [
      [
        `apps/${app}/mix.exs`,
        member(app, module, ['{:phoenix, "~> 1.6.15"}', '{:phoenix_html, "~> 3.0"}', '{:harbour, in_umbrella: true}']),
      ],
      [`apps/${app}/lib/${app}/endpoint.ex`, endpoint(app, module)],
      [`apps/${app}/lib/${app}/views/desk_view.ex`, view(module)],
    ]),
  ),
};

test('every web app of an umbrella moves to the new Phoenix, with what its own code needs', () => {
  const plan = planOf(harbour, { to: '1.7.10' });
  expect(plan.project.webModule).toBe('HarbourWeb');
  expect(changeOf(plan, 'deps@web/phoenix')).toMatchObject({ verdict: 'pending' });
  for (const app of ['harbour_web', 'harbour_desk_web']) {
    const lines = patchLines(plan, `apps/${app}/mix.exs`).join('\n');
    expect(lines, app).toMatch(/^-.*:phoenix, "~> 1\.6\.15"/m);
    expect(lines, app).toMatch(/^\+.*:phoenix_view, "~> 2\.0"/m);
  }
});

test('what lists a dep without the generator’s doing moves along, since an umbrella has one lock', () => {
  const root = 'deps: [{:phoenix, "~> 1.6.0"}, {:phoenix_html, ">= 3.0.0"}]';
  const plan = planOf(
    {
      ...harbour,
      'mix.exs': harbour['mix.exs'].replace('deps: []', root),
      'apps/harbour/mix.exs': member('harbour', 'Harbour', ['{:phoenix, "~> 1.6"}', '{:jason, "~> 1.2"}']),
    },
    { to: '1.8.1' },
  );
  const moved = plan.steps.find(({ id }) => id === 'phoenix-1-8');
  expect(moved).toMatchObject({ need: 'required', status: 'pending' });
  expect(patchLines(plan, 'mix.exs').join('\n')).toMatch(
    /^\+.*:phoenix, "~> 1\.8\.1"\}, \{:phoenix_html, ">= 3\.0\.0"/m,
  );
  // It allows 1.8 already.
  expect(patchLines(plan, 'apps/harbour/mix.exs').join('\n')).not.toMatch(/^-.*:phoenix,/m);
});
