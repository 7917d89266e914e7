import type { FindingContext } from '../context.ts';

/** Whether the app has a database that migrations change. */
export function hasRepo({ config }: FindingContext): boolean {
  return config.entries.some(({ keyPath }) => keyPath[1] === 'ecto_repos');
}
