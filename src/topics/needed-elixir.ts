import { isWithin } from '../pristine/versions.ts';
import { topicById } from './catalogue.ts';

/**
 * The oldest Elixir that a version of Phoenix runs on, `1.15`; null where nobody has noted it. What the generator writes
 * into new projects may be newer.
 */
export function neededElixir(version: string): string | null {
  const matches = topicById('elixir-requirement')?.matches ?? [];
  return matches.find(({ during }) => during && isWithin(version, ...during))?.below ?? null;
}

/** The oldest OTP that a version of Phoenix runs on, `25`; null where nobody has noted it. */
export function neededOtp(version: string): string | null {
  return isWithin(version, '1.8.0', null) ? '25' : null;
}
