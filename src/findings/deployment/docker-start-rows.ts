import { type Dockerfile, type Instruction, programs, type Stage } from '../../docker/dockerfile.ts';
import { startsMix } from '../../docker/edit-split.ts';
import { imageVersions } from '../../docker/image.ts';
import { itemsOf } from '../../docker/item.ts';
import { migrates } from '../../docker/migrating.ts';
import type { DeployOperation } from '../../docker/operation.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { chain, mixTasks, rolesOf } from '../../docker/stages.ts';
import { type DockerFile, doable, isDevelopment, startInstructions } from './docker-file.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { releaseName } from './release-name.ts';
import type { Sources } from './sources.ts';

/** Containers that start through Mix, and stages that build and ship at once. */
export function mixAtStart({ path, dockerfile }: DockerFile, { names, tree }: DeployInput, sources: Sources): Seen[] {
  const { only } = rolesOf(dockerfile);
  // A Dockerfile for development or tests runs Mix on purpose.
  if (isDevelopment(path, dockerfile)) return [];
  const starts = startInstructions(dockerfile).filter((one) =>
    programs(one).some((words) => startsMix(words) && !migrates(words)),
  );
  const findings = starts.map(({ line }) => ({
    path,
    line,
    message: 'the container starts the app through Mix, from sources; a release needs neither',
  }));
  const image = only && runnerImage(only);
  const split = image
    ? doable(dockerfile.text, { kind: 'docker-split', path, image, app: releaseName(names, sources) })
    : [];
  const packages = split.length > 0 && only ? packagesLeftBehind(path, dockerfile, only) : [];
  const asks = only && !image && starts.length > 0 ? [unknownRunner(path, only)] : [];
  // Without anything to start it is the base of other images.
  const stages =
    only && startInstructions(dockerfile).length > 0
      ? seen('single-stage', [...oneStage(path, only), ...packages, ...asks], split)
      : [];
  const mix = split.length > 0 || starts.length === 0 ? [] : mixCommand(path, dockerfile);
  return [...seen('mix-at-start', findings, tree.has(path) ? mix : []), ...stages];
}

function mixCommand(path: string, dockerfile: Dockerfile): DeployOperation[] {
  const { run, build } = rolesOf(dockerfile);
  const builds = build?.instructions.flatMap(programs).flatMap(mixTasks).includes('release');
  if (!run || !builds) return [];
  return doable(dockerfile.text, {
    kind: 'docker-put',
    path,
    stage: 'run',
    key: 'cmd',
    value: '["/app/bin/server"]',
    after: [],
  });
}

function oneStage(path: string, only: Stage) {
  const message = 'one stage builds and ships: compilers, sources and build secrets end up in the image';
  return [{ path, line: only.from.line, message }];
}

/** What a split leaves in the building stage: only a person knows what of it the app calls. */
function packagesLeftBehind(path: string, dockerfile: Dockerfile, only: Stage) {
  const packages = itemsOf(dockerfile, only).filter(({ key }) => key.startsWith('package.'));
  const [first] = packages;
  if (!first) return [];
  const names = packages.map(({ value }) => value).join(', ');
  const message = `${names}: installed where the release is built; install what the app calls in the running stage, too`;
  return [{ path, line: first.instruction.line, message }];
}

function unknownRunner(path: string, only: Stage) {
  const message = `which Debian release ${only.resolved} stands on is not in its name: choose the image that runs the release`;
  return { path, line: only.from.line, message };
}

/** The image without Elixir that has the same system as a building one; null where its name does not tell. */
function runnerImage(stage: Stage): string | null {
  const root = chain(stage).at(-1) ?? stage;
  const { debian, alpine } = imageVersions(root.resolved);
  if (debian) return `debian:${debian}`;
  return alpine && alpine !== 'latest' ? `alpine:${alpine}` : null;
}

/** Migrations in what a container starts, scripts included. */
export function migrationsAtStart({ path, dockerfile }: DockerFile, sources: Sources): Seen[] {
  const starts = startInstructions(dockerfile);
  const direct = starts.filter((one) => programs(one).some(migrates));
  const message = 'every instance that boots migrates; run it once before the deploy instead';
  const findings = direct.map(({ line }) => ({ path, line, message }));
  const operations = direct.length > 0 ? doable(dockerfile.text, { kind: 'docker-start-without-migration', path }) : [];
  const scripts = starts.flatMap((one) => startedScripts(one, sources));
  return [
    ...seen('migrations-at-start', findings, operations),
    ...scripts.flatMap((script) => migratingScript(script, message)),
  ];
}

function startedScripts(start: Instruction, sources: Sources) {
  const names = programs(start)
    .flat()
    .map((word) => word.slice(word.lastIndexOf('/') + 1));
  return sources.scripts.filter(
    ({ path }) => !path.startsWith('rel/overlays/bin/migrate') && names.includes(path.slice(path.lastIndexOf('/') + 1)),
  );
}

/** A script that an app starts with and that migrates on its way. */
function migratingScript({ path, text }: { path: string; text: string }, message: string): Seen[] {
  const bad = scriptCommands(text).filter((command) => programsOf([command]).some(migrates));
  const line = (offset: number) => text.slice(0, offset).split('\n').length;
  const findings = bad.map(({ range }) => ({ path, line: line(range.start), message }));
  const operations = bad.length > 0 ? doable(text, { kind: 'script-without-migration', path }) : [];
  return seen('migrations-at-start', findings, operations);
}
