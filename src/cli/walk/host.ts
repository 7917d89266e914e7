import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { applyChanges, inspectChanges } from '../../apply/apply.ts';
import type { ApplyContext } from '../../apply/machine.ts';
import { undo } from '../../apply/recover.ts';
import { parse } from '../../elixir/parse.ts';
import { undoneChange } from '../../library/apply.ts';
import type { Upgrade } from '../../library/open.ts';
import type { FileChange, StepChange } from '../../merge/change-set.ts';
import { performAll } from '../../merge/perform.ts';
import { stepChanges } from '../../merge/step-changes.ts';
import { Workspace } from '../../merge/workspace.ts';
import type { Step } from '../../plan/plan.ts';
import type { Choice, Outcome, PlanWish, WalkHost } from '../../tui/host.ts';
import type { WalkProgress } from '../../tui/progress.ts';
import { editedText, runInTerminal } from './editor.ts';
import { ignoreStep, offerStep } from './settings.ts';

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
  /** Files that this walk wrote: their uncommitted changes are its own. */
  readonly #own = new Set<string>();
  /** Step that was last kept as it is; null when the last deed wrote files. */
  #kept: string | null = null;

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.#upgrade = parts.upgrade;
  }

  async replan(wish: PlanWish): Promise<Outcome> {
    this.#wish = { ...this.#wish, ...wish };
    return this.#reopened('');
  }

  async apply(steps: readonly string[]): Promise<Outcome> {
    const { changes, refused } = stepChanges(
      this.#workspace(),
      steps.map((id) => this.#step(id)),
    );
    const [first] = refused;
    if (first) return this.#refused(`${first.step} could not be carried out: ${first.reason}.`);
    return this.#write(changes, `Applied ${steps.join(', ')}.`);
  }

  async resolve(id: string, choices: readonly Choice[]): Promise<Outcome> {
    const step = this.#step(id);
    if (choices.every((choice) => choice === 'yours')) {
      const outcome = await this.skipForever(id, 'kept as it is');
      this.#kept = id;
      return outcome;
    }
    const takes = step.conflicts.filter((_, index) => choices[index] === 'target').map(({ take }) => take);
    if (takes.length === 0 || takes.includes(null)) {
      return this.#refused('The generated text cannot be put there by itself: edit the file, or keep yours.');
    }
    const before = this.#workspace();
    const after = performAll(
      before,
      takes.flatMap((take) => take ?? []),
    );
    if ('reason' in after) return this.#refused(after.reason);
    return this.#write([{ step: id, files: after.changesSince(before) }], `Settled ${id}.`);
  }

  async edit(id: string, path: string): Promise<Outcome> {
    const { tree } = this.#upgrade.loaded.project;
    const proposed = stepChanges(this.#workspace(), [{ ...this.#step(id), after: [] }]).workspace.text(path);
    const text = await editedText(this.#parts.editor, path, proposed ?? tree.read(path) ?? '');
    if (text === null) return this.#refused('The editor gave up, so nothing was written.');
    if (text === tree.read(path)) return this.#refused('The file is as it was.');
    const [problem] = /\.exs?$/.test(path) ? parse(text).problems : [];
    if (problem) return this.#refused(`Line ${problem.line} does not parse, so nothing was written.`);
    const before = tree.bytes(path) ?? null;
    const executable = tree.has(path) && tree.executable(path);
    const file: FileChange = { path, before, after: Buffer.from(text), executable };
    return this.#write([{ step: id, files: [file] }], `Wrote ${path}.`);
  }

  async undo(): Promise<Outcome> {
    if (this.#kept !== null) return this.unskip(this.#kept);
    const { files } = await undo(this.#parts.context, { force: false });
    return this.#reread(`Restored ${files.join(', ')}.`);
  }

  async skipForever(step: string, reason: string): Promise<Outcome> {
    const { loaded, settings } = this.#upgrade;
    ignoreStep(loaded.root, settings, step, reason);
    return this.#reopened(`${step} is left out from now on.`);
  }

  async unskip(step: string): Promise<Outcome> {
    const { loaded, settings } = this.#upgrade;
    offerStep(loaded.root, settings, step);
    this.#kept = null;
    return this.#reopened(`${step} is offered again.`);
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

  /** Writes changes, with a copy of no file but those that others left uncommitted: such files are refused. */
  async #write(changes: readonly StepChange[], message: string): Promise<Outcome> {
    const { context } = this.#parts;
    const steps = changes.map(({ step }) => this.#step(step)).filter(({ status }) => status === 'pending');
    const dirty = await inspectChanges(context, changes, { allowDirty: true, conflicts: [], commit: null });
    const { written, deleted } = await applyChanges(context, changes, {
      allowDirty: dirty.every((path) => this.#own.has(path)),
      conflicts: [],
      commit: null,
      verify: async () => undoneChange(steps, this.#upgrade.reread().plan),
    });
    for (const path of [...written, ...deleted]) this.#own.add(path);
    this.#kept = null;
    return this.#reread(message);
  }

  /** The same versions and settings, for the files as they are now. */
  #reread(message: string): Outcome {
    this.#upgrade = { ...this.#upgrade, ...this.#upgrade.reread() };
    return { ok: true, message, plan: this.#upgrade.plan };
  }

  async #reopened(message: string): Promise<Outcome> {
    this.#upgrade = await this.#parts.open(this.#wish);
    return { ok: true, message, plan: this.#upgrade.plan };
  }
}
