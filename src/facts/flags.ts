import { compareVersions } from '../pristine/versions.ts';
import { type FlagEvidence, FlagReading } from './flag-reading.ts';

/** A generator flag that a project shows, and where. */
export interface DetectedFlag {
  /** As `mix phx.new` spells it, `--database mysql`. */
  readonly flag: string;
  /** Name of the variant in snapshots and packs, `mysql`. */
  readonly variant: string;
  /** `path:line`, or what is absent. */
  readonly evidence: string;
}

type Look = (reading: FlagReading) => string | null;

interface Rule {
  readonly flag: string;
  readonly variant: string;
  readonly look: Look;
}

/** Structure and deps decide, not how well some variant's text fits: people rewrite text first. */
const rules: readonly Rule[] = [
  { flag: '--umbrella', variant: 'umbrella', look: (it) => it.umbrella },
  ...databases(),
  {
    flag: '--no-ecto',
    variant: 'no-ecto',
    // Ecto has no repo without ecto_sql since version 3, which came with 1.4: changesets alone are no database.
    look: (it) => it.lacksModule('repo.ex', ...(it.since('1.4') ? ['ecto_sql'] : ['phoenix_ecto', 'ecto'])),
  },
  { flag: '--binary-id', variant: 'binary-id', look: (it) => it.binaryId },
  { flag: '--no-html', variant: 'no-html', look: (it) => it.lacksHtml },
  { flag: '--no-brunch', variant: 'no-brunch', look: (it) => (it.era === '1.3' ? it.lacksAssets : null) },
  {
    flag: '--no-webpack',
    variant: 'no-webpack',
    look: (it) => (it.era === '1.4' || it.era === '1.5' ? it.lacksAssets : null),
  },
  { flag: '--no-assets', variant: 'no-assets', look: (it) => (it.since('1.6') ? it.lacksAssetTools : null) },
  { flag: '--no-esbuild', variant: 'no-esbuild', look: (it) => it.lacksOneTool('esbuild', 'tailwind') },
  { flag: '--no-tailwind', variant: 'no-tailwind', look: (it) => it.lacksOneTool('tailwind', 'esbuild') },
  { flag: '--live', variant: 'live', look: (it) => (it.era === '1.5' ? it.dep('phoenix_live_view') : null) },
  { flag: '--no-live', variant: 'no-live', look: (it) => it.withoutLive },
  {
    flag: '--no-gettext',
    variant: 'no-gettext',
    look: (it) => (it.era === '1.3' ? null : it.lacksModule('gettext.ex', 'gettext')),
  },
];

function databases(): Rule[] {
  const drivers: Readonly<Record<string, readonly string[]>> = {
    mysql: ['myxql', 'mariaex'],
    mssql: ['tds', 'mssql_ecto'],
    sqlite3: ['ecto_sqlite3'],
  };
  return Object.entries(drivers).map(([database, deps]) => ({
    flag: `--database ${database}`,
    variant: database,
    look: (it) => deps.map((dep) => it.dep(dep)).find((place) => place !== null) ?? null,
  }));
}

/** The flags that a project's structure shows, in the order of `mix help phx.new`. */
export function detectFlags(evidence: FlagEvidence): DetectedFlag[] {
  const reading = new FlagReading(evidence);
  return rules.flatMap(({ flag, variant, look }) => {
    const found = look(reading);
    return found === null ? [] : [{ flag, variant, evidence: found }];
  });
}

/** Deps by which an app mails without Swoosh. */
export const otherMailers: readonly string[] = ['bamboo', 'bamboo_smtp', 'bamboo_phoenix', 'mailman', 'mailgun'];

/**
 * Flags that only show once the version is known: a missing mailer or dashboard, the web server that was not the default then, and
 * a missing AGENTS.md from 1.8 on.
 */
export function detectLateFlags(evidence: FlagEvidence, origin: string): DetectedFlag[] {
  const reading = new FlagReading(evidence);
  const flags: DetectedFlag[] = [];
  const unmailed = reading.lacks('swoosh');
  const ownMailer = otherMailers.map((dep) => reading.dep(dep)).find((place) => place !== null);
  // Projects have had a mailer since 1.6: without one an older project has taken nothing out, unless it mails by other means.
  if (unmailed && (atLeast(origin, '1.6.0') || ownMailer)) {
    flags.push({ flag: '--no-mailer', variant: 'no-mailer', evidence: ownMailer ?? unmailed });
  }
  const withoutDashboard = reading.lacks('phoenix_live_dashboard');
  if (atLeast(origin, '1.5.0') && withoutDashboard) {
    flags.push({ flag: '--no-dashboard', variant: 'no-dashboard', evidence: withoutDashboard });
  }
  const cowboy = reading.dep('plug_cowboy');
  const bandit = reading.dep('bandit');
  if (atLeast(origin, '1.7.11') && cowboy && !bandit) {
    flags.push({ flag: '--adapter cowboy', variant: 'cowboy', evidence: cowboy });
  }
  if (atLeast(origin, '1.7.8') && !atLeast(origin, '1.7.11') && bandit) {
    flags.push({ flag: '--adapter bandit', variant: 'bandit', evidence: bandit });
  }
  if (atLeast(origin, '1.8.0') && !evidence.tree.has('AGENTS.md')) {
    flags.push({ flag: '--no-agents-md', variant: 'no-agents-md', evidence: 'no AGENTS.md' });
  }
  return flags;
}

function atLeast(version: string, floor: string): boolean {
  return compareVersions(version, floor) >= 0;
}
