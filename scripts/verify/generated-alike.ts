import { partsOf } from '../../src/generated/definitions.ts';
import { storedApp } from '../../src/generated/names.ts';
import { readCall } from '../../src/pristine/generator-call.ts';
import { compareVersions } from '../../src/pristine/versions.ts';
import type { CheckoutSource } from '../checkout-source.ts';
import { generatorReleases, sameAs } from '../generator-releases.ts';
import { say } from './check.ts';

/** A generator that is not looked for in projects, because what it writes means the same in every version. */
interface Steady {
  readonly call: string;
  /** The first version that it is asked of. */
  readonly since: string;
  /** Definitions that did change, with what says so to a project in place of a step for generated code. */
  readonly changed: RegExp | null;
}

const steady: readonly Steady[] = [
  { call: 'phx.gen.channel Qroom', since: '1.5.0', changed: null },
  { call: 'phx.gen.socket Quser', since: '1.6.0', changed: null },
  { call: 'phx.gen.presence', since: '1.5.0', changed: null },
  { call: 'phx.gen.notifier Qcontext Qschema qwelcome', since: '1.6.0', changed: null },
  { call: 'phx.gen.embedded Qschema qone:string qtwo:integer', since: '1.5.0', changed: null },
  // The topic for releases that start ssl before they migrate.
  { call: 'phx.gen.release', since: '1.6.8', changed: /^Release: fun load_app\/0$/ },
];

/** What each of these writes in every version: where a definition comes to mean something else, it has to be looked for from then on. */
export function othersAlike(source: CheckoutSource): boolean {
  let isAlike = true;
  for (const { call, since, changed } of steady) {
    const task = call.split(' ')[0] ?? '';
    const known = new Map<string, string>();
    const same = new Set<string>();
    const faults: string[] = [];
    for (const release of generatorReleases(source.checkouts, task)) {
      const templates = sameAs(source.checkouts, release, task);
      if (compareVersions(release.label, since) < 0 || same.has(templates)) continue;
      same.add(templates);
      for (const [key, hash] of definitionsOf(source, release.label, call)) {
        const isNew = (known.get(key) ?? hash) !== hash;
        if (isNew && !changed?.test(key)) faults.push(`${task} ${release.label}: ${key} means something else`);
        known.set(key, hash);
      }
    }
    for (const fault of faults) say(`  ${fault}`);
    say(
      `${task}: ${known.size} definitions alike in ${same.size} different versions since ${since}, ${faults.length} faults`,
    );
    isAlike &&= faults.length === 0;
  }
  return isAlike;
}

function definitionsOf(source: CheckoutSource, version: string, call: string): [string, string][] {
  const request = { version, flags: [], names: storedApp, calls: [readCall(call)] };
  const before = source.projectAt(request);
  const { tree, written } = source.written(before, request);
  const own = [...written].filter(
    (path) => /\.exs?$/.test(path) && !path.includes('/migrations/') && !before.has(path),
  );
  return own.flatMap((path) =>
    partsOf(path, tree.read(path) ?? '').flatMap(({ role, definitions }) =>
      definitions
        .filter(({ key }) => key !== '@moduledoc')
        .map(({ key, hash }): [string, string] => [`${role}: ${key}`, hash]),
    ),
  );
}
