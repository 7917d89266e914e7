import type { FileTree } from '../../../project/tree.ts';
import { memoryTree } from '../../../project/tree.ts';
import { renameProject } from '../../rename.ts';
import { withoutSecrets } from '../../secrets.ts';
import { generatedNames, newArgs } from '../mix/generator.ts';
import type { PristineRequest } from '../source.ts';
import { bareEnvironment, type GeneratorWorld } from './environment.ts';
import { evaluateTask } from './evaluate.ts';
import type { PackageFiles } from './package.ts';

/** An installer's package, with what it reads beside itself. */
export interface Installer {
  readonly files: PackageFiles;
  readonly beside?: PackageFiles;
}

/**
 * The project that the installer writes, as `mix phx.new` would write it: secrets replaced by a fixed word. Throws
 * `Refusal` and `Raised`.
 */
export function evaluateProject(installer: Installer, request: PristineRequest, world: GeneratorWorld): FileTree {
  const made = generatedNames(request);
  const [, ...args] = newArgs(request).filter((arg) => !(world.container && arg === '--no-inside-docker-env'));
  const tree = evaluateTask(installer.files, {
    task: 'Mix.Tasks.Phx.New',
    args,
    environment: bareEnvironment(world),
    beside: new Map([...(installer.beside ?? []), ...(world.container ? containerFiles : [])]),
  });
  return renameProject(withoutSecrets(withoutRoot(tree)), request.version, made, request.names);
}

/** What a generator looks for to see that it runs in a container. */
const containerFiles: PackageFiles = new Map([['/.dockerenv', new Uint8Array()]]);

/** The files of the one directory that was written. */
function withoutRoot(tree: FileTree): FileTree {
  const files = tree.paths.map((path): [string, { bytes: Uint8Array; executable: boolean }] => [
    path.slice(path.indexOf('/') + 1),
    { bytes: tree.bytes(path) ?? new Uint8Array(), executable: tree.executable(path) },
  ]);
  return memoryTree(new Map(files));
}
