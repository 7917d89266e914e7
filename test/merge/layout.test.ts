import { describe, expect, test } from 'vitest';
import { performStep } from '../../src/merge/layout.ts';
import type { Operation } from '../../src/merge/operation.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { treeOf } from '../support/projects.ts';

const path = 'lib/ferry_web/piers.ex';
const flashes: Operation = { kind: 'rewrite', path, task: { name: 'flash' } };
const call = '    told(conn, get_flash(conn, :info), get_flash(conn, :error), a_rather_long_word)';
const written = `defmodule FerryWeb.Piers do\n  plug :told\n\n  def last(conn) do\n${call}\n  end\nend\n`;
const rewritten = written.replaceAll(/get_flash\(conn, /g, 'Phoenix.Flash.get(conn.assigns.flash, ');
const broken = rewritten.replace(
  /told\((.*), (Phoenix.*\)), (Phoenix.*\)), (\w+)\)/,
  'told(\n      $1,\n      $2,\n      $3,\n      $4\n    )',
);
const covering = '[import_deps: [:no_one_knows], inputs: ["{config,lib}/**/*.{ex,exs}"]]\n';

/** A file after operations of one step, in a project with these files. */
function textAfter(operations: readonly Operation[], files: Readonly<Record<string, string>>, file: string): string {
  const result = performStep(new Workspace(treeOf(files)), operations);
  return 'reason' in result ? result.reason : (result.text(file) ?? 'gone');
}

describe('a line that an edit makes too long', () => {
  const result = (text: string, formatter?: string) =>
    textAfter([flashes], { [path]: text, ...(formatter === undefined ? {} : { '.formatter.exs': formatter }) }, path);

  test('is broken in a file that was formatted, whatever calls a package leaves without parentheses', () => {
    expect(result(written, covering)).toBe(broken);
  });

  test('stays in a file that was not formatted', () => {
    const own = (text: string) => text.replace('last(conn)', 'last( conn )');
    expect(result(own(written), covering)).toBe(own(rewritten));
  });

  test('stays where nothing formats the file', () => {
    expect(result(written)).toBe(rewritten);
    expect(result(written, '[inputs: ["mix.exs", "test/**/*.exs"]]\n')).toBe(rewritten);
  });

  test('stays where it is computed what is formatted, or how', () => {
    expect(result(written, 'options()\n')).toBe(rewritten);
    expect(result(written, '[inputs: files()]\n')).toBe(rewritten);
    expect(result(written, '[inputs: ["lib/**"], line_length: long()]\n')).toBe(rewritten);
  });

  test('is as long as the nearest options for the file allow', () => {
    const folder = 'apps/ferry_web';
    const at = `${folder}/${path}`;
    const files = { '.formatter.exs': '[inputs: ["apps/*/lib/**"]]\n', [at]: written };
    const wide = '[line_length: 200, inputs: "lib/**"]\n';
    expect(textAfter([{ ...flashes, path: at }], { ...files, [`${folder}/.formatter.exs`]: wide }, at)).toBe(rewritten);
    expect(textAfter([{ ...flashes, path: at }], { ...files, [`${folder}/.formatter.exs`]: '[]\n' }, at)).toBe(broken);
  });
});

describe('a value that is set', () => {
  const at = 'config/config.exs';
  const long: Operation = {
    kind: 'set-config',
    path: at,
    keyPath: ['ferry', 'Ferry.Clock', 'zone'],
    value: '"Europe/Copenhagen"',
    environment: null,
  };
  const config = 'import Config\n\nconfig :ferry, Ferry.Clock, ticks: true, tocks: false\n';

  test('goes on a line of its own in a project with short lines', () => {
    const files = { '.formatter.exs': '[line_length: 60, inputs: ["config/*.exs"]]\n', [at]: config };
    expect(textAfter([long], files, at)).toBe(
      'import Config\n\nconfig :ferry, Ferry.Clock,\n  ticks: true,\n  tocks: false,\n  zone: "Europe/Copenhagen"\n',
    );
  });

  test('stays on the line in a project with long ones', () => {
    const files = { '.formatter.exs': '[line_length: 120, inputs: ["config/*.exs"]]\n', [at]: config };
    expect(textAfter([long], files, at)).toBe(config.replace('false', 'false, zone: "Europe/Copenhagen"'));
  });

  test('leaves a file that is written whole as it is written', () => {
    const text = 'import Config\n\nconfig :ferry,   whole: true\n';
    const files = { '.formatter.exs': covering, [at]: config };
    expect(textAfter([{ kind: 'replace-file', path: at, text }], files, at)).toBe(text);
  });
});
