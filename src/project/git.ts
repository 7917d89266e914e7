import { devNull } from 'node:os';

/** What one call of git gets besides its arguments. */
export interface GitOptions {
  /** What git reads from stdin; nothing when left out. */
  readonly input?: string | Uint8Array | undefined;
  /** Environment to take git's few variables from; that of this process when left out. */
  readonly env?: Environment | undefined;
  /** Variables added for this call. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Settings for this call, as `key=value`. */
  readonly config?: readonly string[] | undefined;
  /**
   * A call that makes a commit for the user: hooks, filters and signing then work as for their own `git commit`, in their
   * environment. Every other call starts nothing but git.
   */
  readonly commits?: boolean | undefined;
}

/** What became of one call. */
export interface GitResult {
  /** Null where git could not be started, or was ended by a signal. */
  readonly exitCode: number | null;
  readonly output: string;
  readonly complaint: string;
}

/** Calls git in a directory that exists. Never rejects for what git does. */
export type RunGit = (cwd: string, args: readonly string[], options?: GitOptions) => Promise<GitResult>;

type Environment = Readonly<Record<string, string | undefined>>;

const protocols = ['ext', 'file', 'git', 'http', 'https', 'ssh'];

/** A repository's configuration may name programs for almost anything; these settings win over all of it. */
const startsNothing = [
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  'core.sshCommand=',
  'core.gitProxy=',
  'core.askPass=',
  'core.pager=cat',
  'diff.external=',
  'log.showSignature=false',
  'protocol.allow=never',
  ...protocols.map((name) => `protocol.${name}.allow=never`),
];

/** Objects that a partial clone lacks are not fetched; no prompt, no pager, no lock that others would wait for. */
const looksOnly = {
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** Where git and the user's own configuration are found. */
const passedOn = /^(PATH|HOME|XDG_CONFIG_HOME|USERPROFILE|HOMEDRIVE|HOMEPATH|SYSTEMROOT|TMPDIR|TEMP|TMP)$/i;
/** Of git's own variables only a name for the commit: `GIT_DIR`, `GIT_CONFIG_…` and the like point elsewhere or name programs. */
const identity = /^GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)$/;

/** simple-git guards against arguments from strangers. All of ours are written here, most of them to forbid the same things. */
const allowed = {
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeEditor: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeHooksPath: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  // Else it sets a variable for git's own tests, under which hooks of the user's fail.
  allowAbbreviatedOptions: true,
};

const nothing = new Uint8Array();

/** The one way from this program to git. */
export const runGit: RunGit = async (cwd, args, options = {}) => {
  const { simpleGit } = await import('simple-git');
  const env = environmentOf(options);
  const { input = nothing } = options;
  let ended = { exitCode: 0, stdErr: [] as Buffer[] };
  const git = simpleGit({
    baseDir: cwd,
    config: [...(options.commits ? ['core.fsmonitor=false'] : startsNothing), ...(options.config ?? [])],
    allowEnvironment: Object.keys(env),
    unsafe: allowed,
    // All output is there when the streams close.
    completion: { onClose: true, onExit: false },
    trimmed: false,
    // Bytes also where there are none: without any, stdin would stay open and git might wait for it.
    input: () => Buffer.from(input),
    errors: (_, result) => {
      ended = result;
      return undefined;
    },
  }).env(env);
  git.outputHandler((_command, stdout) => {
    // Of a silent command simple-git waits a while for more to come.
    stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
  });
  const output = await git.raw(['--no-pager', ...args]);
  const complaint = Buffer.concat(ended.stdErr).toString().trim();
  // Where there is no git, simple-git gives a negative code and the trace of an error.
  if (!(ended.exitCode >= 0)) return { exitCode: null, output, complaint: complaint.split('\n')[0] ?? '' };
  return { exitCode: ended.exitCode, output, complaint };
};

function environmentOf({ env = process.env, commits, variables }: GitOptions): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) => {
    const isKept = commits ? !/^GIT_/i.test(name) || identity.test(name) : passedOn.test(name);
    return value !== undefined && isKept ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(kept), ...(commits ? {} : looksOnly), ...variables };
}

/**
 * Variables under which looking into files starts none of the filters that a repository's configuration names. Empty values
 * win over each: what filters would change counts as different then.
 */
export async function withoutFilters(run: RunGit, cwd: string): Promise<Readonly<Record<string, string>>> {
  const { output } = await run(cwd, ['config', '--null', '--name-only', '--get-regexp', '^filter\\.']);
  const names = new Set(output.split('\0').flatMap((key) => /^(filter\..+)\.[^.]+$/.exec(key)?.[1] ?? []));
  const settings = [...names].flatMap((name) => [
    ...['clean', 'smudge', 'process'].map((key) => [`${name}.${key}`, ''] as const),
    [`${name}.required`, 'false'] as const,
  ]);
  // As variables: after `-c` a name with `=` in it would be cut there.
  const variables = settings.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { GIT_CONFIG_COUNT: `${settings.length}`, ...Object.fromEntries(variables) };
}

/** Output of a git command that reads, or null when it fails or there is no git. */
export async function gitOutput(cwd: string, args: readonly string[]): Promise<string | null> {
  const { exitCode, output } = await runGit(cwd, args);
  return exitCode === 0 ? output : null;
}
