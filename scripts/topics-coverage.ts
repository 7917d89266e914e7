/**
 * Prints, for each pair of neighbouring minors and of neighbouring versions, which share of the generator's changes
 * (files aside) topics claim, and names what they leave.
 *
 *     tsx scripts/topics-coverage.ts [VARIANT] [--each]
 */
import { placeholders } from '../src/elixir/names.ts';
import { Address } from '../src/facts/address.ts';
import { composeHistory, type History } from '../src/facts/history.ts';
import { SnapshotStore } from '../src/pristine/snapshots.ts';
import { releaseLine } from '../src/pristine/versions.ts';
import { type Claimable, claimAll } from '../src/topics/claim.ts';

/** What the generator with some flags wrote in every version that has them, in placeholder form. */
export function variantHistory(variant: string): { history: History; versions: readonly string[] } {
  const history = composeHistory(new SnapshotStore(), [variant], placeholders);
  const versions = history.versions.filter((version) => history.facts(version).size > 0);
  return { history, versions };
}

/** The changes of the generator between two versions, each with the version that brought its value. */
export function changesBetween(history: History, from: string, to: string): Claimable[] {
  const [before, after] = [history.facts(from).byText, history.facts(to).byText];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((address): Claimable[] => {
    const [base, target] = [before.get(address) ?? null, after.get(address) ?? null];
    if (base === target) return [];
    const kind = base === null ? 'add' : target === null ? 'remove' : 'change';
    return [{ address, kind, since: broughtBy(history, address, target, from, to), base, target }];
  });
}

function broughtBy(history: History, address: string, value: string | null, from: string, to: string): string {
  const range = history.versions.slice(history.indexOf(from) + 1, history.indexOf(to) + 1);
  const other = range.findLastIndex((version) => (history.valueAt(new Address(address), version) ?? null) !== value);
  return range[other + 1] ?? to;
}

export interface Coverage {
  readonly from: string;
  readonly to: string;
  readonly changes: number;
  readonly unclaimed: readonly string[];
}

/** The share of the changes outside `file/…` that some topic claims; where things stand has no topic of its own. */
export function coverageOf(history: History, from: string, to: string): Coverage {
  const claims = claimAll(changesBetween(history, from, to), to);
  const addresses = [...claims.keys()].filter((text) => {
    const address = new Address(text);
    return address.area !== 'file' && !address.isOrder;
  });
  return {
    from,
    to,
    changes: addresses.length,
    unclaimed: addresses.filter((address) => claims.get(address) === null),
  };
}

/** Neighbouring versions, or the last version of each minor with that of the next. */
export function pairsOf(versions: readonly string[], each: boolean): [string, string][] {
  const stops = each
    ? versions
    : versions.filter((version, index) => releaseLine(version) !== releaseLine(versions[index + 1] ?? ''));
  return stops.slice(1).map((to, index) => [stops[index] ?? to, to]);
}

function main(): void {
  const variant = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'default';
  const { history, versions } = variantHistory(variant);
  for (const [from, to] of pairsOf(versions, process.argv.includes('--each'))) {
    const { changes, unclaimed } = coverageOf(history, from, to);
    const share = changes === 0 ? 100 : (100 * (changes - unclaimed.length)) / changes;
    console.log(`${from} → ${to}  ${changes - unclaimed.length}/${changes}  ${share.toFixed(1)} %`);
    for (const address of unclaimed) console.log(`  ${address}`);
  }
}

if (import.meta.filename === process.argv[1]) main();
