import type { Budget } from '../budget.ts';
import type { HostModule } from '../evaluator.ts';
import type { FileMap } from '../file-map.ts';
import { Refusal } from '../refusal.ts';
import { textOf } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { listArg, textArg } from './arguments.ts';

/** Parts with one slash between, none at the end. */
function joined(parts: readonly string[]): string {
  const [first = '', ...rest] = parts;
  const all = [first, ...rest.map((part) => part.replace(/^\/+/, ''))].filter(
    (part, index) => index === 0 || part !== '',
  );
  const text = all.join('/').replace(/\/{2,}/g, '/');
  return text.length > 1 ? text.replace(/\/+$/, '') : text;
}

function textAt(value: Value | undefined, budget: Budget): string {
  return textArg(textOf(value as Value, budget));
}

function expanded(path: string, files: FileMap, home: string, from?: string): string {
  const base = from === undefined ? files.current : expanded(from, files, home);
  return files.absolute(path.replace(/^~(?=\/|$)/, home), base);
}

/** `path` without what it has in common with `from`, where it lies within; else itself. */
function relative(path: string, from: string): string {
  const [parts, start] = [splitPath(path), splitPath(from)];
  if (!start.every((part, index) => parts[index] === part)) return path;
  return parts.length === start.length ? '.' : joined(parts.slice(start.length));
}

function splitPath(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return path.startsWith('/') ? ['/', ...parts] : parts;
}

function basename(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

function dirname(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  if (slash === -1) return '.';
  return slash === 0 ? '/' : trimmed.slice(0, slash);
}

function extension(path: string): string {
  return /[^/](\.[^./]*)$/.exec(basename(path))?.[1] ?? '';
}

export const pathModule: HostModule = {
  name: 'Path',
  functions: {
    'basename/1': ([path]) => basename(textArg(path)),
    'basename/2': ([path, end]) => {
      const name = basename(textArg(path));
      return name.endsWith(textArg(end)) ? name.slice(0, name.length - textArg(end).length) : name;
    },
    'dirname/1': ([path]) => dirname(textArg(path)),
    'expand/1': ([path], { files, environment }) => expanded(textArg(path), files, environment.home),
    'expand/2': ([path, from], { files, environment }) =>
      expanded(textArg(path), files, environment.home, textArg(from)),
    'extname/1': ([path]) => extension(textArg(path)),
    'join/1': ([parts], { budget }) => joined(listArg(parts).map((part) => textAt(part, budget))),
    'join/2': ([left, right], { budget }) => joined([textAt(left, budget), textAt(right, budget)]),
    'relative_to/2': ([path, from]) => relative(textArg(path), textArg(from)),
    'relative_to_cwd/1': ([path], { files }) => relative(textArg(path), files.current),
    'rootname/1': ([path]) => textArg(path).slice(0, textArg(path).length - extension(textArg(path)).length),
    'split/1': ([path]) => splitPath(textArg(path)),
    'wildcard/1': ([pattern], { files }) => filesLike(textArg(pattern), files),
  },
};

/** Files of one ending anywhere below a directory, the only pattern that generators ask for. */
function filesLike(pattern: string, files: FileMap): string[] {
  const [, directory = '', end = ''] = /^([^*?{[]*)\/\*\*\/\*([^*?{[]*)$/.exec(pattern) ?? [];
  if (directory === '') throw new Refusal('unknown', `Path.wildcard of ${pattern}`);
  const visible = files.below(directory).filter((path) => path.endsWith(end) && !/(?:^|\/)\./.test(path));
  return visible.map((path) => `${directory}/${path}`);
}
