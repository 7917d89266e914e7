import type { Area, Step } from '../plan/plan.ts';

export const commitStyles = ['plain', 'conventional'] as const;
/** `conventional` as conventionalcommits.org has it: `build(deps): raise ecto_sql`. */
export type CommitStyle = (typeof commitStyles)[number];

/** Type of a change by what part of the project it is about; the area is its scope. */
const types: Readonly<Record<Area, string>> = {
  deps: 'build',
  mix: 'build',
  config: 'chore',
  supervision: 'refactor',
  endpoint: 'refactor',
  web: 'refactor',
  assets: 'build',
  tests: 'test',
  releases: 'build',
  docker: 'build',
  deploy: 'ci',
  tooling: 'chore',
  docs: 'docs',
};

/** First line of the commit of a step. */
export function commitSubject({ title, area }: Pick<Step, 'title' | 'area'>, style: CommitStyle): string {
  return style === 'plain' ? title : `${types[area]}(${area}): ${uncapitalised(title)}`;
}

/** `Move to Phoenix 1.8` begins with a small letter then; names, `LiveView`, `HTTPS` and `Phoenix.Component`, keep theirs. */
function uncapitalised(title: string): string {
  const [first = ''] = title.split(' ');
  return /^[A-Z][a-z]*$/.test(first) && !names.has(first) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** Names that a title may begin with and that look like other words. */
const names: ReadonlySet<string> = new Set([
  'Phoenix',
  'Elixir',
  'Ecto',
  'Gettext',
  'Tailwind',
  'Swoosh',
  'Bandit',
  'Docker',
  'Plug',
  'Finch',
  'Mix',
  'Logger',
  'Telemetry',
  'Postgres',
  'Fly',
  'Heroicons',
  'Floki',
  'Jason',
  'Esbuild',
]);
