import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readUnfinished } from '../../src/apply/journal.ts';
import { localDisk } from '../../src/apply/local-disk.ts';
import type { Worktree } from '../../src/apply/worktree.ts';
import { UpgradeError } from '../../src/errors/error.ts';
import { projectFacts } from '../../src/facts/extract/project.ts';
import { BuildFiles } from '../../src/findings/build-files.ts';
import { findingContext } from '../../src/findings/context.ts';
import { findAll } from '../../src/findings/find.ts';
import { loadTree } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { sampleNames } from '../../src/pristine/naming.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import { decodePack } from '../../src/pristine/sources/pack/pack-decode.ts';
import { encodePack } from '../../src/pristine/sources/pack/pack-encode.ts';
import { PackRefusal } from '../../src/pristine/sources/pack/pack-format.ts';
import { readProject } from '../../src/project/project.ts';
import { parseSettings } from '../../src/project/settings.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';
import { readTree } from '../support/pristine.ts';
import { mutated, mutations } from './mutations.ts';

/** Something that takes bytes from outside; it returns, or throws what it is allowed to. */
export interface Target {
  readonly name: string;
  readonly original: Uint8Array;
  readonly take: (bytes: Uint8Array) => void;
}

const shop = readTree(join(import.meta.dirname, '../../fixtures/projects/shop'));
const snapshots = new SnapshotStore();
const loading = { label: '.', snapshots, confirmed: {} };

function shopWith(path: string, bytes: Uint8Array): FileTree {
  const files = shop.paths.map((one) => [one, { bytes: shop.bytes(one) ?? new Uint8Array() }] as const);
  return memoryTree(new Map([...files, [path, { bytes }]]));
}

/** Everything that reads a project, short of comparing it with the history. */
function read(tree: FileTree): void {
  const project = readProject(tree);
  const facts = projectFacts(project);
  const target = {
    elixir: '1.15',
    otp: '25',
    debian: 'trixie',
    liveView: '~> 1.1.0',
    scripts: '/assets/js',
    styles: '/assets/css/app.css',
    profile: 'atelier',
  };
  const given = { build: new BuildFiles(project.sources), facts, target, migrations: [] };
  findAll(findingContext(project, given), { from: '1.6.0', to: '1.8.12' }, []);
}

const projectFiles = [
  'mix.exs',
  'mix.lock',
  'config/config.exs',
  'config/runtime.exs',
  'Dockerfile',
  'fly.toml',
  '.github/workflows/ci.yml',
  '.dockerignore',
  'rel/overlays/bin/migrate',
  'lib/shop/application.ex',
  'lib/shop_web/endpoint.ex',
  'lib/shop_web/router.ex',
  'lib/shop_web/templates/layout/root.html.heex',
];

const readers: readonly Target[] = projectFiles.map((path) => ({
  name: path,
  original: shop.bytes(path) ?? new Uint8Array(),
  take: (bytes) => read(shopWith(path, bytes)),
}));

const plans: readonly Target[] = projectFiles.map((path) => ({
  name: `a plan with ${path}`,
  original: shop.bytes(path) ?? new Uint8Array(),
  take: (bytes) => void planProject(loadTree('.', shopWith(path, bytes), loading), { to: '1.8.12' }),
}));

const settings = Buffer.from(
  JSON.stringify(
    { from: '1.6.0', flags: ['--no-mailer'], ignore: { paths: { 'config/**': 'kept by hand' } } },
    null,
    2,
  ),
);

const pack = encodePack([
  { version: '1.7.10', flags: [], part: 'project', names: sampleNames([]), toolchain: 'none', tree: shop },
]);

const journal = readFileSync(join(import.meta.dirname, 'journal.json'));

function readJournalOf(bytes: Uint8Array): void {
  const disk = {
    ...localDisk,
    look: () => ({ kind: 'file', mode: 0o644, writable: true }) as const,
    read: () => bytes,
  };
  const worktree = { machine: { disk }, journals: '/journals', prefix: '' } as unknown as Worktree;
  readUnfinished(worktree);
}

const others: readonly Target[] = [
  { name: '.phx-upgrade.json', original: settings, take: (bytes) => void parseSettings(Buffer.from(bytes).toString()) },
  { name: 'a pack', original: pack, take: (bytes) => void decodePack(bytes) },
  { name: 'a journal', original: journal, take: readJournalOf },
];

/** One target with the bytes it gets. Whole plans take longest and come one time in ten. */
export const cases = fc
  .record({
    target: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...readers) },
      { weight: 3, arbitrary: fc.constantFrom(...others) },
      { weight: 1, arbitrary: fc.constantFrom(...plans) },
    ),
    changes: mutations,
  })
  .map(({ target, changes }) => ({ target, bytes: mutated(target.original, changes) }));

/** Throws whatever the target was not allowed to throw. */
export function withstand({ target, bytes }: { readonly target: Target; readonly bytes: Uint8Array }): void {
  try {
    target.take(bytes);
  } catch (error) {
    if (error instanceof UpgradeError || error instanceof PackRefusal) return;
    throw new Error(`${target.name} threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
