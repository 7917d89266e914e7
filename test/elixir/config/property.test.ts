import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { performConfig } from '../../../src/elixir/config/edit.ts';
import type { ConfigEntry } from '../../../src/elixir/config/model.ts';
import { performConfigMove } from '../../../src/elixir/config/move.ts';
import type { ConfigOperation } from '../../../src/elixir/config/operation.ts';
import { parse } from '../../../src/elixir/parse.ts';
import { config } from './project.ts';

const values = [
  '1',
  '"a, b # c"',
  ':on',
  '[]',
  '[:inet6, port: 1]',
  '~w(a b)',
  '%{"a" => [1]}',
  'System.get_env("HOST")',
  'size',
  '{:ok, "x"}',
];
const keys = ['a', 'b', 'url', 'http'];
const targets = ['Shop.Repo', 'ShopWeb.Endpoint', ':mail'];

interface Pair {
  key: string;
  value: string | Pair[];
  comment: boolean;
}

const pair: fc.Arbitrary<Pair> = fc.letrec<{ pair: Pair }>((tie) => ({
  pair: fc.record({
    key: fc.constantFrom(...keys),
    value: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: fc.uniqueArray(tie('pair'), { minLength: 1, maxLength: 3, selector: (one) => one.key }) },
    ),
    comment: fc.boolean(),
  }),
})).pair;

const call = fc.record({
  target: fc.option(fc.constantFrom(...targets)),
  pairs: fc.uniqueArray(pair, { minLength: 1, maxLength: 4, selector: (one) => one.key }),
  layout: fc.constantFrom('flat', 'lines', 'trailing'),
  comment: fc.boolean(),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

const block = fc.record({
  test: fc.constantFrom(null, 'config_env() == :prod', 'System.get_env("SERVE")', 'config_env() in [:dev, :test]'),
  calls: fc.array(call, { minLength: 1, maxLength: 3 }),
});
type Block = typeof block extends fc.Arbitrary<infer T> ? T : never;

/** Writes files out, every comment with a number of its own. */
class Writer {
  comments = 0;

  file(blocks: readonly Block[], newline: string): string {
    const parts = blocks.map(({ test, calls }) => {
      const texts = calls.map((one) => this.call(one));
      return test === null ? texts.join('\n\n') : `if ${test} do\n${texts.join('\n\n').replace(/^(?=.)/gm, '  ')}\nend`;
    });
    return `${['import Config', 'size = System.get_env("SIZE")', ...parts].join('\n\n')}\n`.replaceAll('\n', newline);
  }

  call({ target, pairs, layout, comment }: Call): string {
    const head = `config :shop, ${target === null ? '' : `${target}, `}`.trimEnd();
    const flat = `${head} ${pairs.map((one) => this.pair(one, false)).join(', ')}`;
    const lines = pairs.map((one) => `${one.comment ? `  ${this.comment()}\n` : ''}  ${this.pair(one, true)}`);
    const last =
      layout === 'trailing'
        ? lines.map((line, at) => (at < lines.length - 1 ? `${line}, ${this.comment()}` : line))
        : null;
    return `${comment ? `${this.comment()}\n` : ''}${layout === 'flat' ? flat : `${head}\n${last ? last.join('\n') : lines.join(',\n')}`}`;
  }

  pair({ key, value }: Pair, broken: boolean): string {
    if (typeof value === 'string') return `${key}: ${value}`;
    const inner = value.map((one) => this.pair(one, false));
    return broken ? `${key}: [\n    ${inner.join(',\n    ')}\n  ]` : `${key}: [${inner.join(', ')}]`;
  }

  comment(): string {
    this.comments += 1;
    return `# note ${this.comments}.`;
  }
}

const file = fc
  .record({ blocks: fc.array(block, { minLength: 1, maxLength: 4 }), newline: fc.constantFrom('\n', '\n', '\r\n') })
  .map(({ blocks, newline }) => new Writer().file(blocks, newline));

const keyPath = fc.oneof(
  fc.tuple(fc.constant('shop'), fc.constantFrom(...keys)),
  fc.tuple(fc.constant('shop'), fc.constantFrom('Shop.Repo', 'ShopWeb.Endpoint', 'mail'), fc.constantFrom(...keys)),
  fc.tuple(
    fc.constant('shop'),
    fc.constantFrom('Shop.Repo', 'ShopWeb.Endpoint'),
    fc.constantFrom(...keys),
    fc.constantFrom(...keys),
  ),
);
const environment = fc.constantFrom(null, 'prod');
const path = 'config/config.exs';

const operation: fc.Arbitrary<ConfigOperation> = fc.oneof(
  fc.record({
    kind: fc.constant('set-config' as const),
    path: fc.constant(path),
    keyPath,
    environment,
    value: fc.constantFrom(
      '2',
      '[1, 2]',
      '(System.get_env("X") || raise("#0123456789ab"))',
      'if(System.get_env("SERVE"), do: true)',
      `"${'long '.repeat(18)}"`,
    ),
    order: fc.array(keyPath, { maxLength: 6 }),
  }),
  fc.record({ kind: fc.constant('remove-config' as const), path: fc.constant(path), keyPath, environment }),
);

const same = (a: readonly string[], b: readonly string[]) => a.join(' ') === b.join(' ');

/** An empty list is no setting of its own where keys are put into it. */
const filled = ({ value }: ConfigEntry) => value.kind !== 'list' || value.items.length > 0;

/** Everything a file sets but one key path in one environment. */
function others(text: string, but: { keyPath: readonly string[]; environment: string | null }): string[] {
  const isIt = (entry: ConfigEntry) => same(entry.keyPath, but.keyPath) && entry.environment === but.environment;
  return config({ [path]: text })
    .entries.filter((entry) => !isIt(entry) && filled(entry))
    .map((entry) => `${entry.scope} ${entry.keyPath.join('.')} = ${entry.text}`)
    .sort();
}

function comments(text: string): string[] {
  return text.match(/# note \d+\./g) ?? [];
}

describe('any edit of any file', () => {
  it('touches its key alone, parses, and does nothing the second time', () => {
    fc.assert(
      fc.property(file, operation, (text, change) => {
        const result = performConfig(text, change);
        if (
          !result.ok ||
          change.kind === 'import-config' ||
          change.kind === 'create-runtime-config' ||
          change.kind === 'rename-config'
        )
          return;
        expect(parse(result.text).problems).toEqual([]);
        expect(others(result.text, change)).toEqual(others(text, change));
        expect(performConfig(result.text, change)).toEqual(result);
        if (change.kind === 'set-config')
          expect(comments(text).filter((one) => !comments(result.text).includes(one))).toEqual([]);
        expect(/[^\r]\n/.test(result.text) && result.text.includes('\r\n')).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('sets what it was told to, or says why not', () => {
    fc.assert(
      fc.property(file, keyPath, environment, (text, keys, env) => {
        const result = performConfig(text, {
          kind: 'set-config',
          path,
          keyPath: keys,
          environment: env,
          value: ':told',
        });
        if (!result.ok) {
          expect(result.reason).not.toBe('');
          return;
        }
        const found = config({ [path]: result.text }).entries.filter(
          (entry) => same(entry.keyPath, keys) && entry.environment === env,
        );
        // A value under a condition of the user's stays beside it.
        expect(found.filter((entry) => entry.conditions.length === 0).at(-1)?.text).toBe(':told');
      }),
      { numRuns: 300 },
    );
  });

  it('removes every trace of a key, or says why not', () => {
    fc.assert(
      fc.property(file, keyPath, environment, (text, keys, env) => {
        const result = performConfig(text, { kind: 'remove-config', path, keyPath: keys, environment: env });
        const found = config({ [path]: result.ok ? result.text : '' }).entries.filter(
          (entry) => same(entry.keyPath, keys) && entry.environment === env,
        );
        expect(found).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('renames and nothing else', () => {
    fc.assert(
      fc.property(file, fc.boolean(), (text, some) => {
        const result = performConfig(text, {
          kind: 'rename-config',
          path,
          from: ['shop', 'mail'],
          to: ['shop', 'post'],
          environment: null,
          ...(some && { keys: ['a', 'url'] }),
        });
        if (!result.ok) return;
        const goes = (entry: ConfigEntry) =>
          entry.environment === null &&
          entry.keyPath[1] === 'mail' &&
          (!some || ['a', 'url'].includes(entry.keyPath[2] ?? ''));
        const lines = (source: string, rename: boolean) =>
          config({ [path]: source })
            .entries.filter(filled)
            .map((entry) =>
              [
                entry.scope,
                ...entry.keyPath.map((key, at) => (rename && at === 1 && goes(entry) ? 'post' : key)),
                entry.text,
              ].join(' '),
            )
            .sort();
        expect(lines(result.text, false)).toEqual(lines(text, true));
        expect(comments(result.text).length).toBe(comments(text).length);
      }),
      { numRuns: 300 },
    );
  });

  it('moves keys and loses none', () => {
    fc.assert(
      fc.property(
        file,
        fc.uniqueArray(keyPath, { minLength: 1, maxLength: 4, selector: (one) => one.join(' ') }),
        (text, keyPaths) => {
          const move = {
            kind: 'move-config' as const,
            path,
            to: 'config/runtime.exs',
            keyPaths,
            environment: null,
            toEnvironment: 'prod',
          };
          const { from, to } = performConfigMove(text, null, move);
          if (!from.ok || !to.ok) return;
          const moved = (entry: ConfigEntry) =>
            entry.environment === null && keyPaths.some((keys) => same(keys, entry.keyPath));
          const line = (entry: ConfigEntry) => `${entry.keyPath.join('.')} = ${entry.text}`;
          const before = config({ [path]: text }).entries;
          const after = config({ [path]: from.text }).entries;
          expect(after.map(line).sort()).toEqual(
            before
              .filter((entry) => !moved(entry))
              .map(line)
              .sort(),
          );
          const there = config({ 'config/runtime.exs': to.text }).entries;
          expect([...new Set(there.map((entry) => entry.keyPath.join(' ')))].sort()).toEqual(
            [...new Set(before.filter(moved).map((entry) => entry.keyPath.join(' ')))].sort(),
          );
          expect(there.every((entry) => entry.scope === 'runtime:prod')).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
