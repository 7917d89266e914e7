import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localMachine } from '../../src/apply/local-machine.ts';
import { ProjectHost } from '../../src/cli/walk/host.ts';
import { openUpgrade } from '../../src/library/open.ts';
import { ownEnvironment } from '../../src/library/run-environment.ts';
import { isOpen } from '../../src/plan/sections.ts';
import type { WalkProgress } from '../../src/tui/progress.ts';
import { Session } from '../../src/tui/session.ts';
import { selectedStep, undecidedSteps } from '../../src/tui/state/list.ts';
import { startState } from '../../src/tui/state/start.ts';
import { frameLines } from '../../src/tui/view/frame.ts';
import { scratch } from '../support/pristine.ts';
import { bindery } from './bindery.ts';
import { committed, git } from './built.ts';

const size = { columns: 80, rows: 24 };
const look = { color: false, unicode: true };

/** Somebody who walks through a project by keys alone, and looks at each screen. */
class Walker {
  readonly session: Session;

  constructor(session: Session) {
    this.session = session;
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
    if (refusal.includes('r goes there')) return ['r'];
    const step = selectedStep(state);
    if (step === null || !isOpen(step)) return ['j'];
    if (step.status === 'pending') return ['a'];
    return step.status === 'needs-source' ? ['s'] : ['d', 'enter'];
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

test('by keys: everything is decided on, over two walks and a lock that moves between them', async () => {
  const project = committed('journey', bindery);
  const context = { machine: localMachine(), root: project, cache: scratch('cache') };
  let progress: WalkProgress | null = null;
  const walker = async (): Promise<Walker> => {
    const open = () => openUpgrade(project, { source: 'snapshots' }, ownEnvironment());
    const upgrade = await open();
    const host = new ProjectHost({
      upgrade,
      open,
      context,
      editor: 'false',
      progressFile: join(context.cache, 'walk'),
    });
    host.save = async (next) => {
      progress = next;
    };
    const interlude = <Value>(work: () => Promise<Value>) => work();
    return new Walker(new Session(startState(upgrade.plan, size, progress), host, interlude));
  };
  const first = await walker();
  const open = undecidedSteps(first.session.state).map(({ id }) => id);
  await first.press('enter', 'x');
  await first.decideUntil(Math.ceil(open.length / 2));
  await first.press('q');
  await first.session.ended;

  const path = join(project, 'mix.lock');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"1.6.16"', '"1.8.12"'));
  git(project, 'add', '--all');
  git(project, 'commit', '--quiet', '--message', 'Part of the way');

  const second = await walker();
  expect(second.session.state.plan).toMatchObject({ from: '1.6.16', to: '1.8.12' });
  await second.press('enter');
  await second.decideUntil(0);
  const { plan, decisions } = second.session.state;
  const marked = plan.upgrade?.marks.map(({ step }) => step) ?? [];
  const applied = decisions.flatMap((one) => (one.kind === 'apply' ? one.steps : []));
  const skipped = decisions.flatMap((one) => (one.kind === 'skip' ? [one.step] : []));
  // Nothing is forgotten: each step that was open is applied, done by hand, put off, or came along with another.
  const gone = new Set(plan.steps.filter(isOpen).map(({ id }) => id));
  expect(open.filter((id) => gone.has(id) && !skipped.includes(id))).toEqual([]);
  expect([applied.length > 5, marked.length > 0]).toEqual([true, true]);
  // The last decision is taken back, and made again.
  const { length } = decisions;
  await second.press('u');
  expect(second.session.state.decisions).toHaveLength(length - 1);
  await second.decideUntil(0);
  expect(second.session.state.decisions).toHaveLength(length);
}, 300_000);
