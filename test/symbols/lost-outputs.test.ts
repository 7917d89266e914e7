import { expect, test } from 'vitest';
import { type Files, faultsOf } from './faults.ts';

const config = (script: string, style: string) => `import Config

config :esbuild,
  quay: [
    args: ~w(js/app.js js/print.js --bundle --outdir=../priv/static${script} --external:/fonts/*),
    cd: Path.expand("../assets", __DIR__)
  ]

config :tailwind, quay: [args: ["--input=assets/css/app.css", "--output=priv/static${style}/app.css"]]
`;

const layout = (folder: string, script = folder) => `defmodule QuayWeb.Layouts do
  def root(assigns) do
    ~H"""
    <link rel="stylesheet" href={~p"${folder}/app.css"} />
    <script src="${script}/app.js?vsn=1"></script>
    """
  end
end
`;

const project: Files = {
  'config/config.exs': config('/assets', '/assets'),
  'assets/js/app.js': 'import "phoenix_html"\n',
  'lib/quay_web/layouts.ex': layout('/assets'),
  'lib/quay_web/print.html.heex': '<script src={~p"/assets/print.js"}></script>\n',
};

const broken = (change: Record<string, string | null>) =>
  faultsOf(project, change).map(({ path, line, subject }) => `${path}:${line} ${subject}`);

test('pages keep what the bundler writes: in templates, and in modules that hold some', () => {
  expect(broken({ 'config/config.exs': config('/assets/js', '/assets') })).toEqual([
    'lib/quay_web/layouts.ex:5 /assets/app.js',
    'lib/quay_web/print.html.heex:1 /assets/print.js',
  ]);
  expect(broken({ 'config/config.exs': config('/assets', '/assets/css') })).toEqual([
    'lib/quay_web/layouts.ex:4 /assets/app.css',
  ]);
});

test('arguments and pages that move together hold', () => {
  expect(
    broken({
      'config/config.exs': config('/assets/js', '/assets/css'),
      'lib/quay_web/layouts.ex': layout('/assets/css', '/assets/js'),
      'lib/quay_web/print.html.heex': '<script src={~p"/assets/js/print.js"}></script>\n',
    }),
  ).toEqual([]);
});

test('a page that moves alone asks for what is not written yet', () => {
  expect(broken({ 'lib/quay_web/layouts.ex': layout('/assets', '/assets/js') })).toEqual([
    'lib/quay_web/layouts.ex:5 /assets/js/app.js',
  ]);
});

test('a file that lies there is served whoever wrote it, and what a script imports of styles is written beside it', () => {
  expect(
    faultsOf(
      { ...project, 'priv/static/assets/app.js': '', 'priv/static/assets/print.js': '' },
      { 'config/config.exs': config('/assets/js', '/assets') },
    ),
  ).toEqual([]);
  const styled = { ...project, 'assets/js/app.js': 'import "../css/app.css"\n' };
  const moved = faultsOf(styled, { 'config/config.exs': config('/assets', '/assets/css') });
  expect(moved).toEqual([]);
});
