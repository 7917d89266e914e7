import { rolesOf } from '../../docker/stages.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';
import type { Operation } from '../../merge/operation.ts';
import { type BuildFiles, callsOf } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { commandEdits } from './command-edits.ts';
import { isYaml } from './command-files.ts';
import { type CommandList, commandLists, dockerLists, programsIn } from './command-lists.ts';
import { doable, startInstructions } from './docker-file.ts';
import {
  commands,
  containerArgument,
  type FormerCall,
  formerCall,
  functionOf,
  type OwnCommands,
  releaseCommand,
  startInBackground,
} from './former-calls.ts';
import { declaredReleases } from './release-name.ts';
import { callingScript } from './texts.ts';

/** What was found in commands, and the edits that put others in their place. */
export interface FormerCommands {
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
  /** Calls that no edit carries over: without Distillery they fail. */
  readonly stands: readonly Finding[];
}

/** Lines of images, scripts, units and workflows that call what goes with Distillery. */
export function formerCommands(context: FindingContext): FormerCommands {
  const own = ownCommands(context);
  // Once Distillery is gone, `start` is what it is for a release of Mix.
  const isThere = context.build.hasDep('distillery') && declaredReleases(context.build) === null;
  const lists = [
    ...dockerLists(context).map((list) => ({ list, startsBehind: false })),
    ...commandLists(context).map((list) => ({ list, startsBehind: isThere && !isYaml(list.path) })),
  ];
  const found = lists.map(({ list, startsBehind }) => callsIn(list, own, startsBehind));
  const starts = startArguments(context, own);
  const edited = lists.flatMap(({ list }, index) =>
    (found[index] ?? []).map((call) => ({ ...call, operations: edits(list, [call], context), path: list.path })),
  );
  const lost = edited.filter(({ operations, path }) => operations.length === 0 && !isOfDistillery(path, context));
  return {
    findings: [...edited.map(placeOf), ...starts.findings],
    operations: [...starts.operations, ...edited.flatMap(({ operations }) => operations)],
    stands: [...lost.map(placeOf), ...starts.stands],
  };
}

function placeOf({ path, line, message }: Finding): Finding {
  return { path, line, message };
}

/** Scripts that Distillery itself calls: what becomes of them is said where it is told to. */
export function isOfDistillery(path: string, { build }: FindingContext): boolean {
  return /^rel\/(?:commands|hooks)\//.test(path) || declaredCommands(build).some((command) => command.path === path);
}

/** `CMD ["foreground"]` behind an `ENTRYPOINT` that is the release. */
function startArguments({ build }: FindingContext, own: OwnCommands): FormerCommands {
  const starts = build.dockerfiles.flatMap(({ path, dockerfile }) => {
    const [entry, command] = startInstructions(dockerfile);
    const program = entry?.keyword === 'ENTRYPOINT' && entry.json?.length === 1 ? entry.json : null;
    const call = program && command?.json ? formerCall([...program, ...command.json], own) : null;
    if (!command || call === null) return [];
    const finding: Finding = { path, line: command.line, message: call.message };
    const value =
      call.becomes &&
      `[${call.becomes
        .slice(1)
        .map((word) => JSON.stringify(word))
        .join(', ')}]`;
    const role = rolesOf(dockerfile).run ? 'run' : 'only';
    const edit = { kind: 'docker-put' as const, path, stage: role, key: 'cmd', value: value ?? '', after: [] };
    return [{ finding, operations: value === null ? [] : doable(dockerfile.text, edit) }];
  });
  return {
    findings: starts.map(({ finding }) => finding),
    operations: starts.flatMap(({ operations }) => operations),
    stands: starts.flatMap(({ finding, operations }) => (operations.length === 0 ? [finding] : [])),
  };
}

/** Scripts of commands of a project's own that only call a function: an overlay calls it for a release of Mix. */
export function commandScripts(context: FindingContext, releases: readonly string[]): Operation[] {
  return declaredCommands(context.build).flatMap(({ name, path }): Operation[] => {
    const called = functionOfScript(path, context);
    const to = `rel/overlays/bin/${name}`;
    if (called === null) return [];
    const script: Operation = {
      kind: 'create-file',
      path: to,
      text: callingScript(releases, called),
      executable: true,
    };
    // The step before this one brings the script that migrates.
    return [...(name === 'migrate' || context.tree.has(to) ? [] : [script]), { kind: 'delete-file', path }];
  });
}

/** Calls of commands that a release of Mix does not have, where Distillery is gone: by the release's own name, and no script of the project's. */
export function leftCommands(context: FindingContext, release: string): FormerCommands {
  const isOwn = (path: string) => context.tree.has(path.replace(/^\.\//, ''));
  const lists = [...dockerLists(context), ...commandLists(context)].filter(({ path }) => !path.endsWith('.service'));
  const found = lists.flatMap((list) =>
    list.programs.flatMap(({ line, words }) => {
      const at = words.findIndex((word) => /(?:^|\/)bin\//.test(word));
      const program = words[at] ?? '';
      const known = commands.get(words[at + 1] ?? '');
      const isRelease = at !== -1 && program.endsWith(`/${release}`) && !isOwn(program);
      if (!isRelease || !known?.becomes) return [];
      const message = `${words[at + 1]} is a command of Distillery: ${known.advice}`;
      const call = { path: list.path, line, words, becomes: words.with(at + 1, known.becomes), message };
      return [{ ...call, operations: edits(list, [call], context) }];
    }),
  );
  return { findings: found.map(placeOf), operations: found.flatMap(({ operations }) => operations), stands: [] };
}

function callsIn({ path, programs }: CommandList, own: OwnCommands, startsBehind: boolean): (FormerCall & FoundCall)[] {
  const isForeground = programs.some(({ words }) => releaseCommand(words) === 'foreground');
  return programs.flatMap(({ line, words }) => {
    const call =
      formerCall(words, own) ??
      (startsBehind ? startInBackground(words, isForeground) : null) ??
      (isYaml(path) ? containerArgument(words) : null);
    return call === null ? [] : [{ path, line, words, ...call }];
  });
}

interface FoundCall extends Finding {
  readonly words: readonly string[];
}

/** The edits of one file. Scripts of Distillery's own go with it. */
function edits(
  { path }: CommandList,
  calls: readonly (FoundCall & Pick<FormerCall, 'becomes'>)[],
  context: FindingContext,
): Operation[] {
  if (isOfDistillery(path, context)) return [];
  return calls.flatMap(({ words, becomes }) => {
    // Distillery set its variables for the scripts that it called: without it nothing does.
    if (becomes === null || words[0]?.includes('RELEASE_ROOT_DIR')) return [];
    return commandEdits(path, { words, becomes }, context);
  });
}

/** Commands that `rel/config.exs` gives a release, with the function that each calls. */
export function ownCommands(context: FindingContext): OwnCommands {
  return new Map(declaredCommands(context.build).map(({ name, path }) => [name, functionOfScript(path, context)]));
}

/** Whether each command of a project's own only calls a function. */
export function areCommandsCarried(context: FindingContext): boolean {
  return declaredCommands(context.build).every(({ path }) => functionOfScript(path, context) !== null);
}

/** `set commands: [migrate: "rel/commands/migrate.sh"]` */
function declaredCommands(build: BuildFiles): { readonly name: string; readonly path: string }[] {
  const settings = callsOf(build.elixir('rel/config.exs').body, ['set']).flatMap(({ args: [options] }) =>
    (keywordPairs(options) ?? []).filter(({ name }) => name === 'commands'),
  );
  const pairs = settings.flatMap(({ value }) => keywordPairs(value) ?? []);
  return pairs.map(({ name, value }) => ({ name, path: plainText(value) ?? '' }));
}

/** The function that a script of one command calls. */
function functionOfScript(path: string, context: FindingContext): string | null {
  const script = context.build.scripts.find((one) => one.path === path);
  const programs = script ? programsIn(path, script.text, context).map(({ words }) => words) : [];
  const called = programs.filter(([program = '']) => !/^(?:echo|printf|set)$/.test(program));
  const [words = []] = called;
  if (called.length !== 1) return null;
  const at = words.findIndex((word) => word === 'command' || word === 'eval');
  const target = words[at] === 'eval' ? words.slice(at) : words.slice(at + 1);
  return at === -1 ? null : functionOf(target);
}
