import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { functionsOf, modulesOf } from '../../../src/elixir/module.ts';
import { parse } from '../../../src/elixir/parse.ts';
import { mergeFile } from '../../../src/merge/text/file.ts';
import { conflictsOf, mergedText, resolveRegions } from '../../../src/merge/text/text-merge.ts';

const words = ['ash', 'birch', 'cedar', 'elm', 'fir', 'hazel', 'larch', 'maple', 'oak', 'pine', 'rowan', 'willow'];

/** How one side changed a line: left, dropped, altered, or with another one behind it. */
type Change = 'left' | 'dropped' | 'altered' | 'followed';
const change = fc.constantFrom<Change>('left', 'left', 'left', 'dropped', 'altered', 'followed');

/** Lines of one side. `sure` names the lines that the side made itself, so that they can be told apart. */
function changed(lines: readonly string[], changes: readonly Change[], sure: string): string[] {
  return lines.flatMap((line, at) => {
    switch (changes[at % changes.length]) {
      case 'dropped':
        return [];
      case 'altered':
        return [`${line} ${sure} ${at}`];
      case 'followed':
        return [line, `${sure} of their own ${at}`];
      default:
        return [line];
    }
  });
}

const three = fc
  .record({
    lines: fc.array(fc.constantFrom(...words, 'end', ''), { maxLength: 14 }),
    yours: fc.array(change, { minLength: 1, maxLength: 14 }),
    target: fc.array(change, { minLength: 1, maxLength: 14 }),
    newline: fc.constantFrom('\n', '\r\n'),
    last: fc.boolean(),
  })
  .map(({ lines, yours, target, newline, last }) => {
    const text = (list: readonly string[], end: string, closed: boolean) =>
      list.join(end) + (closed && list.length > 0 ? end : '');
    return {
      base: text(lines, '\n', true),
      yours: text(changed(lines, yours, 'mine'), newline, last),
      target: text(changed(lines, target, 'theirs'), '\n', true),
      newline,
    };
  });

/** A file of no kind that is merged otherwise than by lines. */
const mergeText = (base: string, yours: string, target: string) => mergeFile('page.txt', base, yours, target);
const linesOf = (text: string) => text.split(/\r?\n/);
const count = (text: string, line: string) => linesOf(text).filter((one) => one === line).length;

describe('a merge by lines', () => {
  it('has all three texts in its regions', () => {
    fc.assert(
      fc.property(three, ({ base, yours, target }) => {
        const { regions } = mergeText(base, yours, target);
        const joined = (side: 'base' | 'yours' | 'target') => regions.map((region) => region[side]).join('');
        const closed = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
        const ends = (text: string) => closed(text.replaceAll('\r\n', '\n'));
        // Lines that both added alike are in no base region, and no line of a base is left out otherwise.
        expect([joined('yours'), joined('target')]).toEqual([ends(yours), ends(target)]);
        expect(joined('base')).toBe(base);
      }),
    );
  });

  it('loses no line of the user’s own', () => {
    fc.assert(
      fc.property(three, ({ base, yours, target }) => {
        const result = mergedText(mergeText(base, yours, target));
        for (const line of linesOf(yours).filter((one) => one.includes('mine'))) {
          expect(count(result, line)).toBe(count(yours, line));
        }
      }),
    );
  });

  it('neither loses nor doubles a line that stands in all three', () => {
    fc.assert(
      fc.property(three, ({ base, yours, target }) => {
        const result = mergedText(mergeText(base, yours, target));
        for (const line of words) {
          if ([base, yours, target].every((text) => count(text, line) === 1)) expect(count(result, line)).toBe(1);
        }
      }),
    );
  });

  it('keeps the line ends of the user', () => {
    fc.assert(
      fc.property(three, ({ base, yours, target, newline }) => {
        const result = mergedText(mergeText(base, yours, target));
        if (!yours.includes('\n')) return;
        const other = newline === '\n' ? /\r\n/ : /(?<!\r)\n/;
        expect(other.test(result)).toBe(false);
      }),
    );
  });

  it('takes the target where the user changed nothing, and the user’s where the generator did not', () => {
    fc.assert(
      fc.property(three, ({ base, yours, target }) => {
        expect(mergedText(mergeText(base, base, target))).toBe(target);
        expect(mergedText(mergeText(base, yours, base))).toBe(yours);
        expect(mergedText(mergeText(base, target, target))).toBe(target);
      }),
    );
  });
});

const names = ['list', 'show', 'store', 'drop', 'price', 'stock'];
const bodies = [':ok', '[1, 2]', 'Repo.all(Order)', '%{total: 0}'];

type Definitions = ReadonlyMap<string, string>;

const definitions: fc.Arbitrary<Definitions> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...bodies)), { selector: ([name]) => name })
  .map((pairs) => new Map(pairs));

function moduleText(functions: Definitions): string {
  const texts = [...functions].map(([name, body]) => `  def ${name} do\n    ${body}\n  end\n`);
  return `defmodule Shop.Orders do\n${texts.join('\n')}end\n`;
}

const edits = fc.array(
  fc.record({
    name: fc.constantFrom(...names),
    body: fc.option(fc.constantFrom(...bodies, 'List.first([])', 'raise("no")'), { nil: null }),
  }),
  { maxLength: 4 },
);

function edited(functions: Definitions, changes: readonly { name: string; body: string | null }[]): Definitions {
  const result = new Map(functions);
  for (const { name, body } of changes) {
    if (body === null) result.delete(name);
    else result.set(name, body);
  }
  return result;
}

const modules = fc
  .record({ functions: definitions, mine: edits, theirs: edits })
  .map(({ functions, mine, theirs }) => ({
    base: functions,
    yours: edited(functions, mine),
    target: edited(functions, theirs),
  }));

function functionsIn(text: string): Map<string, string[]> {
  const { body, problems } = parse(text);
  expect(problems).toEqual([]);
  const [module] = modulesOf({ text, body, comments: [], problems });
  const found = new Map<string, string[]>();
  for (const { name, range } of functionsOf(module?.body ?? [])) {
    const [, inner = ''] = /do\n\s*(.*)\n\s*end/.exec(text.slice(range.start, range.end)) ?? [];
    found.set(name, [...(found.get(name) ?? []), inner]);
  }
  return found;
}

describe('a merge of Elixir modules', () => {
  it('parses, has every definition once, and keeps those that the user changed', () => {
    fc.assert(
      fc.property(modules, ({ base, yours, target }) => {
        const merge = mergeFile(
          'lib/shop/orders.ex',
          ...([base, yours, target].map(moduleText) as [string, string, string]),
        );
        const found = functionsIn(mergedText(merge));
        for (const [name, texts] of found) expect([name, texts.length]).toEqual([name, 1]);
        // One that is gone beside one that is new may be a renamed one: its body then merges with the old one's.
        const renames = [...base.keys()].some((name) => !yours.has(name));
        for (const [name, body] of yours) {
          const own = base.has(name) ? body !== base.get(name) : !renames;
          if (own && target.get(name) === base.get(name)) expect(found.get(name)).toEqual([body]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('brings every definition that the generator added or changed alone', () => {
    fc.assert(
      fc.property(modules, ({ base, yours, target }) => {
        const merge = mergeFile(
          'lib/shop/orders.ex',
          ...([base, yours, target].map(moduleText) as [string, string, string]),
        );
        if (conflictsOf(merge).length > 0) return;
        const found = functionsIn(mergedText(merge));
        if ([...base.keys()].some((name) => !target.has(name))) return;
        for (const [name, body] of target) {
          if (body !== base.get(name) && yours.get(name) === base.get(name)) expect(found.get(name)).toEqual([body]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('parses whichever side is chosen for each conflict', () => {
    fc.assert(
      fc.property(
        modules,
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        ({ base, yours, target }, chosen) => {
          const merge = mergeFile(
            'lib/shop/orders.ex',
            ...([base, yours, target].map(moduleText) as [string, string, string]),
          );
          functionsIn(
            resolveRegions(
              merge,
              chosen.map((one) => (one ? 'target' : 'yours')),
            ),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
