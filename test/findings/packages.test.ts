import { describe, expect, it } from 'vitest';
import { findPackageCalls } from '../../src/findings/packages/find.ts';
import type { PackageDocument } from '../../src/packages/document.ts';
import { PackageFacts } from '../../src/packages/facts.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { ProjectIndex } from '../../src/symbols/index.ts';

const tide: PackageDocument = {
  format: 1,
  package: 'tide',
  versions: '1.0.0 2.0.0',
  elixir: {},
  deps: {},
  modules: {
    Tide: {
      functions: { '1.0.0': 'swell/1', '1.0.0..2.0.0': 'ebb/1 ebb/2' },
      deprecated: { '2.0.0': 'swell/1=Tide.Moon.pull/1' },
      hidden: { '1.0.0': '__using__/1' },
      brings: { '1.0.0': 'import Tide' },
    },
    'Tide.Swim': { functions: { '1.0.0..2.0.0': 'start/3' }, hidden: { '1.0.0': '__using__/1' } },
    'Tide.Gauge': { functions: { '1.0.0..2.0.0': 'read/1' } },
    'Tide.Buoy': { functions: { '1.0.0..2.0.0': 'start_link/2' }, hidden: { '2.0.0': 'start_link/1' } },
    'Tide.Format': { functions: { '1.0.0..2.0.0': 'format/2' }, hidden: { '2.0.0': 'format/2' } },
  },
};

function found(body: string, more: Record<string, string> = {}): string[] {
  const files = { 'lib/shop/low.ex': `defmodule Shop.Low do\n${body}\nend\n`, ...more };
  const tree = memoryTree(new Map(Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text) }])));
  const facts = new PackageFacts(tide);
  const findings = findPackageCalls(ProjectIndex.of(tree), {
    packages: { package: (name) => (name === 'tide' ? facts : null), definedBy: () => [] },
    listed: new Map([['tide', '~> 1.0']]),
    locked: new Map([['tide', '1.0.0']]),
    target: '1.8.0',
    generated: () => '~> 2.0',
  });
  return findings.map(({ topic, finding }) => `${topic} ${finding.path}:${finding.line} ${finding.message}`);
}

const gone = (arity: number, line = 3) => [
  `gone-calls lib/shop/low.ex:${line} Tide.ebb/${arity} is gone since tide 2.0.0`,
];

describe('calls of names that the target lacks', () => {
  it.each([
    ['by its full name', '  def run(x),\n    do: Tide.ebb(x)', 1],
    ['piped, with one argument more', '  def run(x),\n    do: x |> Tide.ebb(1)', 2],
    ['by an alias', '  alias Tide, as: Sea\n  def run(x), do: Sea.ebb(x)', 1],
    ['captured', '  def run(xs),\n    do: Enum.map(xs, &Tide.ebb/1)', 1],
    ['by import', '  import Tide\n  def run(x), do: ebb(x)', 1],
    ['by use', '  use Tide\n  def run(x), do: ebb(x, 1)', 2],
  ])('%s', (_, body, arity) => {
    expect(found(body)).toEqual(gone(arity));
  });

  it('through a role of the web module', () => {
    const web = 'defmodule ShopWeb do\n  def low do\n    quote do\n      import Tide\n    end\n  end\nend\n';
    expect(found('  use ShopWeb, :low\n  def run(x), do: ebb(x)', { 'lib/shop_web.ex': web })).toEqual(gone(1));
  });

  it.each([
    ['an own function of that arity', '  import Tide, only: [swell: 1]\n  def ebb(x), do: x\n  def run(x), do: ebb(x)'],
    ['a name that nothing imports', '  def run(x), do: ebb(x)'],
    ['a name that the import leaves out', '  import Tide, except: [ebb: 1, ebb: 2]\n  def run(x), do: ebb(x)'],
    ['another arity', '  def run(x), do: Tide.ebb(x, 1, 2)'],
    ['another module', '  def run(x), do: Shop.Tide.ebb(x)'],
  ])('not %s', (_, body) => {
    expect(found(body)).toEqual([]);
  });

  it('an own function of another arity hides nothing', () => {
    expect(found('  import Tide\n  def ebb, do: ebb(1)')).toEqual(gone(1));
  });
});

it('names modules that are gone or are no longer for others, wherever the app names them', () => {
  const body =
    '  use Tide.Swim\n  use Tide.Gauge\n  def children, do: [{Tide.Buoy, name: :bay}]\n  def plugins, do: [Tide.Format]';
  expect(found(body, { 'config/config.exs': 'import Config\n\nconfig :shop, gauge: Tide.Gauge\n' })).toEqual([
    'gone-calls lib/shop/low.ex:3 Tide.Gauge is gone since tide 2.0.0',
    'gone-calls lib/shop/low.ex:4 Tide.Buoy is for its own package alone since tide 2.0.0',
  ]);
});

it('says once a file what is deprecated, since when, and what to call instead', () => {
  expect(found('  def run(x), do: Tide.swell(x)\n  def go(x), do: Tide.swell(x)')).toEqual([
    'deprecated-calls lib/shop/low.ex:2 Tide.swell/1 is deprecated since tide 2.0.0: call Tide.Moon.pull/1 (2 lines of this file)',
  ]);
});
