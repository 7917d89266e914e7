import { UpgradeError } from '../errors/error.ts';

/**
 * Runs an action on the disk and explains its failure.
 *
 * @throws UpgradeError `disk-full`, `read-only`, `write-failed`
 */
export function explained<T>(action: () => T, path = ''): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
    const code = String(error.code);
    const details = { path: path || ('path' in error ? String(error.path) : ''), reason: code };
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new UpgradeError('disk-full', details, error);
    const denied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
    throw new UpgradeError(denied ? 'read-only' : 'write-failed', details, error);
  }
}
