import { compareVersions, isWithin } from '../pristine/versions.ts';
import { topicById } from './catalogue.ts';

/** The topic that raises what mix.exs says of Elixir. */
export const elixirTopic = 'elixir-requirement';

/**
 * The oldest Elixir that a version of Phoenix runs on, `1.15`; null where nobody has noted it. What the generator writes
 * into new projects may be newer.
 */
export function neededElixir(version: string): string | null {
  const matches = topicById(elixirTopic)?.matches ?? [];
  return matches.find(({ during }) => during && isWithin(version, ...during))?.below ?? null;
}

/** Whether a version of Phoenix needs a newer Elixir than another one; null for either that nobody has noted counts as no. */
export function needsNewerElixir(version: string, than: string): boolean {
  const [needed, known] = [neededElixir(version), neededElixir(than)];
  return needed !== null && (known === null || compareVersions(`${needed}.0`, `${known}.0`) > 0);
}

/** The oldest OTP that a version of Phoenix runs on, `25`; null where nobody has noted it. */
export function neededOtp(version: string): string | null {
  return isWithin(version, '1.8.0', null) ? '25' : null;
}
