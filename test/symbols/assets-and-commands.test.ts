import { describe, expect, test } from 'vitest';
import { type Files, faultsOf } from './faults.ts';

/** What a change of files breaks in a project, as `path:line subject`. */
function broken(project: Files, change: Record<string, string | null>): string[] {
  return faultsOf(project, change).map(({ path, line, subject }) => `${path}:${line} ${subject}`);
}

const mixfile = (deps: string, aliases = '') => `defmodule Quay.MixProject do
  use Mix.Project

  def project, do: [app: :quay, deps: deps(), aliases: aliases()]

  defp deps, do: [${deps}]

  defp aliases, do: [${aliases}]
end
`;

const project: Files = {
  'mix.exs': mixfile(
    '{:phoenix, "~> 1.7"}, {:esbuild, "~> 0.8"}, {:plug_cowboy, "~> 2.5"}, {:berth, "~> 1.0"}',
    '"assets.deploy": ["esbuild default --minify", "phx.digest"], setup: ["assets.fetch"], "assets.fetch": ["cmd npm ci"]',
  ),
  'config/config.exs': 'import Config\n\nconfig :berth,\n  size: 3\n',
  'assets/js/app.js':
    '// import "./gone"\nimport {Socket} from "phoenix"\nimport Chart from "chart.js"\nimport tide from "../vendor/tide"\nimport "../css/app.css"\n',
  'assets/vendor/tide.js': 'export default 1\n',
  'assets/css/app.css': '/* @import "./none.css"; */\n@import "./parts/berth";\n@plugin "../vendor/tide";\n',
  'assets/css/parts/_berth.scss': '.berth {}\n',
  'assets/package.json': '{"scripts": {"deploy": "x", "lint": "y"}, "dependencies": {"chart.js": "^3"}}',
  'priv/static/images/pier.svg': '<svg/>',
  'lib/quay_web/page.html.heex': '<p></p>\n<img src="/images/pier.svg" />\n',
  'lib/quay/metrics.ex': 'defmodule Quay.Metrics do\n  def spec, do: Plug.Cowboy.child_spec(port: 9)\nend\n',
  Dockerfile:
    'FROM elixir\n# COPY assets/package.json\nCOPY assets/package.json ./\nRUN npm ci --prefix assets\nRUN mix deps.get && mix assets.deploy\n',
  'bin/ship': '#!/bin/sh\nnpm run lint --prefix assets\n',
};

describe('imports of scripts and style sheets', () => {
  test('want the file that they name, with or without its ending', () => {
    expect(broken(project, { 'assets/vendor/tide.js': null })).toEqual([
      'assets/css/app.css:3 ../vendor/tide',
      'assets/js/app.js:4 ../vendor/tide',
    ]);
    expect(broken(project, { 'assets/css/parts/_berth.scss': null })).toEqual(['assets/css/app.css:2 ./parts/berth']);
    expect(broken(project, { 'assets/vendor/tide.js': null, 'assets/vendor/tide.ts': 'export default 2\n' })).toEqual(
      [],
    );
  });

  test('want their package, of package.json or of a dep', () => {
    expect(broken(project, { 'assets/package.json': '{"scripts": {"deploy": "x", "lint": "y"}}' })).toEqual([
      'assets/js/app.js:3 chart.js',
    ]);
    const deps = '{:esbuild, "~> 0.8"}, {:plug_cowboy, "~> 2.5"}, {:berth, "~> 1.0"}';
    const aliases = '"assets.deploy": [], setup: [], "assets.fetch": []';
    expect(broken(project, { 'mix.exs': mixfile(deps, aliases) })).toContain('assets/js/app.js:2 phoenix');
  });

  test('that are new are nobody’s to judge: another step may bring what they ask for', () => {
    const script = (line: string) => ({ 'assets/js/app.js': `${project['assets/js/app.js']}${line}\n` });
    const lines = ['import "./shore"', 'import "lodash"', 'import "../../../else"'];
    for (const line of lines) expect(broken(project, script(line))).toEqual([]);
  });

  test('of what the compiler of LiveView writes want that compiler, and the build among the paths of the bundler', () => {
    const { 'mix.exs': mix = '', 'assets/js/app.js': js = '' } = project;
    const script = { 'assets/js/app.js': `${js}import "phoenix-colocated/quay"\n` };
    const compiled = mix.replace('app: :quay', 'app: :quay, compilers: [:phoenix_live_view] ++ Mix.compilers()');
    const found = { 'config/config.exs': 'config :esbuild, quay: [env: %{"NODE_PATH" => Mix.Project.build_path()}]\n' };
    expect(broken(project, script)).toEqual(['assets/js/app.js:6 compilers: [:phoenix_live_view]']);
    expect(broken(project, { ...script, 'mix.exs': compiled })).toEqual([
      'assets/js/app.js:6 Mix.Project.build_path()',
    ]);
    expect(broken(project, { ...script, 'mix.exs': compiled, ...found })).toEqual([]);
  });
});

describe('commands of scripts and images', () => {
  test('want the alias, and an alias the task, that they call', () => {
    const { 'mix.exs': whole = '' } = project;
    const without = whole.replace('"assets.deploy": ["esbuild default --minify", "phx.digest"], ', '');
    expect(broken(project, { 'mix.exs': without })).toEqual(['Dockerfile:5 mix assets.deploy']);
    expect(broken(project, { 'mix.exs': whole.replace('{:esbuild, "~> 0.8"}, ', '') })).toEqual([
      'mix.exs:8 mix esbuild',
    ]);
    expect(broken(project, { 'mix.exs': whole.replace(', "assets.fetch": ["cmd npm ci"]', '') })).toEqual([
      'mix.exs:8 mix assets.fetch',
    ]);
  });

  test('want the scripts of package.json, and the file itself', () => {
    const rest = '{"scripts": {"deploy": "x"}, "dependencies": {"chart.js": "^3"}}';
    expect(broken(project, { 'assets/package.json': rest })).toEqual(['bin/ship:2 npm run lint']);
    expect(broken(project, { 'assets/package.json': null })).toEqual([
      'assets/js/app.js:3 chart.js',
      'Dockerfile:4 assets/package.json',
      'bin/ship:2 assets/package.json',
      'mix.exs:8 assets/package.json',
      'Dockerfile:3 assets/package.json',
    ]);
  });
});

test('a dep goes with its settings and after the calls of its modules', () => {
  const { 'mix.exs': whole = '' } = project;
  expect(broken(project, { 'mix.exs': whole.replace(', {:berth, "~> 1.0"}', '') })).toEqual([
    'config/config.exs:3 config :berth',
  ]);
  expect(broken(project, { 'mix.exs': whole.replace(', {:plug_cowboy, "~> 2.5"}', '') })).toEqual([
    'lib/quay/metrics.ex:2 Plug.Cowboy',
  ]);
});
