import { contains } from '../children.ts';
import { isImportCall } from './calls.ts';
import { pathText } from './paths.ts';
import { configSource } from './source.ts';
import type { Surroundings } from './walk.ts';

const usual = ['dev', 'test', 'prod'];
const others = new Set(['config.exs', 'runtime.exs', 'releases.exs']);

/**
 * The build environments of a project: dev, test, prod and every `staging.exs` beside config.exs that is no part of
 * another file, that is, not imported by its plain name.
 */
export function buildEnvironments(
  read: (path: string) => string | undefined,
  list: (directory: string) => readonly string[],
  directory: string,
): string[] {
  const files = list(directory).filter((name) => name.endsWith('.exs'));
  const candidates = files.filter((name) => /^[a-z]\w*\.exs$/.test(name) && !others.has(name));
  const extra = candidates.map((name) => name.slice(0, -4)).filter((name) => !usual.includes(name));
  if (extra.length === 0) return usual;
  const parts = new Set(files.flatMap((name) => plainImports(read(`${directory}/${name}`) ?? '')));
  return [...usual, ...extra.filter((name) => !parts.has(`${name}.exs`)).sort()];
}

function plainImports(text: string): string[] {
  const names: string[] = [];
  for (const statement of configSource('', text).source.body) {
    contains(statement, (inner) => {
      const [path] = inner.kind === 'call' && isImportCall(inner) ? inner.args : [];
      const name = path && pathText(path, { directory: '', environment: '#', bindings: noBindings });
      if (name) names.push(name.slice(name.lastIndexOf('/') + 1));
      return false;
    });
  }
  return names;
}

const noBindings: Surroundings['bindings'] = new Map();
