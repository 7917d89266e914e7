import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { performer } from '../../src/elixir/edited.ts';
import type { FlyOperation } from '../../src/toml/operation.ts';
import { tomlEditors } from '../../src/toml/toml.ts';

const performToml = performer(tomlEditors);

function result(text: string, operation: FlyOperation): string {
  const edited = performToml(text, operation);
  return edited.ok ? edited.text : `refused: ${edited.reason}`;
}

describe('an edit of fly.toml', () => {
  const set = (table: readonly string[], key: string, value: string): FlyOperation => ({
    kind: 'fly-set',
    path: 'fly.toml',
    table,
    key,
    value,
  });

  test.each([
    ['app = "shop"\n', '[deploy]\nrelease_command = "/app/bin/migrate"\n'],
    ['text = """\n[deploy]\n"""\n', '[deploy]\nrelease_command = "/app/bin/migrate"\n'],
  ])('adds a table at the end', (text, added) => {
    expect(result(text, set(['deploy'], 'release_command', '/app/bin/migrate'))).toBe(`${text}\n${added}`);
  });

  test('goes above the first table for a key of the top', () => {
    expect(result('app = "shop" # ours\n\n[env]\nA = "1"\n', set([], 'kill_signal', 'SIGTERM'))).toBe(
      'app = "shop" # ours\nkill_signal = "SIGTERM"\n\n[env]\nA = "1"\n',
    );
  });

  test('is refused for keys in inline tables, and for what is no TOML', () => {
    expect(performToml('deploy = { release_command = "x" }\n', set(['deploy'], 'release_command', 'y'))).toMatchObject({
      ok: false,
    });
    expect(performToml('deploy =\n', set(['deploy'], 'release_command', 'y'))).toMatchObject({ ok: false });
  });

  test('keeps every other line', () => {
    const line = fc.constantFrom(
      '# note',
      '',
      'a = 1',
      'b = [1, # one\n 2]',
      'c = "x # no comment"',
      '[env]',
      '[deploy]',
      '  d.e = true',
      '[[services]]',
      'f = """\nkey = 1\n"""',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.map((one) => `${one}\n`).join('');
        const edited = performToml(text, set(['deploy'], 'release_command', 'bin/migrate'));
        if (!edited.ok) return;
        let at = 0;
        for (const one of text.split('\n')) {
          const found = edited.text.indexOf(one, at);
          expect(found, one).toBeGreaterThanOrEqual(0);
          at = found;
        }
        expect(result(edited.text, set(['deploy'], 'release_command', 'bin/migrate'))).toBe(edited.text);
      }),
    );
  });
});
