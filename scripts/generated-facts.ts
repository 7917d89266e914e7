/**
 * Makes `snapshots/generated/` from checkouts of Phoenix and, for what was a package of its own under 1.5, of `phx_gen_auth`:
 *
 *     tsx scripts/generated-facts.ts [--check] PHOENIX [PHX_GEN_AUTH]
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatRanges, setOf, type VersionSet } from '../src/facts/version-set.ts';
import { partsOf } from '../src/generated/definitions.ts';
import { generators } from '../src/generated/generators.ts';
import { storedApp, storedNames, storedTextOf } from '../src/generated/names.ts';
import type { GeneratedDocument } from '../src/pristine/generated-history.ts';
import { readCall } from '../src/pristine/generator-call.ts';
import { compareVersions } from '../src/pristine/versions.ts';
import type { FileTree } from '../src/project/tree.ts';
import { CheckoutSource } from './checkout-source.ts';
import { type GeneratorRelease, generatorReleases, sameAs } from './generator-releases.ts';

const directory = resolve(import.meta.dirname, '../snapshots/generated');
/** What all files together may have, so that the package stays small. */
const mostBytes = 1_000_000;

const check = process.argv.includes('--check');
const [phoenix = '', apart, only] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const checkouts = { phoenix, apart };
const source = new CheckoutSource(checkouts);

type Hashes = Map<string, Map<string, Map<string, VersionSet>>>;

/** Role, key and hash of every definition that a run wrote. */
function definitionsOf(tree: FileTree, written: Iterable<string>): Map<string, [string, string, string]> {
  const found = new Map<string, [string, string, string]>();
  const stored = storedTextOf(storedApp, storedNames);
  for (const path of written) {
    if (path.includes('/migrations/')) continue;
    for (const { role, definitions } of partsOf(path, stored(tree.read(path) ?? ''))) {
      for (const { key, hash, said } of definitions) {
        found.set(`${role}\0${key}`, [role, key, hash]);
        if (said !== null) found.set(`${role}\0@ ${key}`, [role, `@ ${key}`, said]);
      }
    }
  }
  return found;
}

/** Files that were there before are the app's, and no part of what a generator wrote. */
function ownFiles({ phoenix: version, apart: own }: GeneratorRelease, call: string) {
  const request = { version, flags: [], names: storedApp, calls: [readCall(call)] };
  const before = source.projectAt(request);
  const { tree, written } = source.written(before, request, own);
  return definitionsOf(
    tree,
    [...written].filter((path) => !before.has(path)),
  );
}

for (const generator of generators) {
  if (only !== undefined && only !== generator.task) continue;
  const parts: Hashes = new Map();
  const known = new Map<string, ReturnType<typeof ownFiles> | null>();
  const releasesOf = generatorReleases(checkouts, generator.task);
  let all = 0n;
  for (const [at, release] of releasesOf.entries()) {
    for (const [variant, given] of generator.variants.entries()) {
      const flags = flagsAt(release, given);
      if (flags === null) continue;
      const same = `${sameAs(checkouts, release, generator.task)}${flags}`;
      const number = variant * releasesOf.length + at;
      if (!known.has(same)) {
        try {
          known.set(same, ownFiles(release, `${generator.call} ${flags}`.trim()));
        } catch (error) {
          // A flag that the version does not know.
          console.log(`${release.label} ${flags}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
          known.set(same, null);
        }
      }
      const found = known.get(same);
      if (!found) continue;
      all |= setOf(number);
      for (const [role, key, hash] of found.values()) {
        const keys = parts.get(role) ?? new Map<string, Map<string, VersionSet>>();
        parts.set(role, keys);
        const hashes = keys.get(key) ?? new Map<string, VersionSet>();
        keys.set(key, hashes);
        hashes.set(hash, (hashes.get(hash) ?? 0n) | setOf(number));
      }
    }
    if (at % 10 === 0) console.log(`${generator.task} ${release.label}`);
  }
  const document: GeneratedDocument = {
    task: generator.task,
    versions: releasesOf.map(({ label }) => label),
    variants: generator.variants,
    runs: formatRanges(all),
    parts: record(parts, (keys) => record(keys, (hashes) => record(hashes, formatRanges))),
  };
  const file = join(directory, `${generator.task}.json`);
  const text = `${JSON.stringify(document, null, 1)}\n`;
  if (check && readFileSync(file, 'utf8') !== text) {
    console.log(`${generator.task} differs from what its templates write`);
    process.exitCode = 1;
  }
  mkdirSync(directory, { recursive: true });
  if (!check) writeFileSync(file, text);
}

/** The flags as a release has them: there was nothing but controllers before 1.7, and no flag that says so. Null where it has none of them. */
function flagsAt({ phoenix: version }: GeneratorRelease, flags: string): string | null {
  if (compareVersions(version, '1.7.0') >= 0) return flags;
  return /--live\b/.test(flags.replace('--no-live', '')) ? null : flags.replace('--no-live', '').trim();
}

function record<T, U>(map: ReadonlyMap<string, T>, value: (of: T) => U): Record<string, U> {
  const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, one]) => [key, value(one)]));
}

const bytes = readdirSync(directory).reduce((sum, name) => sum + readFileSync(join(directory, name)).length, 0);
console.log(`${bytes} bytes of ${mostBytes}`);
if (bytes > mostBytes) process.exitCode = 1;
