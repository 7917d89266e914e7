import type { ProjectIndex } from './index.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** `def app(assigns)` beside `app.html.heex` that the same module embeds. */
export function duplicates(transition: Transition): Inconsistency[] {
  const { before, after, changed } = transition;
  const modules = new Set(
    changed.flatMap((path) =>
      [...after.file(path).modules.map(({ name }) => name), after.embedded.moduleOf(path) ?? []].flat(),
    ),
  );
  return [...modules].flatMap((name) => {
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
