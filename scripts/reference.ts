import { type CommandDeclaration, commands, exitCodes, type OptionDeclaration } from '../src/cli/declarations.ts';

const declared: readonly CommandDeclaration[] = commands;

/** The reference part of docs/cli.md: each command with its options, examples and exit codes, in Markdown. */
export function referenceText(): string {
  return declared.map(commandText).join('\n');
}

function commandText({
  name,
  arguments: words,
  generatorFlags,
  purpose,
  options,
  examples,
  exits,
}: CommandDeclaration) {
  const usage = ['phx-upgrade', name, words, options.length > 0 ? '[options]' : '', generatorFlags ? '[-- flags]' : ''];
  const codes = [...exits, 4, 70].sort((a, b) => a - b);
  return [
    `### ${name}`,
    '',
    purpose,
    '',
    `    ${usage.filter(Boolean).join(' ')}`,
    '',
    ...(options.length > 0 ? ['| option | |', '|---|---|', ...options.map(row), ''] : []),
    ...examples.map((example) => `    phx-upgrade ${example}`),
    '',
    `Exit codes: ${codes.map((code) => `${code} ${exitCodes[code]}`).join('; ')}.`,
    '',
  ].join('\n');
}

function row({ flags, description, choices }: OptionDeclaration): string {
  const words = choices.length > 0 ? ` (${choices.join(', ')})` : '';
  return `| \`${flags}\` | ${description}${words} |`;
}
