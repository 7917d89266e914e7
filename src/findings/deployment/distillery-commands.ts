import { rolesOf } from '../../docker/stages.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';
import type { Operation } from '../../merge/operation.ts';
import { type BuildFiles, callsOf } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type CallWords, commandEdits } from './command-edits.ts';
import { type CommandList, commandLists, dockerLists, programsIn } from './command-lists.ts';
import { doable, startInstructions } from './docker-file.ts';
import {
  commands,
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
}

/** Lines of images, scripts, units and workflows that call what goes with Distillery. */
export function formerCommands(context: FindingContext): FormerCommands {
  const own = ownCommands(context);
  // Once Distillery is gone, `start` is what it is for a release of Mix.
  const isThere = context.build.hasDep('distillery') && declaredReleases(context.build) === null;
  const lists = [
    ...dockerLists(context).map((list) => ({ list, startsBehind: false })),
    ...commandLists(context).map((list) => ({ list, startsBehind: isThere && !/\.ya?ml$/.test(list.path) })),
  ];
  const found = lists.map(({ list, startsBehind }) => callsIn(list, own, startsBehind));
  const starts = startArguments(context, own);
  return {
    findings: [...found.flatMap(({ findings }) => findings), ...starts.findings],
    operations: [
      ...starts.operations,
      ...lists.flatMap(({ list }, index) => edits(list, found[index]?.calls ?? [], context)),
    ],
  };
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
  };
}

/** Scripts of commands of a project's own that only call a function: an overlay calls it for a release of Mix. */
export function commandScripts(context: FindingContext, release: string): Operation[] {
  return declaredCommands(context.build).flatMap(({ name, path }): Operation[] => {
    const called = functionOfScript(path, context);
    const to = `rel/overlays/bin/${name}`;
    if (called === null) return [];
    const script: Operation = { kind: 'create-file', path: to, text: callingScript(release, called), executable: true };
    // The step before this one brings the script that migrates.
    return [...(name === 'migrate' || context.tree.has(to) ? [] : [script]), { kind: 'delete-file', path }];
  });
}

/** Calls of commands that a release of Mix does not have, where Distillery is gone: by the release's own name, and no script of the project's. */
export function leftCommands(context: FindingContext, release: string): FormerCommands {
  const isOwn = (path: string) => context.tree.has(path.replace(/^\.\//, ''));
  const lists = [...dockerLists(context), ...commandLists(context)].filter(({ path }) => !path.endsWith('.service'));
  const found = lists.map((list) => {
    const calls = list.programs.flatMap(({ line, words }) => {
      const at = words.findIndex((word) => /(?:^|\/)bin\//.test(word));
      const program = words[at] ?? '';
      const known = commands.get(words[at + 1] ?? '');
      const isRelease = at !== -1 && program.endsWith(`/${release}`) && !isOwn(program);
      const becomes = known?.becomes ? words.with(at + 1, known.becomes) : null;
      return isRelease && known?.becomes
        ? [{ line, words, becomes, message: `${words[at + 1]} is a command of Distillery: ${known.advice}` }]
        : [];
    });
    return { list, calls };
  });
  return {
    findings: found.flatMap(({ list: { path }, calls }) => calls.map(({ line, message }) => ({ path, line, message }))),
    operations: found.flatMap(({ list, calls }) =>
      edits(
        list,
        calls.flatMap(({ words, becomes }) => (becomes ? [{ words, becomes }] : [])),
        context,
      ),
    ),
  };
}

function callsIn({ path, programs }: CommandList, own: OwnCommands, startsBehind: boolean) {
  const isForeground = programs.some(({ words }) => releaseCommand(words) === 'foreground');
  const found = programs.flatMap(({ line, words }) => {
    const call = formerCall(words, own) ?? (startsBehind ? startInBackground(words, isForeground) : null);
    return call === null ? [] : [{ line, words, ...call }];
  });
  const findings = found.map(({ line, message }): Finding => ({ path, line, message }));
  const calls = found.flatMap(({ words, becomes }): CallWords[] => (becomes === null ? [] : [{ words, becomes }]));
  return { findings, calls };
}

/** The edits of one file. Scripts of Distillery's own go with it. */
function edits(list: CommandList, calls: readonly CallWords[], context: FindingContext): Operation[] {
  if (/^rel\/(?:commands|hooks)\//.test(list.path)) return [];
  // Distillery set its variables for the scripts that it called: without it nothing does.
  const standing = calls.filter(({ words: [program = ''] }) => !program.includes('RELEASE_ROOT_DIR'));
  return standing.flatMap((call) => commandEdits(list.path, call, context));
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
  const called = script ? programsIn(path, script.text, context).map(({ words }) => words) : [];
  const [words = []] = called;
  if (called.length !== 1) return null;
  const at = words.findIndex((word) => word === 'command' || word === 'eval');
  const target = words[at] === 'eval' ? words.slice(at) : words.slice(at + 1);
  return at === -1 ? null : functionOf(target);
}
