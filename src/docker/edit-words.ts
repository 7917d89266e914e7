import { changedText } from '../elixir/edit/lines.ts';
import { type Edited, refused, type TextChange } from '../elixir/edited.ts';

/**
 * Puts words in place of those of a command wherever a file calls it, whatever the file's format: words stand apart by white
 * space or as items of a list, with quotes or without. The words that both have in front stay as they are written; lines
 * that are comments stay. Refused where nothing of a quoted whole would be left.
 */
export function replaceWords(text: string, words: readonly string[], becomes: readonly string[]): Edited {
  const pattern = callPattern(words);
  const kept = commonLength(words, becomes);
  const changes: TextChange[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const found = isComment(line) ? [] : [...line.matchAll(pattern)];
    for (const match of found) {
      const change = changeIn(match, kept, becomes);
      if (change === null) return refused(`${words.join(' ')} has no room for ${becomes.join(' ')}`);
      changes.push({ start: start + change.start, end: start + change.end, text: change.text });
    }
    start += line.length + 1;
  }
  return { ok: true, text: changedText(text, changes) };
}

function isComment(line: string): boolean {
  return /^\s*(?:#|\/\/|;|--)/.test(line);
}

/** Groups by turns: a word as it is written, and what parts it from the next. */
function callPattern(words: readonly string[]): RegExp {
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const written = escaped.map((word) => `("${word}"|'${word}'|${word})`);
  // A path in front makes another program of it, and letters behind another word.
  return new RegExp(String.raw`(?<![\w./$}{-])${written.join(String.raw`(\s+|\s*,\s*)`)}(?![\w./:=-])`, 'g');
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((word, index) => word !== b[index]);
  return differs === -1 ? a.length : differs;
}

/** The part behind the words that stay, written as the first of them that goes is. */
function changeIn(match: RegExpMatchArray, kept: number, becomes: readonly string[]): TextChange | null {
  const [whole, ...groups] = match;
  const added = becomes.slice(kept);
  const former = groups[kept * 2] ?? '';
  const gap = groups[kept * 2 - 1] ?? groups[1] ?? ' ';
  const before = groups.slice(0, kept * 2).join('').length;
  const at = match.index ?? 0;
  const end = at + whole.length;
  if (added.length === 0) return kept === 0 ? null : { start: at + before - gap.length, end, text: '' };
  const [quote = ''] = /^["']?/.exec(former) ?? [];
  // Of items of a list each has its quotes; a quoted word of a shell keeps them only for itself.
  const isList = gap.includes(',');
  const text = added.map((word) => (isList || added.length === 1 ? quote + word + quote : word)).join(gap);
  return { start: at + before, end, text };
}
