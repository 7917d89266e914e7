import type { ProjectIndex } from './index.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** `def app(assigns)` beside `app.html.heex` that the same module embeds, and `app.html.eex` beside that. */
export function duplicates(transition: Transition): Inconsistency[] {
  return [...definedTwice(transition), ...templatesTwice(transition)];
}

/** A new template beside one of the same name, for another engine. */
function templatesTwice({ before, after, changed }: Transition): Inconsistency[] {
  return changed.flatMap((path) => {
    const [, folder, name] = /([^/]+)\/([^/]+\.html)\.(?:heex|eex|leex)$/.exec(path) ?? [];
    if (name === undefined || before.has(path) || !after.has(path)) return [];
    const stem = path.slice(0, path.lastIndexOf('.') + 1);
    const others = after.paths.filter(
      (one) => one !== path && one.startsWith(stem) && !one.slice(stem.length).includes('/'),
    );
    const subject = `the template ${name} of ${folder}`;
    return others.map((other) => ({ path: other, line: 1, subject, message: `${subject} is also written by ${path}` }));
  });
}

function definedTwice(transition: Transition): Inconsistency[] {
  const { before, after, changed } = transition;
  return [...after.modulesAt(changed)].flatMap((name) => {
    const known = new Set(twice(before, name).map(({ subject }) => subject));
    return twice(after, name).filter(({ subject }) => !known.has(subject));
  });
}

function twice(index: ProjectIndex, name: string): Inconsistency[] {
  const module = index.module(name);
  if (module === undefined || module.embeds.length === 0) return [];
  return index.embedded.of(name).flatMap((file) => {
    const own = module.functions.find((one) => one.name === file.name && one.most === 1);
    if (own === undefined) return [];
    const subject = `${name}.${file.name}/1`;
    return [{ path: module.path, line: own.line, subject, message: `${subject} is also defined by ${file.path}` }];
  });
}
