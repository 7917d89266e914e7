import type { DockerOperation } from '../../docker/operation.ts';
import { doable } from './docker-file.ts';

/** The edit of one line, counted from 1, that a function writes anew; none where it is not the only one that reads so. */
export function lineEdit(
  { path, line }: { readonly path: string; readonly line: number },
  text: string,
  write: (own: string) => readonly string[] | null,
): DockerOperation[] {
  const own = text.split(/\r?\n/)[line - 1] ?? '';
  const becomes = write(own);
  if (becomes === null || own.trim() === '') return [];
  return doable(text, { kind: 'line-replace', path, line: own, becomes });
}

/** A line with another value behind its key, comments kept: `stop_grace_period: 30s` of `stop_grace_period: 2s`. */
export function withValue(own: string, value: string): readonly string[] | null {
  const [, before, , behind] = /^(\s*[\w.-]+\s*[:=]\s*)(["']?[\w.]+["']?)(\s*(?:#.*)?)$/.exec(own) ?? [];
  return before === undefined || behind === undefined ? null : [`${before}${value}${behind}`];
}
