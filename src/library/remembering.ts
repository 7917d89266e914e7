import { UpgradeError } from '../errors/error.ts';
import { withApply } from './memory.ts';
import type { Upgrade } from './open.ts';

/** The part of an upgrade that an apply is remembered with. */
export type Remembering = Pick<Upgrade, 'remembered' | 'plan'>;

/** Carries an apply out as part of an upgrade that is remembered; one that took itself back leaves no trace. */
export async function remembering<T>(
  { remembered, plan }: Remembering,
  writes: boolean,
  apply: () => Promise<T>,
): Promise<T> {
  if (!writes) return apply();
  const before = remembered.memory;
  await withApply({ remembered, plan });
  try {
    return await apply();
  } catch (error) {
    const isHalfway = error instanceof UpgradeError && error.code === 'stopped-halfway';
    if (!isHalfway) await remembered.keep(before);
    throw error;
  }
}
