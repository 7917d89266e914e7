import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Names } from '../../../elixir/names.ts';
import { UpgradeError } from '../../../errors/error.ts';
import type { FileTree } from '../../../project/tree.ts';
import { explained, readDirectory, withTemporaryDirectory } from '../../directory.ts';
import { flagsFor, quietArgs } from '../../flags.ts';
import { namesOf } from '../../naming.ts';
import { renameProject } from '../../rename.ts';
import { withoutSecrets } from '../../secrets.ts';
import type { PristineRequest } from '../source.ts';
import { throwIfFailed } from './installer.ts';
import type { Processes } from './toolchain.ts';

/** `mix phx.new` takes a second or two; a hanging one must not hold a CI job. */
const generateLimitMs = 120_000;
/** Every prompt of every version is a yes-or-no question. */
const refusals = 'n\n'.repeat(20);

/** Where and with what a project is generated. */
export interface Generation extends PristineRequest {
  readonly archives: string;
  readonly elixir: string;
}

/**
 * Runs `mix phx.new` in a fresh temporary directory, with the one installer of an archive directory, and reads what
 * it wrote: secrets replaced, `.git` left out. Throws the errors of exit code 3.
 */
export function generate(what: Generation, processes: Processes): Promise<FileTree> {
  return withTemporaryDirectory(async (directory) => {
    const finished = await processes.run({
      file: 'mix',
      args: newArgs(what),
      cwd: directory,
      env: { ...processes.env, MIX_ARCHIVES: what.archives },
      input: refusals,
      timeoutMs: generateLimitMs,
      signal: processes.signal,
    });
    throwIfFailed(finished, {
      task: 'mix phx.new',
      version: what.version,
      elixir: what.elixir,
      limitMs: generateLimitMs,
    });
    const tree = await readDirectory(await projectRoot(directory, what.version), () => undefined);
    const made = generatedNames(what);
    refuseIncomplete(tree, { ...what, names: made });
    return renameProject(withoutSecrets(tree), what.version, made, what.names);
  }).catch((error) => {
    throw explained(error, 'the temporary directory');
  });
}

/**
 * The names that the generator can be told: a web module of its own only in an umbrella, a web app of its own nowhere.
 * What it writes under these is renamed afterwards.
 */
export function generatedNames({ flags, names }: PristineRequest): Names {
  const { app, module, webModule } = names;
  return namesOf(app, flags, flags.includes('--umbrella') ? { module, webModule } : { module });
}

/** Arguments of mix for one project. */
export function newArgs({ version, flags, names }: PristineRequest): string[] {
  const taken = flagsFor(version, flags);
  const webModule = taken.flags.includes('--umbrella') && names.webModule !== `${names.module}Web`;
  return [
    'phx.new',
    names.app,
    '--app',
    names.app,
    '--module',
    names.module,
    ...(webModule ? ['--web-module', names.webModule] : []),
    ...taken.args,
    ...quietArgs(version),
  ];
}

/** The directory asked for, or the one with `_umbrella` that the generator makes of it. */
async function projectRoot(directory: string, version: string): Promise<string> {
  const made = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const [only] = made;
  if (!only || made.length > 1)
    throw new UpgradeError('incomplete-project', { version, reason: `${made.length} directories were written` });
  return join(directory, only.name);
}

/** A generator that stops half-way must not become an empty diff. */
function refuseIncomplete(tree: FileTree, { version, flags, names }: PristineRequest): void {
  const missing = expectedPaths(names, flags).find((path) => !tree.has(path));
  if (missing !== undefined) throw new UpgradeError('incomplete-project', { version, reason: `${missing} is missing` });
}

/** Files of every version's project. */
function expectedPaths({ app, webApp }: Names, flags: readonly string[]): string[] {
  if (!flags.includes('--umbrella'))
    return ['mix.exs', 'config/config.exs', `lib/${app}_web/endpoint.ex`, `lib/${app}/application.ex`];
  return [
    'mix.exs',
    'config/config.exs',
    `apps/${app}/mix.exs`,
    `apps/${webApp}/mix.exs`,
    `apps/${webApp}/lib/${webApp}/endpoint.ex`,
  ];
}
