/** One process to run: no shell, an environment of its own, a time limit. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** What it reads from stdin. */
  readonly input: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** How a process ended; `output` is stdout and stderr as they came. */
export interface Finished {
  readonly how: 'exited' | 'timed-out' | 'stopped' | 'not-found';
  /** Null unless it exited by itself. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly output: string;
}

/** Runs a process. Passed in wherever one is needed, so that tests decide what happens. */
export type Run = (command: Command) => Promise<Finished>;

/** Mix starts an Erlang machine that starts others: the limit must end all of them. */
const killAfterMs = 2000;

/**
 * Runs a process in a process group of its own, and ends the whole group when the limit is reached or the
 * signal comes. Never throws for what the process does.
 */
export const runCommand: Run = async (command) => {
  // Many modules, for nothing where no process is started.
  const { execa } = await import('execa');
  if (command.signal?.aborted) return { how: 'stopped', exitCode: null, stdout: '', output: '' };
  const child = start(execa, command);
  let ended: 'timed-out' | 'stopped' | null = null;
  let force: NodeJS.Timeout | undefined;
  const stop = (how: 'timed-out' | 'stopped') => {
    ended ??= how;
    endGroup(child.pid, 'SIGTERM');
    force ??= setTimeout(() => endGroup(child.pid, 'SIGKILL'), killAfterMs);
  };
  const limit = setTimeout(() => stop('timed-out'), command.timeoutMs);
  const onAbort = () => stop('stopped');
  command.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await child;
    const how = ended ?? (result.code === 'ENOENT' ? 'not-found' : 'exited');
    return { how, exitCode: result.exitCode ?? null, stdout: result.stdout, output: result.all };
  } finally {
    clearTimeout(limit);
    clearTimeout(force);
    if (ended) endGroup(child.pid, 'SIGKILL');
    command.signal?.removeEventListener('abort', onAbort);
  }
};

function start(execa: typeof import('execa').execa, { file, args, cwd, env, input }: Command) {
  return execa(file, [...args], {
    cwd,
    env: { ...env },
    extendEnv: false,
    input,
    detached: process.platform !== 'win32',
    reject: false,
    all: true,
    maxBuffer: 1 << 24,
  });
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

/** Variables that a toolchain manager, Hex or a proxy may need; everything else stays out, keys of Hex too. */
const passedOn = [
  /^(PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|TMPDIR|TEMP|TMP|XDG_(CACHE|CONFIG|DATA)_HOME)$/,
  /^(MIX_HOME|ELIXIR_ERL_OPTIONS|ERL_FLAGS|ERL_ROOTDIR|(ASDF|MISE|KIEX)_\w+|HEX_(?!\w*KEY)\w+)$/,
  /^((HTTPS?|NO)_PROXY|(https?|no)_proxy|SSL_CERT_(FILE|DIR))$/,
];

/** The part of an environment that `mix` needs, in a UTF-8 locale: without one Elixir warns and mangles names. */
export function minimalEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && passedOn.some((names) => names.test(name)) ? [[name, value]] : [],
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8' };
}
