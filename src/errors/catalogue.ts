/**
 * The one catalogue of errors. `message` says what happened, `remedy` what it means for the project and
 * what to do. Exit codes: 3 no pristine project, 4 bad input, 5 unsafe state, 70 a bug here.
 */

/** Values that go into the texts; every one is escaped by whoever prints the message. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

interface Entry {
  readonly exit: 3 | 4 | 5 | 70;
  readonly message: (details: ErrorDetails) => string;
  readonly remedy: (details: ErrorDetails) => string;
}

const untouched = 'Nothing was written.';

const entries = {
  'bad-mix-exs': {
    exit: 4,
    message: (d) => `${d.path}:${d.line} does not parse, so the project cannot be read.`,
    remedy: () => `${untouched} Mend the syntax error (mix compile shows it) and run again.`,
  },
  'binary-file': {
    exit: 4,
    message: (d) => `${d.path} is not a text file.`,
    remedy: () => `${untouched} Restore the file from git, or remove it.`,
  },
  'from-newer-than-to': {
    exit: 4,
    message: (d) => `--from ${d.from} is newer than --to ${d.to}.`,
    remedy: () => `${untouched} Swap the two versions; downgrades are not planned.`,
  },
  'no-mix-exs': {
    exit: 4,
    message: (d) => `${d.path} has no mix.exs, and neither has any directory below it that uses Phoenix.`,
    remedy: () => `${untouched} Give the directory that holds the project's mix.exs.`,
  },
  'no-such-path': {
    exit: 4,
    message: (d) => `${d.path} does not exist.`,
    remedy: () => `${untouched} Give the directory of a Phoenix project.`,
  },
  'not-a-phoenix-project': {
    exit: 4,
    message: (d) => `${d.path} is a Mix project, but does not depend on Phoenix.`,
    remedy: () => `${untouched} Give the directory of a project whose mix.exs lists :phoenix.`,
  },
  'unknown-flag': {
    exit: 4,
    message: (d) => `mix phx.new has no flag ${d.flag}${d.version ? ` in ${d.version}` : ''}.`,
    remedy: (d) => `${untouched} ${d.hint ?? 'Run phx-upgrade versions to see what each version takes.'}`,
  },
  'unknown-version': {
    exit: 4,
    message: (d) => `Phoenix ${d.version} is not known here.`,
    remedy: (d) => `${untouched} ${d.hint ?? 'Run phx-upgrade versions to list the known ones.'}`,
  },
  'unreadable-file': {
    exit: 4,
    message: (d) => `${d.path} cannot be read: ${d.reason}.`,
    remedy: () => `${untouched} Check the file's permissions.`,
  },
  'version-too-old': {
    exit: 4,
    message: (d) => `Phoenix ${d.version} is older than 1.3, the oldest version with a known generator.`,
    remedy: () => `${untouched} Follow the 1.3 upgrade guide by hand first; then plan from 1.3.4.`,
  },
} satisfies Record<string, Entry>;

/** Stable name of an error, printed in JSON as `error.code`. */
export type ErrorCode = keyof typeof entries;

export const catalogue: Readonly<Record<ErrorCode, Entry>> = entries;
