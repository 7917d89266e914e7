/** A text that has no meaning in Elixir: an escape that is none, a number too large. */
export class UnreadableText extends Error {}

const single: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  d: '\x7f',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
};

/** One escape: a line continuation, `\xHH`, `\uHHHH`, `\u{H…}` or a single character. */
const anEscape = /\\(?:(\r?\n)|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|(.))/gsu;

/** The text that literal text with escapes stands for. Throws `UnreadableText`. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(anEscape, (_, newline, byte, short, long, other) => {
    if (newline !== undefined) return '';
    if (other !== undefined) return single[other] ?? other;
    // A byte that is no character by itself; texts here are valid UTF-8.
    if (byte !== undefined && Number.parseInt(byte, 16) >= 0x80) throw new UnreadableText(`\\x${byte}`);
    return codePoint(byte ?? short ?? long);
  });
}

function codePoint(digits: string): string {
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new UnreadableText(`\\u{${digits}}`);
  return String.fromCodePoint(code);
}

/** In a sigil of upper case only the closing delimiter is escaped, in one of lower case `\` before it too. */
export function unescapedDelimiter(text: string, close: string): string {
  return text.replaceAll(`\\${close}`, close);
}
