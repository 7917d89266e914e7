import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CommandDeclaration, commands } from '../src/cli/declarations.ts';
import { referenceText } from './reference.ts';

const root = resolve(import.meta.dirname, '..');

/** README.md with its generated parts made anew: the table of commands, and what the examples print. */
export function currentReadme(readme: string): string {
  return readme
    .replace(
      /(<!-- commands -->\n)[\s\S]*?(<!-- \/commands -->)/,
      (_, open, close) => `${open}${commandTable()}${close}`,
    )
    .replace(
      /(<!-- example: (.*) -->\n)[\s\S]*?(<!-- \/example -->)/g,
      (_, open, words, close) => `${open}${example(words)}${close}`,
    );
}

/** docs/cli.md with the reference of all commands, its last section, made anew. */
export function currentReference(text: string): string {
  const heading = '## Reference\n';
  return `${text.slice(0, text.indexOf(heading) + heading.length)}\n${referenceText()}`;
}

/** Commands with what they are for and their own options; those that print and choose a source are in `--help`. */
function commandTable(): string {
  const rows = (commands as readonly CommandDeclaration[]).map(({ name, arguments: args, purpose, options }) => {
    const own = options.filter(({ group }) => group !== 'Output' && group !== 'Versions and source');
    const usage = `phx-upgrade ${name} ${args}`.trim();
    return `| \`${usage}\` | ${purpose} | ${own.map(({ flags }) => `\`${flags}\``).join(' ')} |`;
  });
  return ['| command | for | options of its own |', '|---|---|---|', ...rows, ''].join('\n');
}

/** What the built program prints, a long list shortened to its first rows. */
function example(words: string): string {
  const { stdout, stderr, status } = spawnSync('node', ['dist/cli/main.js', ...words.split(' ')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`phx-upgrade ${words} ended with ${status}: ${stderr}`);
  const language = words.includes('patch') ? 'diff' : 'text';
  const command = language === 'diff' ? '' : `$ npx phx-upgrade ${words}\n`;
  return `\`\`\`${language}\n${command}${shortened(stdout.trimEnd().split('\n')).join('\n')}\n\`\`\`\n`;
}

const shown = 7;

/** Rows of a list, which begin with a mark, beyond the first ones are counted only. */
function shortened(lines: readonly string[]): string[] {
  const rowsBefore = (at: number) => {
    let count = 0;
    while (isRow(lines[at - count - 1])) count += 1;
    return count;
  };
  return lines.flatMap((line, at) => {
    if (!isRow(line) || rowsBefore(at) < shown) return [line];
    return isRow(lines[at + 1]) ? [] : [`  … ${rowsBefore(at) + 1 - shown} more`];
  });
}

function isRow(line: string | undefined): boolean {
  return line !== undefined && /^ {2}[●!✕○✓–] /.test(line);
}

function rewrite(name: string, anew: (text: string) => string): void {
  const path = resolve(root, name);
  writeFileSync(path, anew(readFileSync(path, 'utf8')));
}

if (process.argv[1] === import.meta.filename) {
  rewrite('README.md', currentReadme);
  rewrite('docs/cli.md', currentReference);
}
