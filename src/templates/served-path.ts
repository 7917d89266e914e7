import type { Edited } from '../elixir/edited.ts';

/** Puts another path in place of one by which pages ask for a file: `"/js/app.js"` in a template, in a sigil or a call. */
export interface ServedPathOperation {
  readonly kind: 'served-path';
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** The text with the path changed wherever it stands as a whole; twice is once. */
export function changeServedPath(text: string, from: string, to: string): Edited {
  return { ok: true, text: text.replace(asked(from), (_whole, open: string) => open + to) };
}

/** The lines, counted from 1, that ask for a file by such a path. */
export function linesAsking(text: string, path: string): number[] {
  if (!text.includes(path)) return [];
  return text.split('\n').flatMap((line, index) => (asked(path).test(line) ? [index + 1] : []));
}

function asked(path: string): RegExp {
  return new RegExp(`(["'])${path.replaceAll('.', String.raw`\.`)}(?=["'?])`, 'g');
}
