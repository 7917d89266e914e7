import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { scratch } from '../support/pristine.ts';
import { git } from './built.ts';

export const fixtureNames = ['atelier', 'shop', 'bazaar'] as const;

const projects = resolve(import.meta.dirname, '../../fixtures/projects');

const prepared = new Map<string, string>();

/** A fresh copy of a fixture project in a repository of its own. */
export function repository(name: string): string {
  const origin = prepared.get(name) ?? firstRepository(name);
  prepared.set(name, origin);
  const directory = scratch(name);
  // Git looks at the times of files before it reads them.
  cpSync(origin, directory, { recursive: true, preserveTimestamps: true });
  return directory;
}

function firstRepository(name: string): string {
  const directory = scratch(name);
  cpSync(join(projects, name), directory, { recursive: true });
  git(directory, 'init', '--quiet', '--template=');
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message', 'As it was');
  return directory;
}

/** Every file outside git's own directory with its bytes and mode. */
export function treeOf(directory: string): [string, string, number][] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^\.git(\/|$)/.test(relative(directory, entry.parentPath)))
    .map((entry): [string, string, number] => {
      const path = join(entry.parentPath, entry.name);
      return [relative(directory, path), readFileSync(path, 'base64'), statSync(path).mode];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
