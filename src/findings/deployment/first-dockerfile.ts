import type { Operation } from '../../merge/operation.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type Sighting, sighting } from '../rule.ts';
import { ignoreText } from './docker-image-rules.ts';
import { type KnownNpmBuild, npmBuild } from './npm-build.ts';
import { isUmbrella, releaseName } from './release-name.ts';
import { dockerfileText, type NpmBuild } from './texts.ts';
import { ownVersions } from './versions.ts';

/** Signs that the project is built into images although it has no Dockerfile of its own. */
export function newDockerfile(context: FindingContext): Sighting[] {
  const { tree, build } = context;
  const sign = tree.paths.find(
    (path) =>
      /^(?:\.dockerignore|fly[\w.-]*\.toml|(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(path) &&
      buildsImage(path, tree.read(path) ?? ''),
  );
  if (sign === undefined || build.dockerfiles.length > 0 || tree.has('Dockerfile')) return [];
  const findings = [
    'images are built, but there is no Dockerfile',
    ...unknownVersions(build).map(
      (name) => `the project does not say which ${name} version to use: give the ARG of the new Dockerfile a default`,
    ),
  ].map((message) => ({ path: sign, line: 1, message }));
  const npm = npmBuild(build);
  const file = ownDockerfile(context, npm);
  const ignored: Operation[] = tree.has('.dockerignore')
    ? []
    : [{ kind: 'create-file', path: '.dockerignore', text: ignoreText, executable: false }];
  const builds = npm && file.kind === 'create-dockerfile' ? npmFindings(npm) : [];
  return sighting([...findings, ...builds], [file, ...ignored]);
}

function unknownVersions(build: BuildFiles): string[] {
  return Object.entries(ownVersions(build)).flatMap(([name, version]) => (version === null ? [name] : []));
}

function ownDockerfile({ names, build }: FindingContext, npm: NpmBuild | null): Operation {
  const manifests = build.manifests.map(({ path }) => path);
  const deploys = build.manifests.some(({ mixfile }) => mixfile.aliases.some(({ name }) => name === 'assets.deploy'));
  const release = releaseName(names, build);
  const versions = ownVersions(build);
  const textWith = (assets: boolean | NpmBuild) =>
    dockerfileText({ release, names, versions, assets, umbrella: isUmbrella(build), rel: true });
  const path = 'Dockerfile';
  const text = textWith(true);
  if (deploys) return { kind: 'create-file', path, text, executable: false };
  return { kind: 'create-dockerfile', path, text, otherwise: textWith(npm ?? false), creates: true, manifests };
}

/** What a person has to know of a Dockerfile in which npm builds the assets. */
function npmFindings({ directory, node, isKnown }: KnownNpmBuild): Finding[] {
  const messages = [
    'the new Dockerfile builds assets with npm as long as mix.exs has no alias assets.deploy, which comes with esbuild',
    ...(node === null
      ? ['the project does not say which node version to use: give the ARG of the new Dockerfile a default']
      : []),
    ...(isKnown
      ? []
      : ['there is no script deploy or build: name the one that builds for production in the new Dockerfile']),
  ];
  return messages.map((message) => ({ path: `${directory}/package.json`, line: 1, message }));
}

/** A compose file that only starts a database builds nothing. */
function buildsImage(path: string, text: string): boolean {
  if (/\.ya?ml$/.test(path)) return /^\s+build:/m.test(text);
  return !path.endsWith('.toml') || !/^\s*(?:image|builder|buildpacks)\s*=/m.test(text);
}
