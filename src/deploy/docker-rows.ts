import { type Dockerfile, environment, type Instruction, programs, type Stage } from '../docker/dockerfile.ts';
import { secretName, startsMix } from '../docker/edit-split.ts';
import { ignores } from '../docker/ignore.ts';
import { debianName, imageVersions } from '../docker/image.ts';
import { itemsOf } from '../docker/item.ts';
import { migrates } from '../docker/migrating.ts';
import type { DeployOperation } from '../docker/operation.ts';
import { performDocker } from '../docker/perform.ts';
import { programsOf, scriptCommands } from '../docker/shell.ts';
import { chain, mixTasks, rolesOf } from '../docker/stages.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { releaseName } from './release-name.ts';
import type { Sources } from './sources.ts';

interface File {
  readonly path: string;
  readonly dockerfile: Dockerfile;
}

/** What the Dockerfiles of a project call for. Those that build no Elixir are left alone. */
export function dockerRows(input: DeployInput, sources: Sources): Seen[] {
  const own = sources.dockerfiles.filter(({ dockerfile }) => shipsElixir(dockerfile));
  return own.flatMap((file) => [
    ...mixAtStart(file, input, sources),
    ...migrationsAtStart(file, sources),
    ...images(file),
    ...assetOrder(file, sources),
    ...runtimeConfigOrder(file),
    ...secrets(file),
    ...rootUser(file),
    ...buildContext(file, input),
  ]);
}

function shipsElixir(dockerfile: Dockerfile): boolean {
  return dockerfile.stages.some((stage) => stage.instructions.some((one) => programs(one).some(startsMix)));
}

/** An operation that does something on the text and is not refused. */
export function doable(text: string, operation: DeployOperation): DeployOperation[] {
  const result = performDocker(text, operation);
  return result.ok && result.text !== text ? [operation] : [];
}

function startInstructions(dockerfile: Dockerfile): Instruction[] {
  const shipped = dockerfile.stages.at(-1);
  const all = shipped
    ? chain(shipped)
        .reverse()
        .flatMap(({ instructions }) => instructions)
    : [];
  return ['ENTRYPOINT', 'CMD'].flatMap((keyword) => all.filter((one) => one.keyword === keyword).slice(-1));
}

function mixAtStart({ path, dockerfile }: File, { names, tree }: DeployInput, sources: Sources): Seen[] {
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
  const stages = only ? seen('single-stage', [...oneStage(path, only), ...packages, ...asks], split) : [];
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

function isDevelopment(path: string, dockerfile: Dockerfile): boolean {
  const last = dockerfile.stages.at(-1);
  const environmentName = last ? environment(last).get('MIX_ENV') : undefined;
  return (
    /dev|test|ci\b/i.test(path.slice(path.lastIndexOf('/') + 1)) ||
    environmentName === 'dev' ||
    environmentName === 'test'
  );
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

function migrationsAtStart({ path, dockerfile }: File, sources: Sources): Seen[] {
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
export function migratingScript({ path, text }: { path: string; text: string }, message: string): Seen[] {
  const bad = scriptCommands(text).filter((command) => programsOf([command]).some(migrates));
  const line = (offset: number) => text.slice(0, offset).split('\n').length;
  const findings = bad.map(({ range }) => ({ path, line: line(range.start), message }));
  const operations = bad.length > 0 ? doable(text, { kind: 'script-without-migration', path }) : [];
  return seen('migrations-at-start', findings, operations);
}

function images({ path, dockerfile }: File): Seen[] {
  const { build, run } = rolesOf(dockerfile);
  const runner = run && imageVersions((chain(run).at(-1) ?? run).resolved);
  const builder = build && imageVersions((chain(build).at(-1) ?? build).resolved);
  const alpine =
    run && runner?.alpine
      ? [
          {
            path,
            line: run.from.line,
            message: `the release runs on ${run.resolved}: musl resolves DNS differently and NIFs built for glibc do not load; Debian is the generator's default`,
          },
        ]
      : [];
  if (!run || !runner?.debian || !builder?.debian) return seen('alpine-runner', alpine);
  if (debianName(runner.debian) === debianName(builder.debian)) return [];
  const message = `built on Debian ${debianName(builder.debian)}, run on ${debianName(runner.debian)}: the VM may miss its shared libraries`;
  const versions = { elixir: null, otp: null, debian: builder.debian };
  const operations = doable(dockerfile.text, { kind: 'docker-set-versions', path, stage: 'run', versions });
  return seen('debian-mismatch', [{ path, line: run.from.line, message }], operations);
}

function assetOrder({ path, dockerfile }: File, sources: Sources): Seen[] {
  const { build, only } = rolesOf(dockerfile);
  const stage = build ?? only;
  if (!stage) return [];
  const tasks = stage.instructions.flatMap((instruction) =>
    programs(instruction).flatMap((words) =>
      mixTasks(words).map((task) => ({ task, line: instruction.line, instruction })),
    ),
  );
  const deploy = tasks.find(({ task }) => /^(?:assets\.deploy|phx\.digest)$/.test(task));
  const compile = tasks.find(({ task }) => task === 'compile' || task === 'release');
  const early =
    deploy &&
    compile &&
    stage.instructions.indexOf(deploy.instruction) < stage.instructions.indexOf(compile.instruction);
  const findings =
    early && extractsHooks(sources)
      ? [
          {
            path,
            line: deploy.line,
            message:
              'assets are built before the code is compiled: hooks that LiveView extracts from templates are not there yet',
          },
        ]
      : [];
  const order = early && compile.task === 'compile' && findings.length > 0 ? assetsBehind(dockerfile, path) : [];
  return [
    ...seen('assets-before-code', findings, order),
    ...missingDigest(
      path,
      stage,
      tasks.map(({ task }) => task),
      sources,
    ),
    ...npmSteps(path, stage, sources),
  ];
}

/** Whether the project's LiveView may be 1.1 or newer, whose compiler extracts hooks from templates. */
function extractsHooks(sources: Sources): boolean {
  const [, major = '0', minor] = /(\d+)\.(\d+)/.exec(sources.dep('phoenix_live_view')?.requirement ?? '') ?? [];
  const patch = /\d+\.\d+\.\d+/.test(sources.dep('phoenix_live_view')?.requirement ?? '');
  return Number(major) >= 1 && (Number(minor) >= 1 || !patch);
}

function assetsBehind(dockerfile: Dockerfile, path: string): DeployOperation[] {
  const stage = rolesOf(dockerfile).build ? 'build' : 'only';
  const move = { kind: 'docker-move' as const, path, stage, behind: 'run.mix compile' };
  return ['run.mix assets.deploy', 'run.mix phx.digest'].flatMap((key) => doable(dockerfile.text, { ...move, key }));
}

function missingDigest(path: string, stage: Stage, tasks: readonly string[], sources: Sources): Seen[] {
  const assets = sources.tree.paths.some((one) => /^(?:apps\/[^/]+\/)?assets\/(?:js|css)\//.test(one));
  const release = stage.instructions.find((one) => programs(one).flatMap(mixTasks).includes('release'));
  const digested = tasks.some((task) => /^(?:assets\.deploy|phx\.digest|assets\.build)$/.test(task));
  if (!assets || !release || digested) return [];
  const message = 'the release is made without mix assets.deploy: assets are neither minified nor digested';
  return seen('no-digest', [{ path, line: release.line, message }]);
}

function npmSteps(path: string, stage: Stage, sources: Sources): Seen[] {
  const packages = sources.tree.paths.some((one) => /^(?:apps\/[^/]+\/)?(?:assets\/)?package\.json$/.test(one));
  if (!sources.hasDep('esbuild') || packages) return [];
  const steps = stage.instructions.filter((one) =>
    programs(one).some(([program = '']) => /^(?:npm|yarn|pnpm|npx)$/.test(program)),
  );
  const message = 'esbuild comes as a Mix dep and the project has no package.json: this step has nothing to install';
  return seen(
    'npm-with-esbuild',
    steps.map(({ line }) => ({ path, line, message })),
  );
}

function runtimeConfigOrder({ path, dockerfile }: File): Seen[] {
  const { build, only } = rolesOf(dockerfile);
  const instructions = (build ?? only)?.instructions ?? [];
  const copy = instructions.findIndex(
    (one) => one.keyword === 'COPY' && one.words.some((word) => /config\/runtime\.exs$/.test(word)),
  );
  const compile = instructions.findIndex((one) => programs(one).flatMap(mixTasks).includes('compile'));
  if (copy === -1 || compile === -1 || copy > compile) return [];
  const message =
    'config/runtime.exs is copied before the code is compiled: each change of it compiles everything anew';
  const alone = instructions[copy]?.words.length === 2;
  const stage = build ? 'build' : 'only';
  const operations = alone
    ? doable(dockerfile.text, {
        kind: 'docker-move',
        path,
        stage,
        key: 'copy.config/runtime.exs',
        behind: 'run.mix compile',
      })
    : [];
  return seen('runtime-config-order', [{ path, line: instructions[copy]?.line ?? 1, message }], operations);
}

/** Values that only let a build step run. */
const standIn = /^(?:dummy|fake|changeme|placeholder|none|x+|build(?:-?time)?)$/i;

function secrets({ path, dockerfile }: File): Seen[] {
  if (isDevelopment(path, dockerfile)) return [];
  const all = [...dockerfile.args, ...dockerfile.stages.flatMap(({ instructions }) => instructions)];
  const findings = all.flatMap(({ keyword, properties, line }) =>
    properties
      .filter(
        ({ name, value }) =>
          secretName.test(name) &&
          (keyword === 'ARG' || (keyword === 'ENV' && value !== null && value !== '' && !standIn.test(value))),
      )
      .map(({ name }) => ({
        path,
        line,
        message: `${keyword} ${name} stays readable in the image's history; pass it when the container starts, or as a build secret`,
      })),
  );
  return seen('secret-in-image', findings);
}

function rootUser({ path, dockerfile }: File): Seen[] {
  const { run, only } = rolesOf(dockerfile);
  const shipped = run ?? only;
  if (!shipped || isDevelopment(path, dockerfile)) return [];
  const user = chain(shipped).flatMap(({ instructions }) =>
    instructions.filter(({ keyword }) => keyword === 'USER').slice(-1),
  )[0];
  if (user && !/^(?:root|0)(?::|$)/.test(user.text)) return [];
  const message = 'the app runs as root';
  return seen('root-user', [{ path, line: user?.line ?? shipped.from.line, message }]);
}

const keptOut = ['.git', '_build', 'deps'];

function buildContext({ path, dockerfile }: File, { tree }: DeployInput): Seen[] {
  const whole = dockerfile.stages
    .flatMap(({ instructions }) => instructions)
    .find(
      (one) =>
        /^(?:COPY|ADD)$/.test(one.keyword) &&
        !one.flags.some(({ name }) => name === 'from') &&
        ['.', './'].includes(one.words[0] ?? ''),
    );
  const ignorePath = tree.has(`${path}.dockerignore`) ? `${path}.dockerignore` : '.dockerignore';
  const text = tree.read(ignorePath);
  if (text === undefined) {
    const message = 'there is no .dockerignore: .git, _build and deps are sent to the build';
    const file = { kind: 'create-file' as const, path: '.dockerignore', text: ignoreText, executable: false };
    return seen('dockerignore', [{ path, line: whole?.line ?? dockerfile.stages[0]?.from.line ?? 1, message }], [file]);
  }
  // Without a COPY of the whole directory, what is sent along never reaches the image.
  const missing = keptOut.filter((directory) => !ignores(text, directory));
  if (!whole || missing.length === 0) return [];
  const message = `.dockerignore lets ${missing.join(', ')} into the image, and line ${whole.line} of ${path} copies everything`;
  const operation = { kind: 'ignore-add' as const, path: ignorePath, patterns: missing };
  return seen('dockerignore', [{ path: ignorePath, line: 1, message }], [operation]);
}

/** A `.dockerignore` in our own words: what is built, fetched or secret stays out. */
export const ignoreText = `# Made again inside the image, or no part of it.
_build
deps
**/node_modules
priv/static/cache_manifest.json

# History and tests are not shipped.
.git
test
cover
doc

# Never bake secrets in.
.env
.env.*
*.pem
`;
