import { lineAt } from '../../elixir/position.ts';
import type { FileOperation } from '../../merge/files/operation.ts';
import type { Operation } from '../../merge/operation.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { archives } from './distillery-archives.ts';
import { carriedSettings } from './distillery-carried.ts';
import { areCommandsCarried, commandScripts, formerCommands, leftCommands } from './distillery-commands.ts';
import {
  carriedBySteps,
  carriedOver,
  distilleryConfig,
  isOnDistillery,
  usesDistillery,
  vmArgumentsPath,
} from './distillery-config.ts';
import { replacedStrings } from './distillery-strings.ts';
import { distilleryVariables } from './distillery-variables.ts';
import { declaredReleases, releaseDeclaration, releaseName, releaseNames } from './release-name.ts';
import { environmentScript } from './texts.ts';

export const distilleryRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'distillery',
    topic: 'distillery',
    look: distillery,
  },
  {
    kind: 'project',
    id: 'distillery-left',
    topic: 'distillery',
    need: 'required',
    look: leftBehind,
  },
];

/** Commands of Distillery where it is gone: what calls them fails. */
function leftBehind(context: FindingContext): Sighting[] {
  const { build, names } = context;
  if (isOnDistillery(build) || declaredReleases(build) === null) return [];
  const { findings, operations } = leftCommands(context, releaseName(names, build));
  return sighting(findings, operations);
}

/**
 * What Distillery left in a project, and what of it `mix release` takes another way. All of it changes at once: with one of
 * them the commands, arguments and replaced strings of the other mean nothing.
 */
function distillery(context: FindingContext): Sighting[] {
  const { names, build } = context;
  if (!isOnDistillery(build)) return [];
  const deps = build.deps.filter(({ name }) => name === 'distillery');
  const commands = formerCommands(context);
  const taken = archives(context);
  const strings = replacedStrings(context);
  const left = settings(context);
  const variables = distilleryVariables(context);
  const findings: Finding[] = [
    ...deps.map(({ path, line }) => ({ path, line, message: 'Distillery is replaced by mix release' })),
    ...left.findings,
    ...commands.findings,
    ...taken.findings,
    ...strings.findings,
    ...variables,
    ...vmArgumentsFinding(context),
  ];
  const removals = deps.map(({ path, name }): Operation => ({ kind: 'remove-dep', path, dep: name }));
  const stands = [...[left, commands, taken, strings].flatMap((part) => part.stands), ...variables];
  // A release of Mix that lacks something is worse than one of Distillery that has it.
  if (stands.length > 0) return [{ findings, operations: [], stands: eachOnce(stands) }];
  return sighting(findings, [
    ...vmArguments(context),
    ...removals,
    ...releaseDeclaration(names, build),
    ...commands.operations,
    ...taken.operations,
    ...strings.operations,
    ...left.operations,
  ]);
}

interface Settings {
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
  readonly stands: readonly Finding[];
}

/** What becomes of `rel/config.exs`: what is carried over, and what a person has to see to before the file goes. */
function settings(context: FindingContext): Settings {
  const { build, names } = context;
  const { text, body } = build.elixir(distilleryConfig);
  const [first] = usesDistillery(body);
  if (!first) return { findings: [], operations: [], stands: [] };
  const message = "Distillery's configuration: releases: in mix.exs takes its place";
  const scripts = commandScripts(context, releaseNames(names, build));
  const carried = areCommandsCarried(context);
  const others = carriedSettings(build);
  const left = carriedOver(text, body, carried, others.names);
  // A cookie only has to be set where the release runs.
  const stands = left.filter(({ message: said }) => !said.startsWith('cookie'));
  return {
    findings: [
      { path: distilleryConfig, line: lineAt(text, first.range.start), message },
      ...left,
      ...carriedBySteps(text, body, carried, others.names),
    ],
    operations: [...scripts, ...others.operations, { kind: 'delete-file', path: distilleryConfig }],
    stands,
  };
}

function vmArgumentsFinding({ tree, build }: FindingContext): Finding[] {
  const path = vmArgumentsPath(build);
  const message = 'mix release reads rel/vm.args.eex; name and cookie belong to rel/env.sh.eex';
  return tree.has(path) ? [{ path, line: 1, message }] : [];
}

const nodeFlags = new Set(['-name', '-sname', '-setcookie']);

/** The arguments of the VM where `mix release` reads them; those with variables in them, which only a shell fills in, in its script. */
function vmArguments({ tree, names, build }: FindingContext): FileOperation[] {
  const path = vmArgumentsPath(build);
  const text = tree.read(path);
  if (text === undefined) return [];
  const lines = text.replaceAll('<%= release_name %>', '<%= @release.name %>').split(/\r?\n/);
  const flag = (line: string) => line.trim().split(/\s+/)[0] ?? '';
  const value = (name: string) =>
    lines
      .find((line) => flag(line) === name)
      ?.trim()
      .split(/\s+/)[1] ?? null;
  const isFilledIn = (line: string) => /^[-+]/.test(line.trim()) && /\$\{\w+\}/.test(line);
  const kept = lines.filter((line) => !nodeFlags.has(flag(line)));
  const long = value('-name');
  const name = (long ?? value('-sname'))?.replaceAll('<%= @release.name %>', names.webApp) ?? null;
  const node = name === null ? null : { long: long !== null, name };
  const flags = kept.filter(isFilledIn).map((line) => line.trim());
  const before = carriedSettings(build).environment;
  const script = tree.read('rel/env.sh.eex');
  const isSaid = script === undefined || (flags.length === 0 && (node === null || script.includes('RELEASE_NODE')));
  const create = (to: string, own: string): FileOperation[] =>
    tree.has(to) ? [] : [{ kind: 'create-file', path: to, text: own, executable: false }];
  return [
    ...create(
      'rel/vm.args.eex',
      `${kept
        .filter((line) => !isFilledIn(line))
        .join('\n')
        .trim()}\n`,
    ),
    ...create('rel/env.sh.eex', environmentScript(node, value('-setcookie'), flags, before)),
    // A script of one's own may say something else about the node: then the file stays until a person has looked.
    ...(isSaid ? [{ kind: 'delete-file' as const, path }] : []),
  ];
}
