import { changedWords } from '../../plan/changed-words.ts';
import { type PatchHunk, type PatchLine, patchHunks } from '../../plan/patch-hunks.ts';
import type { FileEdit } from '../../plan/plan.ts';
import { html, type Markup, type Part } from './markup.ts';

interface Cell {
  readonly number: number;
  readonly text: string;
}

/** One row: the line before and after; a pair of changed lines stands in one row. */
interface Row {
  readonly old: Cell | null;
  readonly now: Cell | null;
}

/** A patch as a table with the old text on the left and the new one on the right. */
export function sideBySide(edit: FileEdit): Markup {
  const hunks = patchHunks(edit.patch);
  const name = edit.from === undefined ? edit.path : `${edit.from} → ${edit.path}`;
  const caption = html`<figcaption><span class="kind">${edit.kind}</span> <code>${name}</code></figcaption>`;
  if (hunks.length === 0) return html`<figure>${caption}<p class="note">No line of text changes.</p></figure>`;
  return html`<figure>${caption}<table class="diff"><caption class="hidden">Before and after: ${name}</caption>
<colgroup><col class="number"><col><col class="number"><col></colgroup>
${hunks.map(hunkBody)}</table></figure>
`;
}

function hunkBody(hunk: PatchHunk): Markup {
  const title = `Line ${hunk.oldStart}`;
  return html`<tbody><tr class="place"><td colspan="4">${title}</td></tr>
${rows(hunk).map(rowMarkup)}</tbody>`;
}

/** The lines of a hunk in rows: lines taken away beside those put in their stead, in order. */
export function rows(hunk: PatchHunk): readonly Row[] {
  const found: Row[] = [];
  let [old, now] = [hunk.oldStart, hunk.newStart];
  let removed: Cell[] = [];
  let added: Cell[] = [];
  const close = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      found.push({ old: removed[index] ?? null, now: added[index] ?? null });
    }
    removed = [];
    added = [];
  };
  for (const line of hunk.lines) {
    if (line.sign === ' ') close();
    const [before, after] = [
      { number: old, text: shown(line) },
      { number: now, text: shown(line) },
    ];
    if (line.sign !== '+') old += 1;
    if (line.sign !== '-') now += 1;
    if (line.sign === ' ') found.push({ old: before, now: after });
    else if (line.sign === '-') removed.push(before);
    else added.push(after);
  }
  close();
  return found;
}

/** Every patch line of a CRLF file ends in CR; that is no news to a reader. */
function shown({ text, openEnd }: PatchLine): string {
  return text.replace(/\r$/, '').replaceAll('\t', '  ') + (openEnd ? ' (no line end)' : '');
}

function rowMarkup({ old, now }: Row): Markup {
  if (old && now && old.text === now.text) {
    return html`<tr class="same"><td class="line">${old.number}</td><td>${old.text}</td>
<td class="line">${now.number}</td><td>${now.text}</td></tr>
`;
  }
  const before = marked(old?.text ?? '', now?.text ?? null);
  const after = marked(now?.text ?? '', old?.text ?? null);
  return html`<tr>${side(old, before, 'old')}${side(now, after, 'new')}</tr>
`;
}

/** The sign is text, so that a change is told without colour and by a screen reader. */
function side(cell: Cell | null, text: Part, kind: 'old' | 'new'): Markup {
  if (!cell) return html`<td class="line none"></td><td class="none"></td>`;
  const content =
    kind === 'old'
      ? html`<span class="sign">− </span><del>${text}</del>`
      : html`<span class="sign">+ </span><ins>${text}</ins>`;
  return html`<td class="line">${cell.number}</td><td class="${kind}">${content}</td>`;
}

/** A line with the words marked that its counterpart does not have. */
function marked(text: string, other: string | null): Part {
  const ranges = changedWords(text, other);
  const ends = [0, ...ranges.map(({ end }) => end)];
  return [
    ...ranges.map(({ start, end }, index) => [
      text.slice(ends[index], start),
      html`<mark>${text.slice(start, end)}</mark>`,
    ]),
    text.slice(ends.at(-1)),
  ];
}
