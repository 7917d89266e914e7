import { changedText, withoutLines } from '../elixir/edit/lines.ts';
import { type Edited, refused, type TextChange } from '../elixir/edited.ts';
import { lineStart } from '../elixir/position.ts';
import { type Command, scriptCommands } from './shell.ts';

/**
 * Brings the commands of a script to those of a text, `set -eu; exec bin/shop start`. Commands that both have stay with
 * their comments. Refused where a command shares its line with another.
 */
export function setCommands(text: string, wanted: string): Edited {
  const own = scriptCommands(text);
  const target = scriptCommands(wanted).map((command) => command.text);
  const texts = own.map((command) => command.text);
  if (texts.join('\n') === target.join('\n')) return { ok: true, text };
  if (own.length === 0 || own.some((command) => !standsAlone(text, command)))
    return refused('a command shares its line with another');
  const changes = own.filter((command) => !target.includes(command.text)).map(({ range }) => withoutLines(text, range));
  const kept = own.filter((command) => target.includes(command.text));
  const result = changedText(text, [...changes, ...additions(text, kept.length > 0 ? kept : own, target, texts)]);
  const now = scriptCommands(result).map((command) => command.text);
  return now.join('\n') === target.join('\n')
    ? { ok: true, text: result }
    : refused('its commands stand in another order');
}

/** New commands, each on a line behind the kept one that it follows; before all of them where it follows none. */
function additions(text: string, kept: readonly Command[], target: readonly string[], own: readonly string[]) {
  return target.flatMap((command, index): TextChange[] => {
    if (own.includes(command)) return [];
    const before = target.slice(0, index);
    const place = kept.findLast((one) => before.includes(one.text));
    const first = kept[0];
    if (place) return [{ start: place.range.end, end: place.range.end, text: `\n${command}` }];
    const start = first ? lineStart(text, first.range.start) : text.length;
    return [{ start, end: start, text: `${command}\n\n` }];
  });
}

function standsAlone(text: string, { range }: Command): boolean {
  const end = text.indexOf('\n', range.end);
  const behind = text.slice(range.end, end === -1 ? text.length : end).trim();
  return text.slice(lineStart(text, range.start), range.start).trim() === '' && /^(?:#.*)?$/.test(behind);
}
