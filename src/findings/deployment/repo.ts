import type { DeployInput } from './observation.ts';

/** Whether the app has a database that migrations change. */
export function hasRepo({ config }: DeployInput): boolean {
  return config.entries.some(({ keyPath }) => keyPath[1] === 'ecto_repos');
}
