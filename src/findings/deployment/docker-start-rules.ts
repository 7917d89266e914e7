import { serverCommand, startsMix } from '../../docker/edit-split.ts';
import { imageVersions } from '../../docker/image.ts';
import { itemsOf } from '../../docker/item.ts';
import { migrates } from '../../docker/migrating.ts';
import { type Dockerfile, type Instruction, programs, type Stage } from '../../docker/model.ts';
import type { DockerOperation } from '../../docker/operation.ts';
import { chain, mixTasks, rolesOf } from '../../docker/stages.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { scriptFindings } from './command-lists.ts';
import {
  type DockerFile,
  doable,
  dockerRule,
  isDevelopment,
  startedScripts,
  startInstructions,
} from './docker-file.ts';
import { migratesOnce } from './migrating-once.ts';
import { servesThroughMix } from './production.ts';
import { releaseName } from './release-name.ts';

/** How a container starts. */
export const dockerStartRules: readonly ProjectRule[] = [
  dockerRule('mix-at-start', mixAtStart),
  dockerRule('single-stage', singleStage),
  dockerRule('migrations-at-start', migrationsAtStart),
];

/** Containers that start through Mix. */
function mixAtStart(file: DockerFile, context: FindingContext): Sighting[] {
  const { path, dockerfile } = file;
  const starts = mixStarts(file);
  const server = serverCommand(starts.some((one) => programs(one).some(migrates)));
  const message = 'the container starts the app through Mix, from sources; a release needs neither';
  const isSplit = splitting(file, context).length > 0;
  const mix = isSplit || starts.length === 0 || !context.tree.has(path) ? [] : mixCommand(path, dockerfile, server);
  return sighting(
    starts.map(({ line }) => ({ path, line, message })),
    mix,
  );
}

/** A stage that builds and ships at once. */
function singleStage(file: DockerFile, context: FindingContext): Sighting[] {
  const { path, dockerfile } = file;
  const { only } = rolesOf(dockerfile);
  // Without anything to start it is the base of other images.
  if (!only || isDevelopment(path, dockerfile) || startInstructions(dockerfile).length === 0) return [];
  const split = splitting(file, context);
  const packages = split.length > 0 ? packagesLeftBehind(path, dockerfile, only) : [];
  const asks = !runnerImage(only) && mixStarts(file).length > 0 ? [unknownRunner(path, only)] : [];
  return sighting([...oneStage(path, only, releaseName(context.names, context.build)), ...packages, ...asks], split);
}

/** What starts the app through Mix. A Dockerfile for development or tests does so on purpose. */
function mixStarts({ path, dockerfile }: DockerFile): Instruction[] {
  if (isDevelopment(path, dockerfile)) return [];
  return startInstructions(dockerfile).filter((one) =>
    programs(one).some((words) => startsMix(words) && (!migrates(words) || servesThroughMix(words))),
  );
}

/** The edit that makes two stages of one; none where the running image is not known. */
function splitting({ path, dockerfile }: DockerFile, { names, build }: FindingContext): DockerOperation[] {
  const { only } = rolesOf(dockerfile);
  const image = only && runnerImage(only);
  return image ? doable(dockerfile.text, { kind: 'docker-split', path, image, app: releaseName(names, build) }) : [];
}

function mixCommand(path: string, dockerfile: Dockerfile, value: string): DockerOperation[] {
  const { run, build } = rolesOf(dockerfile);
  const builds = build?.instructions.flatMap(programs).flatMap(mixTasks).includes('release');
  if (!run || !builds) return [];
  return doable(dockerfile.text, {
    kind: 'docker-put',
    path,
    stage: 'run',
    key: 'cmd',
    value,
    after: [],
  });
}

function oneStage(path: string, only: Stage, release: string) {
  const message = `one stage builds and ships: compilers, sources and build secrets end up in the image; name it AS build, and start another one behind it: FROM debian:RELEASE-slim, COPY --from=build …/_build/prod/rel/${release} /app, CMD ["/app/bin/server"]`;
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
function migrationsAtStart({ path, dockerfile }: DockerFile, context: FindingContext): Sighting[] {
  const starts = startInstructions(dockerfile);
  const direct = starts.filter((one) => programs(one).some(migrates));
  const scripts = starts.flatMap((one) => startedScripts(one, context.build));
  // The only place that migrates is left until another one does.
  const goes = migratesOnce(context);
  const message = `every instance that boots migrates; run it once before the deploy instead${goes ? '' : ', then take it out here'}`;
  const findings = direct.map(({ line }) => ({ path, line, message }));
  const operations = goes ? doable(dockerfile.text, { kind: 'docker-start-without-migration', path }) : [];
  return [
    ...sighting(findings, direct.length > 0 ? operations : []),
    ...scripts.flatMap((script) => migratingScript(script, message, goes)),
  ];
}

/** A script that an app starts with and that migrates on its way. */
function migratingScript(script: { path: string; text: string }, message: string, goes: boolean): Sighting[] {
  const { path, text } = script;
  const findings = scriptFindings(script, migrates, message);
  const operations = goes && findings.length > 0 ? doable(text, { kind: 'script-without-migration', path }) : [];
  return sighting(findings, operations);
}
