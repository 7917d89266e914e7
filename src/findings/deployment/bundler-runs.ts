import { mixTasks } from '../../docker/stages.ts';
import type { Operation } from '../../merge/operation.ts';
import type { FindingContext } from '../context.ts';
import { type CommandList, programsIn } from './command-lists.ts';
import type { RunProgram } from './command-text.ts';
import { doable } from './docker-file.ts';
import { type BundledPackages, mixTask, placed } from './npm-commands.ts';

/** Commands that go with a bundler and run in its directory, with the edit that lets Mix do the same where it runs. */
export interface BundlerRun {
  /** The lines of the commands. */
  readonly lines: ReadonlySet<number>;
  readonly operations: readonly Operation[];
}

/**
 * `cd assets && npm ci && npm run deploy`, as far as the script, or what runs as one, goes back or ends behind it; `WORKDIR
 * /src/assets` with the instructions that follow it. Mix has to have fetched the deps in the directory that is left.
 */
export function bundlerRuns(list: CommandList, packages: BundledPackages, context: FindingContext): BundlerRun[] {
  return list.programs.flatMap((program, index) => {
    const run = entersDirectory(program) ? runFrom(index, list, packages) : null;
    const operations = run === null ? [] : runEdits(list, run, context);
    return run === null || operations.length === 0
      ? []
      : [{ lines: new Set(run.calls.map(({ line }) => line)), operations }];
  });
}

interface Run {
  readonly first: RunProgram;
  readonly calls: readonly RunProgram[];
  /** What goes back to where Mix runs, in the same script; null where nothing has to. */
  readonly back: RunProgram | null;
  readonly tasks: readonly string[];
  readonly base: string;
}

function entersDirectory({ words: [program = ''] }: RunProgram): boolean {
  return program === 'cd' || program === 'pushd' || program === 'WORKDIR';
}

function runFrom(index: number, { programs }: CommandList, packages: BundledPackages): Run | null {
  const first = programs[index];
  if (!first) return null;
  const isImage = first.words[0] === 'WORKDIR';
  const base = directoryAt(index, first.unit, programs);
  const calls: RunProgram[] = [];
  const tasks: string[] = [];
  for (let at = index + 1; at < programs.length; at += 1) {
    const one = programs[at];
    const what = one && (isImage || one.unit === first.unit) ? calledAt(at, programs, packages) : null;
    if (!one || what === null) break;
    const task = mixTask(what);
    if (task === null) return null;
    calls.push(one);
    if (!tasks.includes(`mix ${task}`)) tasks.push(`mix ${task}`);
  }
  const next = programs[index + calls.length + 1];
  const back = !isImage && next?.unit === first.unit ? next : null;
  const isLeft = isImage
    ? next === undefined || next.words[0] === 'WORKDIR'
    : back === null || goesBack(back, index + calls.length + 1, base, programs);
  const isOfMix = placed(programs.slice(stageOf(index, programs), index)).some(
    ({ words, directory }) => mixTasks(words).includes('deps.get') && directory === base,
  );
  return calls.length > 0 && isLeft && isOfMix ? { first, calls, back, tasks, base } : null;
}

/** The directory in which the program at a place would run. */
function directoryAt(index: number, unit: number, programs: readonly RunProgram[]): string {
  return placed([...programs.slice(0, index), { line: 0, words: ['pwd'], unit }]).at(-1)?.directory ?? '';
}

function calledAt(index: number, programs: readonly RunProgram[], packages: BundledPackages): string | null {
  const one = programs[index];
  if (!one || entersDirectory(one) || one.words[0] === 'popd') return null;
  const here = placed(programs.slice(0, index + 1)).at(-1);
  return here ? packages.called(here) : null;
}

function goesBack({ words, unit }: RunProgram, index: number, base: string, programs: readonly RunProgram[]): boolean {
  const [program = '', target = ''] = words;
  if (program === 'popd' || (program === 'cd' && /^(?:-|\$\{?OLDPWD\}?)$/.test(target))) return true;
  return program === 'cd' && directoryAt(index + 1, unit, programs) === base;
}

/** Where the stage of an image begins that a program runs in; scripts have none. */
function stageOf(index: number, programs: readonly RunProgram[]): number {
  return programs.slice(0, index).findLastIndex(({ words }) => words[0] === 'WORKDIR' && words[1] === '/') + 1;
}

/** The edit, where the file then calls what it called before in the same directories, but for these. */
function runEdits({ path }: CommandList, run: Run, context: FindingContext): Operation[] {
  const text = context.tree.read(path);
  if (text === undefined) return [];
  const isImage = run.first.words[0] === 'WORKDIR';
  const written = (one: RunProgram) => one.words.join(' ');
  const commands = isImage
    ? [written(run.first), ...run.calls.map((one) => `RUN ${written(one)}`)]
    : [run.first, ...run.calls, ...(run.back ? [run.back] : [])].map(written);
  const becomes = isImage ? run.tasks.map((task) => `RUN ${task}`) : run.tasks;
  const operation = { kind: 'command-run' as const, path, run: commands, becomes };
  const shown = (programs: readonly RunProgram[]) =>
    placed(programs).map(({ words, directory }) => `${directory}\0${words.join('\0')}`);
  const before = programsIn(path, text, context);
  const wanted = expected(before, run, shown);
  return wanted === null
    ? []
    : doable(text, operation, (result) => shown(programsIn(path, result, context)).join('\n') === wanted.join('\n'));
}

function expected(
  programs: readonly RunProgram[],
  { first, calls, tasks, base }: Run,
  shown: (programs: readonly RunProgram[]) => string[],
): string[] | null {
  const all = shown(programs);
  const at = programs.findIndex(
    ({ line, words }) => line === first.line && words.join('\0') === first.words.join('\0'),
  );
  if (at === -1) return null;
  const before = shown(programs.slice(0, at)).length;
  const instead = tasks.map((task) => `${base}\0${task.replaceAll(' ', '\0')}`);
  return [...all.slice(0, before), ...instead, ...all.slice(before + calls.length)];
}
