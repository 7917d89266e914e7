import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TemplateNode } from '../../src/templates/model.ts';
import { readTemplate } from '../../src/templates/tree.ts';
import { codePlaces, elementsOf, everyNode } from '../../src/templates/walk.ts';

const heex = { heex: true, bodyBraces: true };
const eex = { heex: false, bodyBraces: false };

/** The text put together again from the leaves of the tree: what is missing or doubled shows. */
function printed(text: string, nodes: readonly TemplateNode[]): string {
  return nodes.map((node) => printedNode(text, node)).join('');
}

function printedNode(text: string, node: TemplateNode): string {
  const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  if (node.kind === 'element') {
    return slice(node.open.range) + printed(text, node.children) + (node.close ? slice(node.close.range) : '');
  }
  if (node.kind !== 'block') return slice(node.range);
  const clauses = node.clauses.map(({ head, children }) => slice(head.range) + printed(text, children));
  return clauses.join('') + (node.end ? slice(node.end.range) : '');
}

/** A tree in a line: `div(text .link(braces))`. */
function shape(nodes: readonly TemplateNode[]): string {
  return nodes
    .filter((node) => node.kind !== 'text')
    .map((node) => {
      if (node.kind === 'element') return `${node.open.name}(${shape(node.children)})`;
      if (node.kind === 'block') return `block(${node.clauses.map(({ children }) => shape(children)).join('|')})`;
      return node.kind;
    })
    .join(' ');
}

describe('a template as a tree', () => {
  test('nests elements, components and slots', () => {
    const text =
      '<Layouts.app flash={@flash}>\n<.table rows={@rows}><:col :let={row}>{row.id}</:col></.table><br></Layouts.app>';
    const template = readTemplate(text, heex);
    expect(shape(template.nodes)).toBe('Layouts.app(.table(:col(braces)) br())');
    expect(template.imbalances).toEqual([]);
  });

  test('gives blocks of EEx their clauses', () => {
    const text = '<ul><%= for x <- @xs do %><li><%= if x.ok do %>a<b></b><% else %>c<% end %></li><% end %></ul>';
    const template = readTemplate(text, eex);
    expect(shape(template.nodes)).toBe('ul(block(li(block(b()|))))');
    expect(template.imbalances).toEqual([]);
  });

  test('knows the clauses of case and of anonymous functions', () => {
    const text =
      '<%= case @x do %><% {:ok, y} -> %><p><%= y %></p><% _ -> %><i></i><% end %><%= form_for @c, "/", fn f -> %><b></b><% end %>';
    expect(shape(readTemplate(text, eex).nodes)).toBe('block(|p(code)|i()) block(b())');
  });

  test('reads braces in attributes with strings and nested braces', () => {
    const text = '<a href={~p"/#{"}"}"} {@rest} class={["a", %{b: "{"} && "c"]}>x</a>';
    const [link] = elementsOf(readTemplate(text, heex));
    expect(link?.open.attributes.map(({ name, range }) => [name, text.slice(range.start, range.end)])).toEqual([
      ['href', 'href={~p"/#{"}"}"}'],
      [null, '{@rest}'],
      ['class', 'class={["a", %{b: "{"} && "c"]}'],
    ]);
  });

  test('reads heredocs in braces', () => {
    const text = '<p>{md("""\n  a "b" }\n""")}</p>';
    expect(shape(readTemplate(text, heex).nodes)).toBe('p(braces)');
  });

  test('takes text in braces for text before LiveView 1.0, in scripts, and behind a backslash', () => {
    expect(shape(readTemplate('<p>{a}</p>', { heex: true, bodyBraces: false }).nodes)).toBe('p()');
    expect(shape(readTemplate('<script>f({a: "</p>"})</script><p>\\{a}</p>', heex).nodes)).toBe('script() p()');
  });

  test('sees code in comments of HTML, none in those of EEx', () => {
    const text = '<!-- <%= a %> <p> --><%# b %><%!-- <%= c %> --%><%% d %>';
    const template = readTemplate(text, eex);
    expect(codePlaces(template).map(({ node }) => text.slice(node.code.start, node.code.end))).toEqual([' a ']);
    expect(template.imbalances).toEqual([]);
  });

  test('names the tag that does not balance', () => {
    const text = '<div><%= if @a do %><section><% else %><p></p><% end %></div></main>';
    const template = readTemplate(text, eex);
    expect(template.imbalances.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'unclosed-tag section',
      'stray-close main',
    ]);
    expect(shape(template.nodes)).toBe('div(block(section()|p())) stray');
  });

  test('says what the text ends in the middle of', () => {
    const kinds = (text: string) => readTemplate(text, heex).imbalances.map(({ kind }) => kind);
    expect(kinds('<div')).toContain('unfinished');
    expect(kinds('<%= a')).toEqual(['unfinished']);
    expect(kinds('{a')).toEqual(['unfinished']);
    expect(kinds('<% end %>')).toEqual(['stray-code']);
    expect(kinds('<%= if a do %>')).toEqual(['unclosed-block']);
  });

  test('prints any text as it was', () => {
    const pieces = fc.constantFrom(
      '<div>',
      '</div>',
      '<br/>',
      '<.a b={c}>',
      '</.a>',
      '<%= if x do %>',
      '<% else %>',
      '<% end %>',
      '<%= y %>',
      '{',
      '}',
      '"',
      '<!--',
      '-->',
      '<script>',
      '</script>',
      '<p class="a <%= b %>" {@c} d=\'e\'>',
      '</p>',
      '\\{',
      'text ',
      '<%!--',
      '--%>',
      '<',
      '%>',
      '#{',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.boolean(), (parts, isHeex) => {
        const text = parts.join('');
        const { nodes } = readTemplate(text, isHeex ? heex : eex);
        expect(printed(text, nodes)).toBe(text);
        expect(everyNode(nodes).every(({ range }) => range.start >= 0 && range.end <= text.length)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
