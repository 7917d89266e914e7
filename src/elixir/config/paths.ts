import type { Expr } from '../ast.ts';
import type { Bindings } from '../canonical.ts';
import { nameMatcher } from '../wildcard.ts';
import { resolved } from './bindings.ts';
import { calledName } from './called.ts';
import { isEnvironment } from './environment.ts';

/** What a path in a config file is relative to. */
export interface PathPlace {
  /** Directory of the file, from the root: `config`. */
  readonly directory: string;
  readonly environment: string;
  readonly bindings: Bindings;
}

/**
 * The text of a path expression. A leading `/` stands for the project's root (`__DIR__` is known only from there);
 * null for a path that is computed otherwise.
 */
export function pathText(expr: Expr, place: PathPlace): string | null {
  const inner = resolved(expr, place.bindings);
  if (isEnvironment(inner, place.bindings)) return place.environment;
  switch (inner.kind) {
    case 'identifier':
      return inner.name === '__DIR__' ? `/${place.directory}` : null;
    case 'atom':
      return inner.name;
    case 'string':
    case 'charlist':
      return concatenated(inner.parts, place);
    case 'binary':
      if (inner.operator === '<>') return concatenated([inner.left, inner.right], place);
      return inner.operator === '|>' ? pathOfCall(inner.right, [inner.left], place) : null;
    case 'call':
      return pathOfCall(inner, [], place);
    default:
      return null;
  }
}

function concatenated(parts: readonly (string | Expr)[], place: PathPlace): string | null {
  const texts = parts.map((part) => (typeof part === 'string' ? part : pathText(part, place)));
  return texts.includes(null) ? null : texts.join('');
}

function pathOfCall(call: Expr, piped: readonly Expr[], place: PathPlace): string | null {
  if (call.kind !== 'call') return null;
  const args = [...piped, ...call.args].flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg]));
  const texts = args.map((arg) => pathText(arg, place));
  const [first, second] = texts;
  if (texts.includes(null) || first === null || first === undefined) return null;
  switch (calledName(call)) {
    case 'Path.join':
      return texts.join('/');
    case 'Path.expand':
      return first.startsWith('/')
        ? first
        : second === undefined || second === null
          ? `/${first}`
          : `${second}/${first}`;
    case 'to_string':
    case 'Atom.to_string':
      return first;
    case 'Path.dirname':
      return first.slice(0, Math.max(0, first.lastIndexOf('/')));
    default:
      return null;
  }
}

/** The pattern given to `Path.wildcard`, piped or not; null for other expressions. */
export function wildcardPattern(expr: Expr, place: PathPlace): string | null {
  const inner = resolved(expr, place.bindings);
  const [call, piped] = inner.kind === 'binary' && inner.operator === '|>' ? [inner.right, [inner.left]] : [inner, []];
  if (call.kind !== 'call' || calledName(call) !== 'Path.wildcard') return null;
  const [pattern] = [...piped, ...call.args];
  return pattern ? pathText(pattern, place) : null;
}

/** A path from the root, `..` and `.` resolved; null for one that leaves the root. */
export function fromRoot(path: string, directory: string): string | null {
  const segments: string[] = [];
  for (const segment of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

/** Whether a path has wildcards, as `Path.wildcard` knows them. */
export function isWildcard(path: string): boolean {
  return /[*?{[]/.test(path);
}

/** The files that a wildcard path from the root matches, sorted. `list` gives the names in a directory. */
export function matchingFiles(pattern: string, list: (directory: string) => readonly string[]): string[] {
  let found = [''];
  for (const segment of pattern.split('/')) {
    if (!isWildcard(segment)) found = found.map((path) => join(path, segment));
    else if (segment === '**') found = [...new Set(found.flatMap((path) => [path, ...below(path, list)]))];
    else {
      const matches = nameMatcher(segment);
      found = found.flatMap((path) =>
        list(path)
          .filter(matches)
          .map((name) => join(path, name)),
      );
    }
  }
  return [...new Set(found)].sort();
}

function below(directory: string, list: (directory: string) => readonly string[]): string[] {
  return list(directory).flatMap((name) => [join(directory, name), ...below(join(directory, name), list)]);
}

function join(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}
