import { type Limits, usualLimits } from '../../../src/elixir/evaluate/budget.ts';
import type { Environment } from '../../../src/elixir/evaluate/environment.ts';
import { FileMap } from '../../../src/elixir/evaluate/file-map.ts';
import { Machine } from '../../../src/elixir/evaluate/machine.ts';
import { inspect } from '../../../src/elixir/evaluate/values/inspect.ts';

/** Nothing of any machine. */
export const bareWorld: Environment = {
  elixir: '1.18.4',
  otp: '27.3.4',
  os: 'unix',
  directory: '/work',
  home: '/home/user',
  variables: new Map([['GREETING', 'hello']]),
  loaded: new Set(['Known.Package']),
  agrees: false,
  apps: new Map([['phoenix', '/phoenix']]),
  fetch: (url) => (url.startsWith('https://tags.example/') ? '{"results": [{"name": "1.18"}]}' : null),
  random: (length) => new Uint8Array(length).fill(1),
  format: (text) => text.trimEnd(),
};

/** A machine with these files by absolute path; those of `/package/lib` may be loaded by the names of their modules. */
export function machineWith(files: Readonly<Record<string, string>>, limits: Partial<Limits> = {}) {
  const encoder = new TextEncoder();
  const given = new Map(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]));
  const fileMap = new FileMap(given, '/work');
  const machine = new Machine({
    files: fileMap,
    sources: Object.keys(files).filter((path) => path.startsWith('/package/lib/')),
    mixfile: '/package/mix.exs',
    environment: bareWorld,
    limits: { ...usualLimits, ...limits },
    now: () => performance.now(),
  });
  return { machine, files: fileMap };
}

/** The value of an expression as `inspect` shows it. */
export function valueFrom(expression: string, limits: Partial<Limits> = {}): string {
  const { machine } = machineWith(
    { '/package/lib/main.ex': `defmodule Main do\n  def run do\n${expression}\n  end\nend\n` },
    limits,
  );
  return inspect(machine.call('Main', 'run', []));
}

/** What a module says when its `run/0` is called. */
export function moduleValue(source: string, files: Readonly<Record<string, string>> = {}): string {
  const { machine } = machineWith({ '/package/lib/main.ex': source, ...files });
  return inspect(machine.call('Main', 'run', []));
}
