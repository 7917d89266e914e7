import type { Written } from '../pristine/sources/source.ts';
import type { StageTexts } from './texts.ts';

/** What the tables of a stage's end have that those of its beginning have not, as a migration says it. */
export function changedColumns({ design, base, target }: StageTexts): string[] {
  if (design === null) return [];
  const lines = ({ tree, written }: Written) =>
    [...written]
      .filter((path) => path.includes('/migrations/'))
      .flatMap((path) => (tree.read(path) ?? '').split('\n').map((line) => line.trim()));
  const known = new Set(lines(base));
  return lines(target).filter((line) => /^(?:add|create|timestamps)\b/.test(line) && !known.has(line));
}
