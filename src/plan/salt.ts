import { createHash } from 'node:crypto';
import type { Names } from '../elixir/names.ts';

/**
 * Text for a new signing salt: eight characters, the same for the same project and key, so that a plan is the same
 * each time. A salt is no secret; it only keeps one use of the secret key apart from another.
 */
export function saltFor(names: Names, address: string): string {
  const digest = createHash('sha256')
    .update([names.app, names.module, names.webModule, address].join('\n'))
    .digest('base64');
  return digest.replace(/[^A-Za-z0-9]/g, '').slice(0, 8);
}
