import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { performer } from '../../../src/elixir/edited.ts';
import { parse } from '../../../src/elixir/parse.ts';
import { webEditors } from '../../../src/elixir/web/edit.ts';
import type { WebOperation } from '../../../src/elixir/web/operation.ts';
import { readWeb } from '../../../src/elixir/web/read.ts';
import { describeMix, formatted } from '../../support/mix.ts';
import { describePristine } from '../../support/pristine.ts';
import { generatedFiles } from '../support/generated.ts';

const performWeb = performer(webEditors);

const path = 'lib/atelier_web.ex';

function web(...lines: string[]): string {
  const quoted = lines.map((line) => (line === '' ? '' : `      ${line}`)).join('\n');
  return `defmodule AtelierWeb do
  @moduledoc false

  def controller do
    quote do
${quoted}
    end
  end

  @doc "Dispatches."
  defmacro __using__(which) when is_atom(which) do
    apply(__MODULE__, which, [])
  end
end
`;
}

function perform(text: string, operation: WebOperation): string {
  const result = performWeb(text, operation);
  if (!result.ok) throw new Error(result.reason);
  expect(performWeb(result.text, operation)).toEqual(result);
  return result.text;
}

function reason(text: string, operation: WebOperation): string {
  const result = performWeb(text, operation);
  return result.ok ? 'done' : result.reason;
}

const section = 'controller';
const order = ['use Phoenix.Controller', 'use Gettext', 'import Plug.Conn', 'unquote routes()'];
const texts: Readonly<Record<string, string>> = {
  'use Phoenix.Controller': 'use(Phoenix.Controller, formats: [:html])',
  'use Gettext': 'use(Gettext, backend: AtelierWeb.Gettext)',
  'import Plug.Conn': 'import(Plug.Conn)',
  'unquote routes()': 'unquote(routes())',
};
const add = (name: string): WebOperation => ({
  kind: 'add-web-line',
  path,
  section,
  name,
  line: texts[name] ?? '',
  order,
});
const remove = (name: string): WebOperation => ({ kind: 'remove-web-line', path, section, name });

describe('quoted lines', () => {
  it('are added in order, spelled as people write them', () => {
    const text = web('use Phoenix.Controller', '', '# own', 'import Atelier.Guards', 'import Plug.Conn');
    expect(perform(perform(text, add('use Gettext')), add('unquote routes()'))).toBe(
      web(
        'use Phoenix.Controller',
        'use Gettext, backend: AtelierWeb.Gettext',
        '',
        '# own',
        'import Atelier.Guards',
        'import Plug.Conn',
        '',
        'unquote(routes())',
      ),
    );
  });

  it('go into an empty quote', () => {
    const text = web('use Phoenix.Controller').replace('      use Phoenix.Controller\n', '');
    expect(perform(text, add('import Plug.Conn'))).toBe(web('import Plug.Conn'));
  });

  it('are removed with their comment', () => {
    const text = web('use Phoenix.Controller', '', '# texts', 'import AtelierWeb.Gettext', 'import Plug.Conn');
    expect(perform(text, remove('import AtelierWeb.Gettext'))).toBe(
      web('use Phoenix.Controller', '', 'import Plug.Conn'),
    );
  });

  it('are replaced in their place', () => {
    const line = 'use(Phoenix.Controller, formats: [:html])';
    const operation: WebOperation = { kind: 'replace-web-line', path, section, name: 'use Phoenix.Controller', line };
    expect(perform(web('use Phoenix.Controller, namespace: A # old', 'import B'), operation)).toBe(
      web('use Phoenix.Controller, formats: [:html] # old', 'import B'),
    );
    expect(reason(web('import B'), operation)).toBe('use Phoenix.Controller is gone');
  });

  it('are refused without the section or the dispatch', () => {
    const operation: WebOperation = { ...remove('x'), section: 'html' } as WebOperation;
    expect(reason(web('import B'), operation)).toBe('there is no function html');
    expect(reason('defmodule A do\nend', remove('x'))).toBe('there is no module that dispatches by __using__');
  });

  it('survive when they are the user’s own', () => {
    const own = fc.integer({ min: 0, max: 20 }).map((number) => `import Own.M${number}`);
    const lines = fc.uniqueArray(
      fc.record({ name: fc.oneof(fc.constantFrom(...order), own), comment: fc.boolean(), blank: fc.boolean() }),
      { selector: ({ name }) => name, maxLength: 8 },
    );
    const operation = fc.oneof(fc.constantFrom(...order).map(add), fc.constantFrom(...order).map(remove));
    const mine = (text: string) =>
      readWeb(parse(text))
        ?.sections[0]?.lines.map(({ name }) => name)
        .filter((name) => name.includes('Own.'));
    fc.assert(
      fc.property(lines, fc.array(operation, { maxLength: 6 }), (all, operations) => {
        const text = web(
          ...all.flatMap(({ name, comment, blank }) => [
            ...(blank ? [''] : []),
            ...(comment ? [`# ${name}.`] : []),
            texts[name] ?? name,
          ]),
        );
        const result = operations.reduce(perform, text);
        expect(parse(result).problems).toEqual([]);
        expect(mine(result)).toEqual(mine(text));
        for (const { name, comment } of all.filter((one) => one.name.includes('Own.'))) {
          expect(result).toContain(`${comment ? `# ${name}.\n      ` : ''}${name}\n`);
        }
      }),
      { numRuns: 100 },
    );
  });
});

const html: WebOperation = {
  kind: 'add-web-section',
  path,
  section: 'html',
  private: false,
  lines: ['use(Phoenix.Component)', 'import(Phoenix.Controller, only: [view_module: 1])', 'unquote(helpers())'],
  order: ['controller', 'html', 'helpers'],
};
const paths: WebOperation = {
  kind: 'add-web-function',
  path,
  function: 'static_paths',
  value: '~w(assets favicon.ico)',
  order: ['static_paths', 'controller'],
};

describe('functions of the dispatch module', () => {
  it('are added in order', () => {
    expect(perform(perform(web('import Plug.Conn'), html), paths)).toBe(
      web('import Plug.Conn')
        .replace('  def controller', '  def static_paths, do: ~w(assets favicon.ico)\n\n  def controller')
        .replace(
          '  @doc "Disp',
          `  def html do
    quote do
      use Phoenix.Component

      import Phoenix.Controller, only: [view_module: 1]

      unquote(helpers())
    end
  end

  @doc "Disp`,
        ),
    );
  });

  it('stand before the dispatch where no neighbour is present', () => {
    const result = perform(web('import Plug.Conn'), { ...html, order: ['html'] } as WebOperation);
    expect(readWeb(parse(result))?.sections.map(({ name }) => name)).toEqual(['controller', 'html']);
    expect(result.indexOf('def html')).toBeLessThan(result.indexOf('@doc "Disp'));
  });

  it('may be private', () => {
    expect(perform(web('import Plug.Conn'), { ...html, private: true } as WebOperation)).toContain('  defp html do\n');
  });
});

describePristine('dispatch modules of generated projects', () => {
  it('have lines that are all named', () => {
    const files = generatedFiles('_web.ex');
    expect(files.length).toBeGreaterThan(1000);
    const known = new Set(['use', 'import', 'alias', 'unquote']);
    for (const { path: file, text } of files) {
      const sections = readWeb(parse(text))?.sections ?? [];
      const odd = sections.flatMap(({ lines }) => lines).filter(({ kind }) => !known.has(kind ?? ''));
      expect([file, sections.length > 2, odd]).toEqual([file, true, []]);
    }
  });
});

describeMix('an edited dispatch module', () => {
  it('stays formatted', () => {
    const text = web('use Phoenix.Controller', 'import Plug.Conn');
    const all = [perform(text, add('unquote routes()')), perform(text, html), perform(text, paths)];
    expect(formatted(all).map((one) => one.trimEnd())).toEqual(all.map((one) => one.trimEnd()));
  });
});
