import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../../src/findings/code/template.ts';

const codes = (text: string, curly = true) => readTemplate(text, curly).codes.map(({ code }) => code.trim());
const attributes = (text: string) => readTemplate(text, true).attributes.map(({ name, value }) => [name, value]);

describe('code in a template', () => {
  test('stands in EEx tags and in braces', () => {
    expect(codes('<p><%= @a %>{@b}</p><% end %>')).toEqual(['@a', '@b', 'end']);
  });

  test('may hold braces and quotes of its own', () => {
    expect(codes('<p>{%{a: "}"}}</p><i class={["x", %{}]}>{@c}</i>')).toEqual(['%{a: "}"}', '["x", %{}]', '@c']);
  });

  test('does not stand in comments', () => {
    expect(codes('<%# @a %><%!-- @b <%= @c %> --%><!-- <%= @d %> {@e} --><%% @f %>')).toEqual([]);
  });

  test('does not stand in the braces of scripts, styles or plain EEx', () => {
    expect(codes('<script>if (a) { b() }</script><style>p { color: red }</style>')).toEqual([]);
    expect(codes('<p>{@a}</p>', false)).toEqual([]);
    expect(codes('<script>let a = <%= @a %></script>')).toEqual(['@a']);
  });
});

describe('attributes', () => {
  test('come with and without quotes, values and braces', () => {
    expect(attributes(`<input type="text" name='n' size=3 disabled value={@v} />`)).toEqual([
      ['type', 'text'],
      ['name', 'n'],
      ['size', '3'],
      ['disabled', ''],
      ['value', '@v'],
    ]);
  });

  test('know that an EEx tag stands inside them', () => {
    const inTag = readTemplate('<a href="<%= @to %>" <%= @rest %>><%= @text %></a>', true).codes.map(
      (one) => one.inTag,
    );
    expect(inTag).toEqual([true, true, false]);
  });

  test('do not stand in text, however much it looks like them', () => {
    expect(attributes('<p>phx-update="append" a < b</p>')).toEqual([]);
  });
});

test('any text is read to its end, and what is found stands where it is said to', () => {
  const pieces = fc.constantFrom(
    '<p ',
    '>',
    '</p>',
    '<%=',
    '%>',
    '{',
    '}',
    '"',
    "'",
    '=',
    'a',
    ' ',
    '<!--',
    '-->',
    '<script>',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.boolean(), (parts, curly) => {
      const text = parts.join('');
      const { codes, attributes } = readTemplate(text, curly);
      for (const { code, offset } of codes) expect(text.slice(offset, offset + code.length)).toBe(code);
      for (const { name, offset } of attributes) expect(text.slice(offset, offset + name.length)).toBe(name);
    }),
  );
});
