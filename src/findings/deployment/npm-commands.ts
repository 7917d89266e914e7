import { posix } from 'node:path';
import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { mixTasks } from '../../docker/stages.ts';
import type { FileTree } from '../../project/tree.ts';
import type { RunProgram } from './command-text.ts';
import { npmScripts } from './npm-build.ts';

/** A command of npm or Yarn, and the directory it runs in as far as the text before it tells; '' for the root. */
export interface PlacedProgram extends RunProgram {
  readonly directory: string;
}

/** The commands of one list, each with its directory: what `cd`, `pushd`, WORKDIR and keys beside it say. */
export function placed(programs: readonly RunProgram[]): PlacedProgram[] {
  let base = '';
  let directory = '';
  let unit: number | null = null;
  return programs.flatMap((one) => {
    if (one.unit !== unit) directory = base;
    unit = one.unit;
    const [program, target = ''] = one.words;
    if (program === 'WORKDIR') base = directory = inside('', target);
    else if (program === 'cd' || program === 'pushd') directory = inside(directory, target);
    else if (program === 'popd') directory = base;
    else return [{ ...one, directory: ownDirectory(one.words) ?? directory }];
    return [];
  });
}

function inside(from: string, target: string): string {
  const path = target.replace(/["']/g, '');
  const joined = /^[/~$]/.test(path) ? posix.normalize(path) : posix.join(from, path);
  return joined === '.' ? '' : joined.replace(/\/$/, '');
}

/** `--prefix assets`, `--cwd=assets`, `-C assets`: the directory that a command names itself; null where it runs where it is called. */
export function ownDirectory(words: readonly string[]): string | null {
  const at = words.findIndex((word) => /^(?:--prefix|--cwd|--dir|-C)(?:=|$)/.test(word));
  if (at === -1) return null;
  const [, value] = (words[at] ?? '').split('=');
  return inside('', value ?? words[at + 1] ?? '');
}

/** The packages of npm that a bundler is called from: its own directory, and those whose scripts lead there. */
export class BundledPackages {
  readonly #packages: readonly string[];
  readonly #scripts: ReadonlyMap<string, ReadonlySet<string>>;

  /** `own` is the bundler's directory, '' or one that ends with a slash. */
  constructor(own: string, tree: FileTree) {
    const paths = tree.paths.filter((path) => /(?:^|\/)package\.json$/.test(path) && !/node_modules/.test(path));
    const texts = paths.map((path) => ({
      directory: path.replace(/\/?package\.json$/, ''),
      text: tree.read(path) ?? '',
    }));
    const home = own.replace(/\/$/, '');
    this.#packages = texts.map(({ directory }) => directory);
    this.#scripts = new Map(
      texts.flatMap(({ directory, text }) => {
        const names = leading(npmScripts(text), directory === home ? null : home);
        return directory === home || names.size > 0 ? [[directory, names]] : [];
      }),
    );
  }

  /** The packages that the bundler is called from, with the scripts that call it. */
  get scripts(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#scripts;
  }

  /** What of a command belongs to the bundler, `yarn install`; null for any other command. */
  called({ words, directory }: PlacedProgram): string | null {
    const [program = '', ...rest] = words;
    if (callsBundler(words)) return bundlerCall(words);
    if (mixTasks(words).length > 0 || !/^(?:npm|yarn|pnpm)$/.test(program)) return null;
    const scripts = this.#scriptsIn(directory);
    if (scripts === undefined || rest.some((word) => /^(?:-g|--global|global)$/.test(word))) return null;
    const own = rest.filter((word, index) => /^[a-z][\w:.-]*$/i.test(word) && !isOptionValue(rest, index));
    const [verb = 'install', name = ''] = own;
    if (/^(?:ci|i|install|upgrade|update)$/.test(verb)) return `${program} ${rest.length === 0 ? '' : verb}`.trim();
    const script = /^(?:run|run-script)$/.test(verb) ? name : verb;
    return scripts.has(script) ? `${program} ${own.slice(0, 2).join(' ')}` : null;
  }

  /** The scripts of the package that a directory is; undefined where it is none that leads to the bundler. */
  #scriptsIn(directory: string): ReadonlySet<string> | undefined {
    const fits = (one: string) => directory === one || (one !== '' && `/${directory}`.endsWith(`/${one}`));
    const known = this.#packages.filter(fits).sort((a, b) => b.length - a.length)[0];
    const only = this.#packages.length === 1 ? this.#packages[0] : undefined;
    return this.#scripts.get(known ?? only ?? '');
  }
}

/** Names of scripts that call a bundler, or lead to `home`; those that only call such a script count, too. */
function leading(scripts: Readonly<Record<string, string>>, home: string | null): Set<string> {
  const callers = new Map<string, string[]>();
  const found = new Set<string>();
  for (const [name, text] of Object.entries(scripts)) {
    const run = programsOf(scriptCommands(text)).map((words) => ({ words, line: 1, unit: 1 }));
    for (const one of placed(run)) {
      const isThere = home !== null && home !== '' && one.directory === home;
      if (callsBundler(one.words) || (isThere && /^(?:npm|yarn|pnpm)$/.test(one.words[0] ?? ''))) found.add(name);
      const called = scriptOf(one.words);
      if (called !== null) callers.set(called, [...(callers.get(called) ?? []), name]);
    }
  }
  // A set hands out what is added while it is walked.
  for (const name of found) for (const caller of callers.get(name) ?? []) found.add(caller);
  return found;
}

/** The script that `npm run build` and `yarn build` call. */
function scriptOf(words: readonly string[]): string | null {
  const [program = '', verb = '', name] = words;
  if (!/^(?:npm|yarn|pnpm)$/.test(program)) return null;
  return /^(?:run|run-script)$/.test(verb) ? (name ?? null) : verb;
}

const bundler = /(?:^|\/)(?:webpack|brunch)(?:\.js)?$/;

function callsBundler(words: readonly string[]): boolean {
  const [program = ''] = words;
  const called = /^(?:node|npx|npm|yarn|pnpm|sudo|cross-env|env-cmd|dotenv)$/.test(program)
    ? words.slice(0, 5)
    : [program];
  return called.some((word) => bundler.test(word));
}

function bundlerCall(words: readonly string[]): string {
  const [program = ''] = words;
  return bundler.test(program) ? program.replace(/^.*\//, '') : words.slice(0, 2).join(' ');
}

function isOptionValue(rest: readonly string[], index: number): boolean {
  return /^(?:--prefix|--cwd|--dir|-C|--loglevel)$/.test(rest[index - 1] ?? '');
}

/** The alias of a new project that does what a call did; null where none does, as for `npm run watch`. */
export function mixTask(what: string): string | null {
  if (/^(?:npm|yarn|pnpm)(?: (?:ci|i|install))?$/.test(what)) return 'assets.setup';
  return /\b(?:watch\w*|dev|start|serve\w*|test\w*|lint\w*)$/.test(what) ? null : 'assets.deploy';
}
