import type { Node } from 'web-tree-sitter';
import type { Range, Source } from './ast.ts';
import { Concrete } from './concrete.ts';
import { concreteTree } from './grammar.ts';
import { RecentTexts } from './recent-texts.ts';
import { TreeReader } from './tree-reader.ts';

/** One file is read by many rules, edits and checks. A tree takes about a dozen bytes for each character. */
const recent = new RecentTexts<Source>(12_000_000);
/** Values of single facts are so many that they would drive out the files. */
const recentValues = new RecentTexts<Source>(400_000);
/** No file of interest has fewer characters. */
const longestValue = 200;

/**
 * Parses Elixir. Never throws: what does not parse stands in `problems`, in the order of the text, and everything around it is still
 * in `body`.
 */
export function parse(text: string): Source {
  return (text.length < longestValue ? recentValues : recent).get(text, parsed);
}

function parsed(text: string): Source {
  const tree = concreteTree(text);
  if (tree === null) return { text, body: [], comments: [], problems: [{ line: 1, range: { start: 0, end: 0 } }] };
  const reading = new TreeReader(text);
  const body = reading.sequence(new Concrete(tree.rootNode));
  const errors = tree.rootNode.hasError ? syntaxErrors(tree.rootNode) : [];
  tree.delete();
  const problems = [...errors, ...reading.problems].sort((a, b) => a.range.start - b.range.start);
  const comments = reading.comments.sort((a, b) => a.start - b.start);
  return { text, body, comments, problems };
}

/** A list of open nodes stands for the stack, which broken text can exhaust. */
function syntaxErrors(root: Node): { line: number; range: Range }[] {
  const errors: { line: number; range: Range }[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.isError || node.isMissing)
      errors.push({ line: node.startPosition.row + 1, range: { start: node.startIndex, end: node.endIndex } });
    else for (const child of node.children.toReversed()) if (child.hasError || child.isMissing) open.push(child);
  }
  return errors;
}
