import { UpgradeError } from '../../../src/errors/error.ts';
import type { Plan, Status, Step } from '../../../src/plan/plan.ts';
import type { Choice, Outcome, PlanWish, Recovery, WalkHost, WrittenDecision } from '../../../src/tui/host.ts';
import type { WalkProgress } from '../../../src/tui/progress.ts';

type Journal = { readonly call: string; readonly before: Plan };

/** A host whose project is a plan in memory: what is applied is done, what is undone is as before. */
export class MemoryHost implements WalkHost {
  plan: Plan;
  readonly calls: string[] = [];
  progress: WalkProgress | null = null;
  /** The next call fails with this: `explained` as an UpgradeError, `bug` as any other error. */
  failure: 'explained' | 'bug' | null = null;
  readonly #journal: Journal[] = [];
  readonly #files: Readonly<Record<string, readonly string[]>>;

  constructor(plan: Plan, files: Readonly<Record<string, readonly string[]>> = {}) {
    this.plan = plan;
    this.#files = files;
  }

  async replan(wish: PlanWish): Promise<Outcome> {
    this.#call(`replan ${JSON.stringify(wish)}`);
    this.plan = { ...this.plan, from: wish.from ?? this.plan.from, to: wish.to ?? this.plan.to };
    return this.#outcome('The plan was made anew.');
  }

  async recover(how: Recovery): Promise<Outcome> {
    this.#call(`recover ${how}`);
    return this.#outcome('All files are whole again.');
  }

  async apply(steps: readonly string[]): Promise<Outcome> {
    return this.#settle(`apply ${steps.join(' ')}`, steps, 'done', `Applied ${steps.join(', ')}.`);
  }

  async resolve(step: string, choices: readonly Choice[]): Promise<Outcome> {
    return this.#settle(`resolve ${step} ${choices.join(' ')}`, [step], 'done', `Settled ${step}.`);
  }

  async edit(step: string, path: string): Promise<Outcome> {
    return this.#settle(`edit ${step} ${path}`, [step], 'done', `Wrote ${path} as you edited it.`);
  }

  async undo(decision: WrittenDecision): Promise<Outcome> {
    this.#call(`undo ${decision.kind} ${decision.kind === 'apply' ? decision.steps.join(' ') : decision.step}`);
    const last = this.#journal.pop();
    if (!last) throw new UpgradeError('nothing-to-undo', { path: '.' });
    this.plan = last.before;
    return this.#outcome('Took it back.');
  }

  async skipForever(step: string, reason: string): Promise<Outcome> {
    return this.#settle(`skipForever ${step}: ${reason}`, [step], 'declined', `${step} is not offered again.`);
  }

  async markDone(step: string, why: string): Promise<Outcome> {
    return this.#settle(`markDone ${step}: ${why}`, [step], 'declined', `${step} is marked as done: ${why}.`);
  }

  async lines(path: string, from: number, to: number): Promise<readonly string[]> {
    return (this.#files[path] ?? []).slice(from - 1, to);
  }

  async run(command: string): Promise<number> {
    this.#call(`run ${command}`);
    return command.includes('test') ? 2 : 0;
  }

  async save(progress: WalkProgress): Promise<void> {
    this.progress = structuredClone(progress);
  }

  statusOf(id: string): Status | undefined {
    return this.plan.steps.find((step) => step.id === id)?.status;
  }

  #settle(call: string, ids: readonly string[], status: Status, message: string): Outcome {
    this.#call(call);
    this.#journal.push({ call, before: this.plan });
    const steps = this.plan.steps.map((step): Step => (ids.includes(step.id) ? { ...step, status } : step));
    this.plan = { ...this.plan, steps };
    return this.#outcome(message);
  }

  #outcome(message: string): Outcome {
    return { ok: true, message, plan: this.plan };
  }

  #call(call: string): void {
    this.calls.push(call);
    const { failure } = this;
    this.failure = null;
    if (failure === 'explained') throw new UpgradeError('changed-since-plan', { path: 'mix.exs' });
    if (failure === 'bug') throw new Error('a bug in the host');
  }
}
