import type { Names } from '../../elixir/names.ts';
import type { Operation } from '../../merge/operation.ts';
import type { BuildFiles } from '../build-files.ts';

const path = 'mix.exs';

/** The releases that the root's `mix.exs` declares; null where it declares none. */
function declaredReleases({ sources }: BuildFiles): readonly string[] | null {
  const { project, releases } = sources.mixfile(path);
  if (!project.some(({ path: [key] }) => key === 'releases')) return null;
  return releases.flatMap(({ path: [name] }) => name ?? []);
}

/** Whether the root holds apps of its own. */
export function isUmbrella(build: BuildFiles): boolean {
  return build.tree.paths.some((one) => /^apps\/[^/]+\/mix\.exs$/.test(one));
}

/** Name of the release that the project makes: the first it declares, else what `mix release` would call it. */
export function releaseName(names: Names, build: BuildFiles): string {
  return declaredReleases(build)?.[0] ?? names.app;
}

/** The `releases:` of a project without one; an umbrella has to say there which apps its release starts. */
export function releaseDeclaration({ app, webApp }: Names, build: BuildFiles): Operation[] {
  if (declaredReleases(build) !== null) return [];
  const apps = [...new Set([app, webApp])].map((one) => `${one}: :permanent`).join(', ');
  const options = isUmbrella(build) ? `applications: [${apps}]` : 'include_executables_for: [:unix]';
  const value = `[${app}: [${options}]]`;
  return [{ kind: 'set-mix-key', path, section: 'project', keys: ['releases'], value, order: [] }];
}
