import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localMachine } from '../../src/apply/local-machine.ts';
import { applySteps } from '../../src/library/apply.ts';
import { withMark } from '../../src/library/memory.ts';
import { openUpgrade, type Upgrade, type UpgradeOptions } from '../../src/library/open.ts';
import { asDeadProcess, mortal } from '../apply/support/mortal.ts';
import { describePristine, pristineRoot, scratch } from '../support/pristine.ts';
import { git, plainEnvironment } from './built.ts';
import { repository } from './fixture.ts';
import { phxUpgrade } from './program.ts';

interface PlannedStep {
  readonly id: string;
  readonly status: string;
  readonly risk: string;
  readonly changes: readonly { readonly address: string; readonly target: string | null }[];
}

interface Planned {
  readonly from: string;
  readonly to: string;
  readonly steps: readonly PlannedStep[];
  readonly upgrade: {
    readonly done: number;
    readonly of: number;
    readonly marks: readonly { readonly step: string }[];
  };
}

const waiting = ['conflict', 'manual', 'needs-source'];
const isOpen = ({ status }: PlannedStep) => status === 'pending' || waiting.includes(status);

/** Somebody who upgrades a project by doing what the program says comes next. */
class Traveller {
  readonly directory: string;
  readonly options: UpgradeOptions;
  readonly aim: readonly string[];
  /** What was done by hand, or is not wanted. */
  readonly decided = new Set<string>();

  constructor(directory: string, options: UpgradeOptions) {
    [this.directory, this.options] = [directory, options];
    this.aim = Object.entries(options).flatMap(([name, value]) => [
      `--${name}`,
      ...(value === true ? [] : [String(value)]),
    ]);
  }

  /** Fails where the program does not end as it should; gives what it printed. */
  async run(words: readonly string[], codes: readonly number[] = [0, 2], typed: readonly string[] = []) {
    const ended = await phxUpgrade([...words, ...this.aim], this.directory, {}, typed);
    expect(codes, `${words.join(' ')}\n${ended.stdout}${ended.stderr}`).toContain(ended.code);
    return ended;
  }

  async status(): Promise<Planned> {
    return JSON.parse((await this.run(['upgrade', 'status', '--json'])).stdout);
  }

  commit(message: string): void {
    git(this.directory, 'add', '--all');
    git(this.directory, 'commit', '--quiet', '--allow-empty', '--message', message);
  }

  /** Does what comes next until the upgrade can be finished. */
  async goOn(said: string): Promise<void> {
    let text = said;
    const way: string[] = [];
    while (way.length < 14) {
      const next = /^Next: (.*)$/m.exec(text)?.[1] ?? '';
      way.push(next);
      if (next === 'phx-upgrade upgrade finish') return;
      text = next.startsWith('mix ') ? await this.updated() : await this.followed(next.split(' ').slice(1));
      this.commit(next);
    }
    throw new Error(`No end is in sight:\n${way.join('\n')}`);
  }

  async followed(words: readonly string[]): Promise<string> {
    if (words[0] === 'apply') return (await this.run(words)).stdout;
    const plan = await this.status();
    if (words.includes('--step')) {
      const told = await this.run(words);
      expect(told.stdout).toMatch(/phx-upgrade mark \S+ (done|skip) --why TEXT/);
    }
    return this.decide(plan.steps.filter(({ status }) => waiting.includes(status)));
  }

  /** Says of each step that it is done by hand, or not wanted: of one when asked, of the others at once. */
  async decide(steps: readonly PlannedStep[]): Promise<string> {
    const [first, ...others] = steps;
    if (first === undefined) throw new Error('There is nothing to decide.');
    const upgrade = await this.open();
    for (const { id, status } of others) {
      await withMark(upgrade, id, { as: status === 'needs-source' ? 'skip' : 'done', why: 'we saw to it' });
    }
    for (const { id } of steps) this.decided.add(id);
    const answers = [first.status === 'needs-source' ? 's' : 'd', 'we saw to it'];
    return (await this.run(['apply', '--interactive', '--step', first.id], [0, 2], answers)).stdout;
  }

  open(): Promise<Upgrade> {
    const environment = { env: { ...plainEnvironment }, platform: process.platform, progress: () => undefined };
    return openUpgrade(this.directory, this.options, environment);
  }

  /** What `mix deps.update` does to the lock: packages move as far as the plan wants them. */
  async updated(): Promise<string> {
    const { steps } = await this.status();
    const pending = steps.filter(({ status }) => status === 'pending').flatMap(({ changes }) => changes);
    for (const { address, target } of pending) {
      const [, name] = /^deps\/(\w+)$/.exec(address) ?? [];
      const [, version] = /"~> ([\d.]+)"/.exec(target ?? '') ?? [];
      if (name && version) this.lock(name, /\.\d+\./.test(version) ? version : `${version}.0`);
    }
    return (await this.run(['upgrade', 'status'])).stdout;
  }

  lock(name: string, version: string): void {
    const path = join(this.directory, 'mix.lock');
    const lock = existsSync(path) ? readFileSync(path, 'utf8') : '%{\n}\n';
    const entry = `  "${name}": {:hex, :${name}, "${version}", "aa", [:mix], [], "hexpm", "bb"},\n`;
    writeFileSync(path, lock.replace(new RegExp(`^ +"${name}": .*\\n`, 'm'), '').replace('%{\n', `%{\n${entry}`));
  }

  /** Begins to apply a step in a process that dies halfway. */
  async killed(step: string): Promise<void> {
    const cache = join(plainEnvironment.XDG_CACHE_HOME ?? '', 'phx-upgrade');
    const upgrade = await this.open();
    const { machine } = mortal(asDeadProcess(localMachine()), 12, () => undefined);
    await expect(applySteps(upgrade, { steps: [step] }, { machine, root: this.directory, cache })).rejects.toThrow();
  }
}

/** From the first plan to the end, with what comes in between: a kill, a red test, a lock that moves. */
async function journey(traveller: Traveller, newest: string): Promise<void> {
  const { directory } = traveller;
  const first: Planned = JSON.parse((await traveller.run(['upgrade', 'start', '--json'])).stdout);
  const open = first.steps.filter(isOpen);
  expect(first.upgrade).toMatchObject({ done: 0, of: open.length });

  const safe = open.find(({ status, risk }) => status === 'pending' && risk === 'safe');
  await traveller.killed(safe?.id ?? '');
  expect((await traveller.run(['apply', '--safe'], [5])).stderr).toContain('--resume');
  await traveller.run(['apply', '--abort'], [0]);
  expect(git(directory, 'status', '--porcelain')).toBe('');

  // What breaks the tests is taken back.
  const check = 'git diff --quiet -- mix.exs';
  const red = await traveller.run(['apply', '--step', 'precommit', '--verify', check], [2]);
  expect(red.stdout).toContain(`${check}: it ended with code 1`);
  expect(git(directory, 'status', '--porcelain')).toBe('');

  const applied = await traveller.run(['apply', '--required']);
  traveller.lock('phoenix', newest);
  traveller.commit('The lock moves');
  await traveller.goOn(applied.stdout);

  const last = await traveller.status();
  expect([last.from, last.to]).toEqual([first.from, newest]);
  expect(last.steps.filter(isOpen)).toEqual([]);
  expect(last.upgrade.done).toBe(last.upgrade.of);
  // Nothing is forgotten: what was open at the start is done by an edit, or a person decided on it.
  expect(last.upgrade.of).toBeGreaterThanOrEqual(open.length);
  expect(last.upgrade.marks.map(({ step }) => step).sort()).toEqual([...traveller.decided].sort());
  const finished = await traveller.run(['upgrade', 'finish'], [0]);
  expect(finished.stdout).toContain(`${last.upgrade.of} of ${last.upgrade.of} steps are done`);
}

test('by commands: an app on 1.6 with work of its own', async () => {
  await journey(new Traveller(repository('shop'), { source: 'snapshots', offline: true }), '1.8.12');
}, 600_000);

describePristine('with generated text', () => {
  test('by commands: a live app on 1.5', async () => {
    const [pack, directory] = [scratch('pack'), scratch('live')];
    for (const [version, variant] of [
      ['1.5.14', 'live'],
      ['1.8.12', 'default'],
    ] as const) {
      const project = join(pristineRoot(), 'pristine', version, variant);
      cpSync(project, join(pack, version, variant), { recursive: true });
    }
    cpSync(join(pack, '1.5.14', 'live'), directory, { recursive: true });
    git(directory, 'init', '--quiet', '--template=');
    const traveller = new Traveller(directory, { source: 'pack', pack });
    traveller.lock('phoenix', '1.5.14');
    traveller.commit('As it was');
    await journey(traveller, '1.8.12');
  }, 600_000);
});
