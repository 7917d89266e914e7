import { expect, test } from 'vitest';
import { releaseEditors } from '../../../src/elixir/release/edit.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const released = (...body: string[]) =>
  lines('defmodule Shop.Release do', '  defp load_app do', ...body.map((line) => `    ${line}`), '  end', 'end');

function withBody(text: string, body: string) {
  const operation = { kind: 'set-function' as const, path: 'lib/shop/release.ex', function: 'load_app/0', body };
  const once = releaseEditors['set-function'](text, operation);
  if (once.ok) expect(releaseEditors['set-function'](once.text, operation)).toEqual(once);
  return once;
}

test('only the statements that change are written anew; comments stand where they stood', () => {
  const before = released('# TLS to the database', 'start(:ssl)', '# the app', 'load(@app)', 'log(:ready)');
  expect(withBody(before, '(start(:ssl); ensure(@app); log(:ready))')).toEqual({
    ok: true,
    text: released('# TLS to the database', 'start(:ssl)', '# the app', 'ensure(@app)', 'log(:ready)'),
  });
});

test('a new first statement stands above the comment of the next', () => {
  expect(withBody(released('# the app', 'load(@app)'), '(start(:ssl); load(@app))')).toEqual({
    ok: true,
    text: released('start(:ssl)', '# the app', 'load(@app)'),
  });
});

test('a statement that goes takes its line along', () => {
  expect(withBody(released('start(:ssl)', 'load(@app)'), 'load(@app)')).toEqual({
    ok: true,
    text: released('load(@app)'),
  });
});

test('is refused where a comment stands between statements that change', () => {
  const before = released('start(:ssl)', '# then', 'load(@app)');
  expect(withBody(before, '(begin(:ssl); ensure(@app))')).toMatchObject({ ok: false });
});
