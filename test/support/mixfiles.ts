import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pristineRoot } from './pristine.ts';

/** Path and text of every `mix.exs` of the generated projects. */
export function pristineMixfiles(): [string, string][] {
  const root = join(pristineRoot(), 'pristine');
  return directories(root, 4)
    .filter((directory) => readdirSync(join(root, directory)).includes('mix.exs'))
    .map((directory) => [`${directory}/mix.exs`, readFileSync(join(root, directory, 'mix.exs'), 'utf8')]);
}

function directories(root: string, depth: number): string[] {
  if (depth === 0) return [''];
  const here = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const below = here.flatMap(({ name }) => directories(join(root, name), depth - 1).map((path) => join(name, path)));
  return ['', ...below];
}
