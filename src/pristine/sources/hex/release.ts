import { usualLimits } from '../../../elixir/evaluate/budget.ts';
import { FileMap } from '../../../elixir/evaluate/file-map.ts';
import { Machine } from '../../../elixir/evaluate/machine.ts';
import { type Bytes, bool, bytesOf, type Value } from '../../../elixir/evaluate/values/value.ts';
import { Atom, Tuple } from '../../../elixir/quoted/term.ts';
import { type FileTree, memoryTree } from '../../../project/tree.ts';
import { flagsFor } from '../../flags.ts';
import { moduleAttribute } from '../../module-attribute.ts';
import { debianDates, targets, usualDate, withModes } from '../mix/release.ts';
import type { Toolchain } from '../mix/toolchain.ts';
import type { PristineRequest } from '../source.ts';
import { bareEnvironment } from './environment.ts';
import { type PackageFiles, packageRoot } from './package.ts';

/** What release files are made from. */
export interface ReleaseInput {
  /** Files of the phoenix package. */
  readonly files: PackageFiles;
  readonly request: PristineRequest;
  readonly project: FileTree;
  readonly toolchain: Toolchain;
}

const templates = 'priv/templates/phx.gen.release';

/**
 * `Dockerfile`, `.dockerignore`, `rel/overlays/bin/*` and `lib/APP/release.ex` as `mix phx.gen.release --docker` writes
 * them, with a fixed date for the tag that it would ask Docker Hub for; null for a package without such templates
 * (before 1.6.3). Throws `Refusal` and `Raised`.
 */
export function evaluateRelease(input: ReleaseInput): FileTree | null {
  const { files, request, toolchain } = input;
  if (!files.has(`${templates}/Dockerfile.eex`)) return null;
  const given = new Map([...files].map(([path, bytes]) => [`${packageRoot}/${path}`, bytes]));
  const machine = new Machine({
    files: new FileMap(given, '/work'),
    sources: [],
    mixfile: `${packageRoot}/mix.exs`,
    environment: bareEnvironment(toolchain),
    limits: usualLimits,
    now: () => performance.now(),
  });
  const ecto = !flagsFor(request.version, request.flags).flags.includes('--no-ecto');
  const release = files.has(`${templates}/release.ex`) ? 'release.ex' : 'release.ex.eex';
  const bindings = bindingsOf(input);
  const made = targets(request.names.app, ecto, release).map(([template, target]): [string, { bytes: Uint8Array }] => {
    const text = machine.call('EEx', 'eval_file', [`${packageRoot}/${templates}/${template}`, bindings]);
    return [target, { bytes: bytesOf(text as string | Bytes) }];
  });
  return withModes(memoryTree(new Map(made)));
}

function bindingsOf({ files, request, project, toolchain }: ReleaseInput): Value {
  const task = new TextDecoder().decode(files.get('lib/mix/tasks/phx.gen.release.ex'));
  const debian = moduleAttribute(task, 'debian') ?? 'bullseye';
  const bindings: Record<string, Value> = {
    app_namespace: request.names.module,
    otp_app: request.names.app,
    'assets_dir_exists?': bool(project.paths.some((path) => path.startsWith('assets/'))),
    elixir_vsn: toolchain.elixir,
    otp_vsn: toolchain.otp,
    debian,
    debian_vsn: debianDates[debian] ?? usualDate,
  };
  return Object.entries(bindings).map(([name, value]) => new Tuple<Value>([Atom.of(name), value]));
}
