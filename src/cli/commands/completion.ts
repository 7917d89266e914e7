import { completionScript, type Shell } from '../completion.ts';
import { type CommandRun, done } from '../invocation.ts';

export const run: CommandRun = async ({ arguments: [shell] }) => done(completionScript(shell as Shell));
