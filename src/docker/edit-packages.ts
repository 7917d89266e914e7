import type { Range } from '../elixir/ast.ts';
import type { TextChange } from '../elixir/edited.ts';
import { type Item, installedBy, packageCommands, withoutPackages } from './item.ts';
import { type Command, scriptCommands } from './shell.ts';

/** Sets or adds a package in the command that installs an item's packages. */
export function packageChanges(text: string, item: Item, value: string): TextChange[] | null {
  const name = value.replace(/=.*$/, '');
  for (const command of item.instruction.commands) {
    const installed = installedBy(command)?.find((one) => one.replace(/=.*$/, '') === name);
    const range = installed === undefined ? null : wordRange(text, command.range, installed);
    if (range) return [{ ...range, text: value }];
  }
  const install = item.instruction.commands.find((command) => installedBy(command) !== null);
  return install ? [{ start: install.range.end, end: install.range.end, text: ` ${value}` }] : null;
}

/** Takes a package out of its command, with the white space and the line end before it. */
export function packageRemoval(text: string, item: Item): TextChange[] {
  for (const command of item.instruction.commands) {
    const range = installedBy(command)?.includes(item.value) ? wordRange(text, command.range, item.value) : null;
    if (!range) continue;
    const space = /(?:[ \t]|\\\r?\n)+$/.exec(text.slice(command.range.start, range.start))?.[0].length ?? 0;
    return [{ start: range.start - space, end: range.end, text: '' }];
  }
  return [];
}

function wordRange(text: string, { start, end }: Range, word: string): Range | null {
  for (let at = text.indexOf(word, start); at !== -1 && at < end; at = text.indexOf(word, at + 1)) {
    const behind = text[at + word.length] ?? ' ';
    if (/\s/.test(text[at - 1] ?? ' ') && (/\s/.test(behind) || at + word.length === end)) {
      return { start: at, end: at + word.length };
    }
  }
  return null;
}

/**
 * Brings the commands around an installation to those of `value`, packages kept: commands of one kind are
 * rewritten where they stand, those that went are taken out, new ones follow their predecessor.
 */
export function aptChanges(text: string, item: Item, value: string): TextChange[] {
  const { commands } = item.instruction;
  const old = packageCommands(item.instruction);
  const wanted = scriptCommands(value);
  const kept = old.map((command) => wanted.find((one) => kind(one) === kind(command)));
  const changes = old.flatMap((command, index): TextChange[] => {
    const next = kept[index];
    if (next) return rewritten(text, command, next);
    const place = commands.indexOf(command);
    const before = commands[place - 1];
    const start = before ? before.range.end : command.range.start;
    return [
      { start, end: before ? command.range.end : (commands[place + 1]?.range.start ?? command.range.end), text: '' },
    ];
  });
  const missing = wanted.filter((one) => !kept.includes(one));
  return [...changes, ...missing.map((one) => inserted(old, kept, wanted, one))];
}

/** Replaces options only, so that packages keep their lines. */
function rewritten(text: string, command: Command, next: Command): TextChange[] {
  if (withoutPackages(command) === next.text) return [];
  const [first] = installedBy(command) ?? [];
  const firstPackage = first === undefined ? null : wordRange(text, command.range, first);
  if (!firstPackage) return [{ ...command.range, text: next.text }];
  const head = text.slice(command.range.start, firstPackage.start);
  const space = /(?:\s|\\\r?\n)+$/.exec(head)?.[0].length ?? 0;
  return [{ start: command.range.start, end: firstPackage.start - space, text: next.text }];
}

function inserted(old: readonly Command[], kept: readonly (Command | undefined)[], wanted: Command[], one: Command) {
  const before = wanted.slice(0, wanted.indexOf(one)).reverse();
  const index = Math.max(...before.map((command) => kept.indexOf(command)), -1);
  const place = old[index];
  if (!place) return { start: old[0]?.range.start ?? 0, end: old[0]?.range.start ?? 0, text: `${one.text} && ` };
  return { start: place.range.end, end: place.range.end, text: ` && ${one.text}` };
}

/** `apt-get update`, `apt-get install`, `rm`: what a command does, options aside. */
function kind({ pipe: [words = []] }: Command): string {
  const [program = '', ...rest] = words;
  return program === 'rm' ? program : `${program} ${rest.find((word) => !word.startsWith('-')) ?? ''}`;
}
