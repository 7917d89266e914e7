import { expect, test } from 'vitest';
import { type Files, faultsOf } from './faults.ts';

const router = (plugs: string) => `defmodule QuayWeb.Router do
  use Phoenix.Router

  pipeline :browser do
    plug :fetch_session
${plugs}  end
end
`;
const project: Files = {
  'lib/quay_web/router.ex': router(''),
  'lib/quay_web/templates/layout/app.html.eex':
    '<!DOCTYPE html>\n<html>\n  <body><%= @inner_content %></body>\n</html>\n',
};
const root = { 'lib/quay_web/templates/layout/root.html.heex': '<html><%= @inner_content %></html>\n' };
const rooted = {
  ...root,
  'lib/quay_web/router.ex': router('    plug :put_root_layout, {QuayWeb.LayoutView, :root}\n'),
};
const broken = (change: Record<string, string | null>, files = project) =>
  faultsOf(files, change).flatMap(({ path, line, subject }) =>
    path.includes('/layout/') && subject.startsWith('the template') ? `${path}:${line}` : [],
  );

test('a layout that is a whole page gets no root layout around it', () => {
  const app = 'lib/quay_web/templates/layout/app.html.eex';
  expect(broken(rooted)).toEqual([`${app}:2`]);
  expect(broken({ ...rooted, [app]: '<main><%= @inner_content %></main>\n' })).toEqual([]);
  expect(broken(root)).toEqual([]);
});

test('a template is written for one engine', () => {
  const [eex, heex] = ['eex', 'heex'].map((ending) => `lib/quay_web/templates/layout/app.html.${ending}`) as [
    string,
    string,
  ];
  expect(broken({ [heex]: '<main></main>\n' })).toEqual([`${eex}:1`]);
  expect(broken({ [heex]: '<main></main>\n', [eex]: null })).toEqual([]);
  expect(broken({ [heex]: '<main class="wide"></main>\n' }, { ...project, [heex]: '<main></main>\n' })).toEqual([]);
});
