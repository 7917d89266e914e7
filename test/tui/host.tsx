import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { terminalOf } from '../../src/tui/terminal.ts';
import { walk } from '../../src/tui/walk.ts';
import { plans } from '../support/plans.ts';
import { findingFiles } from './support/files.ts';
import { MemoryHost } from './support/host.ts';
import { atelierPlan, longPlan } from './support/plans.ts';

/**
 * A walk in a real terminal over a plan in memory: `tsx test/tui/host.tsx PLAN [--plain] [--bug] [--crash]`. Editing and running start
 * real programs.
 */
class TerminalHost extends MemoryHost {
  override async edit(step: string, path: string) {
    const [program = 'vi', ...args] = (process.env.VISUAL ?? process.env.EDITOR ?? 'vi').split(' ');
    await once(spawn(program, [...args, '/dev/null'], { stdio: 'inherit' }), 'exit');
    return super.edit(step, path);
  }

  override async run(command: string) {
    spawnSync('echo', ['running', command], { stdio: 'inherit' });
    return super.run(command);
  }
}

const [name = 'rich', ...options] = process.argv.slice(2);
const found = { ...plans, atelier: atelierPlan, long: longPlan(20_000) }[name];
if (!found) throw new Error(`no plan ${name}`);
// A test that sends a signal reads on the screen where to.
const plan = process.env.WALK_PID ? { ...found, to: `${found.to} pid ${process.pid}` } : found;
const host = new TerminalHost(plan, findingFiles);
if (options.includes('--bug')) host.failure = 'bug';
if (options.includes('--crash')) {
  setTimeout(() => {
    throw new Error('a crash elsewhere');
  }, 1000);
}
const result = await walk({
  plan,
  host,
  terminal: terminalOf(process),
  progress: null,
  plain: options.includes('--plain'),
});
console.log(`carried out: ${result.carriedOut.join(' ') || 'nothing'}; left: ${result.left.length}`);
