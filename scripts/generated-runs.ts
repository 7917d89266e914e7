import { execFileSync } from 'node:child_process';
import type { Names } from '../src/elixir/names.ts';
import { readCall } from '../src/pristine/generator-call.ts';
import { evaluateGenerators } from '../src/pristine/sources/hex/generator.ts';
import { type PackageFiles, packageRoot } from '../src/pristine/sources/hex/package.ts';
import { evaluateProject } from '../src/pristine/sources/hex/project.ts';
import { compareVersions, isStable } from '../src/pristine/versions.ts';
import type { FileTree } from '../src/project/tree.ts';
import { below, filesOfTag, tagsOf } from './verify/tags.ts';

const world = { elixir: '1.18.4', otp: '27.3.4' };
const folders = ['installer', 'usage-rules', 'priv', 'lib', 'mix.exs'];

/** Generators as one version had them: in Phoenix, or beside it in a package of their own. */
export interface GeneratorRelease {
  /** `1.7.21`; of the package apart `phx_gen_auth 0.7.0`. */
  readonly label: string;
  /** Phoenix that it runs on. */
  readonly phoenix: string;
  /** Version of the package apart. */
  readonly apart?: string;
}

/** Checkouts, work trees or bare ones with tags, of Phoenix and of `phx_gen_auth`. */
export interface GeneratorCheckouts {
  readonly phoenix: string;
  readonly apart?: string | undefined;
}

/** `phx.gen.auth` came with 1.6; before that it was a package for 1.5. */
const since = '1.6.0';

/** All stable releases, oldest first; those of the package apart are run on the last 1.5. */
export function generatorReleases({ phoenix, apart }: GeneratorCheckouts): GeneratorRelease[] {
  const stable = (repository: string) =>
    tagsOf(repository)
      .map((tag) => tag.slice(1))
      .filter(isStable)
      .sort(compareVersions);
  const all = stable(phoenix);
  const last = all.filter((version) => version.startsWith('1.5.')).at(-1) ?? '';
  const before = apart === undefined ? [] : stable(apart);
  return [
    ...before.map((version) => ({ label: `phx_gen_auth ${version}`, phoenix: last, apart: version })),
    ...all
      .filter((version) => compareVersions(version, since) >= 0)
      .map((version) => ({ label: version, phoenix: version })),
  ];
}

/** A project of a version with what calls write into it, from checkouts alone. */
export class GeneratorRuns {
  readonly #checkouts: GeneratorCheckouts;
  #last: { readonly label: string; readonly phoenix: PackageFiles; readonly projects: Map<string, FileTree> } | null =
    null;
  readonly names: Names;

  constructor(checkouts: GeneratorCheckouts, names: Names) {
    this.#checkouts = checkouts;
    this.names = names;
  }

  /** What the tasks and templates of a release are known by: releases that have the same write the same. */
  sameAs({ phoenix, apart }: GeneratorRelease, task: string): string {
    const [repository, tag] = apart === undefined ? [this.#checkouts.phoenix, phoenix] : [this.#checkouts.apart, apart];
    const paths = [`v${tag}:priv/templates/${task}`, `v${tag}:lib/mix`];
    return execFileSync('git', ['-C', repository ?? '', 'rev-parse', ...paths], { encoding: 'utf8' });
  }

  /** The whole project, and the paths that the calls wrote or changed. Throws what evaluation throws. */
  run(release: GeneratorRelease, calls: readonly string[], project?: FileTree) {
    const { phoenix } = this.#at(release);
    const request = { version: release.phoenix, flags: [], names: this.names, calls: calls.map(readCall) };
    return evaluateGenerators({ phoenix, project: project ?? this.project(release), request }, world);
  }

  /** The project of a release as `phx.new` writes it. */
  project(release: GeneratorRelease): FileTree {
    const { phoenix, projects } = this.#at(release);
    const known = projects.get('');
    if (known) return known;
    const parent = packageRoot.replace(/\/[^/]*$/, '');
    const installer = below(filesOfTag(this.#checkouts.phoenix, `v${release.phoenix}`, folders), 'installer');
    const beside = new Map([...phoenix].map(([path, bytes]) => [`${parent}/${path}`, bytes]));
    const made = evaluateProject(
      { files: installer, beside },
      { version: release.phoenix, flags: [], names: this.names },
      world,
    );
    projects.set('', made);
    return made;
  }

  #at(release: GeneratorRelease) {
    if (this.#last?.label === release.label) return this.#last;
    const files = filesOfTag(this.#checkouts.phoenix, `v${release.phoenix}`, folders);
    const phoenix = [...files].filter(([path]) => !path.startsWith('installer/'));
    const apart = release.apart === undefined ? [] : [...this.#apart(release.apart)];
    const last = { label: release.label, phoenix: new Map([...apart, ...phoenix]), projects: new Map() };
    this.#last = last;
    return last;
  }

  #apart(version: string): Map<string, Uint8Array> {
    return filesOfTag(this.#checkouts.apart ?? '', `v${version}`, ['priv', 'lib', 'mix.exs']);
  }
}
