/**
 * Makes `snapshots/generated/` from checkouts of Phoenix and, for what was a package of its own under 1.5, of `phx_gen_auth`, or
 * checks it:
 *
 *     tsx scripts/generated-facts.ts [--check] PHOENIX [PHX_GEN_AUTH]
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Generator, generators } from '../src/generated/generators.ts';
import { HistoryBuilder, type WrittenDefinition, writtenDefinitions } from '../src/generated/history-builder.ts';
import { storedApp } from '../src/generated/names.ts';
import { readCall } from '../src/pristine/generator-call.ts';
import { compareVersions } from '../src/pristine/versions.ts';
import { CheckoutSource } from './checkout-source.ts';
import { type GeneratorRelease, generatorReleases, sameAs } from './generator-releases.ts';

const directory = resolve(import.meta.dirname, '../snapshots/generated');
/** What all files together may have, so that the package stays small. */
const mostBytes = 1_000_000;

const check = process.argv.includes('--check');
const [phoenix = '', apart] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const source = new CheckoutSource({ phoenix, apart });

mkdirSync(directory, { recursive: true });
for (const generator of generators) {
  const file = join(directory, `${generator.task}.json`);
  const text = `${JSON.stringify(historyOf(generator), null, 1)}\n`;
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.log(`${generator.task} differs from what its templates write`);
    process.exitCode = 1;
  }
}

const bytes = readdirSync(directory).reduce((sum, name) => sum + readFileSync(join(directory, name)).length, 0);
console.log(`${bytes} bytes of ${mostBytes}`);
if (bytes > mostBytes) process.exitCode = 1;

/** Releases whose tasks and templates are the same are run once. */
function historyOf({ task, call, variants, fields }: Generator) {
  const releases = generatorReleases(source.checkouts, task);
  const builder = new HistoryBuilder({ task, versions: releases.map(({ label }) => label), variants });
  const made = new Map<string, readonly WrittenDefinition[]>();
  for (const release of releases) {
    for (const variant of variants) {
      const flags = flagsAt(release, variant);
      if (flags === null) continue;
      const same = `${sameAs(source.checkouts, release, task)}${flags}`;
      const calls = (fields.length === 0 ? [''] : fields).map((own) => `${call} ${own} ${flags}`.trim());
      const definitions = made.get(same) ?? alikeIn(calls.map((one) => definitionsOf(release, one)));
      made.set(same, definitions);
      builder.add({ version: release.label, variant }, definitions);
    }
  }
  console.log(`${task} ${releases.length} releases, ${made.size} different runs`);
  return builder.document();
}

/** What every run wrote, with the hashes that are alike: all else depends on the fields that it was called with. */
function alikeIn([first = [], ...others]: readonly (readonly WrittenDefinition[])[]): readonly WrittenDefinition[] {
  const hashes = others.map((one) => new Map(one.map(({ role, key, hash }) => [`${role} ${key}`, hash])));
  return first.flatMap((one) => {
    const found = hashes.map((known) => known.get(`${one.role} ${one.key}`));
    if (found.includes(undefined)) return [];
    const isAlike = found.every((hash) => hash === one.hash);
    return isAlike || !one.key.startsWith('@ ') ? [{ ...one, hash: isAlike ? one.hash : null }] : [];
  });
}

/** Files that were there before are the app's, and no part of what a generator wrote. */
function definitionsOf({ phoenix: version, apart: own }: GeneratorRelease, call: string): WrittenDefinition[] {
  const request = { version, flags: [], names: storedApp, calls: [readCall(call)] };
  const before = source.projectAt(request);
  const { tree, written } = source.written(before, request, own);
  return writtenDefinitions(
    tree,
    [...written].filter((path) => !before.has(path)),
  );
}

/** The flags as a release has them: there was nothing but controllers before 1.7, and no flag that says so. Null where it has none of them. */
function flagsAt({ phoenix: version }: GeneratorRelease, variant: string): string | null {
  if (compareVersions(version, '1.7.0') >= 0) return variant;
  const rest = variant.replace('--no-live', '').trim();
  return rest.includes('--live') ? null : rest;
}
