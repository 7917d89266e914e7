import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localMachine } from '../../src/apply/local-machine.ts';
import { applySteps } from '../../src/library/apply.ts';
import { openUpgrade } from '../../src/library/open.ts';
import { asDeadProcess, mortal } from '../apply/support/mortal.ts';
import { describePristine, pristineRoot, scratch } from '../support/pristine.ts';
import { git, plainEnvironment } from './built.ts';
import { repository } from './fixture.ts';
import { phxUpgrade } from './program.ts';

interface PlannedStep {
  readonly id: string;
  readonly status: string;
  readonly risk: string;
}

interface Planned {
  readonly from: string;
  readonly to: string;
  readonly steps: readonly PlannedStep[];
  readonly upgrade: { readonly done: number; readonly of: number; readonly marks: readonly { step: string }[] };
}

const waiting = ['conflict', 'manual', 'needs-source'];
const isOpen = ({ status }: PlannedStep) => status === 'pending' || waiting.includes(status);

/** Somebody who upgrades a project with commands alone, and notes every step that was ever open. */
class Traveller {
  readonly directory: string;
  readonly aim: readonly string[];
  readonly seen = new Set<string>();
  readonly byHand = new Set<string>();

  constructor(directory: string, aim: readonly string[]) {
    [this.directory, this.aim] = [directory, aim];
  }

  /** Fails where the program does not end as it should; gives what it printed. */
  async run(words: readonly string[], codes: readonly number[] = [0, 2], typed: readonly string[] = []) {
    const ended = await phxUpgrade([...words, ...this.aim], this.directory, {}, typed);
    expect(codes, `${words.join(' ')}\n${ended.stdout}${ended.stderr}`).toContain(ended.code);
    return ended;
  }

  async status(): Promise<Planned> {
    const plan: Planned = JSON.parse((await this.run(['upgrade', 'status', '--json'])).stdout);
    for (const step of plan.steps.filter(isOpen)) this.seen.add(step.id);
    return plan;
  }

  /** Carries out what edits can make, and does by hand what they cannot, until nothing is left. */
  async goOn(): Promise<Planned> {
    for (let round = 0; round < 8; round += 1) {
      const plan = await this.status();
      const open = plan.steps.filter(isOpen);
      if (open.length === 0) return plan;
      if (open.some((step) => step.status === 'pending')) await this.run(['apply', '--review', '--commit']);
      else await this.doByHand(open);
    }
    throw new Error(`No end is in sight: ${JSON.stringify((await this.status()).steps.filter(isOpen))}`);
  }

  /** One question for each step that is left; one answer more says how. */
  async doByHand(open: readonly PlannedStep[]): Promise<void> {
    const stuck = open.filter(({ status }) => waiting.includes(status));
    expect(stuck.length).toBeGreaterThan(0);
    for (const { id } of stuck) this.byHand.add(id);
    const chosen = stuck.flatMap(({ id }) => ['--step', id]);
    await this.run(
      ['apply', '--interactive', ...chosen],
      [0, 2],
      stuck.flatMap(() => ['d', 'by hand']),
    );
  }

  lockPhoenix(version: string): void {
    const path = join(this.directory, 'mix.lock');
    const lock = existsSync(path) ? readFileSync(path, 'utf8') : '%{\n}\n';
    const entry = `  "phoenix": {:hex, :phoenix, "${version}", "aa", [:mix], [], "hexpm", "bb"},\n`;
    const without = lock.replace(/^ +"phoenix": .*\n/m, '');
    writeFileSync(path, without.replace('%{\n', `%{\n${entry}`));
    git(this.directory, 'add', '--all');
    git(this.directory, 'commit', '--quiet', '--message', `Phoenix ${version}`);
  }

  /** Begins to apply a step in a process that dies halfway. */
  async killed(step: string, options: Parameters<typeof openUpgrade>[1]): Promise<void> {
    const cache = join(plainEnvironment.XDG_CACHE_HOME ?? '', 'phx-upgrade');
    const upgrade = await openUpgrade(this.directory, options, {
      env: { ...plainEnvironment },
      platform: process.platform,
      progress: () => undefined,
    });
    const { machine } = mortal(asDeadProcess(localMachine()), 12, () => undefined);
    const context = { machine, root: this.directory, cache };
    await expect(applySteps(upgrade, { steps: [step] }, context)).rejects.toThrow();
  }
}

/** From the first plan to the end, with everything that comes in between. */
async function journey(traveller: Traveller, options: Parameters<typeof openUpgrade>[1], to: string): Promise<void> {
  const { directory } = traveller;
  const started = JSON.parse((await traveller.run(['upgrade', 'start', '--json'])).stdout);
  const first = await traveller.status();
  expect(first.upgrade).toMatchObject({ done: 0, of: first.steps.filter(isOpen).length });

  // A run that is killed is finished.
  const safe = first.steps.find(({ status, risk }) => status === 'pending' && risk === 'safe');
  await traveller.killed(safe?.id ?? '', options);
  expect((await traveller.run(['apply', '--safe'], [5])).stderr).toContain('--resume');
  await traveller.run(['apply', '--abort'], [0]);
  expect(git(directory, 'status', '--porcelain')).toBe('');

  // What breaks the tests is taken back; the others stand.
  git(directory, 'tag', 'before');
  const check = 'git diff --quiet before -- mix.exs';
  const red = await traveller.run(['apply', '--safe', '--commit', '--bisect', '--verify', check], [2]);
  expect(red.stdout).toContain(`${check}: it ended with code 1`);
  expect(git(directory, 'status', '--porcelain')).toBe('');

  await traveller.run(['apply', '--recommended', '--commit']);
  traveller.lockPhoenix(to);
  const midway = await traveller.status();
  expect([midway.from, midway.to, midway.upgrade.of >= first.upgrade.of]).toEqual([started.from, to, true]);

  const last = await traveller.goOn();
  expect(last.upgrade.done).toBe(last.upgrade.of);
  const marked = last.upgrade.marks.map(({ step }) => step);
  expect(marked.sort()).toEqual([...traveller.byHand].sort());
  // Nothing is forgotten: each step that was ever open is done, by an edit or by hand.
  const finished = await traveller.run(['upgrade', 'finish'], [0]);
  expect(finished.stdout).toContain(`${last.upgrade.of} of ${last.upgrade.of} steps are done`);
}

test('from 1.6 to the newest: an app with work of its own, by commands', async () => {
  const aim = ['--source', 'snapshots', '--offline'];
  await journey(new Traveller(repository('shop'), aim), { source: 'snapshots' }, '1.8.12');
}, 60_000);

describePristine('with generated text', () => {
  test('from 1.5 to the newest: a live app, by commands', async () => {
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
    const aim = ['--source', 'pack', '--pack', pack];
    const traveller = new Traveller(directory, aim);
    traveller.lockPhoenix('1.5.14');
    await journey(traveller, { source: 'pack', pack }, '1.8.12');
  }, 60_000);
});
