/** How one version range spells a meaning, where it differs from the canonical spelling. */
export interface Spelling {
  readonly since: string;
  /** First version without it, or null. */
  readonly until: string | null;
  readonly as: string;
}

/** One flag of `mix phx.new` that changes what is written. */
export interface GeneratorFlag {
  /** Canonical spelling with its value: `--no-ecto`, `--database mysql`. */
  readonly flag: string;
  /** Name of the project with this flag in packs and snapshots. */
  readonly variant: string;
  readonly spellings: readonly Spelling[];
  /** Versions that write the same with and without it: the flag is their default. */
  readonly usual?: readonly { readonly since: string; readonly until: string | null }[];
  /** What to say where a version cannot take it. */
  readonly lacking: string;
  /** Said besides, where `spellings` puts another flag in its place. */
  readonly replaced?: string;
}

function from(flag: string, since: string, until: string | null = null): Spelling[] {
  return [{ since, until, as: flag }];
}

/**
 * In the order in which flags are passed and named. Sources: the option parser and the templates of each
 * installer, 1.3.0 to 1.8.12.
 */
export const generatorFlags: readonly GeneratorFlag[] = [
  { flag: '--umbrella', variant: 'umbrella', spellings: from('--umbrella', '1.3.0'), lacking: '' },
  {
    flag: '--database mysql',
    variant: 'mysql',
    spellings: from('--database mysql', '1.3.0'),
    lacking: '',
  },
  {
    flag: '--database mssql',
    variant: 'mssql',
    spellings: [...from('--database mssql', '1.3.0', '1.4.9'), ...from('--database mssql', '1.5.0')],
    lacking: 'SQL Server is not offered by 1.4.9 to 1.4.18; the default database stands in',
  },
  {
    flag: '--database sqlite3',
    variant: 'sqlite3',
    spellings: from('--database sqlite3', '1.6.0'),
    lacking: 'SQLite is offered since 1.6.0; the default database stands in',
  },
  { flag: '--no-ecto', variant: 'no-ecto', spellings: from('--no-ecto', '1.3.0'), lacking: '' },
  { flag: '--binary-id', variant: 'binary-id', spellings: from('--binary-id', '1.3.0'), lacking: '' },
  { flag: '--no-html', variant: 'no-html', spellings: from('--no-html', '1.3.0'), lacking: '' },
  {
    flag: '--no-assets',
    variant: 'no-assets',
    spellings: [
      ...from('--no-brunch', '1.3.0', '1.4.0'),
      ...from('--no-webpack', '1.4.0', '1.6.0'),
      ...from('--no-assets', '1.6.0'),
    ],
    lacking: '',
  },
  {
    flag: '--no-esbuild',
    variant: 'no-esbuild',
    spellings: [
      { since: '1.6.0', until: '1.7.2', as: '--no-assets' },
      { since: '1.7.2', until: null, as: '--no-esbuild' },
    ],
    lacking: 'there is no esbuild before 1.6.0',
    replaced: 'before 1.7.2 only --no-assets leaves esbuild out; it stands in',
  },
  {
    flag: '--no-tailwind',
    variant: 'no-tailwind',
    spellings: from('--no-tailwind', '1.7.2'),
    usual: [{ since: '1.3.0', until: '1.7.0' }],
    lacking: '1.7.0 and 1.7.1 cannot leave Tailwind out alone',
  },
  {
    flag: '--live',
    variant: 'live',
    spellings: from('--live', '1.5.0', '1.6.0'),
    usual: [{ since: '1.6.0', until: null }],
    lacking: 'LiveView is offered since 1.5.0',
  },
  {
    flag: '--no-live',
    variant: 'no-live',
    spellings: from('--no-live', '1.6.0'),
    usual: [{ since: '1.3.0', until: '1.6.0' }],
    lacking: '',
  },
  {
    flag: '--no-gettext',
    variant: 'no-gettext',
    spellings: from('--no-gettext', '1.4.12'),
    lacking: 'Gettext can be left out since 1.4.12',
  },
  {
    flag: '--no-dashboard',
    variant: 'no-dashboard',
    spellings: from('--no-dashboard', '1.5.0'),
    usual: [{ since: '1.3.0', until: '1.5.0' }],
    lacking: '',
  },
  {
    flag: '--no-mailer',
    variant: 'no-mailer',
    spellings: from('--no-mailer', '1.6.0'),
    usual: [{ since: '1.3.0', until: '1.6.0' }],
    lacking: '',
  },
  {
    flag: '--adapter cowboy',
    variant: 'cowboy',
    spellings: from('--adapter cowboy', '1.7.11'),
    usual: [{ since: '1.3.0', until: '1.7.11' }],
    lacking: '',
  },
  {
    flag: '--adapter bandit',
    variant: 'bandit',
    spellings: from('--adapter bandit', '1.7.8', '1.7.11'),
    usual: [{ since: '1.7.11', until: null }],
    lacking: 'the web server can be chosen since 1.7.8; Cowboy stands in',
  },
  {
    flag: '--no-agents-md',
    variant: 'no-agents-md',
    spellings: from('--no-agents-md', '1.8.0'),
    usual: [{ since: '1.3.0', until: '1.8.0' }],
    lacking: '',
  },
];

/** Switches that have no part in the text, or that are set for every run. Accepted, and said to be left out. */
export const runSwitches: ReadonlySet<string> = new Set([
  '--install',
  '--verbose',
  '--interactive',
  '--version-check',
  '--inside-docker-env',
  '--from-elixir-install',
]);

/** Switches that every run gets, so that it asks nothing, fetches nothing and depends on no machine. */
export const quietSwitches: readonly Spelling[] = [
  { since: '1.5.6', until: null, as: '--no-install' },
  { since: '1.7.19', until: null, as: '--no-inside-docker-env' },
  { since: '1.8.0', until: null, as: '--no-version-check' },
];

/** Other spellings of the same meaning. */
export const synonyms: ReadonlyMap<string, string> = new Map([
  ['--no-brunch', '--no-assets'],
  ['--no-webpack', '--no-assets'],
]);

/** Values of `--database` and `--adapter`; the default ones change nothing. */
export const databases: readonly string[] = ['postgres', 'mysql', 'mssql', 'sqlite3'];
export const adapters: readonly string[] = ['cowboy', 'bandit'];
