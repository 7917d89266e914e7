import { type Dockerfile, programs } from '../../docker/model.ts';
import { readDockerfile } from '../../docker/read.ts';
import { type Command, programsOf, programsOfWords, scriptCommands } from '../../docker/shell.ts';
import { lineAt } from '../../elixir/position.ts';
import { nestedValue } from '../../toml/nested-value.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type CommandFormat, commandFormat, isYaml } from './command-files.ts';
import { type RunProgram, textPrograms, withHanded } from './command-text.ts';
import { everyValue, readYaml, type YamlDocument } from './yaml.ts';

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
  const read = new Set(build.scripts.map(({ path }) => path));
  const others = build.tree.paths.filter((path) => !read.has(path)).flatMap((path) => listsIn(path, build));
  return [...scripts, ...others].filter((list) => list.programs.length > 0);
}

/** The same for Dockerfiles: one list each. `WORKDIR` stands among the programs, for those who ask where these run. */
export function dockerLists({ build }: Pick<FindingContext, 'build'>): CommandList[] {
  return build.dockerfiles.map(({ path, dockerfile }) => ({ path, programs: imagePrograms(dockerfile) }));
}

function imagePrograms({ stages }: Dockerfile): RunProgram[] {
  return stages.flatMap(({ from, instructions }) => [
    { line: from.line, words: ['WORKDIR', '/'], unit: from.line },
    ...instructions.flatMap((one) => {
      const called = one.keyword === 'WORKDIR' ? [['WORKDIR', one.text]] : programs(one);
      return called.map((words) => ({ line: one.line, words, unit: one.line }));
    }),
  ]);
}

/** What a text calls that stands, or is to stand, in a file of the project: read as that file is. */
export function programsIn(
  path: string,
  text: string,
  { build }: Pick<FindingContext, 'build'>,
): readonly RunProgram[] {
  if (build.dockerfiles.some((one) => one.path === path)) return imagePrograms(readDockerfile(text));
  if (build.scripts.some((one) => one.path === path)) return scriptPrograms(text);
  // An edit may take the last word out that tells such a file by its text.
  const format = commandFormat(path, () => text) ?? (isYaml(path) ? 'yaml' : null);
  return textLists(path, text, readYaml(text), format).flatMap((list) => list.programs);
}

function listsIn(path: string, build: BuildFiles): CommandList[] {
  const text = build.tree.read(path) ?? '';
  const format = commandFormat(path, () => text);
  return textLists(path, text, format === 'yaml' ? build.yaml(path) : [], format);
}

function textLists(
  path: string,
  text: string,
  documents: readonly YamlDocument[],
  format: CommandFormat | null,
): CommandList[] {
  if (format === null) return [];
  const lists = format === 'yaml' ? documents.flatMap((document) => yamlLists(path, document)) : [];
  // Templates of YAML do not parse: what they run is still there to read.
  return lists.length > 0
    ? lists
    : [{ path, programs: [...textPrograms(text), ...(isYaml(path) ? argumentsIn(text) : [])] }];
}

/** `command: foreground` of a template, which an image's ENTRYPOINT is handed. */
function argumentsIn(text: string): RunProgram[] {
  return text.split('\n').flatMap((line, index) => {
    const [, word] = /^\s*(?:command|args)\s*:\s*\[?["']?(foreground|start)["']?\]?\s*(?:#.*)?$/.exec(line) ?? [];
    return word === undefined ? [] : [{ line: index + 1, words: [word], unit: index + 1 }];
  });
}

/** A script's commands; those of a substitution stand on their own lines. */
function scriptPrograms(text: string, first = 1): RunProgram[] {
  return scriptCommands(text).flatMap((command) => {
    const line = first + lineAt(text, command.range.start) - 1;
    const handed = handedScripts(text, command).flatMap((inner) => scriptPrograms(inner.text, first + inner.line - 1));
    return [
      ...programsOf([command])
        .flatMap(withHanded)
        .map((words) => ({ line, words, unit: first })),
      ...handed,
    ];
  });
}

/** Scripts of several lines that a command is handed in quotes, to run them elsewhere. */
function handedScripts(text: string, { range, pipe }: Command): { readonly text: string; readonly line: number }[] {
  return pipe
    .flatMap((words) => (/^(?:echo|printf|cat)$/.test(words[0] ?? '') ? [] : words.slice(1)))
    .flatMap((word) => {
      const at = word.trim().includes('\n') ? text.indexOf(word, range.start) : -1;
      return at === -1 ? [] : [{ text: word, line: lineAt(text, at) }];
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
  /^(?:run|location|command|commands|cmds|shell|args|entry[pP]oint|cmd|web|worker|release|init|install|(?:before_|after_|post_)?(?:script|install|deploy|success|compile)|(?:pre[dD]eploy|start|build|release)Command)$/;

function yamlLists(path: string, document: YamlDocument): CommandList[] {
  const groups = new Map<string, RunProgram[]>();
  for (const { path: at, value } of everyValue(document.value, [])) {
    const key = at.findLast((one) => typeof one === 'string');
    const isExec =
      Array.isArray(value) &&
      value.every((word) => typeof word === 'string') &&
      /^(?:command|args|cmd|entry[pP]oint)$/.test(String(at.at(-1)));
    if (!isExec && (typeof value !== 'string' || !keys.test(String(key)) || isWordOfExec(at))) continue;
    const group = groupOf(at);
    const found = inDirectory(at, document, isExec ? execPrograms(value, at, document) : textOf(at, document));
    groups.set(group, [...(groups.get(group) ?? []), ...found]);
  }
  return [...groups.values()].map((programs) => ({ path, programs }));
}

/** With the directory that a key beside the command says, as GitHub and CircleCI have it. */
function inDirectory(
  at: readonly (string | number)[],
  { value }: YamlDocument,
  programs: readonly RunProgram[],
): readonly RunProgram[] {
  const key = at.findLastIndex((one) => typeof one === 'string');
  const directory = ['working-directory', 'working_directory', 'workdir', 'dir', 'chdir', 'working_dir']
    .map((name) => nestedValue(value, [...at.slice(0, key), name]))
    .find((one) => typeof one === 'string');
  const [first] = programs;
  return directory === undefined || !first ? programs : [{ ...first, words: ['cd', directory] }, ...programs];
}

function textOf(at: readonly (string | number)[], document: YamlDocument): RunProgram[] {
  const script = document.script(at);
  return script === null ? [] : scriptPrograms(script.text, script.line);
}

/** The words of a command, or what they hand to a shell: that has lines of its own. */
function execPrograms(
  words: readonly string[],
  at: readonly (string | number)[],
  document: YamlDocument,
): RunProgram[] {
  const [first = ''] = words;
  const flag = words.findIndex((word) => /^-\w*c$/.test(word));
  // Kubernetes has the shell under `command` and the rest under `args`.
  const isShell = flag === 0 || /(?:^|\/)(?:ba|da|a|z)?sh$/.test(first);
  if (isShell && flag !== -1 && words[flag + 1] !== undefined) return textOf([...at, flag + 1], document);
  const line = document.line(at);
  return programsOfWords(words).map((program) => ({ line, words: program, unit: line }));
}

/** The words of `command: ["mix", "phx.server"]`, which are one command together. */
function isWordOfExec(at: readonly (string | number)[]): boolean {
  return typeof at.at(-1) === 'number' && /^(?:command|args|cmd|entry[pP]oint)$/.test(String(at.at(-2)));
}

/** What runs one after another: the steps of a job, the scripts of one. */
function groupOf(at: readonly (string | number)[]): string {
  const steps = at.indexOf('steps');
  return at.slice(0, steps === -1 ? 1 : steps).join('/');
}
