import { format, isFormatted } from '../elixir/format/format.ts';
import type { Names } from '../elixir/names.ts';
import { type FileTree, withTexts } from '../project/tree.ts';
import { renameTree } from './naming.ts';
import { compareVersions } from './versions.ts';

/**
 * A project that a version generated for one app, as it generates it for another: renamed as `renameTree` does, and with
 * the configuration that the generator formats laid out anew, since its line breaks depend on the length of the names.
 */
export function renameProject(tree: FileTree, version: string, from: Names, to: Names): FileTree {
  const renamed = renameTree(tree, from, to);
  const formatted = formattedFiles(version, to);
  if (renamed === tree || formatted === null) return renamed;
  return withTexts(renamed, (path) =>
    formatted.test(path) ? formattedAgain(tree.read(path), renamed.read(path)) : undefined,
  );
}

/** All configuration from 1.7.8 on, and in umbrellas; before that, the files that a database has settings in. Null before 1.6. */
function formattedFiles(version: string, { app, webApp }: Names): RegExp | null {
  if (compareVersions(version, '1.6.0') < 0) return null;
  const all = compareVersions(version, '1.7.8') >= 0 || app !== webApp;
  return all ? /^config\/[^/]+\.exs$/ : /^config\/(?:dev|test|runtime)\.exs$/;
}

/** A file that nothing was put into is not formatted: its lines stay. */
function formattedAgain(before: string | undefined, renamed: string | undefined): string | undefined {
  if (before === undefined || renamed === undefined || !isFormatted(before)) return renamed;
  const formatted = format(renamed);
  return formatted.ok ? formatted.text : renamed;
}
