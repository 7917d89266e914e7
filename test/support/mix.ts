import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';
import { scratch } from './pristine.ts';

/** Whether Elixir is installed. Looked up and not run: starting it takes longer than most tests do. */
export const hasMix = (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, 'mix')));

/** `describe` for tests that run the real Elixir; says so where it is absent. */
export const describeMix = hasMix
  ? describe
  : (name: string, body: () => void) => describe.skip(`${name} (skipped: no mix on the PATH)`, body);

const separator = '\n# ---- next ----\n';

const formatter = `
[file, separator] = System.argv()
options = [locals_without_parens: [config: :*, plug: :*, socket: :*, shelf: :*]]

File.read!(file)
|> String.split(separator)
|> Enum.map(fn text -> text |> Code.format_string!(options) |> IO.iodata_to_binary() end)
|> Enum.join(separator)
|> IO.write()
`;

/** Texts as Elixir's formatter writes them, in one run. */
export function formatted(texts: readonly string[]): string[] {
  return evaluated(formatter, [scratchFile(texts.join(separator)), separator]).split(separator);
}

/** A file that holds a text, for a script to read. */
export function scratchFile(text: string): string {
  const file = join(scratch('input'), 'input.txt');
  writeFileSync(file, text);
  return file;
}

/** What an Elixir script writes to stdout. */
export function evaluated(script: string, args: readonly string[]): string {
  const file = join(scratch('elixir'), 'script.exs');
  writeFileSync(file, script);
  return execFileSync('elixir', [file, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}
