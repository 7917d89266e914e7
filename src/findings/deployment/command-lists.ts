import { programs } from '../../docker/model.ts';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { lineAt } from '../../elixir/position.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { isCommandText, type RunProgram, textPrograms, withHanded } from './command-text.ts';
import { everyValue, type YamlDocument } from './yaml.ts';

/** What one script, one job of a workflow or one container runs, in this order. */
export interface CommandList {
  readonly path: string;
  readonly programs: readonly RunProgram[];
}

const known = new WeakMap<BuildFiles, readonly CommandList[]>();

/** What scripts, make files, workflows and descriptions of containers run, Dockerfiles aside; read once for all rules. */
export function commandLists({ build }: Pick<FindingContext, 'build'>): readonly CommandList[] {
  const lists = known.get(build) ?? listsOf(build);
  known.set(build, lists);
  return lists;
}

function listsOf(build: BuildFiles): CommandList[] {
  const scripts = build.scripts.map(({ path, text }) => ({ path, programs: scriptPrograms(text) }));
  const others = build.tree.paths.filter((path) => !isElsewhere(path)).flatMap((path) => listsIn(path, build));
  return [...scripts, ...others].filter((list) => list.programs.length > 0);
}

/** The same for Dockerfiles: one list each. */
export function dockerLists({ build }: Pick<FindingContext, 'build'>): CommandList[] {
  return build.dockerfiles.map(({ path, dockerfile }) => ({
    path,
    programs: dockerfile.stages.flatMap(({ instructions }) =>
      instructions.flatMap((one) => programs(one).map((words) => ({ line: one.line, words }))),
    ),
  }));
}

function isElsewhere(path: string): boolean {
  return /(?:^|\/)(?:deps|node_modules|test|tests|fixtures?|priv\/templates)\//.test(path);
}

function listsIn(path: string, build: BuildFiles): CommandList[] {
  const lists = ownYaml.test(path) ? build.yaml(path).flatMap((document) => yamlLists(path, document)) : [];
  if (lists.length > 0 || !isCommandText(path)) return lists;
  return [{ path, programs: textPrograms(build.tree.read(path) ?? '') }];
}

const ownYaml =
  /(?:^|\/)\.(?:github|gitlab|circleci|buildkite|semaphore|travis)[\w/.-]*\.ya?ml$|(?:^|\/)[\w.-]*(?:compose|render|pipelines|cloudbuild|heroku|Taskfile|drone|woodpecker)[\w.-]*\.ya?ml$|(?:^|\/)(?:k8s|kubernetes|deploy|helm|chart|ops|infra|charts?|manifests)[\w-]*\/.*\.ya?ml$/;

/** A script's commands; those of a substitution stand on their own lines. */
function scriptPrograms(text: string, first = 1): RunProgram[] {
  return scriptCommands(text).flatMap((command) => {
    const line = first + lineAt(text, command.range.start) - 1;
    return programsOf([command])
      .flatMap(withHanded)
      .map((words) => ({ line, words }));
  });
}

/** The commands of a script that run such a program. */
export function scriptFindings(
  { path, text }: { readonly path: string; readonly text: string },
  fits: (words: readonly string[]) => boolean,
  message: string,
): Finding[] {
  return scriptCommands(text)
    .filter((command) => programsOf([command]).some(fits))
    .map(({ range }) => ({ path, line: lineAt(text, range.start), message }));
}

const keys =
  /^(?:run|command|commands|cmds|shell|args|entrypoint|cmd|web|release|(?:before_|after_)?script|(?:pre[dD]eploy|start|build)Command)$/;

function yamlLists(path: string, document: YamlDocument): CommandList[] {
  const groups = new Map<string, RunProgram[]>();
  for (const { path: at, value } of everyValue(document.value, [])) {
    const key = at.findLast((one) => typeof one === 'string');
    const isExec =
      Array.isArray(value) &&
      value.every((word) => typeof word === 'string') &&
      /^(?:command|args|cmd|entrypoint)$/.test(String(at.at(-1)));
    if (!isExec && (typeof value !== 'string' || !keys.test(String(key)) || isWordOfExec(at))) continue;
    const text = isExec ? value.join(' ') : String(value);
    const line = document.line(at) + (text.includes('\n') ? 1 : 0);
    const group = groupOf(at);
    groups.set(group, [...(groups.get(group) ?? []), ...scriptPrograms(text, line)]);
  }
  return [...groups.values()].map((programs) => ({ path, programs }));
}

/** The words of `command: ["mix", "phx.server"]`, which are one command together. */
function isWordOfExec(at: readonly (string | number)[]): boolean {
  return typeof at.at(-1) === 'number' && /^(?:command|args|cmd|entrypoint)$/.test(String(at.at(-2)));
}

/** What runs one after another: the steps of a job, the scripts of one. */
function groupOf(at: readonly (string | number)[]): string {
  const steps = at.indexOf('steps');
  return at.slice(0, steps === -1 ? 1 : steps).join('/');
}
