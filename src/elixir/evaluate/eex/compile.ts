import { UnreadableText } from '../../quoted/escapes.ts';
import { quotedText } from '../../quoted/quote.ts';
import { Atom, callOf, moduleAtom, nil, type Quoted, remoteCall, Tuple, triple } from '../../quoted/term.ts';
import { asVariable, callNamed } from '../forms/shape.ts';
import { Refusal } from '../refusal.ts';
import { inspectText } from '../values/inspect.ts';
import { type Token, templateTokens } from './tokens.ts';

/**
 * A template as a quoted expression whose value is its text. Blocks gather their text between `__eex_open__` and
 * `__eex_close__` (see `forms/template.ts`). Throws `Refusal`.
 */
export function compileTemplate(template: string, path: string): Quoted {
  if (!template.includes('<%')) return template;
  const source = sourceOf(templateTokens(template, path));
  try {
    return withAssigns(quotedText(source));
  } catch (error) {
    if (error instanceof UnreadableText) throw new Refusal('unreadable', `${path}: ${error.message}`);
    throw error;
  }
}

const open = '__eex_open__()\n';
const close = '__eex_close__()\n';

function sourceOf(tokens: readonly Token[]): string {
  const isOutput: boolean[] = [];
  const parts = tokens.map((token, index) => {
    const next = nextCode(tokens, index);
    if (token.kind === 'text')
      return isBeforeClauses(tokens, index) ? '' : `__eex_text__(${inspectText(token.text)})\n`;
    switch (token.part) {
      case 'whole':
        return token.isOutput ? `__eex_put__((${token.code}\n))\n` : `${token.code}\n`;
      case 'start':
        isOutput.push(token.isOutput);
        return `${token.isOutput ? '__eex_put__((' : ''}${token.code}\n${isClause(next) ? '' : open}`;
      case 'middle':
        return `${isBeforeClauses(tokens, index - 1) ? '' : close}${token.code}\n${open}`;
      case 'end':
        return `${close}${token.code}\n${isOutput.pop() ? '))\n' : ''}`;
      default:
        return token.part satisfies never;
    }
  });
  return `${open}${parts.join('')}${close}`;
}

/** The code after a token, if only white space lies between. */
function nextCode(tokens: readonly Token[], index: number): Token | undefined {
  const next = tokens[index + 1];
  return next?.kind === 'text' && next.text.trim() === '' ? tokens[index + 2] : next;
}

function isClause(token: Token | undefined): boolean {
  return token?.kind === 'code' && token.part === 'middle' && token.code.trimEnd().endsWith('->');
}

/** Whether a token is the start of a `cond` or `case`, or the white space between it and its first clause. */
function isBeforeClauses(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const start = token?.kind === 'text' ? tokens[index - 1] : token;
  if (token?.kind === 'text' && token.text.trim() !== '') return false;
  if (start?.kind !== 'code' || start.part !== 'start') return false;
  return isClause(token?.kind === 'text' ? tokens[index + 1] : nextCode(tokens, index));
}

/** `@name` is an assign. */
function withAssigns(quoted: Quoted): Quoted {
  if (Array.isArray(quoted)) return quoted.map(withAssigns);
  if (!(quoted instanceof Tuple)) return quoted;
  const variable = asVariable(callNamed(quoted, '@')?.args[0]);
  if (variable === null) return new Tuple(quoted.items.map(withAssigns));
  const assigns = callOf('var!', [triple(Atom.of('assigns'), [], nil)]);
  return remoteCall(moduleAtom('Access'), 'get', [assigns, Atom.of(variable.name)]);
}
