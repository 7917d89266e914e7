import { describe, expect, test } from 'vitest';
import { Address } from '../../../src/facts/address.ts';
import type { Fact } from '../../../src/facts/fact.ts';
import type { Comparison } from '../../../src/merge/comparison.ts';
import { keepWebServer } from '../../../src/merge/deps/web-server.ts';
import type { Outcome } from '../../../src/merge/verdict.ts';

const fact = (address: string): Fact => {
  return {
    address: new Address(address),
    value: '"~> 1.0"',
    at: { path: 'mix.exs', line: 9 },
  };
};
const compared = (address: string, outcome: Outcome, yours: Fact | null, target: string | null): Comparison => {
  return {
    address: new Address(address),
    outcome,
    yours,
    base: null,
    target,
    result: target,
    since: 0,
    backlog: false,
  };
};

/** The outcomes of Bandit and its adapter beside what becomes of plug_cowboy. */
function beside(cowboy: Outcome, yours: Fact | null, module = 'Bandit.PhoenixAdapter'): string[] {
  const [server, adapter] = ['deps/bandit', 'config/all/shop.ShopWeb.Endpoint.adapter'];
  return keepWebServer([
    compared('deps/plug_cowboy', cowboy, yours, null),
    compared(server, 'pending', null, '"~> 1.5"'),
    compared(adapter, 'pending', null, module),
  ])
    .slice(1)
    .map(({ outcome }) => outcome);
}

describe('Bandit', () => {
  test('is not put beside plug_cowboy where that is the app’s own and stays', () => {
    expect(beside('yours', fact('deps/plug_cowboy'))).toEqual(['declined', 'declined']);
  });
  test('alone is kept away: the adapter of plug_cowboy itself is named', () => {
    const cowboy = 'Phoenix.Endpoint.Cowboy2Adapter';
    expect(beside('agreed', fact('deps/plug_cowboy'), cowboy)).toEqual(['declined', 'pending']);
  });
  test('comes where plug_cowboy goes, or never was', () => {
    expect(beside('pending', fact('deps/plug_cowboy'))).toEqual(['pending', 'pending']);
    expect(beside('agreed', null)).toEqual(['pending', 'pending']);
  });
});
