import { UpgradeError } from '../errors/error.ts';
import type { Run } from './machine.ts';

/** What one call of git gets besides its arguments. */
export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Another index than the user's. */
  readonly index?: string;
  readonly env?: Readonly<Record<string, string>>;
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

/** Git in one worktree; paths are relative to its top, names are never quoted and never patterns. Git's environment stays the user's: hooks see it. */
export class Git {
  readonly #run: Run;
  readonly #cwd: string;
  #length: number | undefined;

  constructor(run: Run, cwd: string) {
    this.#run = run;
    this.#cwd = cwd;
  }

  /** 40 in most repositories, 64 where objects are named by SHA-256. */
  async #oidLength(): Promise<number> {
    this.#length ??= (await this.output(['hash-object', '--stdin'], { input: '' })).trim().length;
    return this.#length;
  }

  /** Exit code and output of one git command. */
  async attempt(args: readonly string[], options: GitOptions = {}) {
    const env = { ...options.env, ...(options.index === undefined ? {} : { GIT_INDEX_FILE: options.index }) };
    const input = typeof options.input === 'string' ? new TextEncoder().encode(options.input) : options.input;
    const ran = await this.#run('git', args, { cwd: this.#cwd, env, ...(input === undefined ? {} : { input }) });
    return { exitCode: ran.exitCode, output: Buffer.from(ran.stdout).toString(), complaint: ran.stderr.trim() };
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

  async index(): Promise<readonly IndexEntry[]> {
    const records = (await this.output(['ls-files', '-t', '-s', '-z'])).split('\0').filter(Boolean);
    return records.map((record) => {
      const { path, words } = splitRecord(record);
      const [tag = '', mode = '', oid = '', stage = '0'] = words;
      return { path, mode, oid, stage: Number(stage), skipped: tag === 'S' };
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
    const args = ['--no-optional-locks', '--literal-pathspecs', 'status', '--porcelain=v1', '-z', '--no-renames'];
    const output = await this.output([...args, '--untracked-files=all', '--ignore-submodules=all', '--', directory]);
    const records = output.split('\0').filter(Boolean);
    return new Set(records.map((record) => record.slice(3)));
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
    await this.attempt(['update-index', '-q', '--refresh'], options); // fails where files differ, which is no error
  }
}

function splitRecord(record: string): { path: string; words: string[] } {
  const tab = record.indexOf('\t');
  return { path: record.slice(tab + 1), words: record.slice(0, tab).split(' ') };
}
