import type { Names } from '../../elixir/names.ts';
import type { Operation } from '../../merge/operation.ts';
import type { BuildFiles } from '../build-files.ts';
import { takesArchive } from './distillery-archives.ts';
import { carriedSettings } from './distillery-carried.ts';
import { type DistilleryRelease, distilleryReleases } from './distillery-config.ts';

const path = 'mix.exs';

/** The releases that the root's `mix.exs` declares; null where it declares none. */
export function declaredReleases({ sources }: BuildFiles): readonly string[] | null {
  const { project, releases } = sources.mixfile(path);
  if (!project.some(({ path: [key] }) => key === 'releases')) return null;
  return releases.flatMap(({ path: [name] }) => name ?? []);
}

/** Whether the root holds apps of its own. */
export function isUmbrella(build: BuildFiles): boolean {
  return build.tree.paths.some((one) => /^apps\/[^/]+\/mix\.exs$/.test(one));
}

/** Name of the release that the project makes: the first it declares, or Distillery made, else what `mix release` would call it. */
export function releaseName(names: Names, build: BuildFiles): string {
  return releaseNames(names, build)[0] ?? names.app;
}

/** Names of all releases of a project, the one that it makes unless told otherwise first. */
export function releaseNames(names: Names, build: BuildFiles): readonly string[] {
  const known = declaredReleases(build) ?? distilleryReleases(build).map(({ name }) => name);
  return known.length === 0 ? [names.app] : [...new Set(known)];
}

/**
 * The `releases:` of a project without one: those that Distillery made of it, each by its name, else one of the app. An
 * umbrella has to say there which apps its release starts.
 */
export function releaseDeclaration(names: Names, build: BuildFiles): Operation[] {
  if (declaredReleases(build) !== null) return [];
  const former = distilleryReleases(build);
  const releases = former.length > 0 ? former : [{ name: names.app, applications: [], versionOf: null }];
  const shown = releases.map((release) => `${release.name}: [${optionsOf(release, names, build).join(', ')}]`);
  const set = (keys: readonly string[], value: string): Operation => ({
    kind: 'set-mix-key',
    path,
    section: 'project',
    keys,
    value,
    order: [],
  });
  return [
    set(['releases'], `[${shown.join(', ')}]`),
    // Mix wants to be told which of several it makes.
    ...(former.length > 1 ? [set(['default_release'], `:${former[0]?.name}`)] : []),
  ];
}

function optionsOf(release: DistilleryRelease, names: Names, build: BuildFiles): string[] {
  const umbrella = isUmbrella(build);
  const { providers } = carriedSettings(build);
  const own = [...new Set([names.app, names.webApp])].map((name) => ({ name, start: 'permanent' }));
  const applications = umbrella && release.applications.length === 0 ? own : more(release, names, build);
  const listed = applications.map(({ name, start }) => `${name}: :${start}`).join(', ');
  return [
    ...(umbrella && release.versionOf ? [`version: {:from_app, :${release.versionOf}}`] : []),
    ...(umbrella ? [] : ['include_executables_for: [:unix]']),
    ...(listed === '' ? [] : [`applications: [${listed}]`]),
    ...(providers === null ? [] : [`config_providers: ${providers}`]),
    ...(takesArchive({ build }) ? ['steps: [:assemble, :tar]'] : []),
  ];
}

/** The applications that a release names beyond what it starts anyway. */
function more(
  { applications }: DistilleryRelease,
  { app }: Names,
  build: BuildFiles,
): DistilleryRelease['applications'] {
  if (isUmbrella(build)) return applications;
  const text = build.elixir(path).text;
  const extra = build.sources.mixfile(path).application.filter(({ path: [key] }) => key === 'extra_applications');
  const started = extra.flatMap(({ value }) => (value.kind === 'list' ? value.items : []));
  const isStarted = (name: string) => started.some((item) => item.kind === 'atom' && item.name === name);
  return text === '' ? [] : applications.filter(({ name }) => name !== app && !isStarted(name));
}
