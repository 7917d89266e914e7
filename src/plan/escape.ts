/**
 * Makes text of a project or a pack harmless. Every renderer passes such text through here, and nowhere else:
 * C0, DEL and C1 controls drive a terminal; bidi and invisible characters make text read as what it is not.
 */

const controls = String.raw`\u0000-\u001f\u007f-\u009f`;
/** Arabic letter mark, zero-width space, LRM, RLM, line separators, overrides, isolates, BOM, tag characters. */
const deceptive = String.raw`\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}`;
const unsafe = new RegExp(`[${controls}${deceptive}\\p{Surrogate}]`, 'gu');

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line: every unsafe character, line breaks too, as a visible escape such as `\x1b` or `\u{202e}`. */
export function oneLine(text: string): string {
  return text.replace(unsafe, visible);
}

/** Text of many lines: as `oneLine`, but line feeds stay and tabs become two spaces. */
export function manyLines(text: string): string {
  return text.replace(unsafe, (character) => {
    if (character === '\n') return character;
    return character === '\t' ? '  ' : visible(character);
  });
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return named[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`);
}

/**
 * A JSON document of two-space indentation that is safe to print: `JSON.stringify` leaves DEL, C1 and bidi
 * characters raw, and JSON allows each to be written as `\uXXXX`, which reads as the same value.
 */
export function jsonText(document: unknown): string {
  const text = JSON.stringify(document, null, 2);
  return `${text.replace(unsafe, (character) => (character === '\n' ? character : jsonEscape(character)))}\n`;
}

function jsonEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML of text that `oneLine` or `manyLines` made, between tags and in quoted attributes alike. */
export function markupText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** For a Markdown table cell or paragraph: shown literally, on one line. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/[&<>]/g, (character) => entities[character] ?? character)
    .replace(/[\\`*_{}[\]()#+!|~@-]/g, '\\$&');
}

/** Message of a GitHub workflow command; the runner reads `%`, CR and LF encoded. */
export function commandMessage(text: string): string {
  return manyLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** Property of a GitHub workflow command, where `:` and `,` end a value. */
export function commandProperty(text: string): string {
  return oneLine(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A plain-text message of SARIF, in which `[text](target)` would be a link. */
export function plainMessage(text: string): string {
  return oneLine(text).replaceAll('](', '] (');
}

/** A relative path as a URI reference; a lone surrogate, which no URI can hold, becomes U+FFFD. */
export function relativeUri(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
