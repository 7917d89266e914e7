import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pristineRoot } from '../../support/pristine.ts';

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Files of generated projects whose name ends so; of all versions and variants, or of one. */
export function generatedFiles(ending: string, version = '', variant = ''): GeneratedFile[] {
  const root = join(pristineRoot(), 'pristine', version, variant);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(ending));
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The newest version of each minor with that of the next, for each variant: `[from, to, variant]`. */
export function neighbours(versions: readonly string[], variants: readonly string[]): [string, string, string][] {
  const newest = new Map(versions.map((version) => [version.split('.').slice(0, 2).join('.'), version]));
  const minors = [...newest.values()];
  return minors
    .slice(1)
    .flatMap((to, at) => variants.map((variant): [string, string, string] => [minors[at] ?? '', to, variant]));
}
