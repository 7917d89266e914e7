import { type Limits, usualLimits } from '../../../elixir/evaluate/budget.ts';
import type { Environment } from '../../../elixir/evaluate/environment.ts';
import { FileMap } from '../../../elixir/evaluate/file-map.ts';
import { Machine } from '../../../elixir/evaluate/machine.ts';
import { type FileTree, memoryTree } from '../../../project/tree.ts';
import { type PackageFiles, packageRoot, workRoot } from './package.ts';

/** One run of a Mix task of a package. */
export interface TaskRun {
  /** `Mix.Tasks.Phx.New` */
  readonly task: string;
  readonly args: readonly string[];
  readonly environment: Environment;
  /** Files of the project that the task runs in, by path. */
  readonly project?: PackageFiles;
  /** Files beside the package, by absolute path. */
  readonly beside?: PackageFiles;
  readonly limits?: Limits;
}

/**
 * Runs a Mix task of a package in memory and gives the files that it wrote below `/work`. Throws `Refusal` where the
 * package does what the evaluator does not know, and `Raised` for what the task raises.
 */
export function evaluateTask(files: PackageFiles, run: TaskRun): FileTree {
  const given = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) given.set(`${packageRoot}/${path}`, bytes);
  for (const [path, bytes] of run.beside ?? []) given.set(path, bytes);
  for (const [path, bytes] of run.project ?? []) given.set(`${workRoot}/${path}`, bytes);
  const fileMap = new FileMap(given, workRoot);
  const machine = new Machine({
    files: fileMap,
    sources: [...given.keys()].filter((path) => path.startsWith(`${packageRoot}/lib/`) && path.endsWith('.ex')),
    mixfile: `${packageRoot}/mix.exs`,
    environment: run.environment,
    limits: run.limits ?? usualLimits,
    now: () => performance.now(),
  });
  machine.call(run.task, 'run', [run.args]);
  return writtenTree(fileMap);
}

function writtenTree(files: FileMap): FileTree {
  const prefix = `${workRoot}/`;
  const below = [...files.written].filter(([path]) => path.startsWith(prefix));
  return memoryTree(new Map(below.map(([path, file]) => [path.slice(prefix.length), file])));
}
