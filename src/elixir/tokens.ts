import type { Node } from 'web-tree-sitter';
import { concreteTree } from './grammar.ts';
import { RecentTexts } from './recent-texts.ts';

/** A word of code with the lines it spans, from 1. */
export interface Token {
  readonly text: string;
  readonly line: number;
  readonly lastLine: number;
}

/** The words of an Elixir text. */
export interface Tokens {
  /** In order, white space aside; a comma before a closing bracket does not count. */
  readonly code: readonly Token[];
  readonly comments: readonly string[];
}

/** The tokens of a text, or null where it does not parse. */
export function tokensOf(text: string): Tokens | null {
  const tree = concreteTree(text);
  if (tree === null) return null;
  const code: Token[] = [];
  const comments: string[] = [];
  const parses = !tree.rootNode.hasError;
  if (parses) gather(tree.rootNode, text, code, comments);
  tree.delete();
  return parses ? { code, comments } : null;
}

/** A list of open nodes stands for the stack, which deep text can exhaust. */
function gather(root: Node, text: string, code: Token[], comments: string[]): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'comment') comments.push(textOf(node, text).trim());
    else if (node.childCount > 0) for (const child of node.children.toReversed()) open.push(child);
    else if (node.type === 'quoted_content' || textOf(node, text).trim() !== '') addToken(code, node, text);
  }
}

function addToken(code: Token[], node: Node, whole: string): void {
  const text = textOf(node, whole);
  if (/^(?:[)\]}]|>>)$/.test(text) && code.at(-1)?.text === ',') code.pop();
  code.push({ text, line: node.startPosition.row + 1, lastLine: node.endPosition.row + 1 });
}

function textOf({ startIndex, endIndex }: Node, text: string): string {
  return text.slice(startIndex, endIndex);
}

/** Words in one text each: of the code, and of the comments. */
const recent = new RecentTexts<readonly [string, string] | null>(500_000);

/** Whether two texts parse and have the same code and comments, whatever their layout. */
export function sameWords(a: string, b: string): boolean {
  if (a === b) return true;
  // Parsing takes much longer than this question, which most texts fail.
  if (lettersOf(a) !== lettersOf(b)) return false;
  const [x, y] = [recent.get(a, wordsOf), recent.get(b, wordsOf)];
  return x !== null && y !== null && x[0] === y[0] && x[1] === y[1];
}

/** How many characters a text has besides layout. */
function lettersOf(text: string): number {
  return text.replace(/\\\r?\n|[\s,]+/g, '').length;
}

function wordsOf(text: string): readonly [string, string] | null {
  const tokens = tokensOf(text);
  return tokens && [codeText(tokens.code), tokens.comments.join('\n')];
}

/** Tokens as one text, to be compared. */
export function codeText(code: readonly Token[]): string {
  return code.map(({ text }) => text).join('\n');
}
