import type { CodeRole } from './model.ts';

/**
 * What the code of an EEx tag does to blocks, as EEx decides it: by how the code begins and ends, not by parsing, since
 * half an expression does not parse.
 */
export function codeRole(code: string): CodeRole {
  const text = code.replace(/#[^"'\n]*$/, '').trim();
  if (/^end(?![\w?!:])/.test(text)) return 'end';
  if (/(?:^|[^\w:@.])do$/.test(text) || (text.endsWith('->') && /(?:^|[^\w:@.])fn(?![\w?!:]).*->$/s.test(text))) {
    return 'start';
  }
  if (text.endsWith('->') || /^(?:else|after|rescue|catch)$/.test(text)) return 'middle';
  return 'plain';
}
