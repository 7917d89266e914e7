import { type Dockerfile, environment, programs, type Stage } from '../../docker/model.ts';
import type { DockerOperation } from '../../docker/operation.ts';
import { mixTasks, rolesOf } from '../../docker/stages.ts';
import { plainText } from '../../elixir/plain-text.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext, TargetVersions } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { commandLists } from './command-lists.ts';
import { type DockerFile, doable, dockerRule, isDevelopment } from './docker-file.ts';

/** The order in which an image is built, and what of the assets gets into it. */
export const dockerBuildRules: readonly ProjectRule[] = [
  dockerRule('assets-before-code', earlyAssets, 'docker-compile-first'),
  { kind: 'project', id: 'assets-before-code-in-script', topic: 'docker-compile-first', look: earlyAssetsInScripts },
  dockerRule('no-digest', missingDigest),
  dockerRule('npm-with-esbuild', npmSteps),
  dockerRule('runtime-config-order', earlyRuntimeConfig),
];

/** A Mix task that a stage runs, with the place of its instruction among the others. */
interface StageTask {
  readonly task: string;
  readonly line: number;
  readonly at: number;
}

/** The stage in which a release is built. */
function buildStage({ dockerfile }: DockerFile): Stage | null {
  const { build, only } = rolesOf(dockerfile);
  return build ?? only;
}

function tasksOf({ instructions }: Stage): StageTask[] {
  return instructions.flatMap((instruction, at) =>
    programs(instruction)
      .flatMap(mixTasks)
      .map((task) => ({ task, line: instruction.line, at })),
  );
}

/** Assets built before the code. */
function earlyAssets(file: DockerFile, context: FindingContext): Sighting[] {
  const { path, dockerfile } = file;
  const stage = buildStage(file);
  const tasks = stage ? tasksOf(stage) : [];
  const deploy = tasks.find(({ task }) => /^(?:assets\.deploy|phx\.digest)$/.test(task));
  const compile = tasks.find(({ task }) => task === 'compile' || task === 'release');
  if (!deploy || !compile || deploy.at >= compile.at || !needsCode(context)) return [];
  const order = compile.task === 'compile' ? assetsBehind(dockerfile, path) : [];
  return sighting([{ path, line: deploy.line, message: earlyMessage }], order);
}

const earlyMessage =
  'assets are built before the code is compiled: hooks that LiveView extracts from templates are not there yet';

/** The same in scripts and workflows. */
function earlyAssetsInScripts(context: FindingContext): Sighting[] {
  if (!needsCode(context)) return [];
  const findings = commandLists(context).flatMap(({ path, programs: run }) => {
    const tasks = run.flatMap(({ words, line }) => mixTasks(words).map((task) => ({ task, line })));
    const at = tasks.findIndex(({ task }) => task === 'assets.deploy' || task === 'assets.build');
    const compile = tasks.findIndex(({ task }) => task === 'compile' || task === 'release');
    const early = tasks[at];
    return early && at < compile ? [{ path, line: early.line, message: earlyMessage }] : [];
  });
  return sighting(findings);
}

/** Whether assets are built from what the compiler writes, and their own task does not compile. */
function needsCode({ build, target }: FindingContext): boolean {
  return extractsHooks(build, target) && deployTasks(build)[0] !== 'compile';
}

/** Whether the project's LiveView may be, or comes to be, 1.1 or newer, whose compiler extracts hooks from templates. */
function extractsHooks(build: BuildFiles, { liveView }: TargetVersions): boolean {
  const own = build.dep('phoenix_live_view');
  return own !== undefined && [own.requirement, liveView].some(allowsHooks);
}

function allowsHooks(requirement: string | null): boolean {
  const [, major = '0', minor] = /(\d+)\.(\d+)/.exec(requirement ?? '') ?? [];
  const patch = /\d+\.\d+\.\d+/.test(requirement ?? '');
  return Number(major) >= 1 && (Number(minor) >= 1 || !patch);
}

function assetsBehind(dockerfile: Dockerfile, path: string): DockerOperation[] {
  const stage = rolesOf(dockerfile).build ? 'build' : 'only';
  const move = { kind: 'docker-move' as const, path, stage, behind: 'run.mix compile' };
  return ['run.mix assets.deploy', 'run.mix phx.digest'].flatMap((key) => doable(dockerfile.text, { ...move, key }));
}

/** Assets that reach the release, or the server, without a digest, or not at all. */
function missingDigest(file: DockerFile, { build }: FindingContext): Sighting[] {
  const { path, dockerfile } = file;
  const stage = buildStage(file);
  const tasks = stage ? tasksOf(stage) : [];
  const assets = build.tree.paths.some((one) => /^(?:apps\/[^/]+\/)?assets\/(?:js|css)\//.test(one));
  const ran = new Set(tasks.map(({ task }) => task));
  if (!stage || !assets || ['assets.deploy', 'assets.build'].some((task) => ran.has(task))) return [];
  const release = tasks.find(({ task }) => task === 'release');
  if (isDevelopment(path, dockerfile) || releasesNoAssets(stage, build)) return [];
  if (!release) return ran.has('phx.digest') ? [] : undigested(path, stage, ran);
  const message = 'the release is made without mix assets.deploy: assets are neither minified nor digested';
  const digest = tasks.find(({ task }) => task === 'phx.digest');
  if (!digest) return sighting([{ path, line: release.line, message }]);
  // The bundler of the project's alias, run by nobody: what an older one left is digested, or nothing.
  const bundlers = ['esbuild', 'tailwind'].filter((task) => deployTasks(build).includes(task));
  if (bundlers.length === 0 || bundlers.some((task) => ran.has(task))) return [];
  const unbuilt = `${bundlers.join(' and ')} of mix assets.deploy does not run before phx.digest: run mix assets.deploy instead`;
  return sighting([{ path, line: digest.line, message: unbuilt }]);
}

/** Whether what is released has no assets to build: an app of an umbrella without any, or one whose built assets git tracks. */
function releasesNoAssets({ instructions }: Stage, { tree }: BuildFiles): boolean {
  if (tree.paths.some((path) => /(?:^|\/)priv\/static\/(?:js|assets)\/(?:js\/)?app(?:-\w+)?\.js$/.test(path)))
    return true;
  const words = instructions.flatMap(programs).filter((one) => mixTasks(one).includes('release'));
  const named = words.flatMap((one) => one.map((word) => word.replace(/^--name=/, '')));
  const apps = named.filter((name) => tree.has(`apps/${name}/mix.exs`));
  return apps.length > 0 && apps.every((app) => !tree.paths.some((path) => path.startsWith(`apps/${app}/assets/`)));
}

/** An image for production without a release, whose assets a bundler builds and nothing digests. */
function undigested(path: string, stage: Stage, ran: ReadonlySet<string>): Sighting[] {
  const bundled = stage.instructions.find((one) =>
    programs(one).some(
      ([program = '', ...rest]) =>
        /^(?:npm|yarn|pnpm)$/.test(program) && rest.some((word) => /^(?:deploy|build|compile)$/.test(word)),
    ),
  );
  if (!bundled || !ran.has('compile') || environment(stage).get('MIX_ENV') !== 'prod') return [];
  const message = 'assets are built and not digested: without mix phx.digest browsers keep old ones';
  return sighting([{ path, line: bundled.line, message }]);
}

/** The tasks that the project's own alias for production assets runs. */
function deployTasks(build: BuildFiles): string[] {
  return build.manifests.flatMap(({ mixfile }) =>
    mixfile.aliases
      .filter(({ name, value }) => name === 'assets.deploy' && value.kind === 'list')
      .flatMap(({ value }) => (value.kind === 'list' ? value.items : []))
      .flatMap((command) => plainText(command)?.split(' ').slice(0, 1) ?? []),
  );
}

/** Steps of npm that have nothing to install. */
function npmSteps(file: DockerFile, { build }: FindingContext): Sighting[] {
  const stage = buildStage(file);
  if (!stage) return [];
  const packages = build.tree.paths.some((one) => /^(?:apps\/[^/]+\/)?(?:assets\/)?package\.json$/.test(one));
  if (!build.hasDep('esbuild') || packages) return [];
  const steps = stage.instructions.filter((one) =>
    programs(one).some(([program = '']) => /^(?:npm|yarn|pnpm|npx)$/.test(program)),
  );
  const message = 'esbuild comes as a Mix dep and the project has no package.json: this step has nothing to install';
  return sighting(steps.map(({ line }) => ({ path: file.path, line, message })));
}

/** `runtime.exs` copied before the code is compiled. */
function earlyRuntimeConfig({ path, dockerfile }: DockerFile): Sighting[] {
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
  return sighting([{ path, line: instructions[copy]?.line ?? 1, message }], operations);
}
