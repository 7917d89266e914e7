import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changesBetween, coverageOf, pairsOf, variantHistory } from '../../scripts/topics-coverage.ts';
import { dockerFacts } from '../../src/docker/facts.ts';
import { codeRules } from '../../src/findings/code/rules.ts';
import { projectRules } from '../../src/findings/deployment/rules.ts';
import { packageTopics } from '../../src/findings/packages/find.ts';
import { compareVersions } from '../../src/pristine/versions.ts';
import { catalogue, topicById } from '../../src/topics/catalogue.ts';
import { type Claimable, claimAll } from '../../src/topics/claim.ts';
import type { Topic } from '../../src/topics/topic.ts';
import { describePristine, pristineRoot, readTree } from '../support/pristine.ts';

const { history, versions } = variantHistory('default');

describe('default projects of neighbouring minors', () => {
  test.each(pairsOf(versions, false))('%s → %s: topics claim at least 95 % of what is no file', (from, to) => {
    const { changes, unclaimed } = coverageOf(history, from, to);
    expect(changes).toBeGreaterThan(20);
    expect((changes - unclaimed.length) / changes, unclaimed.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});

test('docs/topics.md states how many changes of all these pairs topics claim', () => {
  const figures = pairsOf(versions, false).map(([from, to]) => coverageOf(history, from, to));
  const changes = figures.reduce((sum, one) => sum + one.changes, 0);
  const claimed = changes - figures.reduce((sum, one) => sum + one.unclaimed.length, 0);
  expect(readFileSync('docs/topics.md', 'utf8')).toContain(`(${claimed} of ${changes})`);
});

/** Ids of the topics that must come before one, those before them included. */
function allBefore(topic: Topic): Set<string> {
  return new Set(topic.after.flatMap((id) => [id, ...allBefore(topicById(id) as Topic)]));
}

function isBefore(earlier: Topic | null | undefined, later: Topic | null | undefined): boolean {
  return !earlier || !later || earlier === later || allBefore(later).has(earlier.id);
}

const spans: [string, string][] = [
  ...pairsOf(versions, true),
  ...pairsOf(versions, false),
  ['1.3.5', '1.8.12'],
  ['1.4.18', '1.7.24'],
  ['1.5.15', '1.8.12'],
  ['1.6.17', '1.8.12'],
  ['1.7.0', '1.8.12'],
  ['1.7.14', '1.8.0'],
];

describe.each(spans)('%s → %s', (from, to) => {
  const changes = changesBetween(history, from, to);
  const claims = claimAll(changes, to);
  const named = (part: RegExp) => changes.filter(({ address }) => part.test(address));

  test('no step belongs to a version after the target', () => {
    for (const [address, topic] of claims) {
      expect(compareVersions(topic?.since ?? to, to), `${topic?.id} ${address}`).toBeLessThanOrEqual(0);
    }
  });

  test('an alias or watcher never comes before the dep whose task it runs', () => {
    for (const tool of ['esbuild', 'tailwind']) {
      const dep = changes.find(({ address, kind }) => address === `deps/${tool}` && kind === 'add');
      const users = named(/^mix\/aliases\.|\.watchers\./).filter(({ target }) => target?.toLowerCase().includes(tool));
      for (const user of dep ? users : []) {
        expect(isBefore(claims.get(`deps/${tool}`), claims.get(user.address)), user.address).toBe(true);
      }
    }
  });

  test('a profile is renamed together with everything that calls it', () => {
    const renamed = named(/^config\/all\/(?:esbuild|tailwind)\.(?:default|\{app\})\.args$/).filter(
      ({ kind }) => kind === 'remove',
    );
    const callers = changes.filter(({ base, kind }) => kind === 'change' && /(?: |:)default\b/.test(base ?? ''));
    for (const profile of renamed) {
      for (const caller of callers) expect(claims.get(caller.address)?.id).toBe(claims.get(profile.address)?.id);
    }
  });

  test('a child that goes leaves no setting behind in another step', () => {
    for (const child of named(/^supervision\/Finch$/).filter(({ kind }) => kind === 'remove')) {
      for (const { address } of named(/^(?:deps\/finch|config\/prod\/swoosh\.(?:api_client|finch_name))$/)) {
        expect(claims.get(address)?.id).toBe(claims.get(child.address)?.id);
      }
    }
  });

  test('a key leaves prod.exs in the step that writes it to runtime.exs', () => {
    const runtime = claims.get('config/runtime:prod/{app}.{Web}.Endpoint.secret_key_base');
    const left = claims.get('config/prod/{app}.{Web}.Endpoint.secret_key_base');
    if (runtime && left) expect(left.id).toBe(runtime.id);
  });
});

describe('every topic', () => {
  const claimed = new Set<string>();
  const add = (changes: readonly Claimable[], to: string) => {
    for (const topic of claimAll(changes, to).values()) if (topic) claimed.add(topic.id);
  };
  for (const variant of ['default', 'live', 'umbrella', 'sqlite3', 'no-assets', 'no-tailwind', 'no-esbuild']) {
    const { history, versions } = variantHistory(variant);
    for (const [from, to] of [...pairsOf(versions, true), ...pairsOf(versions, false)])
      add(changesBetween(history, from, to), to);
  }
  for (const { topic } of [...codeRules, ...projectRules]) claimed.add(topic);
  for (const topic of packageTopics) claimed.add(topic);

  test('claims a change between two versions, or has a rule that finds it', () => {
    const rest = catalogue.filter(({ id, area }) => !claimed.has(id) && area !== 'docker' && area !== 'releases');
    expect(rest.map(({ id }) => id)).toEqual([]);
  });
});

describePristine('topics of releases and images', () => {
  test('claim every change of the release files, and each claims one', () => {
    const directory = join(pristineRoot(), 'releases');
    const states = readdirSync(directory)
      .sort(compareVersions)
      .map((version) => {
        const facts = dockerFacts(readTree(join(directory, version))).map(
          ({ address, value }) => [address, value] as const,
        );
        return { version, facts: new Map<string, string>(facts) };
      });
    const claimed = new Set<string>();
    states.forEach(({ version, facts }, index) => {
      const before = states[index - 1]?.facts ?? new Map<string, string>();
      const claims = claimAll(differences(before, facts, version), version);
      for (const [address, topic] of claims) {
        expect(topic, address).not.toBeNull();
        claimed.add(topic?.id ?? '');
      }
    });
    const wanted = catalogue.filter(({ matches }) =>
      matches.some(({ address }) => /^(?:docker|release)\//.test(address)),
    );
    expect(wanted.map(({ id }) => id).filter((id) => !claimed.has(id))).toEqual([]);
  });
});

function differences(before: Map<string, string>, after: Map<string, string>, since: string): Claimable[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((address): Claimable[] => {
    const [base, target] = [before.get(address) ?? null, after.get(address) ?? null];
    if (base === target) return [];
    return [{ address, kind: base === null ? 'add' : target === null ? 'remove' : 'change', since, base, target }];
  });
}
