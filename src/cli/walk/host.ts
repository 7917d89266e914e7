import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { applyChanges } from '../../apply/apply.ts';
import { findsOwnWorkAlone, lastApplied } from '../../apply/finished.ts';
import type { ApplyContext } from '../../apply/machine.ts';
import { undo } from '../../apply/recover.ts';
import { parse } from '../../elixir/parse.ts';
import { UpgradeError } from '../../errors/error.ts';
import { undoneChange, untakenValue } from '../../library/apply.ts';
import { takenBack, withMark } from '../../library/memory.ts';
import type { Upgrade } from '../../library/open.ts';
import { recovered } from '../../library/recovered.ts';
import { remembering } from '../../library/remembering.ts';
import type { FileChange, StepChange } from '../../merge/change-set.ts';
import { holdingChanges } from '../../merge/holding-changes.ts';
import { performStep } from '../../merge/layout.ts';
import { stepChanges } from '../../merge/step-changes.ts';
import { Workspace } from '../../merge/workspace.ts';
import type { Conflict, Plan, Step } from '../../plan/plan.ts';
import { count, needsPerson } from '../../plan/sections.ts';
import { settingsFile } from '../../project/settings-file.ts';
import { ownPrefixes } from '../../symbols/resolve.ts';
import type { Choice, Outcome, PlanWish, Recovery, WalkHost, WrittenDecision } from '../../tui/host.ts';
import type { WalkProgress } from '../../tui/progress.ts';
import { editedText, runInTerminal } from './editor.ts';
import { ignoreStep, offerStep, type SettingsWrite } from './settings.ts';

/** What a walk through one project works with. */
export interface HostParts {
  readonly upgrade: Upgrade;
  /** Reads the project and its settings again. */
  open(wish: PlanWish): Promise<Upgrade>;
  readonly context: ApplyContext;
  /** Command line of the user's editor. */
  readonly editor: string;
  readonly progressFile: string;
}

/** Carries out what a person decides during a walk, with the same functions as the commands. */
export class ProjectHost implements WalkHost {
  readonly #parts: HostParts;
  #upgrade: Upgrade;
  #wish: PlanWish = {};
  /** What was written to the settings for a step, to be taken back byte for byte. */
  readonly #settings = new Map<string, SettingsWrite>();
  /** What came back from the editor and could not be written, by step and path. */
  readonly #drafts = new Map<string, string>();

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.#upgrade = parts.upgrade;
  }

  async replan(wish: PlanWish): Promise<Outcome> {
    this.#wish = { ...this.#wish, ...wish };
    return this.#reopened('');
  }

  async recover(how: Recovery): Promise<Outcome> {
    const { files } = await recovered(this.#parts.context, how);
    return this.#reopened(
      how === 'finish' ? `Finished: ${count(files.length, 'file')}.` : `Restored ${files.join(', ')}.`,
    );
  }

  async apply(steps: readonly string[]): Promise<Outcome> {
    const { changes, refused } = holdingChanges(
      this.#workspace(),
      steps.map((id) => this.#step(id)),
      ownPrefixes(this.#upgrade.loaded.project.names),
    );
    const [first] = refused;
    if (first) return this.#refused(`${first.step} could not be carried out: ${first.reason}.`);
    const pending = steps.map((id) => this.#step(id)).filter(({ status }) => status === 'pending');
    return this.#write(changes, `Applied ${steps.join(', ')}.`, (plan) => undoneChange(pending, plan));
  }

  async resolve(id: string, choices: readonly Choice[]): Promise<Outcome> {
    const taken = this.#step(id).conflicts.filter((_, index) => choices[index] === 'target');
    if (taken.some(({ take }) => take === null) || (taken.length === 0 && choices.includes('target'))) {
      return this.#refused('The generated text cannot be put there by itself: edit the file, or keep yours.');
    }
    const outcome = taken.length === 0 ? null : await this.#take(id, taken);
    const isDone = outcome !== null && !this.#upgrade.plan.steps.some((step) => step.id === id && needsPerson(step));
    if (outcome !== null && (isDone || !outcome.ok || !choices.includes('yours'))) return outcome;
    return this.#ignore(id, 'kept as it is', `Settled ${id}: what you kept is in ${settingsFile}.`);
  }

  async edit(id: string, path: string): Promise<Outcome> {
    const { tree } = this.#upgrade.loaded.project;
    const key = `${id} ${path}`;
    const proposed = stepChanges(this.#workspace(), [{ ...this.#step(id), after: [] }]).workspace.text(path);
    const shown = this.#drafts.get(key) ?? proposed ?? tree.read(path) ?? '';
    const edited = await editedText(this.#parts.editor, path, shown);
    if ('reason' in edited) return this.#refused(`${edited.reason}. Nothing was written.`);
    const { text } = edited;
    if (text === tree.read(path)) return this.#refused('The file is as it was.');
    this.#drafts.set(key, text);
    const [problem] = /\.exs?$/.test(path) ? parse(text).problems : [];
    if (problem) {
      return this.#refused(`Line ${problem.line} does not parse, so nothing was written. e opens your text again.`);
    }
    const before = tree.bytes(path) ?? null;
    const executable = tree.has(path) && tree.executable(path);
    const file: FileChange = { path, before, after: Buffer.from(text), executable };
    const outcome = await this.#write([{ step: id, files: [file] }], `Wrote ${path}.`);
    this.#drafts.delete(key);
    return outcome;
  }

  async undo(decision: WrittenDecision): Promise<Outcome> {
    if (decision.kind === 'mark') {
      await withMark(this.#upgrade, decision.step, null);
      return this.#reread(`${decision.step} is open again.`);
    }
    const restored = hasWrittenFiles(decision) ? await this.#restored(decidedOn(decision)) : [];
    if (restored === null) {
      return this.#refused('The last apply in this project was another one: phx-upgrade undo takes that back.');
    }
    const message = restored.length === 0 ? '' : `Restored ${restored.join(', ')}.`;
    const [kept = ''] = decidedOn(decision).filter((id) => this.#upgrade.settings.ignore?.steps?.[id] !== undefined);
    return kept === '' ? this.#reread(message) : this.#offer(kept, message || `${kept} is offered again.`);
  }

  skipForever(step: string, reason: string): Promise<Outcome> {
    return this.#ignore(step, reason, `${step} is left out from now on.`);
  }

  async markDone(step: string, why: string): Promise<Outcome> {
    await withMark(this.#upgrade, step, { as: 'done', why });
    return this.#reread(`${step} is marked as done: ${why}.`);
  }

  async lines(path: string, from: number, to: number): Promise<readonly string[]> {
    const text = this.#upgrade.loaded.project.tree.read(path);
    if (!text) return [];
    return text
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
      .slice(from - 1, to);
  }

  run(command: string): Promise<number> {
    return runInTerminal(command, [], this.#upgrade.loaded.root);
  }

  async save(progress: WalkProgress): Promise<void> {
    const { progressFile } = this.#parts;
    mkdirSync(dirname(progressFile), { recursive: true });
    writeFileSync(progressFile, JSON.stringify(progress));
  }

  #workspace(): Workspace {
    return new Workspace(this.#upgrade.loaded.project.tree);
  }

  #step(id: string): Step {
    const step = this.#upgrade.plan.steps.find((one) => one.id === id);
    if (step === undefined) throw new Error(`The walk named a step that its plan does not have: ${id}.`);
    return step;
  }

  #refused(message: string): Outcome {
    return { ok: false, message, plan: this.#upgrade.plan };
  }

  /** Takes the target's side of some of a step's conflicts. */
  #take(id: string, conflicts: readonly Conflict[]): Promise<Outcome> | Outcome {
    const before = this.#workspace();
    const after = performStep(
      before,
      conflicts.flatMap(({ take }) => take ?? []),
    );
    if ('reason' in after) return this.#refused(after.reason);
    return this.#write([{ step: id, files: after.changesSince(before) }], `Settled ${id}.`, (plan) => {
      return untakenValue(conflicts, plan);
    });
  }

  /**
   * Writes changes. Files with uncommitted changes that no apply left there are refused. `complaint` says by the plan
   * made afterwards what is not as it should be, and everything is put back.
   */
  async #write(
    changes: readonly StepChange[],
    message: string,
    complaint: (afterwards: Plan) => string | null = () => null,
  ): Promise<Outcome> {
    if (changes.every(({ files }) => files.length === 0)) return this.#refused('There is nothing to write for it.');
    try {
      return this.#reread(message, await this.#applied(changes, complaint));
    } catch (error) {
      return this.#caughtUp(error);
    }
  }

  /** Nothing is written between the last check and what is shown: one reading of the project serves both. */
  async #applied(changes: readonly StepChange[], complaint: (afterwards: Plan) => string | null) {
    const { context } = this.#parts;
    const allowDirty = await findsOwnWorkAlone(context, changes);
    let afterwards: Awaited<ReturnType<Upgrade['reread']>> | undefined;
    await remembering(this.#upgrade, true, () =>
      applyChanges(context, changes, {
        allowDirty,
        conflicts: [],
        commit: null,
        verify: async () => {
          afterwards = await this.#upgrade.reread();
          return complaint(afterwards.plan);
        },
      }),
    );
    return afterwards;
  }

  /** Reads the project again where somebody changed it behind the walk's back; nothing was written then. */
  async #caughtUp(error: unknown): Promise<Outcome> {
    if (!(error instanceof UpgradeError) || error.code !== 'changed-since-plan') throw error;
    const { plan } = await this.#reread('');
    return {
      ok: false,
      message: `${error.message} Nothing was written, and the plan is made anew: decide again.`,
      plan,
    };
  }

  /** Takes back the apply of these steps; null when it is not the last one in this project. */
  async #restored(steps: readonly string[]): Promise<readonly string[] | null> {
    const { context } = this.#parts;
    const last = await lastApplied(context);
    if (last === null || !last.every((step) => steps.includes(step))) return null;
    const { files } = await undo(context, { force: false });
    await takenBack(this.#upgrade.remembered);
    return files;
  }

  #ignore(step: string, reason: string, message: string): Promise<Outcome> {
    this.#settings.set(step, ignoreStep(this.#upgrade.loaded.root, step, reason));
    return this.#reopened(message);
  }

  #offer(step: string, message: string): Promise<Outcome> {
    offerStep(this.#upgrade.loaded.root, step, this.#settings.get(step) ?? null);
    this.#settings.delete(step);
    return this.#reopened(message);
  }

  /** The same versions and settings, for the files as they are now. */
  async #reread(message: string, now?: Awaited<ReturnType<Upgrade['reread']>>): Promise<Outcome> {
    this.#upgrade = { ...this.#upgrade, ...(now ?? (await this.#upgrade.reread())) };
    return { ok: true, message, plan: this.#upgrade.plan };
  }

  async #reopened(message: string): Promise<Outcome> {
    this.#upgrade = await this.#parts.open(this.#wish);
    return { ok: true, message, plan: this.#upgrade.plan };
  }
}

function hasWrittenFiles(decision: WrittenDecision): boolean {
  return decision.kind === 'resolve' ? decision.choices.includes('target') : decision.kind !== 'skip-forever';
}

function decidedOn(decision: WrittenDecision): readonly string[] {
  return decision.kind === 'apply' ? decision.steps : [decision.step];
}
