import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrationPaths } from '../deploy/migration-rows.ts';
import { UpgradeError } from '../errors/error.ts';
import type { IgnoreRules } from '../plan/ignore.ts';
import type { Plan } from '../plan/plan.ts';
import { topicById } from '../plan/topics/catalogue.ts';
import { SnapshotStore } from '../pristine/snapshots.ts';
import type { PristineSource } from '../pristine/source.ts';
import { isStable } from '../pristine/versions.ts';
import { diskTree } from '../project/disk-tree.ts';
import { locateProject } from '../project/locate.ts';
import { filesSince } from '../project/new-files.ts';
import type { Settings } from '../project/settings.ts';
import { settingsFile } from '../project/settings-file.ts';
import type { FileTree } from '../project/tree.ts';
import type { Confirmed } from './confirmed.ts';
import type { GeneratedTexts } from './generated-texts.ts';
import { type LoadedProject, loadTree } from './load.ts';
import { type PlanOptions, planProject, spanOf } from './plan.ts';
import type { SourceChoice } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

/** What an upgrade is planned with. */
export interface UpgradeOptions extends SourceChoice {
  /** Version the plan starts from: the locked one when left out. */
  readonly from?: string | undefined;
  /** A version, a minor like `1.8`, or `latest`, which it is when left out. */
  readonly to?: string | undefined;
  /** Generator flags as `mix phx.new` spells them, in place of those that are detected. */
  readonly flags?: readonly string[] | undefined;
  /** Which migrations to look at: those that the default branch does not have yet, or all. */
  readonly migrations?: 'new' | 'all' | undefined;
}

/** One project with all that is needed to plan it, now and again when its files have changed. */
export interface Upgrade {
  readonly loaded: LoadedProject;
  readonly settings: Settings;
  readonly plan: Plan;
  /** Why the plan does without generated text although it may have some; null when it has it, or none was wanted. */
  readonly withoutText: string | null;
  /** The plan for other files of the same project, or from and to other versions. */
  replan(
    tree: FileTree,
    span?: Pick<PlanOptions, 'from' | 'to'>,
  ): { readonly loaded: LoadedProject; readonly plan: Plan };
  /** The plan for the files as they are on disk now. */
  reread(): { readonly loaded: LoadedProject; readonly plan: Plan };
}

/**
 * Reads a project with its settings, looks for generated text, and plans. Throws what `locateProject`, `readProject`,
 * `readSettings`, `planProject` and, where a source was named, `obtainPair` throw.
 */
export async function openUpgrade(path: string, options: UpgradeOptions, surroundings: Surroundings): Promise<Upgrade> {
  const root = locateProject(path);
  const sources = startSources(root, options, surroundings);
  const settings = await settingsOf(root);
  const snapshots = new SnapshotStore();
  const confirmed = confirmedBy(options, settings);
  const readKnown = (tree: FileTree) => loadTree(root, tree, { label: path, snapshots, confirmed });
  const known = readKnown(diskTree(root));
  const grow = await growth(known, options, sources);
  const read = (tree: FileTree) => grow(readKnown(tree));
  const loaded = grow(known);
  const wish: PlanOptions = {
    from: options.from ?? settings.from,
    to: options.to,
    ignore: rulesOf(settings),
    migrations: migrationsOf(root, loaded, options.migrations ?? 'new'),
  };
  const { generated, reason } = await textsFor(loaded, { wish, options, surroundings, sources });
  const replan: Upgrade['replan'] = (tree, span = {}) => {
    const again = read(tree);
    // Text of other versions than asked for is of no use.
    const texts = span.from === undefined && span.to === undefined ? generated : undefined;
    return { loaded: again, plan: planProject(again, { ...wish, ...span, generated: texts }) };
  };
  const plan = planProject(loaded, { ...wish, generated });
  return { loaded, settings, plan, withoutText: reason, replan, reread: () => replan(diskTree(root)) };
}

/** The settings of a project; what reads them is loaded only where there are any. */
export async function settingsOf(root: string): Promise<Settings> {
  if (!existsSync(join(root, settingsFile))) return {};
  const { readSettings } = await import('../project/settings.ts');
  return readSettings(root);
}

/** What options and settings correct; options count first. */
export function confirmedBy({ flags }: Pick<UpgradeOptions, 'flags'>, settings: Settings): Confirmed {
  const { origin } = settings;
  return flags === undefined
    ? { flags: settings.flags, origin, source: settingsFile }
    : { flags, origin, source: 'given after --' };
}

/** The ignore rules of settings. Throws `unknown-topic`: a mistyped topic would be ignored in vain. */
function rulesOf({ ignore }: Settings): IgnoreRules | undefined {
  if (ignore === undefined) return undefined;
  const unknown = Object.keys(ignore.topics ?? {}).find((topic) => topicById(topic) === undefined);
  if (unknown !== undefined) throw new UpgradeError('unknown-topic', { topic: unknown });
  const map = (reasons: Readonly<Record<string, string>> | undefined) => new Map(Object.entries(reasons ?? {}));
  return {
    paths: map(ignore.paths),
    addresses: map(ignore.addresses),
    topics: map(ignore.topics),
    steps: map(ignore.steps),
  };
}

function migrationsOf(root: string, { project }: LoadedProject, which: 'new' | 'all'): readonly string[] {
  const all = migrationPaths(project.tree.paths);
  if (which === 'all' || all.length === 0) return all;
  const added = filesSince(root, '**/migrations/**');
  return added === null ? [] : all.filter((path) => added.has(path));
}

interface Wanted {
  readonly wish: PlanOptions;
  readonly options: SourceChoice;
  readonly surroundings: Surroundings;
  readonly sources: Promise<readonly PristineSource[]> | null;
}

/**
 * Opens the sources that are wanted while the project is read: asking which Elixir there is takes as long. Null where no
 * text is wanted: what starts processes is then not even loaded.
 */
function startSources(root: string, options: SourceChoice, surroundings: Surroundings): Wanted['sources'] {
  if (options.source === 'snapshots') return null;
  const packages = [join(root, 'deps', 'phoenix')];
  const opened = import('./sources.ts').then(({ openSources }) => openSources(options, surroundings, packages));
  // Whoever waits for it hears of a failure; where reading fails first, nobody waits.
  opened.catch(() => undefined);
  return opened;
}

/**
 * Makes a target known that the snapshots do not have, from what a source generates for it. Where no source has it,
 * and none was named, planning says that it is unknown.
 */
async function growth(
  loaded: LoadedProject,
  options: UpgradeOptions,
  sources: Wanted['sources'],
): Promise<(loaded: LoadedProject) => LoadedProject> {
  const { to } = options;
  const isNew = to !== undefined && isStable(to) && loaded.detection.history.indexOf(to) === -1;
  if (!isNew || sources === null) return (same) => same;
  const { newerVersion, withVersion } = await import('./newer-version.ts');
  const opened = await sources;
  try {
    const added = await newerVersion(loaded, to, opened);
    return (one) => withVersion(one, added);
  } catch (error) {
    if (isNamed(options) || !isUnobtained(error)) throw error;
    return (same) => same;
  }
}

/** Generated text, or the reason why there is none; a source that was named must have it. */
async function textsFor(
  loaded: LoadedProject,
  { wish, options, surroundings, sources }: Wanted,
): Promise<{ generated?: GeneratedTexts; reason: string | null }> {
  if (sources === null) return { reason: null };
  const { generatedTexts } = await import('./generated-texts.ts');
  const opened = await sources;
  try {
    const search = { ...spanOf(loaded, wish), sources: opened, path: surroundings.env.PATH };
    return { generated: await generatedTexts(loaded, search), reason: null };
  } catch (error) {
    if (isNamed(options) || !isUnobtained(error)) throw error;
    return { reason: error.message };
  }
}

/** Whether the user named a source: it must then have what is asked for. */
function isNamed({ pack, source }: SourceChoice): boolean {
  return pack !== undefined || (source ?? 'auto') !== 'auto';
}

function isUnobtained(error: unknown): error is UpgradeError {
  return error instanceof UpgradeError && error.exit === 3 && error.code !== 'interrupted';
}
