import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { migrationPaths } from '../findings/deployment/migration-rules.ts';
import type { IgnoreRules } from '../plan/ignore.ts';
import { planStart } from '../plan/input.ts';
import type { Plan } from '../plan/plan.ts';
import { SnapshotStore } from '../pristine/snapshots.ts';
import { defaultBranchFiles } from '../project/default-branch.ts';
import { diskTree } from '../project/disk-tree.ts';
import { locateProject } from '../project/locate.ts';
import type { UpgradeMemory } from '../project/memory.ts';
import type { Settings } from '../project/settings.ts';
import { settingsFile } from '../project/settings-file.ts';
import type { FileTree } from '../project/tree.ts';
import { topicById } from '../topics/catalogue.ts';
import type { Confirmed } from './confirmed.ts';
import { growth } from './growth.ts';
import { type LoadedProject, loadOnTheWay, loadTree } from './load.ts';
import { progressOf, type Remembered, rememberedOf } from './memory.ts';
import { type PlanOptions, planProject, spanOf } from './plan.ts';
import { cacheOf, type RunEnvironment } from './run-environment.ts';
import type { SourceChoice } from './sources.ts';
import { summaryOf } from './summary.ts';
import { TextSources } from './text-sources.ts';

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

/** What is known of an upgrade before it is planned. */
export type UpgradeSpan = Pick<Plan, 'project' | 'from' | 'to'>;

/** The versions of one leg; its changes are counted from `start`. */
export type LegSpan = Readonly<Record<'start' | 'from' | 'to', string>>;

/** One part of a stepwise upgrade: complete in itself. */
export type Leg = Pick<Upgrade, 'plan' | 'withoutText'>;

/** One project with all that is needed to plan it, now and again when its files have changed. */
export interface Upgrade {
  readonly loaded: LoadedProject;
  readonly settings: Settings;
  readonly remembered: Remembered;
  readonly plan: Plan;
  /** Why the plan does without generated text although it may have some; null when it has it, or none was wanted. */
  readonly withoutText: string | null;
  /** The plan for other files of the same project. */
  replan(tree: FileTree): { readonly loaded: LoadedProject; readonly plan: Plan };
  /** The plan of one leg of the way, for the files that the legs before leave, with the text of its own versions. */
  leg(tree: FileTree, span: LegSpan): Promise<Leg>;
  /** The plan for the files as they are on disk now. */
  reread(): Promise<{ readonly loaded: LoadedProject; readonly plan: Plan }>;
}

/**
 * Reads a project with its settings, looks for generated text, and plans; `found` is waited for in between. Throws what `locateProject`, `readProject`,
 * `readSettings`, `planProject` and, where a source was named, `obtainPair` throw.
 */
export async function openUpgrade(
  path: string,
  options: UpgradeOptions,
  environment: RunEnvironment,
  found: (found: UpgradeSpan) => Promise<void> = async () => undefined,
): Promise<Upgrade> {
  const root = locateProject(path);
  const sources = new TextSources(root, options, environment);
  sources.start();
  const settings = await settingsOf(root);
  const remembered = await rememberedOf(root, cacheOf(environment));
  const { memory } = remembered;
  const snapshots = new SnapshotStore();
  const confirmed = confirmedBy(options, settings, memory);
  const readKnown = (tree: FileTree) => loadTree(root, tree, { label: path, snapshots, confirmed });
  const { doing } = environment;
  doing?.('reading the project');
  const tree = await diskTree(root);
  doing?.('finding the version that it was generated with');
  const known = readKnown(tree);
  const wanted = options.to ?? memory?.to;
  const grow = await growth(known, wanted ?? 'latest', sources, environment.progress);
  const read = (tree: FileTree) => grow(readKnown(tree));
  const loaded = grow(known);
  const wish: PlanOptions = {
    from: options.from ?? settings.from ?? memory?.start,
    to: wanted,
    migrations: await migrationsOf(root, loaded, options.migrations ?? 'new'),
  };
  const { from, to } = spanOf(loaded, wish);
  await found({ project: summaryOf(loaded.project, loaded.detection), from, to });
  const start = planStart(loaded.detection, from);
  const { generated, reason } = await sources.between(loaded, { start, to });
  // What a person marked since counts at once.
  const planned = (of: LoadedProject): Plan => {
    const made = planProject(of, { ...wish, generated, doing, ignore: rulesOf(settings, remembered.memory) });
    doing?.(null);
    return remembered.memory === null ? made : { ...made, upgrade: progressOf(remembered.memory, made) };
  };
  const plan = planned(loaded);
  const replan: Upgrade['replan'] = (tree) => {
    const again = read(tree);
    return { loaded: again, plan: planned(again) };
  };
  const leg: Upgrade['leg'] = async (tree, span) => {
    const again = grow(loadOnTheWay(tree, loaded, { label: path, snapshots }));
    const texts = await sources.onTheWay(again, span);
    const ignore = rulesOf(settings, remembered.memory);
    doing?.(`planning ${span.from} → ${span.to}`);
    const made = planProject(again, { ...wish, ...span, generated: texts.generated, ignore });
    doing?.(null);
    return { plan: made, withoutText: texts.reason };
  };
  const reread = async () => replan(await diskTree(root));
  return { loaded, settings, remembered, plan, withoutText: reason, replan, leg, reread };
}

/** The settings of a project; what reads them is loaded only where there are any. */
export async function settingsOf(root: string): Promise<Settings> {
  if (!existsSync(join(root, settingsFile))) return {};
  const { readSettings } = await import('../project/settings.ts');
  return readSettings(root);
}

/**
 * What options and settings correct, and what was known when the upgrade began: files that it wrote since tell nothing of
 * where the project comes from. Options count first, the memory last.
 */
export function confirmedBy(
  { flags }: Pick<UpgradeOptions, 'flags'>,
  settings: Settings,
  memory: UpgradeMemory | null = null,
): Confirmed {
  const origin = settings.origin ?? memory?.origin ?? undefined;
  if (memory !== null && flags === undefined && settings.flags === undefined) {
    return { flags: memory.flags, origin, source: 'known since the upgrade began' };
  }
  return flags === undefined
    ? { flags: settings.flags, origin, source: settingsFile }
    : { flags, origin, source: 'given after --' };
}

/** The ignore rules of settings. Throws `unknown-topic`: a mistyped topic would be ignored in vain. */
function rulesOf({ ignore }: Settings, memory: UpgradeMemory | null): IgnoreRules | undefined {
  const marks = Object.entries(memory?.marks ?? {}).map(([step, { why }]) => [step, why] as const);
  if (ignore === undefined && marks.length === 0) return undefined;
  const unknown = Object.keys(ignore?.topics ?? {}).find((topic) => topicById(topic) === undefined);
  if (unknown !== undefined) throw new UpgradeError('unknown-topic', { topic: unknown });
  const map = (reasons: Readonly<Record<string, string>> | undefined) => new Map(Object.entries(reasons ?? {}));
  return {
    paths: map(ignore?.paths),
    addresses: map(ignore?.addresses),
    topics: map(ignore?.topics),
    steps: new Map([...marks, ...map(ignore?.steps)]),
  };
}

async function migrationsOf(
  root: string,
  { project }: LoadedProject,
  which: 'new' | 'all',
): Promise<readonly string[]> {
  const all = migrationPaths(project.tree.paths);
  if (which === 'all' || all.length === 0) return all;
  const folders = new Set(all.map((path) => path.slice(0, path.indexOf('/migrations/') + 1)));
  const known = await defaultBranchFiles(root, [...folders]);
  return known === null ? [] : all.filter((path) => !known.has(path));
}
