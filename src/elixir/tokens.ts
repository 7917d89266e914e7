import type { Node } from 'web-tree-sitter';
import { concreteTree } from './grammar.ts';

/** The words of an Elixir text. */
export interface Tokens {
  /** In order, white space aside; a comma before a closing bracket does not count. */
  readonly code: readonly string[];
  readonly comments: readonly string[];
}

/** The tokens of a text, or null where it does not parse. */
export function tokensOf(text: string): Tokens | null {
  const tree = concreteTree(text);
  if (tree === null) return null;
  const code: string[] = [];
  const comments: string[] = [];
  if (!tree.rootNode.hasError) gather(tree.rootNode, code, comments);
  const parses = !tree.rootNode.hasError;
  tree.delete();
  return parses ? { code, comments } : null;
}

function gather(node: Node, code: string[], comments: string[]): void {
  if (node.type === 'comment') comments.push(node.text.trim());
  else if (node.childCount > 0) for (const child of node.children) gather(child, code, comments);
  else if (node.type === 'quoted_content' || node.text.trim() !== '') addToken(code, node.text);
}

function addToken(code: string[], text: string): void {
  if (/^(?:[)\]}]|>>)$/.test(text) && code.at(-1) === ',') code.pop();
  code.push(text);
}
