import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, UpgradeProgress } from '../plan/plan.ts';
import { isOpen } from '../plan/sections.ts';
import type { SharedMemory, UpgradeMemory } from '../project/memory.ts';
import { settingsFile } from '../project/settings-file.ts';
import { keyOf, type StateDirectory, stateDirectory } from '../project/state-directory.ts';

/** Where the memory of one project's upgrade is kept, and what it holds; null while none was begun. */
export interface Remembered {
  readonly memory: UpgradeMemory | null;
  /** Replaces the memory, also in the settings where it stands there; null forgets it. Throws `write-failed`. */
  keep(memory: UpgradeMemory | null): Promise<void>;
}

/** The memory of a project's upgrade. What reads it is loaded only where there is one. Throws `bad-journal`, `bad-settings`. */
export async function rememberedOf(root: string, cache: string): Promise<Remembered> {
  const state = await stateDirectory(root, cache);
  const path = memoryPath(state);
  const own = existsSync(path) ? (await import('../project/memory.ts')).readMemoryFile(path) : null;
  let memory = withShared(own, await sharedMemory(root));
  return {
    get memory() {
      return memory;
    },
    keep: async (next) => {
      const { writeMemoryFile } = await import('../project/memory.ts');
      writeMemoryFile(state.path, path, next);
      if (memory?.shared || next?.shared) await share(root, next);
      memory = next;
    },
  };
}

/** What the settings say counts before what this clone noted when it last saw them. */
function withShared(own: UpgradeMemory | null, shared: SharedMemory | undefined): UpgradeMemory | null {
  if (shared === undefined) return own?.shared ? null : own;
  return { schema: 'phx-upgrade/upgrade@1', begunBy: 'start', applies: own?.applies ?? 0, ...shared, shared: true };
}

async function sharedMemory(root: string): Promise<SharedMemory | undefined> {
  if (!existsSync(join(root, settingsFile))) return undefined;
  return (await import('../project/settings.ts')).readSettings(root).upgrade;
}

/** Writes the settings where what all have in common has changed. */
async function share(root: string, memory: UpgradeMemory | null): Promise<void> {
  const { readSettings, writeSettings } = await import('../project/settings.ts');
  const { upgrade: before, ...settings } = readSettings(root);
  const upgrade = memory === null ? undefined : sharedPart(memory);
  if (JSON.stringify(before) !== JSON.stringify(upgrade)) writeSettings(root, { ...settings, upgrade });
}

function sharedPart({ origin, start, to, flags, steps, marks }: UpgradeMemory): SharedMemory {
  return { origin, start, to, flags, steps, marks };
}

/** A repository may hold several projects. */
function memoryPath({ path, project }: StateDirectory): string {
  return join(path, `upgrade-${keyOf(project)}.json`);
}

/** What to remember of an upgrade that begins with a plan. */
export function begunWith(plan: Plan, begunBy: UpgradeMemory['begunBy']): UpgradeMemory {
  return {
    schema: 'phx-upgrade/upgrade@1',
    begunBy,
    applies: 0,
    origin: plan.project.generatedBy.version,
    start: plan.from,
    to: plan.to,
    flags: plan.project.flags.map(({ flag }) => flag),
    steps: plan.steps.filter(isOpen).map(({ id }) => id),
    marks: {},
  };
}

/** How far an upgrade has come, by the plan that is left of it. */
export function progressOf({ origin, start, steps, marks }: UpgradeMemory, plan: Plan): UpgradeProgress {
  const open = new Set(plan.steps.filter(isOpen).map(({ id }) => id));
  const all = new Set([...steps, ...open]);
  const done = [...all].filter((id) => !open.has(id)).length;
  const marked = Object.entries(marks).map(([step, { as, why }]) => ({ step, as, why }));
  return { origin, start, done, of: all.size, marks: marked };
}

/** An upgrade without its last apply; null where that was what began it. */
function withoutLastApply(memory: UpgradeMemory): UpgradeMemory | null {
  return unlessEmpty({ ...memory, applies: Math.max(0, memory.applies - 1) });
}

/** Null for an upgrade that nobody began by name and of which nothing stands any more. */
function unlessEmpty(memory: UpgradeMemory): UpgradeMemory | null {
  const isEmpty = memory.applies === 0 && Object.keys(memory.marks).length === 0;
  return isEmpty && memory.begunBy === 'apply' ? null : memory;
}

/**
 * Remembers that steps are about to be applied; the first apply begins the upgrade. One with another target leads it on: to the next
 * leg, say.
 */
export async function withApply({
  remembered,
  plan,
}: {
  readonly remembered: Remembered;
  readonly plan: Plan;
}): Promise<void> {
  const known = remembered.memory ?? begunWith(plan, 'apply');
  await remembered.keep({ ...ledOn(known, plan), applies: known.applies + 1 });
}

function ledOn(known: UpgradeMemory, plan: Plan): UpgradeMemory {
  if (known.to === plan.to) return known;
  return { ...known, to: plan.to, steps: [...new Set([...known.steps, ...begunWith(plan, 'apply').steps])] };
}

/** Remembers what a person decided on a step, or with null forgets it; the first decision begins the upgrade. */
export async function withMark(
  { remembered, plan }: { readonly remembered: Remembered; readonly plan: Plan },
  step: string,
  mark: UpgradeMemory['marks'][string] | null,
): Promise<void> {
  const known = remembered.memory ?? begunWith(plan, 'apply');
  const { [step]: _, ...others } = known.marks;
  await remembered.keep(unlessEmpty({ ...known, marks: mark === null ? others : { ...others, [step]: mark } }));
}

/** Forgets the last apply, which was taken back. */
export async function takenBack(remembered: Remembered): Promise<void> {
  if (remembered.memory !== null) await remembered.keep(withoutLastApply(remembered.memory));
}
