import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { isOfDistillery } from './distillery-commands.ts';
import { isRuntimeFile } from './runtime-files.ts';

/** Variables that Distillery's scripts read or set, with what a release of Mix has in their place. */
const variables: ReadonlyMap<string, string> = new Map([
  ['RELEASE_MUTABLE_DIR', 'RELEASE_TMP names the directory that a release of Mix writes to'],
  [
    'RELEASE_CONFIG_DIR',
    'a release of Mix reads releases/VERSION/runtime.exs, and what config_providers: in mix.exs name',
  ],
  ['RELEASE_ROOT_DIR', 'RELEASE_ROOT is the directory of a release of Mix'],
  ['ERL_OPTS', 'ERL_FLAGS hands arguments to the VM'],
]);

/** Lines of scripts, images and settings that count on such a variable; those that Distillery itself calls go with it. */
export function distilleryVariables(context: FindingContext): Finding[] {
  const { build } = context;
  const images = new Set(build.dockerfiles.map(({ path }) => path));
  const scripts = new Set(build.scripts.map(({ path }) => path));
  return build.tree.paths.flatMap((path) => {
    if (isOfDistillery(path, context)) return [];
    if (!images.has(path) && !scripts.has(path) && !isRuntimeFile(path)) return [];
    return (build.tree.read(path) ?? '')
      .split('\n')
      .flatMap((line, index) => named(line).map((one) => ({ path, line: index + 1, message: one })));
  });
}

function named(line: string): string[] {
  const code = line.replace(/(?:^|\s)#.*/, '');
  return [...variables].flatMap(([name, advice]) =>
    new RegExp(String.raw`\b${name}\b`).test(code) ? [`${name} goes with Distillery: ${advice}`] : [],
  );
}
