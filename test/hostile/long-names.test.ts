import { expect, test } from 'vitest';
import { planOf } from '../support/projects.ts';
import { bent, type Files, kiln, mixfile, webDeps } from './atelier.ts';

const long = 'a'.repeat(300_000);
const more = (path: string, line: string): Files => ({ [path]: `${kiln[path] ?? ''}\n${line}\n` });

test.each<[string, Files]>([
  ['an app', { 'mix.exs': mixfile(long, 'Kiln', webDeps) }],
  ['a module', { 'mix.exs': mixfile('kiln', `K${long}`, webDeps) }],
  [
    'a web module',
    { 'lib/kiln_web/endpoint.ex': `defmodule K${long}.Endpoint do\n  use Phoenix.Endpoint, otp_app: :kiln\nend\n` },
  ],
  ['a wildcard', more('config/config.exs', `import_config "*${long}.exs"`)],
  ['a class without members', more('config/config.exs', 'import_config "[z-a]*.exs"')],
  ['a pattern of .dockerignore', { Dockerfile: 'FROM elixir:1.14\nCOPY . .\n', '.dockerignore': '[*'.repeat(200_000) }],
])('%s that no regular expression can hold is planned around', (_name, files) => {
  expect(planOf(bent(kiln, files)).steps.length).toBeGreaterThan(0);
});
