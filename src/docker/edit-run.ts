import { changedText } from '../elixir/edit/lines.ts';
import { type Edited, refused } from '../elixir/edited.ts';

/**
 * Puts commands in the place of a run of them, `cd assets && npm ci && npm run deploy`, wherever a text has it: joined by `&&`,
 * `;` or line ends, the last ones continued or not. What joined the former commands joins the new ones. A variable that is
 * set for one of them goes with it.
 */
export function replaceRun(text: string, run: readonly string[], becomes: readonly string[]): Edited {
  const pattern = new RegExp(String.raw`(?<![\w./$}{-])${run.map(commandPattern).join(joint)}(?![\w./:=*-])`, 'g');
  const found = [...text.matchAll(pattern)].filter(({ index }) => !isComment(text, index));
  const changes = found.map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: joined(match, becomes),
  }));
  if (changes.length === 0 && !text.includes(becomes[0] ?? '')) return refused(`${run.join(' && ')} is not called so`);
  return { ok: true, text: changedText(text, changes) };
}

const joint = String.raw`((?:[ \t]|\\\r?\n)*(?:&&|;|\r?\n)(?:\s|\\\r?\n)*)`;

/** The command as it may be written: words parted by spaces, variables set in front. */
function commandPattern(command: string): string {
  const words = command.split(' ').map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return String.raw`(?:\w+=[\w./-]+[ \t]+)*${words.join(String.raw`[ \t]+`)}`;
}

/** The first joint stood behind `cd`: those behind it join what comes. */
function joined([, ...joints]: RegExpMatchArray, becomes: readonly string[]): string {
  return becomes.map((command, index) => (index === 0 ? command : `${joints[index] ?? ' && '}${command}`)).join('');
}

function isComment(text: string, at: number): boolean {
  return /^\s*(?:#|\/\/|--)/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
}
