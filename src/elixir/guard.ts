/**
 * What the grammar misreads, written as something of the same length that it reads rightly. Offsets stay the same, so whoever reads
 * the tree takes every text from the original. Found by comparing trees with those of Elixir's own parser.
 */
export function guarded(text: string): string {
  return guardSigils(
    text.replace(operatorLike, (_, margin, word: string) => `${margin}x${word.slice(1)}`).replace(signedRange, '<>'),
  );
}

/** A line in a clause that begins with `invalid` or `order`: the grammar sees `in` or `or` continue the line before. */
const operatorLike = /^([ \t]*)(or|and|in|when)(?=[\p{ID_Continue}?!])/gmu;

/** `f(x..-1)`: taken for the call `x(.. - 1)`. The operator `<>` binds just as tightly. */
const signedRange = /(?<=[\p{ID_Continue}?!)\]}][ \t]*)\.\.(?=\s*[-+])/gu;

/** Something in quotes: a string, a sigil. */
interface Quote {
  readonly kind: 'string' | 'sigil' | 'raw sigil';
  /** Finds what ends it, an escape, or an interpolation. */
  readonly next: RegExp;
}

/**
 * `~S[\\]`: the grammar takes the second backslash for one that escapes the bracket. `~r/\u/`: it wants digits, as in a string.
 * One pass over the text that tells code from quotes, made only where there is such a sigil.
 */
function guardSigils(text: string): string {
  if (!mayHideEscape(text)) return text;
  const masked: number[] = [];
  /** Quotes and braces that are open, the innermost last. */
  const open: (Quote | '{')[] = [];
  for (let at = 0; at < text.length; ) {
    const inner = open.at(-1);
    at = inner === undefined || inner === '{' ? codeStep(text, at, open) : quoteStep(text, at, inner, open, masked);
  }
  return withMasks(text, masked);
}

/** Whether such an escape stands behind a sigil: two searches, since one for both would begin again at each sigil. */
function mayHideEscape(text: string): boolean {
  const sigil = text.search(/~[A-Za-z]/);
  return sigil !== -1 && /\\[\\ux]/.test(text.slice(sigil));
}

const codeToken = /[^#?"'~{}=<]+|#.*|~~~|[=<]~|~([a-z]|[A-Z][A-Z0-9]*)("""|'''|["'([{<|/])|"""|'''|\?\\?[\s\S]|[\s\S]/y;
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Reads a token of code; returns where the next begins. */
function codeStep(text: string, at: number, open: (Quote | '{')[]): number {
  codeToken.lastIndex = at;
  const [token = '', sigil, delimiter] = codeToken.exec(text) ?? [];
  if (sigil !== undefined && delimiter !== undefined)
    open.push(quote(delimiter, /[a-z]/.test(sigil) ? 'sigil' : 'raw sigil'));
  else if (/^["']/.test(token)) open.push(quote(token, 'string'));
  else if (token === '{') open.push('{');
  else if (token === '}') open.pop();
  else if (token.startsWith('?') && /[\p{ID_Continue}]/u.test(text[at - 1] ?? '')) return at + 1;
  return at + Math.max(token.length, 1);
}

function quote(delimiter: string, kind: Quote['kind']): Quote {
  const close = closing[delimiter] ?? delimiter;
  const end = delimiter.length === 3 ? `^[ \\t]*${close}` : close.replace(/[^"'/<>]/, '\\$&');
  return { kind, next: new RegExp(`\\\\[\\s\\S]|${kind === 'raw sigil' ? '' : '#\\{|'}${end}`, 'gm') };
}

/** Reads up to the next escape, interpolation or end of a quote; returns where to go on. */
function quoteStep(text: string, at: number, { kind, next }: Quote, open: (Quote | '{')[], masked: number[]): number {
  next.lastIndex = at;
  const found = next.exec(text);
  if (found === null) return text.length;
  const [token] = found;
  if (token === '#{') open.push('{');
  else if (!token.startsWith('\\')) open.pop();
  else if (kind === 'raw sigil' && token === '\\\\') masked.push(found.index, found.index + 1);
  else if (kind === 'sigil' && /[ux]/.test(token)) masked.push(found.index + 1);
  return found.index + token.length;
}

function withMasks(text: string, masked: readonly number[]): string {
  let done = 0;
  const pieces = masked.map((at) => {
    const piece = `${text.slice(done, at)}a`;
    done = at + 1;
    return piece;
  });
  return pieces.join('') + text.slice(done);
}
