import { describe, expect, test } from 'vitest';
import { opening } from '../../src/tui/opening.ts';
import { Screen } from '../support/screen.ts';
import { atelierPlan } from './support/plans.ts';
import { Keys, Output, sent } from './support/terminal.ts';

/** An opening on a terminal in memory, and how often it was asked to stop. */
function opened({ columns = 80, rows = 24, plain = false } = {}) {
  const [keys, screen] = [new Keys(), new Screen(columns, rows)];
  const output = new Output(screen);
  let interrupts = 0;
  const first = opening(
    {
      stdin: keys as unknown as NodeJS.ReadStream,
      stdout: output as unknown as NodeJS.WriteStream,
      env: { LANG: 'C.UTF-8' },
      onEnd: () => () => undefined,
      leaveInterrupts: () => async () => undefined,
      interrupt: () => {
        interrupts += 1;
      },
    },
    plain,
  );
  const press = async (key: string) => {
    keys.write(sent[key] ?? key);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const resize = (wide: number, high: number) => {
    screen.resize(wide, high);
    output.emit('resize');
  };
  return { first, keys, screen, press, resize, interrupts: () => interrupts };
}

describe('while the plan is made', () => {
  test('the project, its versions, flags and what is in doubt are seen before there is a plan', () => {
    const { first, screen } = opened();
    expect(screen.text).toContain('Reading the project');
    const { project } = atelierPlan;
    const generatedBy = { ...project.generatedBy, confidence: 0.6 };
    first.found({ ...atelierPlan, project: { ...project, generatedBy } });
    const { lines } = screen;
    expect(lines[0]).toContain('atelier · Phoenix 1.6.16 → 1.8.12');
    expect(screen.text).toContain('1.5.9, 60 % agree');
    expect(screen.text).toContain('Is this right?');
    expect(screen.text).toContain('--binary-id (config/config.exs:12)');
    first.show('generating Phoenix 1.8.12');
    expect(screen.text).toContain('generating Phoenix 1.8.12');
    expect(screen.text).toContain('atelier (Atelier, AtelierWeb)');
  });

  test('what is done here is named too, until the walk has the screen', () => {
    const { first, screen } = opened();
    first.doing('trying each step on a copy in memory');
    expect(screen.text).toContain('Trying each step on a copy in memory …');
    first.doing(null);
    const stage = first.handOver();
    stage?.painter.paint('the walk');
    first.doing('reading the project');
    first.show('fetching phoenix');
    expect(screen.text.trim().split('\n')[0]?.trim()).toBe('the walk');
    first.end();
  });

  test('keys are not echoed, and go nowhere: not even to the walk that follows', async () => {
    const { first, keys, press, interrupts } = opened();
    expect(keys.isRaw).toBe(true);
    await press('enter');
    await press('a');
    expect(interrupts()).toBe(0);
    const stage = first.handOver();
    await press('j');
    expect(String(stage?.keyboard.read())).toBe('j');
    first.end();
    expect(keys.isRaw).toBe(false);
  });

  test.each(['ctrl-c', 'q'])('%s stops it', async (key) => {
    const { first, press, interrupts } = opened();
    await press(key);
    expect(interrupts()).toBe(1);
    first.end();
  });

  test('a resize draws it anew, and the smallest window keeps what is being done in sight', () => {
    const { first, screen, resize } = opened({ columns: 120, rows: 40 });
    first.found(atelierPlan);
    resize(40, 12);
    expect(screen.lines).toHaveLength(12);
    expect(screen.lines[0]).toContain('atelier · Phoenix');
    expect(screen.lines[10]).toContain('Reading the project');
    expect(screen.lines[11]).toContain('^c quit');
  });

  test('a plain walk says one line, and leaves the terminal alone', () => {
    const { first, keys, screen } = opened({ plain: true });
    first.found(atelierPlan);
    expect(screen.normal.trim()).toBe('Reading the project, and making the plan …');
    expect(keys.isRaw).toBe(false);
    expect(first.handOver()).toBeNull();
  });
});
