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

/** What came of an editor: the text, or why there is none. */
export type Edited = { readonly text: string } | { readonly reason: string };

/** Lets a person edit a text in a file of its own with the same name. */
export async function editedText(editor: string, path: string, text: string): Promise<Edited> {
  const directory = mkdtempSync(join(tmpdir(), 'phx-upgrade-edit-'));
  const file = join(directory, basename(path));
  try {
    writeFileSync(file, text);
    const code = await runInTerminal(editor, [file], directory);
    if (code === 0) return { text: readFileSync(file, 'utf8') };
    return { reason: code === 127 ? `${editor} could not be started: set VISUAL or EDITOR` : 'The editor gave up' };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
