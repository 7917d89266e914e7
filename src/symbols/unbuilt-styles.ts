import { posix } from 'node:path';
import { isAsset } from './assets/imports.ts';
import type { ProjectIndex } from './index.ts';
import type { Inconsistency, Transition } from './transition.ts';

/**
 * A style sheet that a script imported, so that the bundler built it, and that now neither a script nor a style sheet takes in, nor
 * any tool is told to read: the pages lose their styles, and nothing says so.
 */
export function unbuiltStyles({ before, after, changed }: Transition): Inconsistency[] {
  return changed.filter(isAsset).flatMap((path) => {
    if (!after.has(path) || isStyle(path)) return [];
    const left = new Set(stylesOf(path, after));
    const lost = stylesOf(path, before).filter((style) => !left.has(style) && after.has(style));
    return lost
      .filter((style) => !isTakenIn(style, after))
      .map((style) => ({ path, line: 1, subject: style, message: `nothing builds ${style} any more` }));
  });
}

function isStyle(path: string): boolean {
  return /\.s?css$/.test(path);
}

/** The style sheets of the project that a file imports by their path. */
function stylesOf(path: string, index: ProjectIndex): string[] {
  return index
    .importsOf(path)
    .map(({ specifier }) => posix.join(posix.dirname(path), specifier))
    .filter(isStyle);
}

/** Whether another asset imports a style sheet, or a tool's settings name it: `--input=css/app.css`, a script of package.json. */
function isTakenIn(style: string, index: ProjectIndex): boolean {
  const named = style.split('/').slice(-2).join('/');
  return index.paths.some((path) => {
    if (isAsset(path)) return stylesOf(path, index).includes(style);
    return (
      /(?:^|\/)(?:config\/\w+\.exs|mix\.exs|package\.json)$/.test(path) && (index.read(path) ?? '').includes(named)
    );
  });
}
