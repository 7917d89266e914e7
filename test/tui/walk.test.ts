import { afterEach, describe, expect, test } from 'vitest';
import { dangerous, plans, richPlan, step } from '../support/plans.ts';
import { MemoryHost } from './support/host.ts';
import { atelierPlan, longPlan } from './support/plans.ts';
import { leaveWalks, Walking } from './support/walking.ts';

afterEach(leaveWalks);

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
] as const;

describe.each(sizes)('a walk at $columns by $rows', (size) => {
  async function atSteps(plan = atelierPlan, host?: MemoryHost) {
    const walking = new Walking(plan, { ...size, ...(host ? { host } : {}) });
    await walking.sees('to the steps');
    await walking.press('enter');
    await walking.sees('every area');
    return walking;
  }

  test('the first screen says what was found and how much there is', async () => {
    const walking = new Walking(atelierPlan, size);
    await walking.sees('Enter to the steps');
    const { text } = walking.screen;
    expect(text).toContain('atelier (Atelier, AtelierWeb)');
    expect(text).toContain('atelier · Phoenix 1.6.16 → 1.8.12');
    expect(text).toContain('1.5.9, 97 % agree');
    expect(text).toContain('--binary-id (config/config.exs:12)');
    expect(text).toContain('pack → snapshots');
    expect(text).toContain('Required 1 · Recommended 6 · Cosmetic 1 · Already done 1');
    expect(text).toMatch(/2 {2}Make it compile +1 step +mix compile/);
    expect(text).not.toContain('Is this right?');
  });

  test('thin evidence is asked about, and corrected there', async () => {
    const thin = { ...atelierPlan.project.generatedBy, confidence: 0.6 };
    const walking = new Walking({ ...atelierPlan, project: { ...atelierPlan.project, generatedBy: thin } }, size);
    await walking.sees('Is this right?');
    await walking.press('f');
    await walking.sees('Version it stems from: 1.6.16');
    await walking.press(...Array(6).fill('backspace'));
    await walking.type('1.4.0');
    await walking.sees('Phoenix 1.4.0 → 1.8.12');
    await walking.press('o');
    await walking.press(...Array(11).fill('backspace'));
    await walking.type('--no-ecto --live');
    await walking.sees('The plan was made anew.');
    expect(walking.host.calls).toEqual(['replan {"from":"1.4.0"}', 'replan {"flags":["--no-ecto","--live"]}']);
  });

  test('applying shows the effect, and goes on to the next open step', async () => {
    const walking = await atSteps();
    expect(walking.marked).toContain('Raise the Elixir');
    await walking.press('a');
    await walking.sees('Applied elixir.');
    expect(walking.marked).toContain('Listen to the code');
    expect(walking.screen.text).toContain('7 open of 9');
    expect(walking.screen.text).toMatch(/✓ (mix {9})?Raise/);
  });

  test('a step brings along what it needs first, after asking', async () => {
    const walking = await atSteps();
    await walking.press('j', 'a');
    await walking.sees('elixir, listener. Apply 2 steps? y/n');
    await walking.press('n');
    await walking.sees('Left as it was.');
    expect(walking.host.calls).toEqual([]);
    await walking.press('a', 'y');
    await walking.sees('Applied elixir, listener.');
    expect(walking.host.calls).toEqual(['apply elixir listener']);
  });

  test('what needs a person first is named, and r leads there and back', async () => {
    const walking = await atSteps();
    await walking.press('j', 'j', 'j', 'j', 'j');
    await walking.until(() => /▸ ● (config {6})?Format/.test(walking.screen.text), 'for the step it needs');
    await walking.press('a');
    await walking.sees('Needs colours first, which is manual. r goes there.');
    await walking.press('r');
    await walking.sees('colours comes before logger.');
    expect(walking.marked).toContain('Colours of the log');
    await walking.press('r');
    await walking.sees('logger comes after colours.');
  });

  test('each region of a conflict gets its choice, the last one settles it', async () => {
    const walking = await atSteps();
    await walking.press('j', 'j');
    await walking.sees('Region 1 of 2  lib/atelier_web/router.ex:4  not decided');
    expect(walking.screen.text).toContain('LoomController, :mine');
    await walking.press('3');
    await walking.sees('LoomController, :theirs');
    await walking.press('t');
    await walking.sees('Region 1: theirs taken.');
    await walking.sees('Region 1 of 2  lib/atelier_web/router.ex:4  theirs taken');
    await walking.press('m');
    await walking.sees('Settled routes.');
    expect(walking.host.calls).toEqual(['resolve routes target yours']);
  });

  test('each value of a conflict gets its choice, once what it needs is done', async () => {
    const value = (address: string, line: number) => {
      const take = [{ kind: 'remove-config', path: 'config/prod.exs', keyPath: [address], environment: null }] as const;
      return { address, path: 'config/prod.exs', line, base: '1', yours: `${line}0`, target: `${line}00`, take };
    };
    const conflicts = [value('config/prod/atelier.warp', 3), value('config/prod/atelier.weft', 4)];
    const threads = step({ id: 'threads', title: 'Threads', area: 'config', after: ['elixir'] });
    const steps = [...atelierPlan.steps.slice(0, 1), { ...threads, status: 'conflict' as const, conflicts }];
    const walking = await atSteps({ ...atelierPlan, steps });
    await walking.press('j');
    await walking.sees('▸ config/prod/atelier.warp  config/prod.exs:3  not decided');
    expect(walking.screen.text).toMatch(/target {2}300/);
    expect(walking.screen.text).not.toContain('Values');
    await walking.press('t');
    await walking.sees('Needs elixir first, which is pending. r goes there.');
    await walking.press('r', 'a', 't');
    await walking.sees('config/prod/atelier.warp: theirs taken.');
    await walking.press('m');
    await walking.sees('Settled threads.');
    expect(walking.host.calls).toEqual(['apply elixir', 'resolve threads target yours']);
  });

  test('a step that only a person can do is offered no key to apply it', async () => {
    const walking = await atSteps();
    const keys = () => walking.screen.lines.at(-1) ?? '';
    expect(keys()).toContain('a apply');
    await walking.press('/', 'colours', 'enter');
    await walking.sees('Match 1');
    expect(keys()).not.toContain('a apply');
    expect(keys()).toContain('s skip');
  });

  test('one key decides all regions', async () => {
    const walking = await atSteps();
    await walking.press('j', 'j', 'T');
    await walking.sees('Settled routes.');
    expect(walking.host.calls).toEqual(['resolve routes target target']);
  });

  test('a conflict that only a person can write refuses theirs', async () => {
    const walking = await atSteps(richPlan);
    await walking.press('j', 'j', 'j', 't');
    await walking.sees('Only a person can write this one');
    expect(walking.host.calls).toEqual([]);
  });

  test('undo takes back decisions in turn, written or not', async () => {
    const walking = await atSteps();
    await walking.press('a');
    await walking.sees('Applied elixir.');
    await walking.press('s');
    await walking.sees('Skipped listener.');
    expect(walking.screen.text).toMatch(/» (mix {9})?Listen/);
    await walking.press('u');
    await walking.sees('listener is open again.');
    await walking.press('u');
    await walking.sees('Took it back.');
    expect(walking.marked).toContain('Raise the Elixir');
    await walking.press('u');
    await walking.sees('There is no decision to take back.');
    expect(walking.host.calls).toEqual(['apply elixir', 'undo apply elixir']);
  });

  test('skipping for good asks for the reason, and can be taken back', async () => {
    const walking = await atSteps();
    await walking.press('j', 'S');
    await walking.sees('Never offer this again, because:');
    await walking.type('we have our own');
    await walking.sees('listener is not offered again.');
    await walking.press('u');
    await walking.sees('Took it back.');
    expect(walking.host.calls).toEqual(['skipForever listener: we have our own', 'undo skip-forever listener']);
  });

  test('what only a person can do is marked as done with how, and the mark can be taken back', async () => {
    const walking = await atSteps();
    await walking.press('G', 'a');
    await walking.sees('d marks it as done');
    await walking.press('d');
    await walking.sees('Done by hand. How: by hand');
    await walking.type(', our own colours');
    await walking.sees('colours is marked as done: by hand, our own colours.');
    await walking.press('u');
    await walking.sees('Took it back.');
    expect(walking.host.calls).toEqual(['markDone colours: by hand, our own colours', 'undo mark colours']);
  });

  test('a reason left empty skips nothing', async () => {
    const walking = await atSteps();
    await walking.press('S', 'enter');
    await walking.press('s');
    await walking.sees('Skipped elixir.');
    expect(walking.host.calls).toEqual([]);
  });

  test('safe steps of an area are applied together, after asking', async () => {
    const walking = await atSteps();
    await walking.press('A');
    await walking.sees('Safe in mix: elixir, listener. Apply 2 steps?');
    await walking.press('y');
    await walking.sees('Applied elixir, listener.');
    await walking.press('j', 'j', 'j', 'A');
    await walking.sees('Nothing safe is left in config.');
  });

  test('the editor has the terminal, and the walk comes back', async () => {
    class Editing extends MemoryHost {
      seen: readonly boolean[] = [];
      override async edit(id: string, path: string) {
        this.seen = [walking.screen.alternate, walking.raw, walking.screen.cursor];
        return super.edit(id, path);
      }
    }
    const host = new Editing(atelierPlan);
    const walking: Walking = await atSteps(atelierPlan, host);
    await walking.press('j', 'j', 'j', 'e');
    await walking.sees('Wrote lib/atelier_web/router.ex as you edited it.');
    expect(host.seen).toEqual([false, false, true]);
    expect([walking.screen.alternate, walking.raw, walking.screen.cursor]).toEqual([true, true, false]);
    await walking.press('k', 'k');
    expect(walking.marked).not.toBe('');
  });

  test('filters by area and by status, and shows the rest', async () => {
    const walking = await atSteps();
    expect(walking.screen.text).not.toContain('A comment is worded better');
    await walking.press('x');
    await walking.sees('9 steps shown.');
    await walking.press('f', 'down', 'enter');
    await walking.sees('area deps');
    expect(walking.marked).toContain('Gettext as a backend');
    await walking.press('f', 'enter', 'F');
    await walking.sees('Show which status?');
    await walking.press('G', 'enter');
    await walking.sees('status manual');
    expect(walking.marked).toContain('Colours of the log');
    expect(walking.screen.text).not.toContain('Raise the Elixir');
  });

  test('search finds in titles, addresses and paths, also what is not shown', async () => {
    const walking = await atSteps();
    await walking.press('/');
    await walking.type('dockerfile');
    await walking.sees('Match 1 of 1.');
    expect(walking.marked).toContain('A newer base image');
    await walking.press('/');
    await walking.type('LOG');
    await walking.sees('Match 1 of 2.');
    await walking.press('n');
    await walking.sees('Match 2 of 2.');
    expect(walking.marked).toContain('Colours of the log');
    await walking.press('N');
    expect(walking.marked).toContain('Format of the log');
    await walking.press('/');
    await walking.type('worded');
    await walking.sees('all are shown now');
    expect(walking.marked).toContain('A comment is worded');
    await walking.press('/');
    await walking.type('nowhere to be found');
    await walking.sees('No step holds');
  });

  test('the keys of vi and the arrows move alike', async () => {
    const walking = await atSteps();
    await walking.press('down', 'j', 'up');
    expect(walking.marked).toContain('Listen to the code');
    await walking.press('G');
    expect(walking.marked).toContain('Colours of the log');
    await walking.press('home');
    expect(walking.marked).toContain('Raise the Elixir');
    await walking.press('page-down');
    expect(walking.marked).not.toContain('Raise the Elixir');
    await walking.press('g');
    expect(walking.marked).toContain('Raise the Elixir');
  });

  test('a long patch scrolls to its end and sideways', async () => {
    const walking = await atSteps(longPlan(20_000));
    await walking.sees('def thread_0(');
    await walking.press('tab', 'G');
    await walking.sees('def thread_9999(loom), do: knit');
    expect(walking.screen.text).toMatch(/-20\d\d\d\/20\d\d\d/);
    await walking.press('l', 'l');
    await walking.sees('10000 + 9(loom), do: knit(loom, 9999)');
    await walking.press('h', 'h', 'h', 'j');
    expect(walking.marked).toContain('Raise the Elixir');
  });

  test('help lists every key and goes away with any other', async () => {
    const walking = await atSteps();
    await walking.press('?');
    await walking.sees('apply this step, and what it needs first');
    await walking.press('G');
    await walking.sees('quit; the walk is kept');
    await walking.press('z');
    await walking.sees('every area');
    await walking.press('z');
    await walking.sees('? lists the keys.');
  });

  test('the end says what was done, what is left and what to run, and runs it', async () => {
    const walking = await atSteps();
    await walking.press('a');
    await walking.sees('Applied elixir.');
    await walking.press('E');
    await walking.sees('Done in this walk: 1 step');
    expect(walking.screen.text).toContain('✓ elixir');
    expect(walking.screen.text).toContain('Left for you: 7 steps');
    await walking.press('enter');
    await walking.sees('Run mix deps.get here? y/n');
    await walking.press('y');
    await walking.hears('Press a key to go back');
    await walking.press(' ');
    await walking.sees('mix deps.get  ✓ ran');
    await walking.press('down', 'enter', 'y');
    await walking.until(() => walking.screen.normal.split('Press a key').length === 3, 'for the second command');
    await walking.press(' ');
    await walking.sees('mix test  ✕ exit code 2');
    expect(walking.screen.text).toContain('phx-upgrade undo');
    expect(walking.host.calls).toEqual(['apply elixir', 'run mix deps.get', 'run mix test']);
  });

  test('the last decision leads to the end', async () => {
    const walking = await atSteps({ ...atelierPlan, steps: atelierPlan.steps.slice(0, 1) });
    await walking.press('a');
    await walking.sees('Nothing is left for you.');
  });

  test('quitting keeps the walk, the next one goes on where it stopped', async () => {
    const walking = await atSteps();
    await walking.press('a');
    await walking.sees('Applied elixir.');
    await walking.press('s');
    await walking.sees('Skipped listener.');
    await walking.press('t');
    await walking.sees('Region 1: theirs taken.');
    await walking.press('q');
    expect(await walking.result).toMatchObject({ carriedOut: ['elixir'], skipped: ['listener'] });
    const { plan, progress } = walking.host;
    const next = new Walking(plan, { ...size, progress });
    await next.sees('You stopped at routes, after 2 decisions.');
    await next.resize(60, 24);
    expect(next.screen.text.replace(/\s+/g, ' ')).toContain('Enter goes on there, n starts anew.');
    await next.resize(size.columns, size.rows);
    await next.press('enter');
    await next.sees('Going on where you stopped.');
    await next.sees('theirs taken');
    expect(next.marked).toContain('Routes of the looms');
    await next.press('u');
    await next.sees('listener is open again.');
  });

  test('a long way is offered in legs, and the end of one leads to the next', async () => {
    const walking = new Walking(atelierPlan, { ...size, way: ['1.7.21', '1.8.12'] });
    await walking.sees('1.6.16 → 1.7.21 → 1.8.12: L goes one minor version at a time');
    await walking.press('L');
    await walking.sees('Phoenix 1.6.16 → 1.7.21');
    expect(walking.screen.text).not.toContain('L next leg');
    await walking.press('enter', 'E');
    await walking.sees('1.7.21 → 1.8.12: L goes there');
    await walking.press('L');
    await walking.sees('Phoenix 1.6.16 → 1.8.12');
    expect(walking.host.calls).toEqual(['replan {"to":"1.7.21"}', 'replan {"to":"1.8.12"}']);
    await walking.press('enter', 'E');
    await walking.sees('Left for you');
    expect(walking.screen.text).not.toContain('Next leg');
  });

  test('what was stopped halfway comes first, and can be finished, taken back or left', async () => {
    const stopped = () => new Walking(atelierPlan, { ...size, unfinished: 'apply' });
    const back = stopped();
    await back.sees('An apply was stopped halfway');
    await back.press('down', 'enter');
    await back.sees('All files are whole again.');
    expect(back.host.calls).toEqual(['recover take-back']);
    const left = stopped();
    await left.sees('An apply was stopped halfway');
    await left.press('down', 'down', 'enter', 'enter');
    await left.sees('every area');
    expect(left.host.calls).toEqual([]);
  });

  test('starting anew forgets the earlier walk', async () => {
    const walking = await atSteps();
    await walking.press('s', 'q');
    await walking.result;
    const next = new Walking(atelierPlan, { ...size, progress: walking.host.progress });
    await next.sees('n starts anew');
    await next.press('n');
    await next.sees('every area');
    expect(next.screen.text).toContain('8 open of 9');
  });

  test('a failure that can be explained is said, and the walk goes on', async () => {
    const walking = await atSteps();
    walking.host.failure = 'explained';
    await walking.press('a');
    await walking.sees('Changed since the plan was made: mix.exs.');
    await walking.press('a');
    await walking.sees('Applied elixir.');
  });

  test('a bug ends the walk with the terminal restored', async () => {
    const walking = await atSteps();
    walking.host.failure = 'bug';
    await walking.press('a');
    await expect(walking.result).rejects.toThrow('a bug in the host');
    expect([walking.screen.alternate, walking.raw, walking.screen.cursor]).toEqual([false, false, true]);
  });

  test('ctrl-c and q restore the terminal', async () => {
    for (const key of ['ctrl-c', 'q']) {
      const walking = await atSteps();
      await walking.press(key);
      await walking.result;
      expect([walking.screen.alternate, walking.raw, walking.screen.cursor]).toEqual([false, false, true]);
    }
  });

  test('a signal restores the terminal', async () => {
    const walking = await atSteps();
    walking.die();
    expect([walking.screen.alternate, walking.raw, walking.screen.cursor]).toEqual([false, false, true]);
  });

  test.each(Object.keys(plans))('%s: what a project says cannot drive the terminal', async (name) => {
    const plan = plans[name] ?? richPlan;
    const walking = new Walking(plan, size);
    await walking.sees('to the steps');
    await walking.press('enter', 'x');
    for (const _ of plan.steps.slice(0, 14)) await walking.press('j', 'tab', 'G', 'tab');
    await walking.press('E');
    await walking.press('q');
    await walking.result;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the walk's own sequences are taken out
    const text = walking.written.replace(/\x1b\[[?]?[\d;]*[A-Za-z]/g, '');
    expect(text).not.toMatch(dangerous);
  });
});

describe('the window', () => {
  test('grows and shrinks in the middle of a walk', async () => {
    const walking = new Walking(atelierPlan);
    await walking.sees('to the steps');
    await walking.press('enter', 'j', 'j');
    await walking.resize(200, 60);
    await walking.sees('target (theirs)');
    expect(walking.screen.text).toMatch(/:mine.*│.*:theirs/);
    await walking.resize(80, 24);
    await walking.sees('▸ ✕ web');
    expect(walking.screen.lines).toHaveLength(24);
    await walking.resize(30, 8);
    await walking.sees('Too small');
    await walking.resize(120, 40);
    await walking.sees('▸ ✕ Routes');
  });
});

describe('what the terminal can show', () => {
  test('NO_COLOR leaves out colours, and keeps what is told by signs', async () => {
    const walking = new Walking(atelierPlan, { env: { LANG: 'C.UTF-8', NO_COLOR: '1' } });
    await walking.sees('to the steps');
    await walking.press('enter', 'j');
    await walking.sees('1 + [app: :atelier, listeners: [Loom]]');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
    expect(walking.written).not.toMatch(/\x1b\[[\d;]*\b[349]\dm/);
  });

  test('without UTF-8 everything is ASCII', async () => {
    const walking = new Walking(richPlan, { env: { LANG: 'C' } });
    await walking.sees('1.6.16 -> 1.8.12');
    await walking.press('enter', 'x', '?');
    await walking.sees('a page up');
    await walking.press('z', 'G', 'tab', 'G', 'E');
    await walking.sees('Left for you');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII
    expect(walking.written).not.toMatch(/[^\x00-\x7f]/);
  });

  test('words that changed stand out within a line', async () => {
    const walking = new Walking(atelierPlan);
    await walking.sees('to the steps');
    await walking.press('enter', 'j', 'j', 'j', 'j');
    await walking.sees('FROM elixir:1.18 AS build');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: paint is control sequences
    expect(walking.written).toMatch(/\x1b\[7;34m18\x1b/);
    expect(walking.written).toContain('\x1b[35mFROM');
  });
});
