import { expect, test } from 'vitest';
import { shippedPackages } from '../../src/packages/store.ts';
import { ProjectIndex } from '../../src/symbols/index.ts';
import { leftForms } from '../../src/symbols/left-forms.ts';
import { treeOf } from '../support/projects.ts';

const template = 'lib/dock_web/live/rope_live.html.leex';
const states = (page: string) =>
  ['~> 3.0', '~> 4.1'].map((requirement) =>
    ProjectIndex.of(
      treeOf({
        'mix.exs': `defmodule Dock.MixProject do\n  use Mix.Project\n  def project, do: [app: :dock, deps: [{:phoenix_html, "${requirement}"}]]\nend\n`,
        [template]: page,
      }),
    ),
  ) as [ProjectIndex, ProjectIndex];

function left(page: string) {
  const [before, after] = states(page);
  const packages = { facts: shippedPackages, locked: new Map<string, string>() };
  return leftForms({ before, after, changed: ['mix.exs'], own: ['Dock'], packages }).map(
    ({ path, line, message }) => `${path}:${line} ${message}`,
  );
}

test('form_for without a function goes with phoenix_html 4, which does not say so before the page is shown', () => {
  const said = `${template}:2 form_for without a function is not there with phoenix_html 4.0.0`;
  expect(left('<p></p>\n<%= f = form_for @rope, "#", [phx_submit: "save"] %>\n</form>\n')).toEqual([said]);
  expect(left('<p></p>\n<%= f = form_for @rope, "#" %>\n</form>\n')).toEqual([said]);
  expect(left('<%= form_for @rope, "#", fn f -> %><%= f.id %><% end %>\n')).toEqual([]);
  expect(left('<%= form_for @rope, "#", @fields %>\n')).toEqual([]);
});
