import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { loaded, planOf, treeOf } from '../support/projects.ts';
import { allDeps, application, bent, endpoint, type Files, kiln, lock, mixfile, webDeps } from './atelier.ts';

const projectOf = (files: Files) => loaded(treeOf(files)).project;
const flagsOf = (plan: Plan) => plan.project.flags.map(({ flag }) => flag);
const changesOf = (plan: Plan) => plan.steps.flatMap(({ changes }) => changes);

test('the app that the others are bent from is one like any other', () => {
  const plan = planOf(kiln);
  expect(plan.project).toMatchObject({ app: 'kiln', module: 'Kiln', webModule: 'KilnWeb', umbrella: false });
  expect(plan.steps.length).toBeGreaterThan(10);
});

describe('an umbrella with two web apps', () => {
  const files: Files = {
    'mix.exs':
      'defmodule Pottery.MixProject do\n  use Mix.Project\n  def project, do: [apps_path: "apps", deps: []]\nend\n',
    'mix.lock': lock('1.7.10'),
    'config/config.exs': 'import Config\n\nconfig :kiln_web, KilnWeb.Endpoint, url: [host: "localhost"]\n',
    'apps/kiln/mix.exs': mixfile('kiln', 'Kiln', '{:ecto_sql, "~> 3.10"}'),
    'apps/kiln/lib/kiln/application.ex': application('Kiln', ''),
    'apps/kiln_web/mix.exs': mixfile('kiln_web', 'KilnWeb', `${webDeps}, {:kiln, in_umbrella: true}`),
    'apps/kiln_web/lib/kiln_web/application.ex': application('KilnWeb', 'KilnWeb.Endpoint'),
    'apps/kiln_web/lib/kiln_web/endpoint.ex': endpoint('kiln_web', 'KilnWeb.Endpoint'),
    'apps/wheel_admin/mix.exs': mixfile('wheel_admin', 'WheelAdmin', `${webDeps}, {:kiln, in_umbrella: true}`),
    'apps/wheel_admin/lib/wheel_admin/application.ex': application('WheelAdmin', 'WheelAdmin.Endpoint'),
    'apps/wheel_admin/lib/wheel_admin/endpoint.ex': endpoint('wheel_admin', 'WheelAdmin.Endpoint'),
  };

  test('is planned for the one that is named after the core app; the other one shares its packages', () => {
    const plan = planOf(files);
    expect(plan.project).toMatchObject({ app: 'kiln', webModule: 'KilnWeb', umbrella: true });
    const others = plan.steps.flatMap(({ edits }) => edits).filter(({ path }) => path.includes('wheel_admin'));
    expect([...new Set(others.map(({ path }) => path))]).toEqual(['apps/wheel_admin/mix.exs']);
  });
});

describe('an app that lacks a part', () => {
  const noEcto = bent(kiln, {
    'mix.exs': mixfile('kiln', 'Kiln', webDeps),
    'lib/kiln/repo.ex': null,
    'config/config.exs': 'import Config\n\nconfig :kiln, KilnWeb.Endpoint, url: [host: "localhost"]\n',
    'lib/kiln/application.ex': application('Kiln', 'KilnWeb.Endpoint'),
  });
  const noHtml = bent(noEcto, {
    'mix.exs': mixfile('kiln', 'Kiln', '{:phoenix, "~> 1.7.10"}, {:jason, "~> 1.2"}, {:plug_cowboy, "~> 2.5"}'),
  });

  test('Ecto: gets none of its deps', () => {
    const plan = planOf(noEcto);
    expect(flagsOf(plan)).toContain('--no-ecto');
    expect(changesOf(plan).filter(({ address }) => /^deps\/(ecto_sql|phoenix_ecto|postgrex)/.test(address))).toEqual(
      [],
    );
  });

  test('HTML, an API alone: gets no pages', () => {
    const plan = planOf(noHtml);
    expect(flagsOf(plan)).toEqual(expect.arrayContaining(['--no-ecto', '--no-html']));
    expect(changesOf(plan).filter(({ address }) => /^deps\/phoenix_(html|live_view)/.test(address))).toEqual([]);
  });
});

test('of several endpoints the one in the usual place is edited, and the other left alone', () => {
  const plan = planOf(bent(kiln, { 'lib/kiln_web/admin/endpoint.ex': endpoint('kiln', 'KilnWeb.Admin.Endpoint') }));
  expect(plan.steps.flatMap(({ edits }) => edits).map(({ path }) => path)).not.toContain(
    'lib/kiln_web/admin/endpoint.ex',
  );
});

test('several repos are all children of the app, and none is taken away', () => {
  const files = bent(kiln, {
    'lib/kiln/archive.ex':
      'defmodule Kiln.Archive do\n  use Ecto.Repo, otp_app: :kiln, adapter: Ecto.Adapters.MyXQL\nend\n',
    'config/config.exs': kiln['config/config.exs']?.replace('[Kiln.Repo]', '[Kiln.Repo, Kiln.Archive]') ?? null,
    'lib/kiln/application.ex': application('Kiln', 'Kiln.Repo, Kiln.Archive, KilnWeb.Endpoint'),
  });
  const patches = planOf(files).steps.flatMap(({ edits }) => edits.map(({ patch }) => patch));
  expect(patches.filter((patch) => /^-.*Kiln\.Archive/m.test(patch) && !/^\+.*Kiln\.Archive/m.test(patch))).toEqual([]);
});

test('a web module with a name of its own is found by its endpoint', () => {
  const own = (text: string | undefined) => text?.replaceAll('KilnWeb', 'Kiln.Shopfront') ?? null;
  const files = bent(kiln, {
    'lib/kiln_web.ex': null,
    'lib/kiln_web/endpoint.ex': null,
    'lib/kiln_web/router.ex': null,
    'lib/kiln/shopfront.ex': own(kiln['lib/kiln_web.ex']),
    'lib/kiln/shopfront/endpoint.ex': own(kiln['lib/kiln_web/endpoint.ex']),
    'lib/kiln/shopfront/router.ex': own(kiln['lib/kiln_web/router.ex']),
    'lib/kiln/application.ex': own(kiln['lib/kiln/application.ex']),
    'config/config.exs': own(kiln['config/config.exs']),
  });
  expect(planOf(files).project.webModule).toBe('Kiln.Shopfront');
});

test('a config that is split over a tree of directories is read as a whole', () => {
  const files = bent(kiln, {
    'config/config.exs': 'import Config\n\nimport_config "parts/web/endpoint.exs"\nimport_config "parts/*.exs"\n',
    'config/parts/web/endpoint.exs': 'import Config\n\nconfig :kiln, KilnWeb.Endpoint, url: [host: "localhost"]\n',
    'config/parts/json.exs': 'import Config\n\nconfig :phoenix, :json_library, Jason\n',
  });
  const keys = projectOf(files).config.entries.map(({ path, keyPath }) => `${path} ${keyPath.join('.')}`);
  expect(keys).toContain('config/parts/web/endpoint.exs kiln.KilnWeb.Endpoint.url.host');
  expect(keys).toContain('config/parts/json.exs phoenix.json_library');
});

test('config elsewhere is found by config_path, and gets what is new', () => {
  const files = bent(kiln, {
    'mix.exs': mixfile('kiln', 'Kiln', allDeps, ', config_path: "settings/main.exs"'),
    'config/config.exs': null,
    'settings/main.exs': kiln['config/config.exs'] ?? null,
  });
  expect(projectOf(files).config.files.map(({ path }) => path)).toEqual(['settings/main.exs']);
  const plan = planOf(files);
  expect(plan.steps.flatMap(({ edits }) => edits).map(({ path }) => path)).not.toContain('config/config.exs');
  const timestamps = plan.steps.find(({ id }) => id === 'generators-timestamps');
  expect(timestamps?.edits.map(({ path }) => path)).toEqual(['settings/main.exs']);
});

test('deps from another file leave mix.exs readable, and what cannot be edited to a person', () => {
  const files = bent(kiln, {
    'mix.exs': `Code.require_file("deps.exs", __DIR__)

defmodule Kiln.MixProject do
  use Mix.Project

  def project do
    [app: :kiln, version: "0.4.0", deps: Kiln.Deps.all() ++ [{:phoenix, "~> 1.7.10"}]]
  end

  def application, do: [mod: {Kiln.Application, []}]
end
`,
    'deps.exs': `defmodule Kiln.Deps do\n  def all, do: [${allDeps}]\nend\n`,
  });
  const plan = planOf(files);
  expect(plan.project.app).toBe('kiln');
  expect(plan.steps.length).toBeGreaterThan(0);
});

test('a mix.exs that is made by macros is read as far as its syntax goes', () => {
  const text = mixfile('kiln', 'Kiln', allDeps)
    .replace('use Mix.Project', 'use Mix.Project\n  require Pottery.Versions\n  import Pottery.Versions')
    .replace(
      'version: "0.4.0"',
      'version: current!(:kiln), package: package_for(:kiln) do\n      licence "MIT"\n    end',
    );
  expect(() => planOf(bent(kiln, { 'mix.exs': text.replace(' do\n      licence "MIT"\n    end', '') }))).not.toThrow();
});

test('sources below src/ are found', () => {
  const moved = Object.entries(kiln).map(([path, text]) => [path.replace(/^lib\//, 'src/'), text]);
  const files = bent(Object.fromEntries(moved), {
    'mix.exs': mixfile('kiln', 'Kiln', allDeps, ', elixirc_paths: ["src"]'),
  });
  expect(projectOf(files).webFiles).toMatchObject({
    endpoint: 'src/kiln_web/endpoint.ex',
    router: 'src/kiln_web/router.ex',
  });
});

test('the layout of 1.2, with web/ and locked to it, is told the oldest base, and planned from it when asked to', () => {
  const files = bent(kiln, {
    'mix.exs': mixfile('kiln', 'Kiln', '{:phoenix, "~> 1.2.0"}, {:cowboy, "~> 1.0"}'),
    'mix.lock': lock('1.2.5'),
    'lib/kiln_web.ex': null,
    'lib/kiln_web/endpoint.ex': null,
    'lib/kiln_web/router.ex': null,
    'lib/kiln/endpoint.ex': endpoint('kiln', 'Kiln.Endpoint'),
    'web/web.ex': kiln['lib/kiln_web.ex']?.replaceAll('KilnWeb', 'Kiln.Web') ?? null,
    'web/router.ex': kiln['lib/kiln_web/router.ex']?.replaceAll('KilnWeb', 'Kiln') ?? null,
    'lib/kiln/application.ex': application('Kiln', 'Kiln.Endpoint'),
  });
  expect(() => planOf(files)).toThrow(
    expect.objectContaining({ code: 'version-too-old', remedy: expect.stringContaining('1.3') }),
  );
  const plan = planOf(files, { from: '1.3' });
  expect(plan.from).toMatch(/^1\.3\./);
  expect(plan.project).toMatchObject({ webModule: 'Kiln', phoenix: { locked: '1.2.5' } });
  expect(plan.steps.length).toBeGreaterThan(0);
});

describe('unusual text', () => {
  const everywhere = (change: (text: string) => string) =>
    Object.fromEntries(Object.entries(kiln).map(([path, text]) => [path, change(text)]));
  const summary = (plan: Plan) => plan.steps.map(({ id, status }) => `${id} ${status}`);
  const usual = summary(planOf(kiln));

  test.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['tabs', (text: string) => text.replaceAll('  ', '\t')],
    ['no line break at the end', (text: string) => text.trimEnd()],
  ])('%s changes nothing in what the plan says', (_, change) => {
    expect(summary(planOf(everywhere(change)))).toEqual(usual);
  });

  test('a file in latin-1 is named, and the rest is planned', () => {
    const files = treeOf(kiln);
    const latin1 = Buffer.from('# Töpferei\ndefmodule Kiln.Glaze do\nend\n', 'latin1');
    const tree = {
      ...files,
      paths: [...files.paths, 'lib/kiln/glaze.ex'].sort(),
      has: (path: string) => path === 'lib/kiln/glaze.ex' || files.has(path),
      bytes: (path: string) => (path === 'lib/kiln/glaze.ex' ? latin1 : files.bytes(path)),
    };
    const plan = planOf(tree);
    expect(plan.findings).toContainEqual(expect.objectContaining({ path: 'lib/kiln/glaze.ex' }));
    expect(summary(plan)).toEqual(usual);
  });

  test('names that differ by letter case alone are two files', () => {
    const files = bent(kiln, { 'README.md': '# Kiln\n', 'readme.md': '# kiln\n', 'lib/Kiln/repo.ex': '# notes\n' });
    expect(projectOf(files).tree.paths).toEqual(expect.arrayContaining(['README.md', 'readme.md', 'lib/Kiln/repo.ex']));
    expect(summary(planOf(files))).toEqual(usual);
  });
});
