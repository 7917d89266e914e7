import type { BuildFiles } from '../build-files.ts';
import type { NpmBuild } from './texts.ts';
import { versionMatrix } from './versions.ts';
import { readYaml } from './yaml.ts';

/** With whether `package.json` has a script that builds for production. */
export interface KnownNpmBuild extends NpmBuild {
  readonly isKnown: boolean;
}

/** How a project's own `package.json` builds its assets; null where it has none for them. */
export function npmBuild(files: BuildFiles): KnownNpmBuild | null {
  const { tree } = files;
  const manifest = tree.paths.find((path) => /^(?:apps\/[^/]+\/)?assets\/package\.json$/.test(path));
  if (manifest === undefined) return null;
  const directory = manifest.replace(/\/package\.json$/, '');
  const scripts = Object.keys(npmScripts(tree.read(manifest) ?? ''));
  const script = ['deploy', 'build'].find((name) => scripts.includes(name));
  const yarn = tree.has(`${directory}/yarn.lock`);
  const install = yarn
    ? 'yarn install --frozen-lockfile'
    : tree.has(`${directory}/package-lock.json`)
      ? 'npm ci --include=dev'
      : 'npm install --include=dev';
  const build = yarn ? `yarn ${script ?? 'deploy'}` : `npm run ${script ?? 'deploy'}`;
  return { directory, install, build, node: nodeVersion(files), isKnown: script !== undefined };
}

/** The scripts of a `package.json` by their names. */
export function npmScripts(text: string): Record<string, string> {
  const [document] = readYaml(text);
  const manifest = document?.value;
  const scripts = isRecord(manifest) ? manifest.scripts : undefined;
  const entries = isRecord(scripts) ? Object.entries(scripts) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nodeVersion(files: BuildFiles): string | null {
  const places = versionMatrix(files).find(({ software }) => software === 'node')?.places ?? [];
  return places.find(({ range }) => !range)?.version ?? null;
}
