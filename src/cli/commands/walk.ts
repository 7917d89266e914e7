import { UpgradeError } from '../../errors/error.ts';
import { opening } from '../../tui/opening.ts';
import type { CommandRun } from '../invocation.ts';

export const run: CommandRun = async (invocation, desk) => {
  if (!desk.context.stdinIsTerminal || !desk.context.stdout.isTerminal) throw new UpgradeError('needs-terminal');
  const terminal = await desk.context.terminal();
  const opened = opening(terminal, invocation.options.plain ?? false);
  try {
    // What plans and what draws is loaded behind the first frame.
    const { walkProject } = await import('../walk/walk.ts');
    return await walkProject(invocation, desk, { terminal, opened });
  } finally {
    opened.end();
  }
};
