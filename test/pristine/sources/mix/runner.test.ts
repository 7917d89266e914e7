import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Command, minimalEnvironment, runCommand } from '../../../../src/pristine/sources/mix/runner.ts';

const cwd = mkdtempSync(join(tmpdir(), 'phx-upgrade-runner-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function node(script: string, changes: Partial<Command> = {}): Command {
  return {
    file: process.execPath,
    args: ['-e', script],
    cwd,
    env: { PATH: process.env.PATH ?? '' },
    input: '',
    timeoutMs: 30_000,
    ...changes,
  };
}

/** Starts a child of its own that would outlive it, writes both process ids, and waits for ever. */
const stubborn = `
  const { spawn } = require('node:child_process');
  process.on('SIGTERM', () => {});
  const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
  require('node:fs').writeFileSync('ids', process.pid + ' ' + child.pid);
  setInterval(() => {}, 1000);
`;

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    // A dead process that nobody has waited for is still in the table.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function endedIds(): Promise<boolean> {
  const ids = readFileSync(join(cwd, 'ids'), 'utf8').split(' ').map(Number);
  for (let tries = 0; tries < 100 && ids.some(isAlive); tries += 1) await new Promise((done) => setTimeout(done, 50));
  return ids.length === 2 && !ids.some(isAlive);
}

describe('a process', () => {
  it('gets its input, its arguments as they are, and gives its output', async () => {
    const finished = await runCommand(
      node("process.stdin.pipe(process.stdout); console.error('aside')", { input: 'n\n$HOME `id`' }),
    );
    expect(finished).toMatchObject({ how: 'exited', exitCode: 0, stdout: 'n\n$HOME `id`' });
    expect(finished.output).toContain('aside');
  });

  it('has no environment but its own', async () => {
    const { stdout } = await runCommand(node('console.log(Object.keys(process.env).join())', { env: { ONLY: '1' } }));
    expect(stdout.split(',').filter((name) => !name.startsWith('__'))).toEqual(['ONLY']);
  });

  it('may fail without throwing', async () => {
    expect(await runCommand(node('process.exit(3)'))).toMatchObject({ how: 'exited', exitCode: 3 });
    expect(await runCommand(node('', { file: '/nonexistent/mix' }))).toMatchObject({
      how: 'not-found',
      exitCode: null,
    });
  });

  it('is ended with all it started when the time is up', async () => {
    const finished = await runCommand(node(stubborn, { timeoutMs: 1500 }));
    expect(finished.how).toBe('timed-out');
    expect(await endedIds()).toBe(true);
  });

  it('is ended with all it started when it is stopped', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1500);
    expect((await runCommand(node(stubborn, { signal: controller.signal }))).how).toBe('stopped');
    expect(await endedIds()).toBe(true);
  });

  it('is not begun after a stop', async () => {
    expect((await runCommand(node('', { signal: AbortSignal.abort() }))).how).toBe('stopped');
  });
});

describe('the environment of a process', () => {
  it('has what Elixir needs, and no secrets', () => {
    const env = minimalEnvironment({
      PATH: '/bin',
      HOME: '/h',
      AWS_SECRET_ACCESS_KEY: 'x',
      HEX_MIRROR: 'm',
      HEX_API_KEY: 'secret',
      MIX_ENV: 'test',
      HTTPS_PROXY: 'p',
      LC_ALL: 'de',
    });
    expect(env).toEqual({ PATH: '/bin', HOME: '/h', HEX_MIRROR: 'm', HTTPS_PROXY: 'p', LC_ALL: 'C.UTF-8' });
  });
});
