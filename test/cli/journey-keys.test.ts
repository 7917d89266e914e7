import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localMachine } from '../../src/apply/local-machine.ts';
import type { Machine } from '../../src/apply/machine.ts';
import { pending } from '../../src/apply/pending.ts';
import { ProjectHost } from '../../src/cli/walk/host.ts';
import { openUpgrade, type UpgradeOptions } from '../../src/library/open.ts';
import { ownEnvironment } from '../../src/library/run-environment.ts';
import type { Step } from '../../src/plan/plan.ts';
import { isOpen } from '../../src/plan/sections.ts';
import type { WalkProgress } from '../../src/tui/progress.ts';
import { Session } from '../../src/tui/session.ts';
import { selectedStep, undecidedSteps } from '../../src/tui/state/list.ts';
import { startState, unfinishedState } from '../../src/tui/state/start.ts';
import { frameLines } from '../../src/tui/view/frame.ts';
import { asDeadProcess, Killed, mortal } from '../apply/support/mortal.ts';
import { describePristine, pristineRoot, scratch } from '../support/pristine.ts';
import { bindery } from './bindery.ts';
import { committed, git } from './built.ts';
import { phxUpgrade } from './program.ts';

const size = { columns: 80, rows: 24 };
const look = { color: false, unicode: true };

/** Somebody who walks through a project by keys alone, and looks at each screen. */
class Walker {
  readonly session: Session;
  /** What is put off without a look. */
  readonly #later: (step: Step) => boolean;

  constructor(session: Session, later: (step: Step) => boolean) {
    this.session = session;
    this.#later = later;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) this.session.press(key);
    while (this.session.working) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(frameLines(this.session.state, look)).toHaveLength(size.rows);
  }

  /** The keys that decide on what is selected now: what cannot be applied is done by hand. */
  get keys(): readonly string[] {
    const { state } = this.session;
    if (state.prompt?.kind === 'confirm') return ['y'];
    const refusal = state.message?.kind === 'failed' ? state.message.text : '';
    // What waits for text that is not to be had here is put off with it.
    if (refusal.includes('needs-source')) return ['s'];
    // So is what needs a step that was put off.
    if (refusal.includes('r goes there')) return [this.#needsPutOff(refusal) ? 's' : 'r'];
    const step = selectedStep(state);
    if (step === null || !isOpen(step)) return ['j'];
    if (this.#later(step)) return ['s'];
    if (step.status === 'pending') return [step.risk === 'safe' && this.#goesTogether ? 'A' : 'a'];
    return step.status === 'needs-source' ? ['s'] : ['d', 'enter'];
  }

  #needsPutOff(refusal: string): boolean {
    const [, needed] = /^\S+: Needs (\S+) first|^Needs (\S+) first/.exec(refusal)?.filter(Boolean) ?? [];
    return this.session.state.decisions.some((one) => one.kind === 'skip' && one.step === needed);
  }

  /** Whether the last refusal was not that nothing safe is left. */
  get #goesTogether(): boolean {
    return !(this.session.state.message?.text ?? '').startsWith('Nothing safe');
  }

  /** Decides until no more than so many steps want a decision. */
  async decideUntil(left: number): Promise<void> {
    for (let turn = 0; turn < 200; turn += 1) {
      if (undecidedSteps(this.session.state).length <= left) return;
      await this.press(...this.keys);
    }
    const { state } = this.session;
    throw new Error(`No end is in sight: ${state.selected}: ${state.message?.text}`);
  }
}

/** The walks of one person through one project; each is a process of its own. */
class Walks {
  readonly project: string;
  readonly options: UpgradeOptions;
  readonly cache = scratch('cache');
  readonly #later: (step: Step) => boolean;
  #progress: WalkProgress | null = null;

  constructor(project: string, options: UpgradeOptions, later: (step: Step) => boolean = () => false) {
    [this.project, this.options, this.#later] = [project, options, later];
  }

  /** The first screen, as the program shows it. `red` says whether the project's commands fail now. */
  async begin(machine: Machine = localMachine(), red: () => boolean = () => false): Promise<Walker> {
    const { project, cache } = this;
    const open = () => openUpgrade(project, this.options, ownEnvironment());
    const upgrade = await open();
    const context = { machine, root: project, cache };
    const host = new ProjectHost({ upgrade, open, context, editor: 'false', progressFile: join(cache, 'walk') });
    host.save = async (next) => {
      this.#progress = next;
    };
    host.run = async () => (red() ? 1 : 0);
    const interlude = <Value>(work: () => Promise<Value>) => work();
    const first = startState(upgrade.plan, size, this.#progress);
    const stopped = await pending(context);
    const start = stopped ? unfinishedState(first, stopped.operation) : first;
    return new Walker(new Session(start, host, interlude), this.#later);
  }

  lock(version: string): void {
    const path = join(this.project, 'mix.lock');
    const lock = existsSync(path) ? readFileSync(path, 'utf8') : '%{\n}\n';
    const entry = `  "phoenix": {:hex, :phoenix, "${version}", "aa", [:mix], [], "hexpm", "bb"},\n`;
    writeFileSync(path, lock.replace(/^ +"phoenix": .*\n/m, '').replace('%{\n', `%{\n${entry}`));
  }

  /** What a command is told of them. */
  get words(): readonly string[] {
    return Object.entries(this.options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  }

  get changed(): string {
    return git(this.project, 'status', '--porcelain');
  }

  commit(message: string): void {
    git(this.project, 'add', '--all');
    git(this.project, 'commit', '--quiet', '--allow-empty', '--message', message);
  }
}

/** From the first screen to the end: a walk that is killed, a test that goes red, a lock that moves between two walks. */
async function journey(walks: Walks, newest: string): Promise<void> {
  const killed = await walks.begin(mortal(asDeadProcess(localMachine()), 12, () => undefined).machine);
  const open = undecidedSteps(killed.session.state).map(({ id }) => id);
  killed.session.press('enter');
  for (let at = 0; selectedStep(killed.session.state)?.status !== 'pending' && at < 40; at += 1)
    killed.session.press('j');
  killed.session.press('a');
  killed.session.press('y');
  await expect(killed.session.ended).rejects.toBeInstanceOf(Killed);

  let isRed = false;
  const first = await walks.begin(localMachine(), () => isRed);
  expect(first.session.state.prompt).toMatchObject({ kind: 'menu' });
  await first.press('down', 'enter');
  expect([walks.changed, first.session.state.prompt]).toEqual(['', null]);

  await first.press('enter', 'x');
  await first.decideUntil(open.length - 1);
  const kept = walks.changed;
  const { length } = first.session.state.decisions;
  while (first.session.state.decisions.length === length) await first.press(...first.keys);
  isRed = true;
  await first.press('E', 'enter', 'y');
  expect(first.session.state.message).toMatchObject({ kind: 'failed' });
  await first.press('u');
  isRed = false;
  expect([walks.changed, first.session.state.decisions.length]).toEqual([kept, length]);

  await first.decideUntil(Math.ceil(open.length / 2));
  await first.press('q');
  await first.session.ended;
  const { from } = first.session.state.plan;
  walks.lock(newest);
  walks.commit('Part of the way');

  const second = await walks.begin();
  expect(second.session.state.plan).toMatchObject({ from, to: newest });
  await second.press('enter');
  await second.decideUntil(0);
  const { plan, decisions } = second.session.state;
  const marked = plan.upgrade?.marks.map(({ step }) => step) ?? [];
  const applied = decisions.flatMap((one) => (one.kind === 'apply' ? one.steps : []));
  const skipped = decisions.flatMap((one) => (one.kind === 'skip' ? [one.step] : []));
  // Nothing is forgotten: each step that was open is applied, done by hand, put off, or came along with another.
  const stillOpen = plan.steps.filter(isOpen).map(({ id }) => id);
  expect(stillOpen.filter((id) => !skipped.includes(id))).toEqual([]);
  expect([applied.length > 5, marked.length > 0]).toEqual([true, true]);
  // The last decision is taken back, and made again.
  await second.press('u');
  expect(second.session.state.decisions).toHaveLength(decisions.length - 1);
  await second.decideUntil(0);
  expect(second.session.state.decisions).toHaveLength(decisions.length);
  await second.press('q');
  await second.session.ended;

  const finished = await phxUpgrade(['upgrade', 'finish', ...walks.words], walks.project);
  expect(finished.stdout).toMatch(/^Finished: \d+ of \d+ steps are done/);
}

test('by keys: an app on 1.6 with work of its own', async () => {
  await journey(new Walks(committed('journey', bindery), { source: 'snapshots' }), '1.8.12');
}, 300_000);

describePristine('with generated text', () => {
  test('by keys: a live app on 1.5', async () => {
    const [pack, project] = [scratch('pack'), scratch('live')];
    for (const [version, variant] of [
      ['1.5.14', 'live'],
      ['1.8.12', 'default'],
    ] as const) {
      cpSync(join(pristineRoot(), 'pristine', version, variant), join(pack, version, variant), { recursive: true });
    }
    cpSync(join(pack, '1.5.14', 'live'), project, { recursive: true });
    git(project, 'init', '--quiet', '--template=');
    // What is about looks alone is put off, which asks for no plan.
    const walks = new Walks(project, { source: 'pack', pack }, ({ need }) => need === 'cosmetic');
    walks.lock('1.5.14');
    walks.commit('As it was');
    await journey(walks, '1.8.12');
  }, 600_000);
});
