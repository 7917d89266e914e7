import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { scratch } from '../support/pristine.ts';
import { hasTmux, Tmux } from '../support/tmux.ts';
import { freshBuild, main, plainEnvironment } from './built.ts';
import { repository, treeOf } from './fixture.ts';

beforeAll(freshBuild);

describe.skipIf(!hasTmux)('while the plan of a walk is made', () => {
  let tmux: Tmux;
  afterEach(() => tmux.end());

  function start(directory: string) {
    const command = `${process.execPath} ${main} --source snapshots`;
    const env = { ...plainEnvironment, XDG_CACHE_HOME: scratch('walk-cache') };
    tmux = new Tmux({ columns: 80, rows: 24, directory, command, env });
  }

  test('keys that are pressed decide nothing, and leave no mark on the screen', async () => {
    const project = repository('shop');
    const before = treeOf(project);
    start(project);
    tmux.keys('Enter', 'A', 'y', 'a');
    await tmux.sees('Enter to the steps');
    expect(tmux.screen).toMatch(/^shop · Phoenix/);
    expect(tmux.screen).not.toMatch(/^Ay|^a/m);
    tmux.keys('q');
    await tmux.sees('Carried out 0 steps');
    expect(treeOf(project)).toEqual(before);
  });

  test('Ctrl-C stops it, and the terminal is as it was', async () => {
    start(repository('shop'));
    await tmux.sees(/Reading the project|to the steps/);
    tmux.keys('C-c');
    // The latter where the plan was there sooner.
    await tmux.sees(/interrupted: Stopped|Carried out 0 steps/);
    expect(tmux.state).toBe('1 0');
    tmux.keys('clear; stty -a | tr ";" "\\n" | grep -o " icanon\\| echo " | tr -d "\\n"; echo', 'Enter');
    await tmux.sees(/icanon +echo/);
  });
});
