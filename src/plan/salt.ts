import { createHash } from 'node:crypto';
import type { Names } from '../elixir/names.ts';

/**
 * Text for a new signing salt: eight characters, the same for the same project and key, so that a plan is the same
 * each time. A salt is no secret; it only keeps one use of the secret key apart from another. The key itself, which
 * only development and tests have in a file, takes 64: Plug refuses a shorter one.
 */
export function saltFor(names: Names, address: string): string {
  const digest = createHash('sha512')
    .update([names.app, names.module, names.webModule, address].join('\n'))
    .digest('base64');
  const length = address.endsWith('secret_key_base') ? 64 : 8;
  return digest
    .replace(/[^A-Za-z0-9]/g, '')
    .padEnd(length, '0')
    .slice(0, length);
}
