import { mixTasks } from '../../docker/stages.ts';
import { everyExpr } from '../../elixir/children.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { grouped } from '../../facts/grouped.ts';
import type { FindingContext } from '../context.ts';
import { type CommandList, commandLists } from './command-lists.ts';
import { type RunProgram, unitsOf } from './command-text.ts';

/** Files that describe how production runs, by what they are. */
const ofProduction = new RegExp(
  [
    String.raw`(?:^|\/)Procfile$|\.service(?:\.(?:j2|erb|tpl))?$|(?:^|\/)(?:render|heroku)\.ya?ml$|(?:^|\/)(?:railway|nixpacks)\.(?:json|toml)$`,
    String.raw`(?:^|\/)fly[\w.-]*\.toml$|(?:^|\/)(?:app\.json|manifest\.ya?ml)$|\.nomad(?:\.hcl)?$|\.tf$|(?:^|\/)supervisord?[\w.-]*\.(?:conf|ini)$`,
    String.raw`(?:^|\/)(?:charts?|helm|k8s|kubernetes|manifests|kustomize|ansible|roles|terraform|\.ebextensions|\.kamal)\/`,
    String.raw`(?:^|\/)config\/deploy(?:\/|\.)|(?:^|\/)appspec\.ya?ml$|(?:^|\/)(?:post-receive|post-update)$|^\.deliver\/|(?:^|\/)Capfile$|(?:^|\/|[._-])prod(?:uction)?(?=[._/-]|$)`,
  ].join('|'),
);

/** Files that run the app where it is developed or tested. */
export const ofDevelopment =
  /(?:^|[/._-])(?:dev|develop(?:ment)?|local|test|tests|e2e|ci|devcontainer|docs?|examples?)(?=[/._-]|$)|(?:^|\/)\.(?:github|gitlab|circleci|buildkite|semaphore|travis)/;

/** A list of commands as production runs it. */
export interface ProductionList extends CommandList {
  /** The commands of a line or a file belong together: what stands first runs before what follows. */
  readonly groups: readonly (readonly RunProgram[])[];
}

const remembered = new WeakMap<FindingContext, readonly ProductionList[]>();

/** What starts in production, Dockerfiles aside: by the kind of its file, or because `MIX_ENV` says so there. Found once for all rules. */
export function productionLists(context: FindingContext): readonly ProductionList[] {
  const lists = remembered.get(context) ?? listsOfProduction(context);
  remembered.set(context, lists);
  return lists;
}

function listsOfProduction(context: FindingContext): ProductionList[] {
  const scripts = new Set(context.build.scripts.map(({ path }) => path));
  const lists = commandLists(context);
  const called = lists
    .filter(({ path }) => ofProduction.test(path) && !ofDevelopment.test(path))
    .flatMap(({ programs }) => programs.map(({ words: [program = ''] }) => `/${program.replace(/^[./]+/, '')}`));
  return lists.flatMap((list) => {
    const text = context.tree.read(list.path) ?? '';
    const isWhole = scripts.has(list.path) || /\.(?:service|ya?ml|j2|conf|ini)$/.test(list.path);
    const isCalled = scripts.has(list.path) && called.some((program) => program.endsWith(`/${list.path}`));
    const known =
      isCalled ||
      ofProduction.test(list.path) ||
      (isWhole && (setsProduction(text) || list.programs.some(({ words }) => startsRelease(words))));
    if (ofDevelopment.test(list.path)) return [];
    const units = known ? null : productionUnits(text);
    const otherwise = linesOfOthers(text);
    const own = list.programs.filter(({ unit, line }) => (units === null || units.has(unit)) && !otherwise.has(line));
    const programs = own.flatMap((one) => [one, ...aliased(one, context)]);
    if (programs.length === 0) return [];
    const isOneRun = scripts.has(list.path) || /\.service$/.test(list.path);
    return [{ ...list, programs, groups: isOneRun ? [programs] : [...grouped(programs, ({ unit }) => unit).values()] }];
  });
}

function setsProduction(text: string): boolean {
  return /\bMIX_ENV["']?\s*(?:[=:]|,\s*value:)\s*["']?prod\b/.test(text.replace(/^\s*#.*$/gm, ''));
}

/** Lines of a script that run in another environment, though the script as a whole is production's: `MIX_ENV=test` stands before them. */
function linesOfOthers(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let isOther = false;
  for (const [index, line] of text.split('\n').entries()) {
    const [, environment, command] = /^\s*(?:export\s+)?MIX_ENV=["']?(\w+)["']?\s*(\S?)/.exec(line) ?? [];
    const isOthers = environment !== undefined && /^(?:test|dev)$/.test(environment);
    if (environment !== undefined && !command) isOther = isOthers;
    if (command ? isOthers : isOther) lines.add(index + 1);
  }
  return lines;
}

/** The tasks that a project's own alias stands for, as if they were called themselves. */
function aliased(one: RunProgram, { build }: FindingContext): RunProgram[] {
  const tasks = mixTasks(one.words);
  const named = build.manifests.flatMap(({ mixfile }) => mixfile.aliases.filter(({ name }) => tasks.includes(name)));
  return named.flatMap(({ value }) =>
    everyExpr([value]).flatMap((expr) => {
      const task = plainText(expr);
      return task === null ? [] : [{ ...one, words: ['mix', ...task.split(/\s+/)] }];
    }),
  );
}

/** The lines of a text, each with what continues it, that run in production: by what they say, or by a variable of make that says so. */
function productionUnits(text: string): ReadonlySet<number> {
  const lines = text.split('\n');
  const joined = new Map<number, string>();
  for (const [index, unit] of unitsOf(lines).entries()) joined.set(unit, `${joined.get(unit) ?? ''}${lines[index]}\n`);
  const production = [...joined].filter(([, one]) => setsProduction(one));
  const variables = production.flatMap(([, one]) => /^(?:export\s+)?([\w-]+)\s*[:?+]?=/.exec(one)?.[1] ?? []);
  const using = [...joined].filter(([, one]) =>
    variables.some((name) => one.includes(`$(${name})`) || one.includes(`\${${name}}`)),
  );
  return new Set([...production, ...using].map(([unit]) => unit));
}

/** Whether a program serves the app from its sources: `mix phx.server`, `elixir -S mix phx.server`, `mix run --no-halt`. */
export function servesThroughMix(words: readonly string[]): boolean {
  const line = words.join(' ');
  return /\bmix\b.*\b(?:phx|phoenix)\.server\b/.test(line) || /\bmix\b.*\brun\b.*--no-halt\b/.test(line);
}

/** Whether a program starts the app: through Mix, or a release. */
export function startsApp(words: readonly string[]): boolean {
  return servesThroughMix(words) || /(?:^|\/)bin\/server$/.test(words[0] ?? '') || startsRelease(words);
}

function startsRelease([program = '', command = '']: readonly string[]): boolean {
  return (
    /(?:^|\/)bin\/[\w.$@{}-]+$/.test(program) && /^(?:start|start_iex|daemon|daemon_iex|foreground)$/.test(command)
  );
}
