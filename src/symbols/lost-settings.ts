import type { Inconsistency, Transition } from './transition.ts';

/** Configuration of a dep that went. */
export function lostSettings({ before, after, changed }: Transition): Inconsistency[] {
  if (!changed.some((path) => path.endsWith('mix.exs'))) return [];
  const gone = [...before.deps].filter((name) => !after.deps.has(name));
  return gone.flatMap((name) =>
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
