import { edited, type TextChange } from '../../elixir/edited.ts';
import { parse } from '../../elixir/parse.ts';
import { indentAt } from '../../elixir/position.ts';
import { readWeb, type WebSection } from '../../elixir/web/read.ts';

/** Kinds of quoted lines that bring names into scope. */
const bringing = new Set(['import', 'alias', 'require', 'use']);

/**
 * The texts of a dispatch module with the user's own lines where the generator now keeps lines of their kind: what a team added to
 * `view_helpers` belongs into `html_helpers`, once the quotes that took the one in take in the other. Both texts get them, as
 * if the generator had written them, so that the merge neither loses nor doubles one.
 */
export function withOwnLines<Texts extends { readonly base: string; readonly target: string }>(
  texts: Texts,
  yours: string,
): Texts {
  const [old, own, next] = [texts.base, yours, texts.target].map((text) => readWeb(parse(text))?.sections ?? []);
  if (!old || !own || !next) return texts;
  const inserted = successors(old, next).map(([former, now]) => {
    const lines = linesAdded(section(old, former), section(own, former), section(next, now), yours);
    return {
      base: insertion(texts.base, section(old, former), lines),
      target: insertion(texts.target, section(next, now), lines),
    };
  });
  const [base, target] = [
    edited(
      texts.base,
      inserted.flatMap((one) => one.base),
    ),
    edited(
      texts.target,
      inserted.flatMap((one) => one.target),
    ),
  ];
  return base.ok && target.ok ? { ...texts, base: base.text, target: target.text } : texts;
}

function section(sections: readonly WebSection[], name: string): WebSection | undefined {
  return sections.find((one) => one.name === name);
}

/** Sections that others took in and that are gone, each with the new one that these take in instead. */
function successors(old: readonly WebSection[], next: readonly WebSection[]): readonly (readonly [string, string])[] {
  const pairs = new Map<string, string>();
  for (const { name, lines } of old) {
    const [gone, second] = takenIn(lines).filter((one) => !section(next, one));
    const [come, third] = takenIn(section(next, name)?.lines ?? []).filter((one) => !section(old, one));
    if (gone && come && !second && !third) pairs.set(gone, come);
  }
  return [...pairs];
}

/** The sections that lines unquote: `view_helpers` of `unquote(view_helpers())`. */
function takenIn(lines: WebSection['lines']): string[] {
  return lines.flatMap(({ kind, name }) => (kind === 'unquote' ? (/^unquote (\w+)\(\)$/.exec(name)?.[1] ?? []) : []));
}

function linesAdded(
  old: WebSection | undefined,
  own: WebSection | undefined,
  next: WebSection | undefined,
  yours: string,
): string[] {
  const known = new Set([...(old?.lines ?? []), ...(next?.lines ?? [])].map(({ name }) => name));
  const added = own?.lines.filter(({ kind, name }) => kind !== null && bringing.has(kind) && !known.has(name)) ?? [];
  return added.map(({ range }) => yours.slice(range.start, range.end));
}

/** Behind the last import, else behind the last line. */
function insertion(text: string, place: WebSection | undefined, added: readonly string[]): TextChange[] {
  const last = place?.lines.filter(({ kind }) => kind === 'import').at(-1) ?? place?.lines.at(-1);
  if (last === undefined || added.length === 0) return [];
  const { start, end } = last.range;
  return [{ start: end, end, text: added.map((line) => `\n${indentAt(text, start)}${line}`).join('') }];
}
