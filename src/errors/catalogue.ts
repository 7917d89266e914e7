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
  'apply-running': {
    exit: 5,
    message: (d) => `Another phx-upgrade (process ${d.pid}) is changing this project.`,
    remedy: (d) =>
      `${untouched} Wait for it to end. If it runs no more (on another computer, say), remove ${d.path} and run again.`,
  },
  'bad-archive': {
    exit: 4,
    message: (d) => `${d.path} is no archive of the Phoenix installer: ${d.reason}.`,
    remedy: () => `${untouched} Name a file phx_new-VERSION.ez, as mix archive.build makes it.`,
  },
  'bad-baseline': {
    exit: 4,
    message: (d) => `${d.path} is no plan that phx-upgrade has saved: ${d.reason}.`,
    remedy: () => `${untouched} Save one with phx-upgrade plan --json --output FILE.`,
  },
  'bad-branch': {
    exit: 4,
    message: (d) => `${d.branch} is not a name that git allows for a branch.`,
    remedy: () => `${untouched} Give --branch another name.`,
  },
  'bad-flag-value': {
    exit: 4,
    message: (d) => (d.value === '' ? `${d.flag} needs a value.` : `${d.flag} cannot be ${d.value}.`),
    remedy: (d) => `${untouched} It takes ${d.choices}.`,
  },
  'bad-journal': {
    exit: 5,
    message: (d) => `The journal ${d.path} cannot be read.`,
    remedy: () =>
      `${untouched} It was made by another version, or damaged: run the version that made it, or compare with git and remove it.`,
  },
  'bad-key': {
    exit: 4,
    message: (d) => `${d.path} is no public key.`,
    remedy: () => `${untouched} PHX_UPGRADE_HEX_KEY names a file with a key in PEM; leave it out for hex.pm's own.`,
  },
  'bad-mix-exs': {
    exit: 4,
    message: (d) => `${d.path}:${d.line} does not parse, so the project cannot be read.`,
    remedy: () => `${untouched} Fix the syntax error (mix compile shows it) and run again.`,
  },
  'bad-pack': {
    exit: 4,
    message: (d) => `The pack ${d.path} cannot be used: ${d.reason}.`,
    remedy: () =>
      `${untouched} Nothing of the pack was used. Get the file again, or rebuild it with phx-upgrade pack build.`,
  },
  'bad-package': {
    exit: 3,
    message: (d) => `The package ${d.package} cannot be used: ${d.reason}.`,
    remedy: () => `${untouched} Nothing of it was used. Try again, or use --source mix, or a pack: --pack FILE.`,
  },
  'bad-settings': {
    exit: 4,
    message: (d) => `${d.path}:${d.line}: ${d.reason}.`,
    remedy: () =>
      `${untouched} Fix that line: the keys are from, origin, flags, verify, upgrade, and ignore with topics, steps, paths and addresses.`,
  },
  'binary-file': {
    exit: 4,
    message: (d) => `${d.path} is not a text file.`,
    remedy: () => `${untouched} Restore the file from git, or remove it.`,
  },
  'branch-exists': {
    exit: 5,
    message: (d) => `The branch ${d.branch} exists already.`,
    remedy: () => `${untouched} Give --branch a new name, or switch to that branch and leave --branch out.`,
  },
  bug: {
    exit: 70,
    message: (d) => `phx-upgrade met something it does not expect: ${d.reason}`,
    remedy: () =>
      'This is a mistake in phx-upgrade: please report it with the lines below. If files were being written, phx-upgrade apply --abort puts them back.',
  },
  'changed-since-apply': {
    exit: 5,
    message: (d) => `Edited since the last apply: ${d.path}.`,
    remedy: () => `${untouched} Keep your edits, or repeat with --force, which puts a copy of each file aside first.`,
  },
  'changed-since-plan': {
    exit: 5,
    message: (d) => `Changed since the plan was made: ${d.path}.`,
    remedy: () => `${untouched} Run again, so that the plan is made from the files as they are now.`,
  },
  'changed-while-applying': {
    exit: 5,
    message: (d) => `Changed by someone else, a hook perhaps, while the steps were applied: ${d.path}.`,
    remedy: () =>
      'Those files were left as they are. Steps committed before stay; run again, so that the plan is made from the files as they are now.',
  },
  'commit-needs-clean': {
    exit: 5,
    message: (d) => `With --commit, your uncommitted changes would go into a step's commit: ${d.path}.`,
    remedy: () => `${untouched} Commit or stash them first, or leave --commit out.`,
  },
  'commit-refused': {
    exit: 5,
    message: (d) => `Git did not take the commit of step ${d.step}: ${d.reason}`,
    remedy: (d) =>
      `The files of this step are as they were before it; steps committed before it stay (${d.done}). Fix what git or its hook complains about, or give --no-verify, and run again.`,
  },
  'commit-without-git': {
    exit: 4,
    message: (d) => `There is no git repository at ${d.path} to commit to.`,
    remedy: () => `${untouched} Leave --commit out, or run git init first.`,
  },
  'commit-without-head': {
    exit: 5,
    message: (d) => `The repository at ${d.path} has no commit yet.`,
    remedy: () => `${untouched} Make a first commit, or leave --commit out.`,
  },
  'directory-in-the-way': {
    exit: 5,
    message: (d) => `A directory stands where a file belongs: ${d.path}.`,
    remedy: () => `${untouched} Move the directory away, or leave that step out.`,
  },
  'directory-not-empty': {
    exit: 4,
    message: (d) => `${d.path} is there already and is not empty.`,
    remedy: () => `${untouched} Give a directory that does not exist yet.`,
  },
  'dirty-worktree': {
    exit: 5,
    message: (d) => `Uncommitted changes in files that the steps touch: ${d.path}.`,
    remedy: () => `${untouched} Commit or stash them, or repeat with --allow-dirty, which keeps a copy of each.`,
  },
  'disk-full': {
    exit: 5,
    message: (d) => `The disk is full: ${d.path} could not be written.`,
    remedy: () => 'The files are as they were before. Make room and run again.',
  },
  'elixir-too-old': {
    exit: 3,
    message: (d) => `The installer of Phoenix ${d.version} needs Elixir ${d.needed}, here is ${d.here}.`,
    remedy: () => `${untouched} Install a newer Elixir, or use a pack: --pack FILE.`,
  },
  'file-in-the-way': {
    exit: 5,
    message: (d) => `Something that is no ordinary file or directory stands in the way: ${d.path}.`,
    remedy: () => `${untouched} Move it away, or leave that step out.`,
  },
  'from-newer-than-to': {
    exit: 4,
    message: (d) => `--from ${d.from} is newer than --to ${d.to}.`,
    remedy: () => `${untouched} Swap the two versions; downgrades are not planned.`,
  },
  'generator-failed': {
    exit: 3,
    message: (d) => `${d.task} failed for Phoenix ${d.version}: ${d.output}`,
    remedy: () => `${untouched} Run again with --verbose to see its whole output, or use a pack: --pack FILE.`,
  },
  'generator-timeout': {
    exit: 3,
    message: (d) => `${d.task} for Phoenix ${d.version} did not end within ${d.seconds} s and was stopped.`,
    remedy: () => `${untouched} Nothing was kept of the run. Try again, or use a pack: --pack FILE.`,
  },
  'git-failed': {
    exit: 5,
    message: (d) => `git ${d.command} failed: ${d.reason}`,
    remedy: () => 'The files are as they were before. Fix what git complains about and run again.',
  },
  'git-operation-unfinished': {
    exit: 5,
    message: (d) => `A ${d.operation} is unfinished in this repository.`,
    remedy: () => `${untouched} Finish or abort it, then run again.`,
  },
  'head-moved': {
    exit: 5,
    message: () => 'HEAD is no longer at a commit that the apply made.',
    remedy: () =>
      `${untouched} Go back to that branch, revert its commits with git, or repeat with --force to restore the files alone.`,
  },
  'incomplete-project': {
    exit: 3,
    message: (d) => `The project that mix phx.new wrote for Phoenix ${d.version} is incomplete: ${d.reason}.`,
    remedy: () => `${untouched} Clear the cache with phx-upgrade cache clear and try again.`,
  },
  'index-locked': {
    exit: 5,
    message: (d) => `Another git command is at work in this repository (${d.path} exists).`,
    remedy: () => `${untouched} Wait for it to end; if none runs, remove that file.`,
  },
  interrupted: {
    exit: 3,
    message: () => 'Stopped.',
    remedy: () => `${untouched} Nothing half-made is left behind; run again to start afresh.`,
  },
  'later-work': {
    exit: 5,
    message: (d) => `Later work stands on what ${d.step} wrote: ${d.path}.`,
    remedy: () =>
      `${untouched} Take that back first (phx-upgrade undo --list shows the applies), or change those lines by hand.`,
  },
  'needs-network': {
    exit: 3,
    message: (d) => `The installer of Phoenix ${d.version} is not here, and --offline allows no download.`,
    remedy: (d) =>
      `${untouched} Run once without --offline, name an archive with --archive phx_new-${d.version}.ez, or use --pack FILE.`,
  },
  'needs-terminal': {
    exit: 4,
    message: () => 'The walkthrough asks questions, and there is no terminal to ask them in.',
    remedy: () => `${untouched} Run phx-upgrade plan, or apply with --step, --area, --phase or --safe.`,
  },
  'no-git': {
    exit: 3,
    message: (d) => `git cannot compare the two projects: ${d.reason}.`,
    remedy: () => `${untouched} Install git and make sure it is on the PATH.`,
  },
  'no-installer': {
    exit: 3,
    message: (d) => `There is no installer phx_new ${d.version}.`,
    remedy: (d) => `${untouched} ${d.hint ?? 'Run phx-upgrade versions to list the known versions.'}`,
  },
  'no-mix': {
    exit: 3,
    message: () => 'Elixir is needed to generate a project, and there is no mix on the PATH.',
    remedy: () => `${untouched} Install Elixir, or use projects generated elsewhere: --pack FILE.`,
  },
  'no-mix-exs': {
    exit: 4,
    message: (d) => `${d.path} has no mix.exs, and neither has any directory below it that uses Phoenix.`,
    remedy: () => `${untouched} Give the directory that holds the project's mix.exs.`,
  },
  'no-network': {
    exit: 3,
    message: (d) => `The installer of Phoenix ${d.version} could not be fetched: ${d.reason}.`,
    remedy: (d) =>
      `${untouched} Check the network, name an archive with --archive phx_new-${d.version}.ez, or use --pack FILE.`,
  },
  'no-pristine-project': {
    exit: 3,
    message: (d) => `No source has Phoenix ${d.version} with ${d.flags} (asked: ${d.sources}).`,
    remedy: (d) => `${untouched} ${d.hint}`,
  },
  'no-repository': {
    exit: 3,
    message: (d) => `The package repository ${d.url} could not be asked: ${d.reason}.`,
    remedy: () =>
      `${untouched} Check the network (HTTPS_PROXY, HEX_MIRROR and HEX_CACERTS_PATH count here too), or use a pack: --pack FILE.`,
  },
  'no-space': {
    exit: 3,
    message: (d) => `There is no space left for the pristine project in ${d.path}.`,
    remedy: () => `${untouched} Free some space; phx-upgrade cache clear removes what is kept there.`,
  },
  'not-evaluated': {
    exit: 3,
    message: (d) => `The installer of Phoenix ${d.version} does what phx-upgrade cannot evaluate: ${d.reason}.`,
    remedy: () => `${untouched} Use --source mix where Elixir is installed, or a pack: --pack FILE.`,
  },
  'no-such-pack': {
    exit: 4,
    message: (d) => (d.path === '' ? '--source pack was given without --pack.' : `There is no pack ${d.path}.`),
    remedy: () => `${untouched} Give a file made by phx-upgrade pack build, or a directory VERSION/VARIANT/.`,
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
  'nothing-chosen': {
    exit: 4,
    message: () => 'No step was chosen.',
    remedy: () =>
      `${untouched} Give --step ID, --area AREA, --phase PHASE, --required, --recommended, --safe, --review or --interactive; phx-upgrade plan --all lists the steps.`,
  },
  'nothing-to-undo': {
    exit: 4,
    message: (d) => `No apply to undo in ${d.path}.`,
    remedy: () =>
      `${untouched} Undo takes back one finished apply after the other; phx-upgrade undo --list shows them.`,
  },
  'nothing-unfinished': {
    exit: 4,
    message: (d) => `No apply or undo is unfinished in ${d.path}.`,
    remedy: () => `${untouched} There is nothing to resume or abort.`,
  },
  'one-file-twice': {
    exit: 5,
    message: (d) => `A symlink leads these to a file that another change touches: ${d.path}.`,
    remedy: () => `${untouched} Apply the steps that touch them one at a time.`,
  },
  'outside-root': {
    exit: 4,
    message: (d) => `These paths lead out of the project, or into git's own directory: ${d.path}.`,
    remedy: () => `${untouched} Replace the symlink by a file, or leave that step out.`,
  },
  'output-failed': {
    exit: 4,
    message: (d) => `The answer could not be written to ${d.path}: ${d.reason}.`,
    remedy: () => 'What the command did stands. Give --output another file, or leave it out.',
  },
  'package-untrusted': {
    exit: 3,
    message: (d) => `The package ${d.package} is not to be trusted: ${d.reason}.`,
    remedy: () =>
      `${untouched} Nothing of it was used. Try again without HEX_MIRROR, or use --source mix, or a pack: --pack FILE.`,
  },
  'read-only': {
    exit: 5,
    message: (d) => `No permission to write: ${d.path}.`,
    remedy: () => 'The files are as they were before. Make the file and its directory writable and run again.',
  },
  'saved-meanwhile': {
    exit: 5,
    message: (d) => `${d.reason} Saved by someone else meanwhile, and left as they are: ${d.path}.`,
    remedy: () =>
      'All other files of what was not carried out are as they were before. Compare those that were left with git diff, and run again.',
  },
  'several-projects': {
    exit: 4,
    message: (d) => `${d.path} holds several Mix projects: ${d.projects}.`,
    remedy: () => `${untouched} Give the directory of one of them.`,
  },
  'sparse-file': {
    exit: 5,
    message: (d) => `Left out of this worktree by a sparse checkout: ${d.path}.`,
    remedy: () => `${untouched} Add the paths with git sparse-checkout add, then run again.`,
  },
  'step-does-not-parse': {
    exit: 70,
    message: (d) => `Step ${d.step} would leave ${d.path} with a syntax error.`,
    remedy: () => `${untouched} Leave that step out (and please report it).`,
  },
  'step-not-applied': {
    exit: 4,
    message: (d) => `No apply that can be undone in ${d.path} has carried out ${d.step}.`,
    remedy: () => `${untouched} phx-upgrade undo --list shows the applies with their steps.`,
  },
  'step-not-done': {
    exit: 70,
    message: (d) => `After writing, this was not as planned: ${d.reason}`,
    remedy: () => 'The files are as they were before. Leave those steps out (and please report it).',
  },
  'stopped-halfway': {
    exit: 5,
    message: (d) => `Stopped halfway, and the files could not be put back: ${d.reason}`,
    remedy: () =>
      'Fix the cause, then run phx-upgrade apply --abort to restore every file, or apply --resume to finish.',
  },
  'unfinished-apply': {
    exit: 5,
    message: (d) => `An earlier ${d.operation} did not come to its end.`,
    remedy: () =>
      `${untouched} Run phx-upgrade apply --resume to finish it, or apply --abort to go back to the state before it.`,
  },
  'unknown-command': {
    exit: 4,
    message: (d) => `There is no command and no directory ${d.command}.`,
    remedy: (d) => `${untouched} ${d.hint ?? 'Run phx-upgrade --help to list the commands.'}`,
  },
  'unknown-generator': {
    exit: 4,
    message: (d) => `${d.call} is no generator of Phoenix that can be run here.`,
    remedy: () => `${untouched} Give it as to mix, quoted: --generator "phx.gen.auth Accounts User users".`,
  },
  'no-generator': {
    exit: 3,
    message: (d) => `No source can run ${d.wanted}.`,
    remedy: (d) =>
      `${untouched} Generators are run from the phoenix package of exactly that version: allow the network and --source auto or hex, or work where deps/phoenix is ${d.version}.`,
  },
  'unknown-flag': {
    exit: 4,
    message: (d) => `mix phx.new has no flag ${d.flag}${d.version ? ` in ${d.version}` : ''}.`,
    remedy: (d) => `${untouched} ${d.hint ?? 'Run mix help phx.new to see the flags of your installer.'}`,
  },
  'unknown-step': {
    exit: 4,
    message: (d) => `The plan has no step ${d.step}.`,
    remedy: (d) => `${untouched} ${d.hint ?? 'Run phx-upgrade plan --all to list the steps.'}`,
  },
  'unknown-topic': {
    exit: 4,
    message: (d) => `There is no topic ${d.topic}.`,
    remedy: (d) => `${untouched} ${d.hint ?? 'Run phx-upgrade topics to list them.'}`,
  },
  'unknown-version': {
    exit: 4,
    message: (d) => `Phoenix ${d.version} is not known here.`,
    remedy: (d) => `${untouched} ${d.hint ?? 'Run phx-upgrade versions to list the known ones.'}`,
  },
  'unsafe-cache': {
    exit: 5,
    message: (d) => `Others than you can write to the cache in ${d.path}.`,
    remedy: () =>
      `${untouched} Installers that lie there are run: make the directory yours alone, or set XDG_CACHE_HOME.`,
  },
  'unreadable-file': {
    exit: 4,
    message: (d) => `${d.path} cannot be read: ${d.reason}.`,
    remedy: () => `${untouched} Check the file's permissions.`,
  },
  usage: {
    exit: 4,
    message: (d) => `${d.reason}`,
    remedy: (d) => `${untouched} Run phx-upgrade ${d.command} --help to see what it takes.`,
  },
  'verify-fails': {
    exit: 5,
    message: (d) => `The project does not pass before any step is carried out: ${d.reason}.`,
    remedy: () => `${untouched} Fix that first, or give --verify the commands that pass.`,
  },
  'version-too-old': {
    exit: 4,
    message: (d) => `Phoenix ${d.version} is older than 1.3, the oldest version with a known generator.`,
    remedy: () => `${untouched} Follow the 1.3 upgrade guide by hand first; then plan from 1.3.4.`,
  },
  'write-failed': {
    exit: 5,
    message: (d) => `${d.path} could not be written: ${d.reason}.`,
    remedy: () => 'The files are as they were before. Fix the cause and run again.',
  },
} satisfies Record<string, Entry>;

/** Stable name of an error, printed in JSON as `error.code`. */
export type ErrorCode = keyof typeof entries;

/** Every error by its code, which is stable: JSON has it, and docs/exit-codes.md lists it. */
export const catalogue: Readonly<Record<ErrorCode, Entry>> = entries;
