import { describe, expect, test } from 'vitest';
import { everyExpr } from '../../src/elixir/children.ts';
import { parse } from '../../src/elixir/parse.ts';
import { codeOf } from '../../src/templates/expressions.ts';
import { sigilTemplates } from '../../src/templates/placed.ts';
import { readTemplate } from '../../src/templates/tree.ts';
import { codePlaces, elementsOf } from '../../src/templates/walk.ts';

/** Every expression of a kind with its text, found by its range in the template. */
function textsOf(text: string, kind: string): string[] {
  const template = readTemplate(text, { heex: true, bodyBraces: true });
  return codePlaces(template).flatMap(({ node }) => {
    const { body, offset, parsed } = codeOf(text, node);
    expect(parsed).toBe(true);
    const found = everyExpr(body).filter((expr) => expr.kind === kind);
    return found.map(({ range }) => text.slice(range.start + offset, range.end + offset));
  });
}

describe('Elixir in a template', () => {
  test('stands at its place, whole or half', () => {
    const text =
      '<p class={a(1)}><%= for x <- b(2) do %><%= if c(3) do %>{d(4)}<% else %><%= e(5) %><% end %><% end %></p>' +
      '<%= case f(6) do %><% g when g > 1 -> %><% end %>';
    expect(textsOf(text, 'number')).toEqual(['1', '2', '3', '4', '5', '6', '1']);
    expect(textsOf(text, 'binary')).toContain('g > 1');
  });

  test('of a form that a function draws', () => {
    const text =
      '<%= form_for @changeset, Routes.user_path(@conn, :create), fn f -> %><%= text_input f, :name %><% end %>';
    expect(textsOf(text, 'dot')).toEqual(['Routes.user_path']);
  });

  test('what does not parse says so', () => {
    const text = '<%= a( %>';
    const [place] = codePlaces(readTemplate(text, { heex: false, bodyBraces: false }));
    expect(place && codeOf(text, place.node).parsed).toBe(false);
  });

  test('in sigils of a module, by heredoc and on one line', () => {
    const text =
      'defmodule A do\n  def a(b), do: ~H"<i>{b}</i>"\n  def c(d) do\n    ~L"""\n    <b><%= d %></b>\n    """\n  end\nend\n';
    const placed = sigilTemplates(text, parse(text).body, true);
    const names = placed.map(({ template, offset }) => {
      const [element] = elementsOf(template);
      const start = (element?.range.start ?? 0) + offset;
      return text.slice(start, start + 3);
    });
    expect(names).toEqual(['<i>', '<b>']);
    expect(placed.map(({ template }) => template.dialect.heex)).toEqual([true, false]);
  });
});
