const ascii = /^[\0-\x7f]*$/;

/** Columns that a piece of a text takes: one for each character that a reader sees, as Elixir counts them. */
export function columnsOf(text: string): (piece: string) => number {
  if (ascii.test(text)) return (piece) => piece.length;
  const segmenter = new Intl.Segmenter();
  return (piece) => (ascii.test(piece) ? piece.length : [...segmenter.segment(piece)].length);
}
