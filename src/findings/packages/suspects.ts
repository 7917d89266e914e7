import { escapeRegExp } from '../../elixir/escape-reg-exp.ts';
import type { ProjectIndex } from '../../symbols/index.ts';
import type { ChangedName } from './changed-names.ts';
import type { MovingPackage } from './moving.ts';

/**
 * Paths of the files that may name one of the functions, by a look at their text: with its module, or by itself where an
 * import may bring it. Most files name none, and reading what a file needs takes a hundred times as long.
 */
export function suspects(
  index: ProjectIndex,
  moving: readonly MovingPackage[],
  changed: readonly ChangedName[],
): string[] {
  const brought = broughtBy(moving);
  const importing = index.mentioning(['import']).map((path) => index.text(path) ?? '');
  const isImported = (module: string) => brought.has(module) || importing.some(writer(module));
  const modules = [...new Set(changed.map(({ module }) => module))].map((module) => {
    const names = changed.filter((one) => one.module === module).map(({ name }) => name);
    return { module, names, isWritten: writer(module), behindDot: namedBehindDot(names), alone: isImported(module) };
  });
  const alone = namedAlone(modules.flatMap((one) => (one.alone ? one.names : [])));
  return index.mentioning([...new Set(changed.map(({ name }) => name))]).filter((path) => {
    const text = index.text(path) ?? '';
    return alone.test(text) || modules.some((one) => one.isWritten(text) && one.behindDot.test(text));
  });
}

/** Modules that using some module of the packages imports. */
function broughtBy(moving: readonly MovingPackage[]): ReadonlySet<string> {
  const lines = moving.flatMap(({ facts, from }) =>
    facts.modules.flatMap((module) => facts.module(module)?.brings(from) ?? []),
  );
  return new Set(lines.flatMap((line) => (line.startsWith('import ') ? [line.slice('import '.length)] : [])));
}

/**
 * Tells of a text whether it may name a module, in full or by an alias: either way the first two parts of the name stand in it
 * together, or the first one before `{` or before `, as:`.
 */
export function writer(module: string): (text: string) => boolean {
  const [first = '', second] = module.split('.').map(escapeRegExp);
  const pattern = new RegExp(
    second === undefined ? `\\b${first}\\b` : `\\b${first}(?:\\s*\\.\\s*(?:${second}\\b|\\{)|\\s*,)`,
  );
  return (text) => pattern.test(text);
}

function namedBehindDot(names: readonly string[]): RegExp {
  return new RegExp(`\\.\\s*(?:${anyOf(names)})(?![\\w?!])`);
}

/** Calls with and without parentheses, captures and components; not the variables that have such names. */
function namedAlone(names: readonly string[]): RegExp {
  const words = anyOf(names);
  return new RegExp(
    `(?<![\\w@:.])(?:${words})(?:\\(|[ \\t]*/|[ \\t]+(?![|=)\\]},\\\\\\n]|->))|<\\.(?:${words})(?=[\\s/>])`,
  );
}

/** Matches nothing where there is no name. */
function anyOf(names: readonly string[]): string {
  return names.length === 0 ? '(?!)' : [...new Set(names)].map(escapeRegExp).join('|');
}
