import { everyExpr } from '../../elixir/children.ts';
import type { Operation } from '../../merge/operation.ts';
import type { Finding } from '../finding.ts';
import { ignoreText } from './docker-image-rows.ts';
import { type KnownNpmBuild, npmBuild } from './npm-build.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { isUmbrella, releaseName } from './release-name.ts';
import type { Sources } from './sources.ts';
import { dockerfileText, type NpmBuild } from './texts.ts';
import { ownVersions } from './versions.ts';

/** Signs that the project is built into images although it has no Dockerfile of its own. */
export function newDockerfile(input: DeployInput, sources: Sources): Seen[] {
  const { tree } = input;
  const sign = tree.paths.find(
    (path) =>
      /^(?:\.dockerignore|fly[\w.-]*\.toml|(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(path) &&
      buildsImage(path, tree.read(path) ?? ''),
  );
  if (sign === undefined || sources.dockerfiles.length > 0 || tree.has('Dockerfile')) return [];
  const findings = [
    'images are built, but there is no Dockerfile',
    ...unknownVersions(sources).map(
      (name) => `the project does not say which ${name} version to use: give the ARG of the new Dockerfile a default`,
    ),
  ].map((message) => ({ path: sign, line: 1, message }));
  const npm = npmBuild(tree, sources);
  const file = ownDockerfile(input, sources, npm);
  const ignored: Operation[] = tree.has('.dockerignore')
    ? []
    : [{ kind: 'create-file', path: '.dockerignore', text: ignoreText, executable: false }];
  const builds = npm && file.kind === 'create-dockerfile' ? npmFindings(npm) : [];
  return seen('dockerfile', [...findings, ...builds], [file, ...ignored]);
}

function unknownVersions(sources: Sources): string[] {
  return Object.entries(ownVersions(sources)).flatMap(([name, version]) => (version === null ? [name] : []));
}

function ownDockerfile({ tree, names }: DeployInput, sources: Sources, npm: NpmBuild | null): Operation {
  const manifests = tree.paths.filter((path) => /^(?:apps\/[^/]+\/)?mix\.exs$/.test(path));
  const deploys = everyExpr(manifests.flatMap((path) => sources.elixir(path).body)).some(
    (expr) => expr.kind === 'pair' && expr.name === 'assets.deploy',
  );
  const release = releaseName(names, sources);
  const versions = ownVersions(sources);
  const textWith = (assets: boolean | NpmBuild) =>
    dockerfileText({ release, names, versions, assets, umbrella: isUmbrella(sources), rel: true });
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
