import { UpgradeError } from '../../errors/error.ts';
import type { CommandRun } from '../invocation.ts';

export const run: CommandRun = async () => {
  throw new UpgradeError('needs-terminal');
};
