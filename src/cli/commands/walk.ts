import { UpgradeError } from '../../errors/error.ts';
import { opening } from '../../tui/opening.ts';
import type { CommandRun } from '../invocation.ts';

export const run: CommandRun = async (invocation, cli) => {
  if (!cli.context.stdinIsTerminal || !cli.context.stdout.isTerminal) throw new UpgradeError('needs-terminal');
  const terminal = await cli.context.terminal();
  const opened = opening(terminal, invocation.options.plain ?? false);
  try {
    // What plans and what draws is loaded behind the first frame.
    const { walkProject } = await import('../walk/walk.ts');
    return await walkProject(invocation, cli, { terminal, opening: opened });
  } finally {
    opened.end();
  }
};
