import { describe, expect, test } from 'vitest';
import type { LinksTask, LiveTitleTask } from '../../src/rewrites/operation.ts';
import { performRewrite, rewriteResult } from '../../src/rewrites/perform.ts';
import { isLeft } from '../../src/rewrites/place.ts';

const web = `defmodule FerryWeb do
  def html do
    quote do
      use Phoenix.Component
      import PhoenixHTMLHelpers.Link
    end
  end

  defmacro __using__(which), do: apply(__MODULE__, which, [])
end
`;
const owner = 'defmodule FerryWeb.PierHTML do\n  use FerryWeb, :html\n\n  embed_templates "pier_html/*"\nend\n';
const files: Record<string, string> = { 'lib/ferry_web.ex': web, 'lib/ferry_web/controllers/pier_html.ex': owner };
const path = 'lib/ferry_web/controllers/pier_html/show.html.heex';
const task: LinksTask = {
  name: 'links',
  helpers: ['link', 'button', 'live_patch', 'live_redirect'],
  scope: { owner: 'FerryWeb.PierHTML', beside: Object.keys(files) },
};
const read = (other: string) => files[other];

function rewritten(text: string, at = path, given: LinksTask | LiveTitleTask = task): string {
  const once = performRewrite({ path: at, text, read }, given).text;
  expect(performRewrite({ path: at, text: once, read }, given).text).toBe(once);
  return once;
}

function reasons(text: string, at = path, given: LinksTask | LiveTitleTask = task): string[] {
  return rewriteResult({ path: at, text, read }, given)
    .places.filter(isLeft)
    .map(({ reason }) => reason);
}

describe('links', () => {
  test.each([
    [
      '<%= link "Edit", to: Routes.pier_path(@conn, :edit, @pier), class: "btn" %>',
      '<.link href={Routes.pier_path(@conn, :edit, @pier)} class="btn">Edit</.link>',
    ],
    ['<%= link("Edit", to: "/piers") %>', '<.link href="/piers">Edit</.link>'],
    ['<%= link @pier.name, to: ~p"/piers/#{@pier}" %>', '<.link href={~p"/piers/#{@pier}"}><%= @pier.name %></.link>'],
    [
      '<%= link "A & <b>", to: @to, target: "_blank", rel: "noopener" %>',
      '<.link href={@to} target="_blank" rel="noopener">A &amp; &lt;b&gt;</.link>',
    ],
    [
      '<%= link "Delete", to: "/piers/7", method: :delete, data: [confirm: "Sure?"] %>',
      '<.link href="/piers/7" method="delete" data-confirm="Sure?">Delete</.link>',
    ],
    [
      '<%= link "Go", to: @to, method: :get, phx_click: "go", "aria-label": "on", data: [a_b: 1, c: [d: @d]] %>',
      '<.link href={@to} phx-click="go" aria-label="on" data-a-b={1} data-c-d={@d}>Go</.link>',
    ],
    [
      '<%= link "Go", to: @to, class: ["a", @b && "c"], id: nil %>',
      '<.link href={@to} class={["a", @b && "c"]}>Go</.link>',
    ],
    ['<%= link to: @back do %>\n  <b>Back</b>\n<% end %>', '<.link href={@back}>\n  <b>Back</b>\n</.link>'],
    [
      '<%= link to: @a, class: "x" do %><%= link "b", to: "#" %><% end %>',
      '<.link href={@a} class="x"><.link href="#">b</.link></.link>',
    ],
    ['<%= link(to: "/x", do: "Text") %>', '<.link href="/x">Text</.link>'],
    ['<%= "Edit" |> link(to: "/x") %>', '<.link href="/x">Edit</.link>'],
    ['<%= link gettext("Edit"), to: "/x" %>', '<.link href="/x"><%= gettext("Edit") %></.link>'],
    ['<%= button "Leave", to: "/out", method: "delete" %>', '<.link href="/out" method="delete">Leave</.link>'],
    ['<%= button("Pay", to: @to, class: "b") %>', '<.link href={@to} method="post" class="b">Pay</.link>'],
    [
      '<%= live_patch "Sort", to: @to, replace: true, class: "s" %>',
      '<.link patch={@to} replace={true} class="s">Sort</.link>',
    ],
    ['<%= live_redirect to: "/piers" do %>Piers<% end %>', '<.link navigate="/piers">Piers</.link>'],
    ['<%= PhoenixHTMLHelpers.Link.link "A", to: "/a" %>', '<.link href="/a">A</.link>'],
  ])('%s', (before, after) => {
    expect(rewritten(`<p>${before}</p>\n`)).toBe(`<p>${after}</p>\n`);
  });

  test.each([
    ['<%= link "A", @options %>', 'its options are not written out'],
    ['<%= link "A", [class: "b"] ++ @options %>', 'its options are not written out'],
    ['<%= link "A", to: "/a", method: @method %>', 'its method is not written out'],
    ['<%= link "A", to: "/a", data: @data %>', 'data: is not written out'],
    ['<%= link "A", to: "/a", remote: true %>', 'the component does not pass remote on'],
    ['<%= if @a, do: link("A", to: "/a") %>', 'it stands inside another expression'],
    ['<.button title={link("A", to: "/a")} />', 'it stands inside another expression'],
  ])('left: %s', (text, reason) => {
    expect(reasons(text)).toEqual([reason]);
    expect(rewritten(text)).toBe(text);
  });

  test('only where components are', () => {
    const text = '<%= link "A", to: "/a" %>\n';
    expect(reasons(text, 'lib/ferry_web/controllers/pier_html/show.html.eex')).toEqual([
      'only HEEx has components: make it a .heex template first',
    ]);
    expect(reasons(text, path, { ...task, scope: { owner: null, beside: [] } })).toEqual([
      'no module is known to take the template in',
    ]);
    expect(reasons(text, path, { ...task, scope: { owner: 'FerryWeb.Mail', beside: [] } })).toEqual([
      'FerryWeb.Mail does not import Phoenix.Component',
    ]);
  });

  test('in the templates of a module, and not outside of them', () => {
    const module = (template: string) =>
      `defmodule FerryWeb.Bits do\n  use FerryWeb, :html\n\n  def bit(assigns) do\n    ~H"""\n    ${template}\n    """\n  end\n\n  def old(to), do: link("A", to: to)\nend\n`;
    const code = 'lib/ferry_web/bits.ex';
    expect(rewritten(module('<%= link "A", to: @to %>'), code)).toBe(module('<.link href={@to}>A</.link>'));
    expect(reasons(module(''), code)).toEqual(['it is called outside of templates']);
  });
});

describe('titles', () => {
  const title: LiveTitleTask = { name: 'live-title', scope: task.scope };

  test.each([
    [
      '<%= live_title_tag assigns[:page_title] || "Ferry", suffix: " · Ferries" %>',
      '<.live_title suffix=" · Ferries"><%= assigns[:page_title] || "Ferry" %></.live_title>',
    ],
    ['<%= live_title_tag("Ferry") %>', '<.live_title>Ferry</.live_title>'],
    ['<%= @title |> live_title_tag(prefix: @town) %>', '<.live_title prefix={@town}><%= @title %></.live_title>'],
    ['<%= Phoenix.LiveView.Helpers.live_title_tag(@title) %>', '<.live_title><%= @title %></.live_title>'],
  ])('%s', (before, after) => {
    expect(rewritten(`<head>\n  ${before}\n</head>\n`, path, title)).toBe(`<head>\n  ${after}\n</head>\n`);
  });

  test('what is left says why', () => {
    expect(reasons('<%= live_title_tag @title, @options %>', path, title)).toEqual(['its options are not written out']);
    expect(reasons('<%= live_title_tag @title %>', 'lib/a.html.eex', title)).toEqual([
      'only HEEx has components: make it a .heex template first',
    ]);
  });
});
