import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseCommand } from '../../apply/command.ts';

/** Runs a program in the terminal, without a shell. Its exit code; 127 when it cannot be run so. */
export async function runInTerminal(line: string, more: readonly string[], cwd: string): Promise<number> {
  const command = parseCommand(line);
  if (command === null) return 127;
  const { program, args, env } = command;
  const { execa } = await import('execa');
  const { exitCode } = await execa(program, [...args, ...more], {
    cwd,
    env: { ...env },
    stdio: 'inherit',
    reject: false,
  });
  return exitCode ?? 127;
}

/** Lets a person edit a text in a file of its own with the same name; null when the editor gave up. */
export async function editedText(editor: string, path: string, text: string): Promise<string | null> {
  const directory = mkdtempSync(join(tmpdir(), 'phx-upgrade-edit-'));
  const file = join(directory, basename(path));
  try {
    writeFileSync(file, text);
    const code = await runInTerminal(editor, [file], directory);
    return code === 0 ? readFileSync(file, 'utf8') : null;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
