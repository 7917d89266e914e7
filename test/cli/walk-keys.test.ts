import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readProgress } from '../../src/tui/progress.ts';
import { scratch } from '../support/pristine.ts';
import { hasTmux, Tmux } from '../support/tmux.ts';
import { build, main, phxUpgrade, plainEnvironment } from './built.ts';
import { fixtureNames, repository, treeOf } from './fixture.ts';

beforeAll(build);

const [columns, rows] = [120, 40];

/** Why a step is not applied; anything else that is said without a question says that it was. */
const refusals = /Nothing safe|Needs |You changed this|needs your hands|needs the generated text/;

/** A person who applies what is safe area by area, then decides on each step that is left, one after another. */
class Walker {
  readonly #tmux: Tmux;
  readonly #exhausted = new Set<string>();
  #last = '';

  constructor(tmux: Tmux) {
    this.#tmux = tmux;
  }

  /** Decides until every step is decided on; of what is not safe only every eighth is applied. */
  async decideAll(): Promise<void> {
    for (let decided = 0; ; decided += 1) {
      const area = /▸ \S (\w+)/.exec(this.#tmux.screen)?.[1];
      if (area === undefined) return;
      if (!this.#exhausted.has(area) && (await this.#take('A'))) continue;
      this.#exhausted.add(area);
      if (decided % 8 === 0 && (await this.#take('a'))) continue;
      await this.#answer('s');
    }
  }

  /** Whether something was applied. */
  async #take(key: string): Promise<boolean> {
    const answer = await this.#answer(key);
    return !refusals.test(answer.endsWith('y/n') ? await this.#answer('y') : answer);
  }

  /** Presses a key and waits for what is said to it, in the row above that of the keys. */
  async #answer(key: string): Promise<string> {
    this.#tmux.keys(key);
    for (let round = 0; round < 600; round += 1) {
      const { screen } = this.#tmux;
      const said = screen.split('\n')[rows - 2] ?? '';
      const isWorking = /^\S Applying \d/.test(said);
      if (/^(Done in this walk|Nothing was changed)/m.test(screen)) return said;
      if (said !== '' && said !== this.#last && !isWorking) {
        this.#last = said;
        return said;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`no answer to ${key}; the screen is\n${this.#tmux.screen}`);
  }
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
      expect(steps.length).toBeGreaterThan(8);
      phxUpgrade(['apply', '--source', 'snapshots', ...steps.flatMap((id) => ['--step', id])], applied);
      expect(treeOf(walked)).toEqual(treeOf(applied));
      expect(treeOf(walked)).not.toEqual(treeOf(repository(name)));
    },
    120_000,
  );
});
