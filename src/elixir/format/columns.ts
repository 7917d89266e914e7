const ascii = /^[\0-\x7f]*$/;
/** What may join the character before it, or the one behind: marks, joiners, flags, skin tones, Hangul jamo. */
const joining = /\p{M}|\u200d|[\u{1f1e6}-\u{1f1ff}]|[\u{1f3fb}-\u{1f3ff}]|[\u1100-\u11ff]/u;
/** Runs in which characters may be joined; cut, since a segmenter's time grows faster than the text. */
const runs = /[\0-\x7f]?[^\0-\x7f]{1,100}|[\0-\x7f]+?(?=[\0-\x7f][^\0-\x7f]|$)/gu;

/** Columns that a piece of a text takes: one for each character that a reader sees, as Elixir counts them. */
export function columnsOf(text: string): (piece: string) => number {
  if (ascii.test(text)) return (piece) => piece.length;
  const segmenter = new Intl.Segmenter();
  // A piece is asked about once for each group around it, and may be as long as the file.
  const known = new Map<string, number>();
  return (piece) => {
    if (ascii.test(piece)) return piece.length;
    const counted = known.get(piece) ?? count(segmenter, piece);
    known.set(piece, counted);
    return counted;
  };
}

function count(segmenter: Intl.Segmenter, piece: string): number {
  if (!joining.test(piece)) return piece.length - (piece.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
  let columns = 0;
  for (const [run] of piece.matchAll(runs)) {
    if (ascii.test(run)) columns += run.length;
    else for (const _ of segmenter.segment(run)) columns += 1;
  }
  return columns;
}
