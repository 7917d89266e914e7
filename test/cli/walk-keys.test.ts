import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readProgress } from '../../src/tui/progress.ts';
import { scratch } from '../support/pristine.ts';
import { hasTmux, Tmux } from '../support/tmux.ts';
import { builtProgram, freshBuild, main, plainEnvironment } from './built.ts';
import { fixtureNames, repository, treeOf } from './fixture.ts';

beforeAll(freshBuild);

const [columns, rows] = [120, 40];

/** Why a step is not applied; anything else that is said without a question says that it was. */
const refusals = /Nothing safe|Needs |You changed this|needs a manual change|needs the generated text/;

/** A person who applies what is safe in an area, and decides on what is left: some of it is applied, the rest is not. */
class Walker {
  readonly #tmux: Tmux;
  readonly #areas = new Set<string>();
  #last: string;

  constructor(tmux: Tmux) {
    this.#tmux = tmux;
    this.#last = said(tmux.screen);
  }

  /** Decides until every step is decided on; of what is not safe only one in eighteen or so is applied. */
  async decideAll(): Promise<void> {
    for (let round = 0; ; round += 1) {
      const screen = await this.#until((seen) => isOver(seen) || isWhole(seen), 'x');
      if (isOver(screen)) return;
      const area = areaOf(screen) ?? '';
      const isNew = !this.#areas.has(area);
      this.#areas.add(area);
      if (isNew && (await this.#take('A'))) continue;
      if (round % 6 === 0 && (await this.#take('a'))) continue;
      await this.#skip(screen);
    }
  }

  /** Whether something was applied. */
  async #take(key: string): Promise<boolean> {
    const answer = await this.#answer(key);
    return !refusals.test(answer.endsWith('y/n') ? await this.#answer('y') : answer);
  }

  /** Leaves the next steps out, and waits until so many fewer are open. */
  async #skip(before: string): Promise<void> {
    const open = openSteps(before);
    const keys = ['s', 's', 's'].slice(0, open);
    this.#tmux.keys(...keys);
    const screen = await this.#until(
      (seen) => isOver(seen) || (isSkipped(seen) && openSteps(seen) <= open - keys.length),
      's',
    );
    this.#last = said(screen);
  }

  /** Presses a key and waits for what is said to it. */
  async #answer(key: string): Promise<string> {
    this.#tmux.keys(key);
    const isAnswer = (text: string) => text !== '' && text !== this.#last && !/^\S Applying /.test(text);
    const screen = await this.#until((seen) => isOver(seen) || isAnswer(said(seen)), key);
    this.#last = said(screen);
    return this.#last;
  }

  /** A screen that is seen twice: one alone may be caught with half a row drawn. */
  async #until(isShown: (screen: string) => boolean, key: string): Promise<string> {
    let before = '';
    for (let round = 0; round < 600; round += 1) {
      const { screen } = this.#tmux;
      if (screen === before && isShown(screen)) return screen;
      before = screen;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`no answer to ${key}; the screen is\n${this.#tmux.screen}`);
  }
}

/** What is said in the row above that of the keys. */
function said(screen: string): string {
  return screen.split('\n')[rows - 2] ?? '';
}

function openSteps(screen: string): number {
  return Number(/(\d+) open/.exec(screen)?.[1] ?? 0);
}

function areaOf(screen: string): string | undefined {
  return /▸ \S (\w+)/.exec(screen)?.[1];
}

/** Not caught in the middle of being drawn: the keys stand in the last row. */
function isWhole(screen: string): boolean {
  return openSteps(screen) > 0 && areaOf(screen) !== undefined && /q quit/.test(screen.split('\n')[rows - 1] ?? '');
}

/** Drawn to the end after a step was left out: its message is the one to tell later ones from. */
function isSkipped(screen: string): boolean {
  return isWhole(screen) && /^Skipped /.test(said(screen));
}

function isOver(screen: string): boolean {
  return /^(Done in this walk|Nothing was changed)/m.test(screen);
}

describe.skipIf(!hasTmux)('by keys alone', () => {
  let tmux: Tmux;
  afterEach(() => tmux.end());

  test.each(fixtureNames)(
    '%s becomes what apply makes of it with the same steps',
    async (name) => {
      const [walked, applied] = [repository(name), repository(name)];
      const cache = scratch('walk-cache');
      const command = `${process.execPath} ${main} --source snapshots`;
      const env = { ...plainEnvironment, XDG_CACHE_HOME: cache };
      tmux = new Tmux({ columns, rows, directory: walked, command, env });
      await tmux.sees('Enter to the steps');
      tmux.keys('Enter', 'x');
      await tmux.sees('every step');
      await new Walker(tmux).decideAll();
      tmux.keys('q');
      await tmux.sees(/Carried out \d+ steps; 0 not decided on/);

      const walks = join(cache, 'phx-upgrade', 'walks');
      const [kept = ''] = readdirSync(walks);
      const progress = readProgress(JSON.parse(readFileSync(join(walks, kept), 'utf8')));
      const steps = progress?.decisions.flatMap((one) => (one.kind === 'apply' ? one.steps : [])) ?? [];
      expect(steps.length).toBeGreaterThan(1);
      builtProgram(['apply', '--source', 'snapshots', ...steps.flatMap((id) => ['--step', id])], applied);
      expect(treeOf(walked)).toEqual(treeOf(applied));
      expect(treeOf(walked)).not.toEqual(treeOf(repository(name)));
    },
    120_000,
  );
});
