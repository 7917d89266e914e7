import { listing, readConfig } from '../../../src/elixir/config/read.ts';
import type { Names } from '../../../src/elixir/names.ts';
import type { DeployInput } from '../../../src/findings/deployment/observation.ts';
import type { FileTree } from '../../../src/project/tree.ts';

const entry = { build: 'config/config.exs', runtime: 'config/runtime.exs' };

/** A project as `inspect` takes it. */
export function deployInput(tree: FileTree, names: Names, rest: Partial<DeployInput> = {}): DeployInput {
  const config = readConfig((path) => tree.read(path), listing(tree.paths), entry);
  return { tree, names, config, target: { elixir: null, otp: null, debian: null }, migrations: [], ...rest };
}
