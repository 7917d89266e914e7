import { describe, expect, test } from 'vitest';
import { performRewrite, rewriteResult } from '../../src/rewrites/perform.ts';
import { isLeft } from '../../src/rewrites/place.ts';

const task = { name: 'heex', scope: null } as const;
const leex = 'lib/ferry_web/live/berth_live.html.leex';
const heex = 'lib/ferry_web/live/berth_live.html.heex';
const code = 'lib/ferry_web/live/anchor.ex';
const nothing = () => undefined;

function rewritten(text: string, path = leex): string {
  return performRewrite({ path, text, read: nothing }, task).text;
}

function reasons(text: string, path = leex): string[] {
  const { places } = rewriteResult({ path, text, read: nothing }, task);
  return places.filter(isLeft).map(({ at, reason }) => `${at}: ${reason}`);
}

describe('attributes of a template', () => {
  test.each([
    ['<p class="<%= @tone %>">', '<p class={@tone}>'],
    ["<p class='<%= @tone %>'>", '<p class={@tone}>'],
    ['<p class=<%= @tone %> id="a">', '<p class={@tone} id="a">'],
    ['<p id="berth-<%= @berth.id %>">', '<p id={"berth-#{@berth.id}"}>'],
    ['<p id="<%= @a %>-<%= @b %>" data-x="<%= @c["d"] %>">', '<p id={"#{@a}-#{@b}"} data-x={@c["d"]}>'],
    ['<p class="a <%= if @open, do: "b" %>">', '<p class={"a #{if @open, do: "b"}"}>'],
    ['<p class="a <%= if @open do %>b<% else %>c<% end %> d">', '<p class={"a #{if @open do "b" else "c" end} d"}>'],
    ['<p class="<%= if @open do %>b<% end %>">', '<p class={if @open do "b" end}>'],
    ['<p class="<%= case @a do %> <% 1 -> %>b<% _ -> %>c<% end %>">', '<p class={case @a do 1 -> "b"; _ -> "c" end}>'],
    ['<p title="say \\ &quot;<%= @x %>&quot; &amp; go">', '<p title={"say \\\\ \\"#{@x}\\" & go"}>'],
    ['<p aria-busy="<%= @a == @b %>">', '<p aria-busy={to_string(@a == @b)}>'],
    ['<p data-on="<%= busy?(@a) %>">', '<p data-on={to_string(busy?(@a))}>'],
    ['<p <%= if @a, do: "hidden" %>>', '<p hidden={if @a, do: true}>'],
    ['<p <%= if @a == 1, do: "hidden" %>>', '<p hidden={@a == 1}>'],
    ['<p <%= if @a do %>class="x<%= @b %>"<% end %> id="i">', '<p class={if @a do "x#{@b}" end} id="i">'],
  ])('%s', (before, after) => {
    expect(rewritten(`${before}text</p>\n`)).toBe(`${after}text</p>\n`);
    expect(rewritten(`${before}text</p>\n`, heex)).toBe(`${after}text</p>\n`);
    expect(rewritten(`${after}text</p>\n`, heex)).toBe(`${after}text</p>\n`);
  });

  test.each([
    ['<p <%= @attributes %>>x</p>', '3: <p> has an EEx tag among its attributes: write name={…}, or {…} for several'],
    ['<p class="<%= [@a, @b] %>">x</p>', '3: class of <p>: its value is a list, which HEEx joins in another way'],
    ['<p class="<% @a %>">x</p>', '3: class of <p>: its EEx tag prints no value'],
    ['<p title="&copy; <%= @a %>">x</p>', '3: title of <p>: its text has an entity that HEEx would escape'],
    ['<p title="a <%= raw(@a) %>">x</p>', '3: title of <p>: its code prints markup'],
  ])('left: %s', (text, reason) => {
    expect(reasons(text)).toEqual([reason]);
    expect(rewritten(text)).toBe(text);
    expect(reasons(text, heex)).toEqual([reason]);
  });
});

describe('a template of EEx as HEEx', () => {
  test.each([
    ['<input value=<%= @a %> size=10>', '<input value={@a} size="10">'],
    ['<p>{<%= @a %>}</p><script>let a = {};</script>', '<p>&lbrace;<%= @a %>}</p><script>let a = {};</script>'],
    ['<p title="<%= @a > @b && "<i>" %>">x</p>', '<p title={@a > @b && "<i>"}>x</p>'],
    ['a<wbr>b<br>c', 'a<wbr />b<br>c'],
    ['<!doctype html><p>1 < 2 <- 3</p >', '<!doctype html><p>1 &lt; 2 &lt;- 3</p>'],
    ['<!Doctype html><script>if (a < b) {}</script>', '<!DOCTYPE html><script>if (a < b) {}</script>'],
    ['<svg><path d="<%= @d %>" /></svg>', '<svg><path d={@d} /></svg>'],
    ['<!-- {<%= @a %>} --><ul><%= for a <- @all do %><li><%= a %></li><% end %></ul>', null],
  ])('%s', (before, after) => {
    expect(rewritten(before)).toBe(after ?? before);
    expect(reasons(before)).toEqual([]);
  });

  test('the attributes that Alpine and Vue bind get their long names', () => {
    expect(rewritten('<a x-data="{}" :class="b" @click="c">d</a>')).toBe(
      '<a x-data="{}" x-bind:class="b" @click="c">d</a>',
    );
    expect(rewritten('<a v-if="b" :id="c">d</a>')).toBe('<a v-if="b" v-bind:id="c">d</a>');
  });

  test('a form_for without a function and its </form> are one element, where components are', () => {
    const owner = 'defmodule FerryWeb.BerthLive do\n  use Phoenix.LiveView\nend\n';
    const scope = { owner: 'FerryWeb.BerthLive', beside: ['lib/berth_live.ex'] };
    const text =
      '<div><%= f = form_for @changeset, "#", [phx_change: :validate, as: :berth, class: "a"] %>\n<%= text_input f, :name %>\n</form></div>\n';
    const read = (path: string) => (path === 'lib/berth_live.ex' ? owner : undefined);
    expect(performRewrite({ path: leex, text, read }, { name: 'heex', scope }).text).toBe(
      '<div><.form :let={f} for={@changeset} action="#" phx-change="validate" as={:berth} class="a">\n<%= text_input f, :name %>\n</.form></div>\n',
    );
    expect(reasons(text)).toEqual(['117: </form> closes nothing']);
  });

  test.each([
    ['<div><p>a</div>', '5: <p> is not closed where HEEx wants it'],
    ['a</p>', '1: </p> closes nothing'],
    ['<%= if @a do %><p><% end %></p>', '15: <p> is not closed where HEEx wants it'],
    ['<DIV>a</DIV>', '0: HEEx takes <DIV> for a component'],
    ['<div>a</DIV>', '0: </DIV> closes <div>, which is another name to HEEx'],
    ['<a :href="b">a</a>', '0: HEEx takes :href of <a> for one of its own attributes'],
    ['<div />', '0: <div /> stays open in a browser, HEEx closes it'],
    ['<![if IE]>a', '0: HEEx takes <! for the beginning of a tag'],
    ['<p>a <%%= b %></p>', '5: HEEx takes <%% for the beginning of a tag'],
    ['<p><%- @a -%></p>', '3: HEEx has no EEx tags with a dash'],
  ])('left: %s', (text, reason) => {
    expect(reasons(text)[0]).toBe(reason);
    expect(rewritten(text)).toBe(text);
  });
});

test('a template that other code takes for {:safe, text} stays EEx', () => {
  const text = '<p><%= @a %></p>';
  const given = { name: 'heex', scope: null, refusal: 'lib/mail.ex may take its result for {:safe, text}' } as const;
  expect(performRewrite({ path: 'lib/a.html.eex', text, read: nothing }, given)).toEqual({
    text,
    places: [{ at: 0, reason: given.refusal }],
  });
});

describe('sigils', () => {
  const inModule = (template: string) =>
    `defmodule FerryWeb.Anchor do\n  use FerryWeb, :live_component\n\n  def render(assigns) do\n    ${template}\n  end\nend\n`;

  test('~L becomes ~H with its attributes', () => {
    expect(rewritten(inModule('~L"""\n    <div id="<%= @id %>"><%= @name %></div>\n    """'), code)).toBe(
      inModule('~H"""\n    <div id={@id}><%= @name %></div>\n    """'),
    );
  });

  test('what does not balance, and what would end the sigil, stays', () => {
    const text = inModule('~L"""\n    <div id="<%= @id %>">\n    """');
    expect(rewritten(text, code)).toBe(text);
    expect(reasons(text, code)).toEqual(['101: <div> is not closed where HEEx wants it']);
    const short = inModule('~L"<a href=<%= @a["b"] %>>c</a>"');
    expect(rewritten(short, code)).toBe(short);
  });
});
