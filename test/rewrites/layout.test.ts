import { describe, expect, test } from 'vitest';
import { performRewrite } from '../../src/rewrites/perform.ts';

const call = '    told(conn, get_flash(conn, :info), get_flash(conn, :error), a_rather_long_word)';
const written = `defmodule FerryWeb.Piers do\n  def last(conn) do\n${call}\n  end\nend\n`;
const rewritten = written.replaceAll(/get_flash\(conn, /g, 'Phoenix.Flash.get(conn.assigns.flash, ');
const broken = rewritten.replace(
  /told\((.*), (Phoenix.*\)), (Phoenix.*\)), (\w+)\)/,
  'told(\n      $1,\n      $2,\n      $3,\n      $4\n    )',
);

/** The text after the rewriting of flashes in a project with some other files. */
function result(text: string, files: Readonly<Record<string, string>>, path = 'lib/ferry_web/piers.ex'): string {
  return performRewrite({ path, text, read: (other) => files[other] }, { name: 'flash' }).text;
}

describe('a line that a rewrite makes too long', () => {
  test('is broken in a file that was formatted', () => {
    expect(result(written, { '.formatter.exs': '[import_deps: [:phoenix], inputs: ["lib/**/*.ex"]]\n' })).toBe(broken);
  });

  test('stays in a file that was not, or that is formatted in a way that cannot be told', () => {
    const own = written.replace('last(conn)', 'last( conn )');
    const ownRewritten = rewritten.replace('last(conn)', 'last( conn )');
    expect(result(own, { '.formatter.exs': '[]\n' })).toBe(ownRewritten);
    expect(result(written, {})).toBe(rewritten);
    expect(result(written, { '.formatter.exs': '[import_deps: [:no_one_knows]]\n' })).toBe(rewritten);
    expect(result(written, { '.formatter.exs': 'options()\n' })).toBe(rewritten);
  });

  test('is as long as the nearest options allow', () => {
    const files = { '.formatter.exs': '[]\n', 'apps/ferry_web/.formatter.exs': '[line_length: 200]\n' };
    expect(result(written, files, 'apps/ferry_web/lib/piers.ex')).toBe(rewritten);
    expect(result(written, files, 'apps/ferry/lib/piers.ex')).toBe(broken);
  });
});
