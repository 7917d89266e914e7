import type { Inconsistency, Transition } from './transition.ts';

/** Configuration of a dep that went. */
export function lostSettings({ before, after, changed }: Transition): Inconsistency[] {
  if (!changed.some((path) => path.endsWith('mix.exs'))) return [];
  const left = new Set(after.mixfiles.flatMap(({ mixfile }) => mixfile.deps.map(({ name }) => name)));
  const gone = before.mixfiles.flatMap(({ mixfile }) =>
    mixfile.deps.flatMap(({ name }) => (left.has(name) ? [] : [name])),
  );
  return [...new Set(gone)].flatMap((name) =>
    after.paths
      .filter((path) => /(?:^|\/)config\/[^/]+\.exs$/.test(path))
      .flatMap((path) => settingsOf(name, path, after.read(path) ?? '')),
  );
}

function settingsOf(name: string, path: string, text: string): Inconsistency[] {
  const lines = text.split('\n');
  const pattern = new RegExp(`^\\s*config[ (]:${name}\\s*,`);
  return lines.flatMap((line, index) =>
    pattern.test(line)
      ? [{ path, line: index + 1, subject: `config :${name}`, message: `configures ${name}, which is no dep any more` }]
      : [],
  );
}
