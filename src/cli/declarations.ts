import { commitStyles } from '../library/commit-subject.ts';
import { phaseIds } from '../plan/phases.ts';
import { areas } from '../plan/plan.ts';

/**
 * Every command and option, declared once: the parser, the help, shell completion and the README's table come from
 * here.
 */

export interface OptionDeclaration {
  readonly flags: string;
  readonly description: string;
  readonly group: OptionGroup;
  /** Empty where any value goes. */
  readonly choices: readonly string[];
}

/** In the order in which help shows them. */
export const optionGroups = ['Versions and source', 'Choosing steps', 'Writing', 'Gate', 'Output'] as const;
export type OptionGroup = (typeof optionGroups)[number];

/** One command of the program. */
export interface CommandDeclaration {
  readonly name: string;
  /** As commander writes them: `<required>`, `[optional]`. */
  readonly arguments: string;
  /** Words that the first argument may be; none for a path, a version or an id. */
  readonly words?: readonly string[];
  /** Takes generator flags after `--`. */
  readonly generatorFlags?: boolean;
  readonly purpose: string;
  readonly options: readonly OptionDeclaration[];
  readonly examples: readonly string[];
  /** Exit codes that this command can end with, besides 4 and 70. */
  readonly exits: readonly number[];
}

/** Keeps the literal types, from which `Options` is made. */
function option<const Flags extends string>(
  group: OptionGroup,
  flags: Flags,
  description: string,
): { group: OptionGroup; flags: Flags; description: string; choices: readonly [] };
function option<const Flags extends string, const Word extends string>(
  group: OptionGroup,
  flags: Flags,
  description: string,
  choices: readonly Word[],
): { group: OptionGroup; flags: Flags; description: string; choices: readonly [Word, ...Word[]] };
function option(group: OptionGroup, flags: string, description: string, choices: readonly string[] = []) {
  return { group, flags, description, choices };
}

const source = [
  option(
    'Versions and source',
    '--source <source>',
    'where pristine projects come from; auto (the default) takes the first that has them',
    ['auto', 'snapshots', 'pack', 'hex', 'mix'],
  ),
  option('Versions and source', '--pack <path>', 'a pack: a file, or a directory of generated projects'),
  option('Versions and source', '--archive <file>', 'a phx_new archive to generate with, instead of fetching it'),
  option('Versions and source', '--offline', 'use no network'),
];

const versions = [
  option('Versions and source', '--from <version>', 'version the plan starts from (default: the locked one)'),
  option('Versions and source', '--to <version>', 'a version, a minor like 1.8, or latest (the default)'),
  ...source,
];

const printing = [
  option('Output', '--json', 'print one JSON document'),
  option('Output', '--output <file>', 'write the answer to a file instead of stdout'),
  option('Output', '--no-color', 'no colours; so does NO_COLOR'),
  option('Output', '--quiet', 'no progress and no hints on stderr'),
  option('Output', '--verbose', 'say more on stderr'),
];

const format = option('Output', '--format <format>', 'how to print it; text is the default', [
  'text',
  'json',
  'patch',
  'html',
  'github',
  'sarif',
]);

const step = option('Choosing steps', '--step <id...>', 'only these steps');
const area = option('Choosing steps', '--area <area...>', 'only the steps of these areas', areas);
const generator = option(
  'Choosing steps',
  '--generator <call...>',
  'run these generators in the projects, and keep to the files they write; each call quoted: "phx.gen.auth Accounts User users"',
);
const stepwise = option('Versions and source', '--stepwise', 'one plan for each minor version on the way');
const save = option('Writing', '--save', 'remember the confirmed flags and base in .phx-upgrade.json');
const migrations = option(
  'Choosing steps',
  '--migrations <which>',
  'look at migrations that the default branch does not have (new, the default), or at all of them',
  ['new', 'all'],
);

/** In the order in which help lists them. */
export const commands = [
  {
    name: 'plan',
    arguments: '[path]',
    generatorFlags: true,
    purpose: 'Print what changed in the generator since your version and what of it reaches this project.',
    options: [
      ...versions,
      stepwise,
      step,
      area,
      migrations,
      option('Output', '--all', 'show cosmetic, backlog, done and declined steps too'),
      save,
      format,
      ...printing,
    ],
    examples: ['plan --to 1.8', 'plan --json', 'plan --step release', 'plan --format patch'],
    exits: [0, 3],
  },
  {
    name: 'walk',
    arguments: '[path]',
    generatorFlags: true,
    purpose: 'Walk through the plan step by step in the terminal.',
    options: [...versions, option('Output', '--plain', 'numbered prompts without redrawing'), ...printing],
    examples: ['walk --to 1.8', 'walk --plain'],
    exits: [0, 3, 5],
  },
  {
    name: 'apply',
    arguments: '[path]',
    generatorFlags: true,
    purpose: 'Carry out steps of the plan. Without a choice of steps it changes nothing.',
    options: [
      ...versions,
      stepwise,
      step,
      area,
      option('Choosing steps', '--safe', 'every step that is safe'),
      option('Choosing steps', '--all', 'the older name of --safe'),
      option('Choosing steps', '--required', 'every required step that edits can make'),
      option('Choosing steps', '--recommended', 'every required and recommended step that edits can make'),
      option('Choosing steps', '--phase <id...>', 'only the steps of these phases of the plan', phaseIds),
      option('Choosing steps', '--review', 'every step that edits can make, those that want a look among them'),
      option(
        'Choosing steps',
        '--interactive',
        'ask for each chosen step, or for each one ahead: y, n, e(dit), d(one by hand), s(kip), q(uit); keys may be piped in',
      ),
      option('Writing', '--dry-run', 'print the patch and write nothing'),
      option('Writing', '--commit', 'one commit for each step'),
      option(
        'Writing',
        '--commit-style <style>',
        'first lines of commits: the title (the default), or with type and area as conventionalcommits.org has it',
        commitStyles,
      ),
      option('Writing', '--branch <name>', 'commit on a new branch, made from HEAD'),
      option(
        'Writing',
        '--conflicts <how>',
        'leave conflicts as they are (the default), write markers as git does, or take theirs',
        ['skip', 'markers', 'theirs'],
      ),
      option('Writing', '--allow-dirty', 'edit files with uncommitted changes, keeping a copy'),
      option('Writing', '--resume', 'finish an apply that was cut off'),
      option('Writing', '--abort', 'take back an apply that was cut off'),
      option(
        'Writing',
        '--verify [command...]',
        'after each step run commands (mix compile and mix test by default); a step that fails them is taken back',
      ),
      option('Writing', '--verify-each <unit>', 'run them after each step (the default), or after each phase', [
        'step',
        'phase',
      ]),
      option(
        'Writing',
        '--on-failure <what>',
        'a step with which they fail is taken back (undo, the default), or kept and noted',
        ['undo', 'keep'],
      ),
      option('Writing', '--verify-minutes <number>', 'how long each of them may take (default: 30)'),
      // Behind its opposite: before it, every apply would be taken to ask for --verify.
      option('Writing', '--no-verify', 'commit without running hooks'),
      option(
        'Writing',
        '--bisect',
        'run those once all is carried out, and if they fail find the step that broke them',
      ),
      option('Writing', '--run', 'run the commands that the steps ask for, one by one'),
      ...printing,
    ],
    examples: [
      'apply --safe',
      'apply --step release --commit',
      'apply --phase packages --commit',
      'apply --area docker --dry-run',
      'apply --required --verify "mix compile" "mix test"',
    ],
    exits: [0, 2, 3, 5],
  },
  {
    name: 'upgrade',
    arguments: '<action> [path]',
    words: ['start', 'status', 'finish'],
    generatorFlags: true,
    purpose: 'Begin an upgrade, say how far it has come, or end it. Until then plans count from where it began.',
    options: [
      ...versions,
      option('Writing', '--save', 'start: also note the upgrade in .phx-upgrade.json, for all who work on the project'),
      ...printing,
    ],
    examples: ['upgrade start --to 1.8', 'upgrade start --save', 'upgrade status', 'upgrade finish'],
    exits: [0, 3],
  },
  {
    name: 'mark',
    arguments: '<step> <as> [path]',
    purpose:
      'Say that a step is done by hand (done) or not wanted (skip), for as long as the upgrade lasts; open takes that back.',
    options: [option('Writing', '--why <text>', 'the reason, which upgrade status shows'), ...versions, ...printing],
    examples: ['mark phoenix-flash done --why "we have our own"', 'mark heroicons skip --why "we use another set"'],
    exits: [0, 3],
  },
  {
    name: 'undo',
    arguments: '[path]',
    purpose: 'Restore, byte for byte, what the last apply changed; once more, what the one before it changed.',
    options: [
      option('Writing', '--force', 'restore files that were edited since, too'),
      option('Choosing steps', '--step <id...>', 'take back these steps alone; the others of their applies stay'),
      option('Output', '--list', 'list the applies that can be undone, and change nothing'),
      ...printing,
    ],
    examples: ['undo', 'undo --list', 'undo --step bandit'],
    exits: [0, 5],
  },
  {
    name: 'check',
    arguments: '[path]',
    generatorFlags: true,
    purpose: 'A gate for CI: exit 1 while required steps are pending.',
    options: [
      ...versions,
      option('Gate', '--all-steps', 'count recommended and cosmetic steps too'),
      option('Gate', '--baseline <file>', 'fail only on what is new since this saved plan'),
      option('Gate', '--min-version <version>', 'fail when the locked Phoenix is older'),
      option('Output', '--format <format>', 'how to print it; text is the default', ['text', 'json', 'github']),
      ...printing,
    ],
    examples: ['check', 'check --baseline plan.json', 'check --format github'],
    exits: [0, 1, 3],
  },
  {
    name: 'detect',
    arguments: '[path]',
    purpose: 'Say what was found: version, generator flags, names and layout, each with its evidence.',
    options: printing,
    examples: ['detect', 'detect --json'],
    exits: [0],
  },
  {
    name: 'diff',
    arguments: '<from> <to>',
    generatorFlags: true,
    purpose: 'Compare two pristine projects. Generator flags come after --.',
    options: [
      ...source,
      option('Output', '--stat', 'only the files and how many lines changed'),
      option('Output', '--name-only', 'only the names of the files'),
      option('Choosing steps', '--include <path...>', 'only files at or below these paths'),
      generator,
      ...printing,
    ],
    examples: [
      'diff 1.7.21 1.8 -- --no-ecto',
      'diff 1.7 1.8 --stat',
      'diff 1.7 1.8 --generator "phx.gen.auth Accounts User users"',
    ],
    exits: [0, 3],
  },
  {
    name: 'generate',
    arguments: '<version> <directory>',
    generatorFlags: true,
    purpose: 'Write one pristine project into a new directory. Generator flags come after --.',
    options: [
      option('Versions and source', '--app <name>', 'name of the OTP application'),
      option('Versions and source', '--module <name>', 'base module'),
      option(
        'Choosing steps',
        '--generator <call...>',
        'run these generators in the project; each call quoted: "phx.gen.live Blog Post posts title:string"',
      ),
      ...source,
      ...printing,
    ],
    examples: ['generate 1.8 ../fresh -- --no-mailer'],
    exits: [0, 3, 5],
  },
  {
    name: 'versions',
    arguments: '',
    purpose: 'List the versions known here and where each comes from.',
    options: [...source, ...printing],
    examples: ['versions', 'versions --json'],
    exits: [0],
  },
  {
    name: 'pack',
    arguments: '<action> <file>',
    words: ['build', 'list'],
    purpose: 'Make (build) or read (list) a pack of pristine projects.',
    options: [
      option(
        'Versions and source',
        '--versions <version...>',
        'versions to put in (default: the newest of each minor)',
      ),
      option(
        'Versions and source',
        '--flags-sets <sets>',
        'sets of generator flags, as in default,no-ecto,umbrella+no-mailer (default: default)',
      ),
      ...source,
      ...printing,
    ],
    examples: ['pack build phoenix.pack --versions 1.7.21 1.8.8', 'pack list phoenix.pack'],
    exits: [0, 3],
  },
  {
    name: 'cache',
    arguments: '<action>',
    words: ['list', 'clear'],
    purpose: 'List or clear the generated projects kept on this machine.',
    options: printing,
    examples: ['cache list', 'cache clear'],
    exits: [0],
  },
  {
    name: 'explain',
    arguments: '<topic>',
    purpose:
      'Print a topic in full, or a step of the plan here: why it matters, what breaks without it, what it touches.',
    options: [...versions, ...printing],
    examples: ['explain runtime-config'],
    exits: [0, 3],
  },
  {
    name: 'topics',
    arguments: '',
    purpose: 'List all topics with the versions that brought them.',
    options: printing,
    examples: ['topics'],
    exits: [0],
  },
  {
    name: 'completion',
    arguments: '<shell>',
    words: ['bash', 'zsh', 'fish', 'steps', 'versions'],
    purpose:
      'Print a completion script for bash, zsh or fish, with a line on where it belongs; or the steps or versions that it completes.',
    options: [],
    examples: ['completion bash'],
    exits: [0],
  },
] as const satisfies readonly CommandDeclaration[];

export type CommandName = (typeof commands)[number]['name'];

/** The declaration of a command. */
export function declarationOf(name: CommandName): CommandDeclaration {
  return commands.find((command) => command.name === name) ?? commands[0];
}

/** What each exit code means; docs/exit-codes.md says more. */
export const exitCodes: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'check: required steps are pending',
  2: 'a person is needed: conflicts or manual steps remain',
  3: 'a pristine project could not be obtained',
  4: 'usage or bad input',
  5: 'unsafe state: dirty files, an unfinished apply, a project that changed since the plan',
  70: 'a bug in phx-upgrade',
};
