import type { Software, StatedVersions } from '../findings/deployment/versions.ts';

/** How a person calls each software. */
export const softwareNames: Readonly<Record<Software, string>> = {
  elixir: 'Elixir',
  otp: 'Erlang/OTP',
  node: 'Node.js',
  debian: 'Debian',
};

/** Spelled here so that a report need not load what reads the project. */
export const softwares = ['elixir', 'otp', 'node', 'debian'] as const satisfies readonly Software[];

/** The rows that have something to show. */
export function statedRows(matrix: readonly StatedVersions[]): readonly StatedVersions[] {
  return matrix.filter(({ places }) => places.length > 0);
}

/** What the places of a row come to, in words. */
export function matrixVerdict({ places, disagreements }: StatedVersions): string {
  if (disagreements.length > 0) return 'versions differ';
  return places.length === 1 ? 'one source' : 'versions agree';
}

/** Whether a place contradicts another one, so that at least one of the two is to be changed. */
export function disagrees(row: StatedVersions, place: StatedVersions['places'][number]): boolean {
  return row.disagreements.some((pair) => pair.some(({ path, line }) => path === place.path && line === place.line));
}
