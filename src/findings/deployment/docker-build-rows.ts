import { type Dockerfile, programs, type Stage } from '../../docker/dockerfile.ts';
import type { DeployOperation } from '../../docker/operation.ts';
import { mixTasks, rolesOf } from '../../docker/stages.ts';
import { findExpr } from '../../elixir/children.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { type DockerFile, doable } from './docker-file.ts';
import { type Seen, seen } from './observation.ts';
import type { Sources } from './sources.ts';

/** Assets built before the code, not digested, or through npm for nothing. */
export function assetOrder({ path, dockerfile }: DockerFile, sources: Sources): Seen[] {
  const { build, only } = rolesOf(dockerfile);
  const stage = build ?? only;
  if (!stage) return [];
  const tasks = tasksOf(stage);
  return [
    ...earlyAssets({ path, dockerfile }, tasks, sources),
    ...missingDigest(path, tasks, sources),
    ...npmSteps(path, stage, sources),
  ];
}

/** A Mix task that a stage runs, with the place of its instruction among the others. */
interface StageTask {
  readonly task: string;
  readonly line: number;
  readonly at: number;
}

function tasksOf({ instructions }: Stage): StageTask[] {
  return instructions.flatMap((instruction, at) =>
    programs(instruction)
      .flatMap(mixTasks)
      .map((task) => ({ task, line: instruction.line, at })),
  );
}

function earlyAssets({ path, dockerfile }: DockerFile, tasks: readonly StageTask[], sources: Sources): Seen[] {
  const deploy = tasks.find(({ task }) => /^(?:assets\.deploy|phx\.digest)$/.test(task));
  const compile = tasks.find(({ task }) => task === 'compile' || task === 'release');
  if (!deploy || !compile || deploy.at >= compile.at || !extractsHooks(sources)) return [];
  const message =
    'assets are built before the code is compiled: hooks that LiveView extracts from templates are not there yet';
  const order = compile.task === 'compile' ? assetsBehind(dockerfile, path) : [];
  return seen('assets-before-code', [{ path, line: deploy.line, message }], order);
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

function missingDigest(path: string, tasks: readonly StageTask[], sources: Sources): Seen[] {
  const assets = sources.tree.paths.some((one) => /^(?:apps\/[^/]+\/)?assets\/(?:js|css)\//.test(one));
  const release = tasks.find(({ task }) => task === 'release');
  const ran = new Set(tasks.map(({ task }) => task));
  if (!assets || !release || ['assets.deploy', 'assets.build'].some((task) => ran.has(task))) return [];
  const message = 'the release is made without mix assets.deploy: assets are neither minified nor digested';
  const digest = tasks.find(({ task }) => task === 'phx.digest');
  if (!digest) return seen('no-digest', [{ path, line: release.line, message }]);
  // The bundler of the project's alias, run by nobody: what an older one left is digested, or nothing.
  const bundlers = ['esbuild', 'tailwind'].filter((task) => deployTasks(sources).includes(task));
  if (bundlers.length === 0 || bundlers.some((task) => ran.has(task))) return [];
  const unbuilt = `${bundlers.join(' and ')} of mix assets.deploy does not run before phx.digest: run mix assets.deploy instead`;
  return seen('no-digest', [{ path, line: digest.line, message: unbuilt }]);
}

/** The tasks that the project's own alias for production assets runs. */
function deployTasks(sources: Sources): string[] {
  const manifests = sources.tree.paths.filter((one) => /^(?:apps\/[^/]+\/)?mix\.exs$/.test(one));
  return manifests.flatMap((one) => {
    const alias = findExpr(sources.elixir(one).body, (expr) => expr.kind === 'pair' && expr.name === 'assets.deploy');
    const commands = alias?.kind === 'pair' && alias.value.kind === 'list' ? alias.value.items : [];
    return commands.flatMap((command) => plainText(command)?.split(' ').slice(0, 1) ?? []);
  });
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

/** `runtime.exs` copied before the code is compiled. */
export function runtimeConfigOrder({ path, dockerfile }: DockerFile): Seen[] {
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
