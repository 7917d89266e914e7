import { UpgradeError } from '../errors/error.ts';
import { type GitResult, type RunGit, withoutFilters } from '../project/git.ts';

/** What one call of git gets besides its arguments. */
export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Another index than the user's. */
  readonly index?: string;
  /** A call that makes a commit of the user's, or stores what they will commit: hooks and filters work as for them. */
  readonly commits?: boolean;
  /** A call that looks into files: filters are not started for it. */
  readonly compares?: boolean;
}

/** Where HEAD stands; `ref` is null when it is detached, `oid` null before the first commit. */
export interface Head {
  readonly ref: string | null;
  readonly oid: string | null;
}

/** One line of the index or a tree. */
export interface IndexEntry {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
  /** 0, or 1 base, 2 yours, 3 target of a conflict. */
  readonly stage: number;
  /** Left out of the worktree by a sparse checkout. */
  readonly skipped: boolean;
}

/** An entry with what git was told of its file. */
interface ListedEntry extends IndexEntry {
  /** Changes of the file do not count for git: `assume-unchanged`, `skip-worktree`. */
  readonly overlooked: boolean;
}

/** Git in one worktree; paths are relative to its top, names are never quoted and never patterns. */
export class Git {
  readonly #run: RunGit;
  readonly #cwd: string;
  #length: number | undefined;
  #withoutFilters: Promise<Readonly<Record<string, string>>> | undefined;

  constructor(run: RunGit, cwd: string) {
    this.#run = run;
    this.#cwd = cwd;
  }

  /** 40 in most repositories, 64 where objects are named by SHA-256. */
  async #oidLength(): Promise<number> {
    this.#length ??= (await this.output(['hash-object', '--stdin'], { input: '' })).trim().length;
    return this.#length;
  }

  /** Exit code and output of one git command. */
  async attempt(args: readonly string[], { input, index, commits, compares }: GitOptions = {}): Promise<GitResult> {
    if (compares) this.#withoutFilters ??= withoutFilters(this.#run, this.#cwd);
    const variables = {
      ...(compares ? await this.#withoutFilters : {}),
      ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
    };
    return this.#run(this.#cwd, args, { input, commits, variables });
  }

  /** @throws UpgradeError `git-failed` */
  async output(args: readonly string[], options: GitOptions = {}): Promise<string> {
    const { exitCode, output, complaint } = await this.attempt(args, options);
    if (exitCode !== 0)
      throw new UpgradeError('git-failed', {
        command: args.find((arg) => !arg.startsWith('-')) ?? '',
        reason: complaint,
      });
    return output;
  }

  /** One line of output without its end, or null when the command fails. */
  async line(args: readonly string[], options: GitOptions = {}): Promise<string | null> {
    const { exitCode, output } = await this.attempt(args, options);
    return exitCode === 0 ? output.replace(/\r?\n$/, '') : null;
  }

  async head(): Promise<Head> {
    const ref = await this.line(['symbolic-ref', '-q', 'HEAD']);
    return { ref, oid: await this.line(['rev-parse', '--verify', '-q', 'HEAD']) };
  }

  async index(): Promise<readonly ListedEntry[]> {
    const records = (await this.output(['ls-files', '-v', '-s', '-z'])).split('\0').filter(Boolean);
    return records.map((record) => {
      const { path, words } = splitRecord(record);
      const [tag = '', mode = '', oid = '', stage = '0'] = words;
      return {
        path,
        mode,
        oid,
        stage: Number(stage),
        skipped: tag.toUpperCase() === 'S',
        overlooked: tag !== 'H' && tag !== 'M',
      };
    });
  }

  async tree(commit: string): Promise<readonly IndexEntry[]> {
    const records = (await this.output(['ls-tree', '-r', '-z', '--full-tree', commit])).split('\0').filter(Boolean);
    return records.map((record) => {
      const { path, words } = splitRecord(record);
      return { path, mode: words[0] ?? '', oid: words[2] ?? '', stage: 0, skipped: false };
    });
  }

  /** Paths below `directory` with changes that HEAD does not hold, untracked files among them. */
  async dirtyPaths(directory: string): Promise<ReadonlySet<string>> {
    const args = ['--literal-pathspecs', 'status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all'];
    const output = await this.output([...args, '--ignore-submodules=all', '--', directory], { compares: true });
    const records = output.split('\0').filter(Boolean);
    return new Set(records.map((record) => record.slice(3)));
  }

  /** Those of the paths whose files differ from the index although `dirtyPaths` is told to overlook that. */
  async overlookedPaths(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const wanted = new Set(paths);
    const entries = (await this.index()).filter(({ path, overlooked }) => overlooked && wanted.has(path));
    const changed = await Promise.all(
      entries.map(async ({ path, oid }) => {
        const { exitCode, output } = await this.attempt(['hash-object', '--', path], { compares: true });
        return exitCode !== 0 || output.trim() !== oid ? [path] : [];
      }),
    );
    return new Set(changed.flat());
  }

  /**
   * Puts lines into the index: for each path all its stages are replaced by those given, none of which
   * removes it.
   */
  async replaceEntries(paths: readonly string[], entries: readonly IndexEntry[], index?: string): Promise<void> {
    if (paths.length === 0) return;
    const nothing = '0'.repeat(await this.#oidLength());
    const removals = paths.map((path) => `0 ${nothing}\t${path}\0`);
    const lines = entries.map(({ mode, oid, stage, path }) => `${mode} ${oid} ${stage}\t${path}\0`);
    const input = [...removals, ...lines].join('');
    const options = index === undefined ? {} : { index };
    await this.output(['update-index', '-z', '--index-info'], { input, ...options });
    // Fails where files differ, which is no error.
    await this.attempt(['update-index', '-q', '--refresh'], { ...options, compares: true });
  }
}

function splitRecord(record: string): { path: string; words: string[] } {
  const tab = record.indexOf('\t');
  return { path: record.slice(tab + 1), words: record.slice(0, tab).split(' ') };
}
