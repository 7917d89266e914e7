import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/elixir/parse.ts';
import { performSupervision } from '../../../src/elixir/supervision/edit.ts';
import type { SupervisionOperation } from '../../../src/elixir/supervision/operation.ts';
import { readSupervision } from '../../../src/elixir/supervision/read.ts';

const path = 'lib/atelier/application.ex';

function application(children: string): string {
  return `defmodule Atelier.Application do
  use Application

  def start(_type, _args) do
${children}
    Supervisor.start_link(children, strategy: :one_for_one)
  end
end
`;
}

const listed = (...lines: string[]) =>
  application(['    children = [', ...lines.map((line) => `      ${line}`), '    ]', ''].join('\n'));

function perform(text: string, operation: SupervisionOperation): string {
  const result = performSupervision(text, operation);
  if (!result.ok) throw new Error(result.reason);
  expect(performSupervision(result.text, operation)).toEqual(result);
  return result.text;
}

function reason(text: string, operation: SupervisionOperation): string {
  const result = performSupervision(text, operation);
  return result.ok ? 'done' : result.reason;
}

const names = (text: string) => readSupervision(parse(text))?.children.map(({ name }) => name) ?? [];

const order = ['AtelierWeb.Telemetry', 'Atelier.Repo', 'DNSCluster', 'Phoenix.PubSub', 'AtelierWeb.Endpoint'];
const add = (child: string, spec = child, wanted: readonly string[] = order): SupervisionOperation => ({
  kind: 'add-child',
  path,
  child,
  spec,
  order: wanted,
});
const remove = (child: string): SupervisionOperation => ({ kind: 'remove-child', path, child });
const move = (...wanted: string[]): SupervisionOperation => ({ kind: 'move-children', path, order: wanted });

describe('adding a child', () => {
  const base = listed('Atelier.Repo,', 'AtelierWeb.Endpoint,', '{Atelier.Importer, []}');

  it('keeps what the user started behind the endpoint there', () => {
    const cluster = '{DNSCluster, query: :ignore}';
    const all = [
      add('Phoenix.PubSub', '{Phoenix.PubSub, name: P}'),
      add('AtelierWeb.Telemetry'),
      add('DNSCluster', cluster),
    ];
    expect(all.reduce(perform, base)).toBe(
      listed(
        'AtelierWeb.Telemetry,',
        'Atelier.Repo,',
        '{DNSCluster, query: :ignore},',
        '{Phoenix.PubSub, name: P},',
        'AtelierWeb.Endpoint,',
        '{Atelier.Importer, []}',
      ),
    );
  });

  it('leaves the comments of its neighbours to them', () => {
    const text = listed('# the database', 'Atelier.Repo, # slow', '# requests', 'AtelierWeb.Endpoint');
    expect(perform(text, add('Phoenix.PubSub'))).toBe(
      listed('# the database', 'Atelier.Repo, # slow', 'Phoenix.PubSub,', '# requests', 'AtelierWeb.Endpoint'),
    );
    expect(perform(text, add('AtelierWeb.Telemetry'))).toBe(
      listed('AtelierWeb.Telemetry,', '# the database', 'Atelier.Repo, # slow', '# requests', 'AtelierWeb.Endpoint'),
    );
  });

  it('does not follow the endpoint where the user starts the neighbour late', () => {
    const text = listed('AtelierWeb.Endpoint,', 'Atelier.Repo');
    expect(names(perform(text, add('Phoenix.PubSub')))).toEqual([
      'Phoenix.PubSub',
      'AtelierWeb.Endpoint',
      'Atelier.Repo',
    ]);
  });

  it('follows the endpoint when the target says so', () => {
    const operation = add('Late', 'Late', ['AtelierWeb.Endpoint', 'Late']);
    expect(names(perform(base, operation))).toEqual([
      'Atelier.Repo',
      'AtelierWeb.Endpoint',
      'Late',
      'Atelier.Importer',
    ]);
  });

  it('precedes the endpoint where no sibling of the order is there', () => {
    const operation = add('Early', 'Early', ['Early']);
    const text = listed('Atelier.Clock,', 'AtelierWeb.Endpoint');
    expect(names(perform(text, operation))).toEqual(['Atelier.Clock', 'Early', 'AtelierWeb.Endpoint']);
  });

  it('goes into an empty list', () => {
    expect(names(perform(application('    children = []\n'), add('Atelier.Repo')))).toEqual(['Atelier.Repo']);
  });

  it('changes nothing when it is there, under a condition too', () => {
    const text = application('    children = [A] ++ if(prod?(), do: [DNSCluster], else: [])\n');
    expect(perform(text, add('DNSCluster'))).toBe(text);
  });

  it('stays out of conditions', () => {
    const text = application('    children = [AtelierWeb.Endpoint] ++ if(db?(), do: [Atelier.Repo], else: [])\n');
    expect(perform(text, add('Phoenix.PubSub'))).toContain('[Phoenix.PubSub, AtelierWeb.Endpoint] ++ if');
  });

  it('is refused where the children come from a function', () => {
    expect(reason(application('    children = Atelier.children()\n'), add('DNSCluster'))).toBe(
      'the children are no literal list',
    );
    expect(reason('defmodule A do\nend', add('DNSCluster'))).toBe('there is no module with `use Application`');
  });

  it('keeps CRLF', () => {
    const text = listed('Atelier.Repo,', 'AtelierWeb.Endpoint').replaceAll('\n', '\r\n');
    const result = perform(text, add('Phoenix.PubSub'));
    expect(result.replaceAll('\r\n', '')).not.toContain('\n');
    expect(names(result)).toContain('Phoenix.PubSub');
  });
});

describe('removing a child', () => {
  it('takes its comment along', () => {
    const text = listed('Atelier.Repo,', '# mail', '{Finch, name: F},', '# requests', 'AtelierWeb.Endpoint');
    expect(perform(text, remove('Finch'))).toBe(listed('Atelier.Repo,', '# requests', 'AtelierWeb.Endpoint'));
  });

  it('takes the second of a module alone', () => {
    const text = listed('{Finch, name: A},', '{Finch, name: B}');
    expect(perform(text, remove('Finch#2'))).toBe(listed('{Finch, name: A}'));
  });

  it('is refused where the child stands in a condition of its own', () => {
    const text = application('    children = [A, if(x?(), do: B)]\n');
    expect(reason(text, remove('B'))).toBe('B is no element of a literal list');
  });
});

describe('replacing a child spec', () => {
  it('changes the spec alone', () => {
    const text = listed('# names', 'Phoenix.PubSub, # keep', 'AtelierWeb.Endpoint');
    const spec = '{Phoenix.PubSub, name: Atelier.PubSub}';
    expect(perform(text, { kind: 'replace-child', path, child: 'Phoenix.PubSub', spec })).toBe(
      listed('# names', `${spec}, # keep`, 'AtelierWeb.Endpoint'),
    );
  });

  it('is refused when the child is gone', () => {
    expect(reason(listed('A'), { kind: 'replace-child', path, child: 'B', spec: '{B, []}' })).toBe('B is gone');
  });
});

describe('moving children', () => {
  it('moves the fewest, with their comments, and never the endpoint', () => {
    const text = listed('A,', 'AtelierWeb.Endpoint,', 'Mine,', '# second', 'B # late');
    expect(perform(text, move('A', 'B', 'AtelierWeb.Endpoint'))).toBe(
      listed('A,', '# second', '# late', 'B,', 'AtelierWeb.Endpoint,', 'Mine'),
    );
  });

  it('rather moves what nothing of the user follows', () => {
    const text = listed('Atelier.Repo,', 'Cache,', 'AtelierWeb.Telemetry,', 'AtelierWeb.Endpoint');
    expect(names(perform(text, move(...order)))).toEqual([
      'AtelierWeb.Telemetry',
      'Atelier.Repo',
      'Cache',
      'AtelierWeb.Endpoint',
    ]);
  });
});

describe('children of Supervisor.Spec', () => {
  const old = application(`    import Supervisor.Spec

    children = [
      # data
      supervisor(Atelier.Repo, []),
      worker(Atelier.Oven, [1, :hot], restart: :transient, id: :oven),
      supervisor(Atelier.Shelf, [])
    ]
`);

  it('become specs that start the same', () => {
    expect(perform(old, { kind: 'modernise-children', path, plain: ['Atelier.Repo'] })).toBe(
      listed(
        '# data',
        'Atelier.Repo,',
        '%{id: :oven, start: {Atelier.Oven, :start_link, [1, :hot]}, restart: :transient},',
        '%{id: Atelier.Shelf, start: {Atelier.Shelf, :start_link, []}, type: :supervisor}',
      ),
    );
  });

  it('keep the import while something else needs it', () => {
    const text = old.replace(
      '    Supervisor.start_link',
      '    extra = worker(Atelier.Bell, [])\n    Supervisor.start_link',
    );
    expect(perform(text, { kind: 'modernise-children', path, plain: [] })).toContain('import Supervisor.Spec');
  });

  it('are refused where their options are computed', () => {
    const text = old.replace('restart: :transient, id: :oven', 'opts()');
    expect(reason(text, { kind: 'modernise-children', path, plain: [] })).toBe(
      'the arguments of Atelier.Oven are no literals',
    );
  });
});

describe('whatever the user starts', () => {
  const own = fc.integer({ min: 0, max: 30 }).map((number) => `Own.M${number}`);
  const child = fc.oneof(fc.constantFrom(...order), own);
  const entries = fc.uniqueArray(
    fc.record({
      name: child,
      above: fc.constantFrom('', '# about the next'),
      tuple: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 9 },
  );
  const operation = fc.oneof(
    fc.constantFrom(...order).map((name) => add(name)),
    fc.constantFrom(...order).map((name) => remove(name)),
    fc.shuffledSubarray(order).map((wanted) => move(...wanted)),
  );

  it('survives in its relative order with its comments', () => {
    fc.assert(
      fc.property(entries, fc.array(operation, { maxLength: 6 }), (all, operations) => {
        const lines = all.flatMap(({ name, above, tuple }, at) => [
          ...(above === '' ? [] : [`${above} (${name})`]),
          (tuple ? `{${name}, []}` : name) + (at < all.length - 1 ? ',' : ''),
        ]);
        const text = listed(...lines);
        const result = operations.reduce(perform, text);
        expect(parse(result).problems).toEqual([]);
        const mine = (source: string) => names(source).filter((name) => name.startsWith('Own.'));
        expect(mine(result)).toEqual(mine(text));
        for (const { name, above } of all) {
          if (above === '' || !name.startsWith('Own.')) continue;
          expect(result).toMatch(new RegExp(`# about the next \\(${name}\\)\\n +\\{?${name}\\b`));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('stays behind the endpoint', () => {
    fc.assert(
      fc.property(entries, operation, (all, one) => {
        const text = listed(...all.map(({ name }, at) => name + (at < all.length - 1 ? ',' : '')));
        const result = perform(text, one);
        const behind = (source: string) => {
          const found = names(source);
          const at = found.indexOf('AtelierWeb.Endpoint');
          return at === -1 ? null : found.slice(at).filter((name) => name.startsWith('Own.'));
        };
        const [before, after] = [behind(text), behind(result)];
        if (before !== null && after !== null) expect(after).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });
});
