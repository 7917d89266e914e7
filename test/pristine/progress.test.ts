import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { untilInterrupted } from '../../src/pristine/interrupt.ts';
import { progressDisplay } from '../../src/pristine/progress.ts';
import { replaceSecrets } from '../../src/pristine/secrets.ts';

function screenOf(isTerminal: boolean) {
  const screen = { text: '', time: 0, tick: null as (() => void) | null };
  const display = progressDisplay({
    isTerminal,
    columns: 41,
    write: (text) => {
      screen.text += text;
    },
    now: () => screen.time,
    everySecond: (tick) => {
      screen.tick = tick;
      return () => {
        screen.tick = null;
      };
    },
  });
  return { screen, display };
}

it('shows a plain line for each step where there is no terminal', () => {
  const { screen, display } = screenOf(false);
  display.show('generating Phoenix 1.7.21');
  display.show('generating Phoenix 1.8.3');
  display.end();
  expect(screen.text).toBe('generating Phoenix 1.7.21\ngenerating Phoenix 1.8.3\n');
});

it('counts the seconds of a step on a terminal, in one line, and takes it away', () => {
  const { screen, display } = screenOf(true);
  display.show('generating Phoenix 1.8.3 --no-ecto --no-mailer');
  screen.time = 2400;
  screen.tick?.();
  const drawn = screen.text.split('\r\u001b[K').slice(1);
  expect(drawn).toEqual(['generating Phoenix 1.8.3 --no-ecto (0 s)', 'generating Phoenix 1.8.3 --no-ecto (2 s)']);
  display.show('done soon');
  screen.time = 4500;
  screen.tick?.();
  expect(screen.text.endsWith('\r\u001b[Kdone soon (2 s)')).toBe(true);
  display.end();
  expect(screen.text.endsWith('\r\u001b[K')).toBe(true);
  expect(screen.tick).toBeNull();
});

it('names local work at a terminal alone, and takes it away once it is over', () => {
  const piped = screenOf(false);
  piped.display.doing('reading the project');
  expect(piped.screen.text).toBe('');
  const { screen, display } = screenOf(true);
  display.doing('reading the project');
  expect(screen.text).toBe('\r\u001b[Kreading the project (0 s)');
  display.doing(null);
  expect([screen.text.endsWith('\r\u001b[K'), screen.tick]).toEqual([true, null]);
});

it('stops work once on Ctrl-C, and leaves no listener behind', async () => {
  const source = new EventEmitter();
  const work = untilInterrupted(source, async (signal) => {
    source.emit('SIGINT');
    expect(source.listenerCount('SIGINT')).toBe(0);
    return signal.aborted;
  });
  expect(await work).toBe(true);
  await expect(untilInterrupted(source, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(source.listenerCount('SIGTERM')).toBe(0);
});

it('replaces secrets that are written out, and no others', () => {
  const text =
    'config :a, B,\n  # signing_salt: "abc"\n  secret_key_base: "xyz",\n  live_view: [signing_salt: "q"],\n  other: "signing_salt"\n';
  expect(replaceSecrets(text)).toBe(text.replace('"xyz"', '"aaaaaaaa"').replace('"q"', '"aaaaaaaa"'));
  const read = 'config :a, B, secret_key_base: System.fetch_env!("KEY")\n';
  expect(replaceSecrets(read)).toBe(read);
});
