import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { performer } from '../../../src/elixir/edited.ts';
import { parse } from '../../../src/elixir/parse.ts';
import { routerEditors } from '../../../src/elixir/router/edit.ts';
import type { RouterOperation } from '../../../src/elixir/router/operation.ts';
import { readRouter } from '../../../src/elixir/router/read.ts';
import { describePristine, pristineVersions } from '../../support/pristine.ts';
import { generatedFiles, neighbours } from '../support/generated.ts';

const performRouter = performer(routerEditors);

const path = 'lib/atelier_web/router.ex';
const pipeline = 'browser';

function router(...plugs: string[]): string {
  const lines = plugs.map((plug) => (plug === '' ? '' : `    ${plug}`)).join('\n');
  return `defmodule AtelierWeb.Router do
  use AtelierWeb, :router

  pipeline :browser do
${lines}
  end

  scope "/" do
    pipe_through :browser
  end
end
`;
}

function perform(text: string, operation: RouterOperation): string {
  const result = performRouter(text, operation);
  if (!result.ok) throw new Error(result.reason);
  expect(performRouter(result.text, operation)).toEqual(result);
  return result.text;
}

function reason(text: string, operation: RouterOperation): string {
  const result = performRouter(text, operation);
  return result.ok ? 'done' : result.reason;
}

const order = [':accepts', ':fetch_session', ':put_root_layout', ':secure'];
const add = (plug: string, value: string): RouterOperation => ({
  kind: 'add-pipeline-plug',
  path,
  pipeline,
  plug,
  value,
  order,
});
const layout = add(':put_root_layout', '{:put_root_layout, html: {AtelierWeb.Layouts, :root}}');
const remove = (plug: string): RouterOperation => ({ kind: 'remove-pipeline-plug', path, pipeline, plug });
const move = (wanted: readonly string[]): RouterOperation => ({
  kind: 'move-pipeline-plugs',
  path,
  pipeline,
  order: wanted,
});

describe('the plugs of a pipeline', () => {
  it('are added in order', () => {
    const text = router(
      'plug :accepts, ["html"]',
      'plug :fetch_session # signed',
      '# own',
      'plug Mine',
      'plug :secure',
    );
    expect(perform(text, layout)).toBe(
      router(
        'plug :accepts, ["html"]',
        'plug :fetch_session # signed',
        'plug :put_root_layout, html: {AtelierWeb.Layouts, :root}',
        '# own',
        'plug Mine',
        'plug :secure',
      ),
    );
  });

  it('are removed with their comment', () => {
    const text = router('plug :accepts, ["html"]', '# flash', 'plug :fetch_flash', 'plug :secure');
    expect(perform(text, remove(':fetch_flash'))).toBe(router('plug :accepts, ["html"]', 'plug :secure'));
  });

  it('are replaced in their place', () => {
    const text = router('plug :accepts, ["html"] # only', 'plug :secure');
    const value = '{:accepts, ["html", "json"]}';
    expect(perform(text, { kind: 'replace-pipeline-plug', path, pipeline, plug: ':accepts', value })).toBe(
      text.replace('["html"]', '["html", "json"]'),
    );
  });

  it('are moved, the user’s own keeping their neighbours', () => {
    const text = router('plug :secure', 'plug Mine', '# first', 'plug :accepts, ["html"]');
    expect(perform(text, move(order))).toBe(
      router('# first', 'plug :accepts, ["html"]', '', 'plug :secure', 'plug Mine'),
    );
  });

  it('are refused where there is no such pipeline, or under a condition', () => {
    expect(reason(router('plug :secure').replace(':browser do', ':html do'), layout)).toBe(
      'there is no pipeline :browser',
    );
    expect(reason(router('if dev?() do', '  plug :put_root_layout', 'end'), layout)).toBe(
      ':put_root_layout stands under a condition',
    );
    const gone: RouterOperation = { kind: 'replace-pipeline-plug', path, pipeline, plug: ':x', value: '{:x}' };
    expect(reason(router('plug :secure'), gone)).toBe(':x is gone');
  });

  it('survive when they are the user’s own', () => {
    const own = fc.integer({ min: 0, max: 20 }).map((number) => `:own_${number}`);
    const plugs = fc.uniqueArray(fc.record({ name: fc.oneof(fc.constantFrom(...order), own), comment: fc.boolean() }), {
      selector: ({ name }) => name,
      maxLength: 8,
    });
    const operation = fc.oneof(
      fc.constantFrom(...order).map((name) => add(name, `{${name}}`)),
      fc.constantFrom(...order).map(remove),
      fc.shuffledSubarray(order).map(move),
    );
    const names = (text: string) =>
      readRouter(parse(text))
        ?.pipelines[0]?.plugs.map(({ subject }) => subject)
        .filter((name) => name.startsWith(':own'));
    fc.assert(
      fc.property(plugs, fc.array(operation, { maxLength: 6 }), (all, operations) => {
        const text = router(
          ...all.flatMap(({ name, comment }) => [...(comment ? [`# ${name}.`] : []), `plug ${name}`]),
        );
        const result = operations.reduce(perform, text);
        expect(parse(result).problems).toEqual([]);
        expect(names(result)).toEqual(names(text));
        for (const { name, comment } of all.filter((one) => one.name.startsWith(':own'))) {
          expect(result).toContain(`${comment ? `# ${name}.\n    ` : ''}plug ${name}\n`);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describePristine('routers of generated projects', () => {
  it('have pipelines and scopes that are all read', () => {
    const files = generatedFiles('/router.ex');
    expect(files.length).toBeGreaterThan(1000);
    for (const { path: file, text } of files) {
      const found = readRouter(parse(text));
      expect([file, found?.calls, (found?.scopes.length ?? 0) > 0]).toEqual([file, [], true]);
    }
  });

  it('get the pipelines of the next minor', () => {
    const read = (text: string) => readRouter(parse(text))?.pipelines ?? [];
    for (const [from, to, variant] of [
      ...neighbours(pristineVersions(), ['default', 'umbrella']),
      ['1.3.4', '1.8.8', 'default'],
    ]) {
      const [text = '', target = ''] = [from, to].map(
        (version) => generatedFiles('/router.ex', version, variant)[0]?.text,
      );
      let result = text;
      for (const { name, plugs } of read(target)) {
        const wanted = plugs.map(({ subject }) => subject);
        const old = read(text).find((one) => one.name === name)?.plugs ?? [];
        const gone = old.filter(({ subject }) => !wanted.includes(subject));
        for (const { subject } of gone)
          result = perform(result, { ...remove(subject), pipeline: name } as RouterOperation);
        for (const { subject, display } of plugs) {
          const kind = old.some((one) => one.subject === subject) ? 'replace-pipeline-plug' : 'add-pipeline-plug';
          result = perform(result, { kind, path, pipeline: name, plug: subject, value: display, order: wanted });
        }
        result = perform(result, { kind: 'move-pipeline-plugs', path, pipeline: name, order: wanted });
      }
      const shown = (source: string) =>
        read(source).map(({ name, plugs }) => [name, plugs.map(({ display }) => display)]);
      expect([from, to, shown(result)]).toEqual([from, to, shown(target)]);
    }
  });
});
