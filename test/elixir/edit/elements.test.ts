import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparable } from '../../../src/elixir/canonical.ts';
import { findExpr } from '../../../src/elixir/children.ts';
import {
  type ElementPlace,
  insertElement,
  placeInOrder,
  removeElement,
  replaceElement,
  replaceExpr,
  sequenceOf,
} from '../../../src/elixir/edit/elements.ts';
import { edited, type TextChange } from '../../../src/elixir/edited.ts';
import { parse } from '../../../src/elixir/parse.ts';

/** The sequence that a test is about: of the call `shelf`, else of the first bracket. */
function sequenceIn(text: string) {
  const source = parse(text);
  const expr =
    findExpr(source.body, (one) => one.kind === 'call' && one.target.kind === 'identifier') ??
    findExpr(source.body, (one) => ['list', 'tuple', 'map'].includes(one.kind));
  const sequence = expr && sequenceOf(expr);
  if (!sequence) throw new Error('no sequence');
  return { source, sequence };
}

function result(text: string, changes: readonly TextChange[]): string {
  const after = edited(text, changes);
  return after.ok ? after.text : `refused: ${after.reason}`;
}

function insert(text: string, place: ElementPlace, element: string): string {
  const { source, sequence } = sequenceIn(text);
  return result(text, insertElement(source, sequence, place, element));
}

function remove(text: string, index: number): string {
  const { source, sequence } = sequenceIn(text);
  return result(text, removeElement(source, sequence, index));
}

function replace(text: string, index: number, element: string): string {
  const { source, sequence } = sequenceIn(text);
  return result(text, replaceElement(source, sequence, index, element));
}

describe('an element is inserted', () => {
  test('into one line, first, between and last', () => {
    expect(insert('x = [:a, :b]\n', { before: 0 }, ':new')).toBe('x = [:new, :a, :b]\n');
    expect(insert('x = [:a, :b]\n', { after: 0 }, ':new')).toBe('x = [:a, :new, :b]\n');
    expect(insert('x = {:a, :b}', 'end', 'only: :dev')).toBe('x = {:a, :b, only: :dev}');
    expect(insert('x = %{a: 1}', { after: 0 }, 'b: 2')).toBe('x = %{a: 1, b: 2}');
    expect(insert('x = %Shop{a: 1}', { before: 0 }, 'b: 2')).toBe('x = %Shop{b: 2, a: 1}');
  });

  test('into an empty sequence', () => {
    expect(insert('x = []', 'end', ':new')).toBe('x = [:new]');
    expect(insert('x = %{}', 'end', 'a: 1')).toBe('x = %{a: 1}');
    expect(insert('x = [\n  # {Shop.Worker, arg}\n]\n', 'end', 'Shop.Repo')).toBe(
      'x = [\n  # {Shop.Worker, arg}\n  Shop.Repo\n]\n',
    );
  });

  test('on a line of its own where the neighbours have theirs', () => {
    const list = 'x = [\n  :a,\n  :b\n]\n';
    expect(insert(list, { before: 0 }, ':new')).toBe('x = [\n  :new,\n  :a,\n  :b\n]\n');
    expect(insert(list, { after: 0 }, ':new')).toBe('x = [\n  :a,\n  :new,\n  :b\n]\n');
    expect(insert(list, 'end', ':new')).toBe('x = [\n  :a,\n  :b,\n  :new\n]\n');
    expect(insert('x = [\n  :a,\n]\n', 'end', ':new')).toBe('x = [\n  :a,\n  :new,\n]\n');
  });

  test('before the comments of the element that follows, behind the comment on the line', () => {
    const list = 'x = [\n  :a, # first\n  # about b\n  :b # second\n]\n';
    expect(insert(list, { after: 0 }, ':new')).toBe('x = [\n  :a, # first\n  :new,\n  # about b\n  :b # second\n]\n');
    expect(insert(list, { before: 1 }, ':new')).toBe('x = [\n  :a, # first\n  :new,\n  # about b\n  :b # second\n]\n');
    expect(insert(list, 'end', ':new')).toBe('x = [\n  :a, # first\n  # about b\n  :b, # second\n  :new\n]\n');
  });

  test('before elements that are commented out at the end', () => {
    expect(insert('x = [\n  Shop.Repo\n  # {Shop.Worker, arg},\n]\n', 'end', 'ShopWeb.Endpoint')).toBe(
      'x = [\n  Shop.Repo,\n  ShopWeb.Endpoint\n  # {Shop.Worker, arg},\n]\n',
    );
  });

  test('with CRLF and without a last newline', () => {
    expect(insert('x = [\r\n  :a\r\n]', 'end', ':new')).toBe('x = [\r\n  :a,\r\n  :new\r\n]');
    expect(insert('shelf :a,\r\n  b: 1', 'end', 'c: 2')).toBe('shelf :a,\r\n  b: 1,\r\n  c: 2');
  });

  test('into a call without parentheses', () => {
    expect(insert('shelf :a, b: 1\n', 'end', 'c: 2')).toBe('shelf :a, b: 1, c: 2\n');
    expect(insert('shelf :a\n', 'end', 'c: 2')).toBe('shelf :a, c: 2\n');
    expect(insert('shelf :a,\n  b: 1\n', { before: 1 }, 'c: 2')).toBe('shelf :a,\n  c: 2,\n  b: 1\n');
    expect(insert('shelf :a,\n  b: 1\n', { after: 0 }, 'c: 2')).toBe('shelf :a,\n  c: 2,\n  b: 1\n');
  });

  test('into a tuple whose options hang behind its name', () => {
    expect(insert('{:a,\n github: "x",\n tag: "v1"}', 'end', 'app: false')).toBe(
      '{:a,\n github: "x",\n tag: "v1",\n app: false}',
    );
  });

  test('and a line that gets too long is broken from the outside in', () => {
    const call = 'shelf :atelier, Atelier.Paper, url: [host: "paper.example.org", port: 443], label: "no. 1"\n';
    expect(insert(call, 'end', 'render: [html: Atelier.Ink]')).toBe(
      'shelf :atelier, Atelier.Paper,\n  url: [host: "paper.example.org", port: 443],\n' +
        '  label: "no. 1",\n  render: [html: Atelier.Ink]\n',
    );
  });

  test('as several lines with its own comment', () => {
    expect(insert('  x = [\n    :a\n  ]\n', 'end', '# why\n{Shop,\n b: 1}')).toBe(
      '  x = [\n    :a,\n    # why\n    {Shop,\n     b: 1}\n  ]\n',
    );
  });
});

describe('an element is removed', () => {
  test('from one line', () => {
    expect(remove('x = [:a, :b, :c]', 0)).toBe('x = [:b, :c]');
    expect(remove('x = [:a, :b, :c]', 1)).toBe('x = [:a, :c]');
    expect(remove('x = [:a, :b, :c]', 2)).toBe('x = [:a, :b]');
    expect(remove('x = [:a]', 0)).toBe('x = []');
    expect(remove('x = [:a,]', 0)).toBe('x = []');
  });

  test('with its comments, its line and its comma', () => {
    const list = 'x = [\n  :a,\n  # about b\n  # at length\n  :b, # too\n  # about c\n  :c\n]\n';
    expect(remove(list, 1)).toBe('x = [\n  :a,\n  # about c\n  :c\n]\n');
    expect(remove(list, 2)).toBe('x = [\n  :a,\n  # about b\n  # at length\n  :b # too\n]\n');
    expect(remove('x = [\n  :a,\n  :b,\n]\n', 1)).toBe('x = [\n  :a,\n]\n');
  });

  test('while the heading of a group stays with the others', () => {
    expect(remove('x = [\n  :z,\n\n  # Paper\n  :a,\n  :b,\n\n  # Ink\n  :c\n]\n', 1)).toBe(
      'x = [\n  :z,\n\n  # Paper\n  :b,\n\n  # Ink\n  :c\n]\n',
    );
    expect(remove('x = [\n  :z,\n\n  # Ink\n  :c\n]\n', 1)).toBe('x = [\n  :z\n]\n');
  });

  test('and leaves no two blank lines', () => {
    expect(remove('x = [\n  :a,\n\n  :b,\n\n  :c\n]\n', 1)).toBe('x = [\n  :a,\n\n  :c\n]\n');
    expect(remove('x = [\n  :a,\n\n  :b\n]\n', 0)).toBe('x = [\n  :b\n]\n');
  });

  test('from hanging options', () => {
    expect(remove('{:a,\n github: "x",\n tag: "v1"}', 2)).toBe('{:a,\n github: "x"}');
    expect(remove('shelf :a,\r\n  b: 1,\r\n  c: 2', 2)).toBe('shelf :a,\r\n  b: 1');
    expect(remove('shelf :a,\n  b: 1\n', 1)).toBe('shelf :a\n');
    expect(remove('{:a, # note\n tag: "v1"}', 1)).toBe('{:a # note\n }');
  });

  test('and other comments stay, elements commented out too', () => {
    expect(remove('x = [\n  Shop.Repo,\n  Shop.Bus\n  # {Shop.Worker, arg},\n]\n', 1)).toBe(
      'x = [\n  Shop.Repo\n  # {Shop.Worker, arg},\n]\n',
    );
    expect(remove('x = [\n  Shop.Repo\n  # {Shop.Worker, arg},\n]\n', 0)).toBe('x = [\n  # {Shop.Worker, arg},\n]\n');
  });
});

test('an element is replaced, and broken where it would not fit', () => {
  expect(replace('x = [:a, :b] # c', 0, '{:c, 1}')).toBe('x = [{:c, 1}, :b] # c');
  expect(replace('x = [\n  :a,\n  b: [\n    c: 1\n  ]\n]\n', 1, 'b: [d: 2]')).toBe('x = [\n  :a,\n  b: [d: 2]\n]\n');
  const long = ['first', 'second', 'third', 'fourth'].map((word) => `${word}: "${word.repeat(4)}"`);
  expect(replace('x = [\n  :a,\n  b: 1\n]\n', 1, `b: [${long.join(', ')}]`)).toBe(
    `x = [\n  :a,\n  b: [\n    ${long.join(',\n    ')}\n  ]\n]\n`,
  );
});

test('an element that makes the rest of its line too long is broken with its list', () => {
  const words = ['"letterpress and paper"', '"ink, black and deep"', '"binding in linen"'];
  expect(replace(`x = [${words.join(', ')}]\n`, 0, '"a much, much longer word for letterpress and paper"')).toBe(
    `x = [\n  "a much, much longer word for letterpress and paper",\n  ${words.slice(1).join(',\n  ')}\n]\n`,
  );
});

test("a pair's value that does not fit goes below its key", () => {
  const text = 'x = [\n  key: 1\n]\n';
  const source = parse(text);
  const value = findExpr(source.body, (one) => one.kind === 'number');
  const call = `Atelier.${'paper'.repeat(8)}("${'ink'.repeat(14)}")`;
  expect(result(text, replaceExpr(source, value!, call))).toBe(`x = [\n  key:\n    ${call}\n]\n`);
});

test('a new name goes behind the nearest before it, else before the nearest behind it, else to the end', () => {
  const order = ['a', 'b', 'c', 'd'];
  expect(placeInOrder(['own', 'a', 'd'], order, 'c')).toEqual({ after: 1 });
  expect(placeInOrder(['own', null, 'd'], order, 'c')).toEqual({ before: 2 });
  expect(placeInOrder(['own'], order, 'c')).toBe('end');
  expect(placeInOrder(['a'], order, 'unknown')).toBe('end');
});

/** Lists in random layouts: per element a line of its own or not, comments above and behind, blank lines. */
const layouts = fc
  .record({
    lines: fc.boolean(),
    trailing: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n'),
    elements: fc.array(
      fc.record({
        text: fc.constantFrom(':ink', '{:paper, "~> 1.0"}', 'Shop.Repo', '"a, b # c"', '[1, 2]'),
        above: fc.constantFrom('', '# above, one', '# above\n# twice'),
        behind: fc.constantFrom('', ' # behind, too'),
        blank: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    commentedOut: fc.boolean(),
  })
  .map(({ lines, trailing, newline, elements, commentedOut }) => {
    if (!lines) return `x = [${elements.map(({ text }) => text).join(', ')}]${newline}`;
    const parts = elements.map(({ text, above, behind, blank }, index) => {
      const lead = above === '' ? '' : `${above.replaceAll(/^/gm, '  ')}\n`;
      const comma = trailing || index < elements.length - 1 ? ',' : '';
      return `${blank && index > 0 ? '\n' : ''}${lead}  ${text}${comma}${behind}\n`;
    });
    return `x = [\n${parts.join('')}${commentedOut ? '  # {Shop.Worker, arg},\n' : ''}]\n`.replaceAll('\n', newline);
  });

const shownElements = (text: string) => sequenceIn(text).sequence.elements.map((one) => comparable(one));

describe('in any layout', () => {
  test('an inserted element is there, nothing else changes, and removing it gives the old text back', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), fc.boolean(), (text, at, before) => {
        const old = shownElements(text);
        const index = at % old.length;
        const after = insert(text, before ? { before: index } : { after: index }, ':new');
        const position = before ? index : index + 1;
        expect(shownElements(after)).toEqual(old.toSpliced(position, 0, ':new'));
        const comments = (one: string) => parse(one).comments.map(({ start, end }) => one.slice(start, end));
        expect(comments(after)).toEqual(comments(text));
        expect(after.replace(/[\s,]|:new/g, '')).toBe(text.replace(/[\s,]/g, ''));
        // Comments above the next element would be taken for its own, and blank lines are tidied.
        if (!/#|\n\r?\n/.test(text)) expect(remove(after, position)).toBe(text);
      }),
    );
  });

  test('a removed element is gone, and the others with their comments remain', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), (text, at) => {
        const old = shownElements(text);
        const index = at % old.length;
        const after = remove(text, index);
        expect(shownElements(after)).toEqual(old.toSpliced(index, 1));
        expect(parse(after).comments.length).toBeGreaterThanOrEqual(parse(text).comments.length - 3);
        if (text.includes('Worker')) expect(after).toContain('# {Shop.Worker, arg},');
      }),
    );
  });
});
