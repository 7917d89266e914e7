import { Refusal } from '../refusal.ts';

/** A piece of a template. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'code';
      readonly part: 'whole' | 'start' | 'middle' | 'end';
      readonly isOutput: boolean;
      readonly code: string;
    };

const opening = /<%(?:%|!--|[=#|/])?/g;

/** Takes a template apart, as the docs of EEx describe its tags. Throws `Refusal` for a tag that is not closed. */
export function templateTokens(template: string, path: string): Token[] {
  const tokens: Token[] = [];
  let text = '';
  let from = 0;
  for (;;) {
    opening.lastIndex = from;
    const found = opening.exec(template);
    if (found === null) break;
    const [mark] = found;
    text += template.slice(from, found.index);
    if (mark === '<%%') {
      text += '<%';
      from = found.index + mark.length;
      continue;
    }
    const close = mark === '<%!--' ? '--%>' : '%>';
    const end = template.indexOf(close, found.index + mark.length);
    if (end === -1 || mark === '<%|' || mark === '<%/') throw new Refusal('unreadable', `${path}: ${mark}`);
    const code = template.slice(found.index + mark.length, end);
    from = end + close.length;
    if (mark === '<%#' || mark === '<%!--') continue;
    if (text !== '') tokens.push({ kind: 'text', text });
    text = '';
    tokens.push({ kind: 'code', part: partOf(code), isOutput: mark === '<%=', code });
  }
  text += template.slice(from);
  return text === '' ? tokens : [...tokens, { kind: 'text', text }];
}

/** Whether code opens a block, goes on with one, or closes it. */
function partOf(code: string): 'whole' | 'start' | 'middle' | 'end' {
  const trimmed = code.trim();
  if (/^end\b/.test(trimmed)) return 'end';
  if (/^(?:else|after|catch|rescue)$/.test(trimmed)) return 'middle';
  if (/(?:^|[\s)\]}])do$/.test(trimmed)) return 'start';
  if (!trimmed.endsWith('->')) return 'whole';
  return /\bfn\b.*->$/s.test(trimmed) && !/\bend\b/.test(trimmed) ? 'start' : 'middle';
}
