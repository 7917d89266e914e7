import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UpgradeError } from '../errors/error.ts';

/** Directories in which no project of the user's lies. */
const foreign = new Set(['deps', '_build', 'node_modules', 'priv', 'assets', 'test', 'lib']);
/** A project that lies deeper is given by its own path. */
const deepest = 3;

/**
 * The directory of the Mix project that a path means: itself, the project that it lies in, as for git and cargo, or the one
 * project below it. An app inside an umbrella means the umbrella. Throws `no-such-path`, `no-mix-exs` and `several-projects`.
 */
export function locateProject(path: string): string {
  const start = resolve(path);
  if (!existsSync(start) || !statSync(start).isDirectory()) throw new UpgradeError('no-such-path', { path });
  const around = projectAround(start);
  if (around !== null) return umbrellaOf(around);
  const below = projectsBelow(start, 0);
  const [only, another] = below;
  if (only === undefined) throw new UpgradeError('no-mix-exs', { path });
  if (another !== undefined) {
    throw new UpgradeError('several-projects', {
      path,
      projects: below.map((one) => one.slice(start.length + 1)).join(', '),
    });
  }
  return only;
}

/** The nearest directory from here upwards that has a mix.exs; a repository's top is as far as a project reaches. */
function projectAround(directory: string): string | null {
  if (existsSync(join(directory, 'mix.exs'))) return directory;
  const parent = dirname(directory);
  return parent === directory || existsSync(join(directory, '.git')) ? null : projectAround(parent);
}

/** `shop/apps/shop_web` belongs to `shop`, where that is a Mix project too. */
function umbrellaOf(directory: string): string {
  const [parent, root] = [resolve(directory, '..'), resolve(directory, '../..')];
  return parent.endsWith('/apps') && existsSync(join(root, 'mix.exs')) ? root : directory;
}

function projectsBelow(directory: string, depth: number): string[] {
  if (depth === deepest) return [];
  return entriesOf(directory)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !foreign.has(entry.name))
    .flatMap(({ name }) => {
      const below = join(directory, name);
      return existsSync(join(below, 'mix.exs')) ? [below] : projectsBelow(below, depth + 1);
    });
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    // Nobody's project lies in a directory that may not be read.
    return [];
  }
}
