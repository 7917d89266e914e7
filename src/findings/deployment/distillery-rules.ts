import { mixTasks } from '../../docker/stages.ts';
import type { Expr } from '../../elixir/ast.ts';
import { display } from '../../elixir/canonical.ts';
import { everyExpr } from '../../elixir/children.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { lineAt } from '../../elixir/position.ts';
import type { FileOperation } from '../../merge/files/operation.ts';
import type { Operation } from '../../merge/operation.ts';
import { callsOf } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { commandFormat } from './command-files.ts';
import { commandLists, dockerLists } from './command-lists.ts';
import { releaseDeclaration } from './release-name.ts';
import { environmentScript } from './texts.ts';

export const distilleryRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'distillery',
    topic: 'distillery',
    look: distillery,
  },
];

/** What Distillery left in a project, and what of it `mix release` takes another way. */
function distillery(context: FindingContext): Sighting[] {
  const { tree, names, build } = context;
  const deps = build.deps.filter(({ name }) => name === 'distillery');
  const config = tree.has('rel/config.exs') ? build.elixir('rel/config.exs') : null;
  const isDistillery = config !== null && usesDistillery(config.body).length > 0;
  if (deps.length === 0 && !isDistillery) return [];
  const findings: Finding[] = [
    ...deps.map(({ path, line }) => ({ path, line, message: 'Distillery is replaced by mix release' })),
    ...(config ? carriedOver(config.text, config.body) : []),
    ...formerCommands(context),
    ...archives(context),
    ...(tree.has('rel/vm.args')
      ? [
          {
            path: 'rel/vm.args',
            line: 1,
            message: 'mix release reads rel/vm.args.eex; name and cookie belong to rel/env.sh.eex',
          },
        ]
      : []),
  ];
  const removals = deps.map(({ path, name }): Operation => ({ kind: 'remove-dep', path, dep: name }));
  return sighting(findings, [...vmArguments(context), ...removals, ...releaseDeclaration(names, build)]);
}

/** What names a module of Distillery in `rel/config.exs`. */
function usesDistillery(body: readonly Expr[]): Expr[] {
  return everyExpr(body).filter((expr) => expr.kind === 'alias' && /Distillery|Mix\.Releases/.test(expr.name));
}

/** Places that take the archive from where Distillery put it, `_build/prod/rel/shop/releases/0.1.0/shop.tar.gz`. */
function archives({ build }: FindingContext): Finding[] {
  const message =
    'Distillery wrote this archive; mix release makes one with steps: [:assemble, :tar], _build/prod/shop-0.1.0.tar.gz, or copy _build/prod/rel';
  const texts = [
    ...build.scripts,
    ...build.dockerfiles.map(({ path, dockerfile }) => ({ path, text: dockerfile.text })),
    ...build.tree.paths
      .filter((path) => commandFormat(path, () => build.tree.read(path) ?? '') !== null)
      .map((path) => ({ path, text: build.tree.read(path) ?? '' })),
  ];
  const lines = texts.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (archive.test(line) ? [{ path, line: index + 1, message }] : [])),
  );
  return eachOnce(lines);
}

const archive = /^[^#]*\brel\/[^\s/]+\/releases\/[^\s/]+\/[^\s/]+\.tar\.gz/;

/** Lines of images, scripts and workflows that call what goes with Distillery. */
function formerCommands(context: FindingContext): Finding[] {
  return [...dockerLists(context), ...commandLists(context)].flatMap(({ path, programs }) =>
    programs.flatMap(({ line, words }) => {
      const message = formerCommand(words);
      return message === null ? [] : [{ path, line, message }];
    }),
  );
}

function formerCommand(words: readonly string[]): string | null {
  const task = mixTasks(words).find((one) => /^(?:distillery\.|release\.(?:init|clean)$)/.test(one));
  if (task !== undefined) return `mix ${task} goes with Distillery: mix release builds the release`;
  const option =
    mixTasks(words).includes('release') &&
    words.find((word) => /^--(?:env|profile|upgrade|executable|verbose)\b/.test(word));
  if (option) return `mix release takes no ${option.replace(/=.*/, '')}, an option of Distillery: set MIX_ENV`;
  if (words[0] === 'release_ctl') return 'release_ctl comes with Distillery: call bin/NAME eval with the function';
  const program = words.findIndex((word) => /(?:^|\/)bin\/[\w.$@{}-]+$/.test(word));
  const command = program === -1 ? undefined : words[program + 1];
  if (command === undefined || !retired.has(command)) return null;
  return `${command} is a command of Distillery; a release has start, daemon, stop, restart, remote, eval and rpc`;
}

const retired = new Set([
  'foreground',
  'console',
  'console_clean',
  'remote_console',
  'attach',
  'reboot',
  'upgrade',
  'downgrade',
  'ping',
  'pingpeer',
  'describe',
  'command',
  'migrate',
  'seed',
  'reload_config',
  'start_boot',
]);

const settings: Readonly<Record<string, string>> = {
  plugin: 'a plugin: write it as a step of the release in mix.exs',
  overlays: 'files copied into the release: put them below rel/overlays',
  commands: 'own commands: write them as scripts in rel/overlays/bin',
  vm_args: 'rel/vm.args.eex takes its place',
  config: 'configuration of the release alone: config/runtime.exs takes its place',
  cookie: 'a secret: set RELEASE_COOKIE where the release runs',
  config_providers: 'config providers: list them under config_providers: of the release in mix.exs',
};

/** Settings of `rel/config.exs` that a person has to carry over, one by one. */
function carriedOver(text: string, body: readonly Expr[]): Finding[] {
  const at = (expr: Expr, message: string) => ({
    path: 'rel/config.exs',
    line: lineAt(text, expr.range.start),
    message,
  });
  const development = callsOf(body, ['environment']).filter(
    ({ args: [name] }) => name?.kind === 'atom' && name.name === 'dev',
  );
  const inDevelopment = new Set(everyExpr(development));
  return [
    at(
      usesDistillery(body)[0] ?? body[0] ?? { kind: 'other', text: '', range: { start: 0, end: 0 } },
      "Distillery's configuration: releases: in mix.exs takes its place",
    ),
    ...callsOf(body, ['plugin']).map((call) =>
      at(call, `${call.args.map((arg) => display(arg)).join(', ')}: ${settings.plugin}`),
    ),
    ...callsOf(body, ['set']).flatMap((call) =>
      (keywordPairs(call.args[0]) ?? []).flatMap((pair) => {
        const hook = /^(?:pre|post)_\w+_hooks?$/.test(pair.name);
        const message = hook ? 'a hook: call it from rel/env.sh.eex or from an overlay script' : settings[pair.name];
        // One that is read from somewhere, or serves development, is no secret in the sources.
        if (pair.name === 'cookie' && (!isWritten(pair.value) || inDevelopment.has(pair))) return [];
        const value = pair.name === 'cookie' ? '' : ` ${display(pair.value)}`;
        return message === undefined ? [] : [at(pair, `${pair.name}${value}: ${message}`)];
      }),
    ),
  ];
}

function isWritten({ kind }: Expr): boolean {
  return kind === 'atom' || kind === 'string';
}

const nodeFlags = new Set(['-name', '-sname', '-setcookie']);

function vmArguments({ tree, names }: FindingContext): FileOperation[] {
  const text = tree.read('rel/vm.args');
  if (text === undefined) return [];
  const lines = text.split(/\r?\n/);
  const flag = (line: string) => line.trim().split(/\s+/)[0] ?? '';
  const value = (name: string) =>
    lines
      .find((line) => flag(line) === name)
      ?.trim()
      .split(/\s+/)[1] ?? null;
  const kept = lines.filter((line) => !nodeFlags.has(flag(line)));
  const long = value('-name');
  const name = (long ?? value('-sname'))?.replaceAll('<%= release_name %>', names.webApp) ?? null;
  const node = name === null ? null : { long: long !== null, name };
  const create = (path: string, own: string): FileOperation[] =>
    tree.has(path) ? [] : [{ kind: 'create-file', path, text: own, executable: false }];
  return [
    ...create('rel/vm.args.eex', `${kept.join('\n').trim()}\n`),
    ...create('rel/env.sh.eex', environmentScript(node, value('-setcookie'))),
    { kind: 'delete-file', path: 'rel/vm.args' },
  ];
}
