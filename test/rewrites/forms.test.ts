import { describe, expect, test } from 'vitest';
import type { FormsTask } from '../../src/rewrites/operation.ts';
import { performRewrite, rewriteResult } from '../../src/rewrites/perform.ts';
import { isLeft } from '../../src/rewrites/place.ts';

const files: Record<string, string> = {
  'lib/ferry_web.ex':
    'defmodule FerryWeb do\n  def html do\n    quote do\n      use Phoenix.Component\n    end\n  end\n\n  defmacro __using__(which), do: apply(__MODULE__, which, [])\nend\n',
  'lib/ferry_web/controllers/pier_html.ex':
    'defmodule FerryWeb.PierHTML do\n  use FerryWeb, :html\n\n  embed_templates "pier_html/*"\nend\n',
};
const path = 'lib/ferry_web/controllers/pier_html/edit.html.heex';
const task: FormsTask = {
  name: 'forms',
  scope: { owner: 'FerryWeb.PierHTML', beside: Object.keys(files) },
  refusal: null,
};
const read = (other: string) => files[other];

function rewritten(text: string, at = path, given = task): string {
  const once = performRewrite({ path: at, text, read }, given).text;
  expect(performRewrite({ path: at, text: once, read }, given).text).toBe(once);
  return once;
}

function reasons(text: string, at = path, given = task): string[] {
  return rewriteResult({ path: at, text, read }, given)
    .places.filter(isLeft)
    .map(({ reason }) => reason);
}

const block = (head: string) => `<%= ${head} %>\n  <%= text_input f, :name %>\n<% end %>\n`;
const form = (attributes: string) => `<.form :let={f} ${attributes}>\n  <%= text_input f, :name %>\n</.form>\n`;

describe('a form_for with a function', () => {
  test.each([
    ['form_for @pier, "/piers", fn f ->', 'for={@pier} action="/piers"'],
    ['form_for(@pier, @action, [as: :dock, class: "a"], fn f ->', 'for={@pier} action={@action} as={:dock} class="a"'],
    [
      'form_for @conn, Routes.pier_path(@conn, :create), [method: :put, multipart: true, phx_submit: "save"], fn f ->',
      'for={@conn} action={Routes.pier_path(@conn, :create)} method="put" multipart={true} phx-submit="save"',
    ],
    [
      'form_for @pier, "#", [csrf_token: false, data: [a_b: @c]], fn f ->',
      'for={@pier} action="#" data-a-b={@c} csrf_token={false}',
    ],
    ['@pier |> form_for("/piers", fn f ->', 'for={@pier} action="/piers"'],
  ])('%s', (head, attributes) => {
    const end = head.includes('form_for(') ? '<% end) %>' : '<% end %>';
    expect(rewritten(block(head).replace('<% end %>', end))).toBe(form(attributes));
  });

  test('keeps what stands in it, forms of other parts as well', () => {
    const inner = '<%= inputs_for f, :ropes, fn r -> %><%= text_input r, :name %><% end %>';
    expect(rewritten(`<%= form_for @pier, "/", fn f -> %>${inner}<% end %>`)).toBe(
      `<.form :let={f} for={@pier} action="/">${inner}</.form>`,
    );
  });
});

describe('left', () => {
  test.each([
    ['form_for @pier, "/", @options, fn f ->', 'its options are not written out'],
    ['form_for @pier, "/", [method: @method], fn f ->', 'its method is not written out'],
    ['form_for @pier, "/", [enforce_utf8: false, odd: 1], fn f ->', 'the component does not pass odd on'],
  ])('%s', (head, reason) => {
    expect(reasons(block(head))).toEqual([reason]);
    expect(rewritten(block(head))).toBe(block(head));
  });

  test('where another form is meant, and where there are no components', () => {
    const text = block('form_for @pier, "/", fn f ->');
    expect(reasons(text, path, { ...task, refusal: 'FerryWeb.PierHTML has a form of its own' })).toEqual([
      'FerryWeb.PierHTML has a form of its own',
    ]);
    expect(reasons(text, 'lib/ferry_web/templates/pier/edit.html.eex')).toEqual([
      'only HEEx has components: make it a .heex template first',
    ]);
    expect(reasons('<%= raw(form_for(@pier, "/", fn f -> "x" end)) %>')).toEqual(['it is no block of a template']);
  });
});

describe('components for who uses a role', () => {
  const web = (lines: string) =>
    `defmodule FerryWeb do\n  def view do\n    quote do\n      use Phoenix.View, root: "a"\n${lines}      alias FerryWeb.B\n    end\n  end\nend\n`;
  const scoped = (text: string) =>
    performRewrite({ path: 'lib/ferry_web.ex', text, read }, { name: 'component-scope', role: 'view' });

  test('are imported behind what its quote imports, once', () => {
    const before = web('      import FerryWeb.Bits\n');
    const after = web('      import FerryWeb.Bits\n      import Phoenix.Component\n');
    expect(scoped(before).text).toBe(after);
    expect(scoped(after).text).toBe(after);
  });

  test('stay out where another assign is imported', () => {
    const text = web('      import Plug.Conn\n');
    expect(scoped(text)).toMatchObject({ text, places: [{ reason: expect.stringContaining('assign of its own') }] });
  });
});
