import type { Inconsistency, Transition } from './transition.ts';

/** A test goes no earlier than the code that it tests. */
export function lostTests({ after, changed }: Transition): Inconsistency[] {
  return changed.flatMap((path) => {
    const [, root = '', name = ''] = /^(.*?)\btest\/(.+)_test\.exs$/.exec(path) ?? [];
    const code = `${root}lib/${name}.ex`;
    if (name === '' || after.has(path) || !after.has(code)) return [];
    return [{ path: code, line: 1, subject: name, message: `its test ${path} would go`, removal: path }];
  });
}
