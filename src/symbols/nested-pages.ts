import { lineAt } from '../elixir/position.ts';
import type { Inconsistency, Transition } from './transition.ts';

/**
 * Layouts that are whole pages while a router comes to put a root layout around them: a document would stand within another. Before
 * LiveView the layout `app` was the page; it is turned into the root layout by hand, with what else the page needs.
 */
export function nestedPages({ before, after, changed }: Transition): Inconsistency[] {
  const puts = (text: string | undefined) => text?.includes('put_root_layout') ?? false;
  const routers = changed.filter((path) => /\.ex$/.test(path) && puts(after.text(path)) && !puts(before.text(path)));
  const folders = routers.map((path) => path.slice(0, path.lastIndexOf('/') + 1));
  const layouts = after.paths.filter(
    (path) =>
      /\/(?:templates\/layout|components\/layouts)\/(?:app|live)\.html\.\w+$/.test(path) &&
      folders.some((folder) => path.startsWith(folder)),
  );
  return layouts.flatMap((path) => {
    const text = after.read(path) ?? '';
    const at = text.search(/<html\b/i);
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
    const message = 'a whole page, which would stand within the root layout: make it the root layout';
    return at === -1 ? [] : [{ path, line: lineAt(text, at), subject: `the template ${name} of layout`, message }];
  });
}
