import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/elixir/evaluate/refusal.ts';
import { machineWith, moduleValue, valueFrom } from './machine.ts';

function refusal(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what is refused', () => {
  test.each([
    ['System.cmd("ls", [])', 'System.cmd/2'],
    [':os.cmd("ls")', ':os.cmd/1'],
    ['spawn(fn -> 1 end)', 'spawn/1 in /package/lib/main.ex'],
    ['Enum.wat([1])', 'Enum.wat/1'],
    ['Nobody.knows()', 'Nobody.knows/0'],
    ['receive do x -> x end', 'receive'],
    ['apply(:erlang, :halt, [])', ':erlang.halt/0'],
    ['"a" =~ ~r/(a)\\1/', 'the regular expression (a)\\1'],
    ['"a" =~ ~r/(?=a)/', 'the regular expression (?=a)'],
  ])('%s, by its name', (source, subject) => {
    expect(refusal(() => valueFrom(source))).toMatchObject({ kind: 'unknown', subject });
  });

  test('no rescue of the code itself hides it', () => {
    const { kind } = refusal(() => valueFrom('try do System.cmd("ls", []) rescue _ -> :ok catch _, _ -> :ok end'));
    expect(kind).toBe('unknown');
  });

  test('text that does not parse', () => {
    expect(refusal(() => moduleValue('defmodule Main do\n  def run, do: (\nend'))).toMatchObject({
      kind: 'unreadable',
    });
  });
});

describe('limits', () => {
  test('steps', () => {
    const forever =
      'defmodule Main do\n  def run, do: Enum.each(1..1000, fn _ -> Enum.each(1..1000, fn _ -> 1 end) end)\nend';
    const { machine } = machineWith({ '/package/lib/main.ex': forever }, { steps: 50_000 });
    expect(refusal(() => machine.call('Main', 'run', []))).toMatchObject({ kind: 'limit', subject: '50000 steps' });
  });

  test('depth: recursion without end, whatever the stack of Node', () => {
    const source = 'defmodule Main do\n  def run(x), do: [run([x])]\nend';
    const { machine } = machineWith({ '/package/lib/main.ex': source });
    expect(refusal(() => machine.call('Main', 'run', [[]])).kind).toBe('limit');
  });

  test('size: text that doubles', () => {
    const source = 'Enum.reduce(1..60, "x", fn _, text -> text <> text end)';
    expect(refusal(() => valueFrom(source, { size: 1_000_000 })).kind).toBe('limit');
    expect(refusal(() => valueFrom('String.duplicate("x", 1_000_000_000)')).kind).toBe('limit');
    expect(refusal(() => valueFrom('Enum.to_list(1..1_000_000_000)')).kind).toBe('limit');
  });

  test('time', () => {
    const files = {
      '/package/lib/main.ex':
        'defmodule Main do\n  def run, do: Enum.each(1..90_000, fn _ -> Enum.each(1..90_000, & &1) end)\nend',
    };
    const { machine } = machineWith(files, { time: 0 });
    expect(refusal(() => machine.call('Main', 'run', []))).toMatchObject({ kind: 'limit', subject: '0 ms' });
  });

  test('a regular expression that others take exponential time for', () => {
    expect(valueFrom('String.duplicate("a", 2000) <> "!" =~ ~r/^(a+)+$/')).toBe('false');
    expect(refusal(() => valueFrom('String.duplicate("a", 5000) =~ ~r/(a?){99}b/', { steps: 20_000 })).kind).toBe(
      'limit',
    );
  });

  test('paths stay in the map', () => {
    const { machine, files } = machineWith({
      '/package/lib/main.ex': 'defmodule Main do\n  def run, do: File.write!("../../../../etc/passwd", "x")\nend',
    });
    machine.call('Main', 'run', []);
    expect([...files.written.keys()]).toEqual(['/etc/passwd']);
  });
});
