import { tmpdir } from 'node:os';
import { UpgradeError } from '../../../errors/error.ts';
import type { Finished, Run } from './runner.ts';

/** The Elixir and Erlang/OTP on the PATH. */
export interface Toolchain {
  readonly elixir: string;
  /** OTP with all its numbers where Erlang says them, `25.2.3`. */
  readonly otp: string;
}

/** How processes are run: the runner, the environment they get, and what stops them. */
export interface Processes {
  readonly run: Run;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** `elixir-1.14.0-otp-25`: what a generated project's text may depend on. */
export function toolchainName({ elixir, otp }: Toolchain): string {
  return `elixir-${elixir}-otp-${otp.split('.')[0]}`;
}

const question = `
major = to_string(:erlang.system_info(:otp_release))
file = Path.join([:code.root_dir(), "releases", major, "OTP_VERSION"])
otp = case File.read(file) do
  {:ok, text} -> String.trim(text)
  _ -> major <> ".0"
end
IO.puts(System.version() <> " " <> otp)
`;

/** Asks for the toolchain, or gives null where there is no Elixir. Throws `interrupted`. */
export async function findToolchain({ run, env, signal }: Processes): Promise<Toolchain | null> {
  const finished = await run({
    file: 'elixir',
    args: ['-e', question],
    cwd: tmpdir(),
    env,
    input: '',
    timeoutMs: 60_000,
    signal,
  });
  throwIfStopped(finished);
  const match = /^(\d+\.\d+\.\d+\S*) (\d\S*)\s*$/m.exec(finished.stdout);
  return match?.[1] && match[2] ? { elixir: match[1], otp: match[2] } : null;
}

/** Throws `interrupted` where a person ended the process. */
export function throwIfStopped(finished: Finished): void {
  if (finished.how === 'stopped') throw new UpgradeError('interrupted');
}
