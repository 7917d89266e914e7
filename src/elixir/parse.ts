import type { Node } from 'web-tree-sitter';
import type { Range, Source } from './ast.ts';
import { Concrete } from './concrete.ts';
import { concreteTree } from './grammar.ts';
import { Reading } from './tree-reader.ts';

/**
 * Texts that were parsed last: one file is read by many rules, edits and checks, and by each of them again as it was once another step
 * is carried out.
 */
const recent = new Map<string, Source>();
/** Characters of the texts in `recent`; their trees take about a dozen bytes for each. */
const remembered = 4000000;
let kept = 0;
/** Values of single facts are shorter, and so many that they would drive out the files. */
const worthRemembering = 200;

/**
 * Parses Elixir. Never throws: what does not parse stands in `problems`, in the order of the text, and everything around it is still
 * in `body`.
 */
export function parse(text: string): Source {
  if (text.length < worthRemembering) return parsed(text);
  const source = recent.get(text);
  if (source === undefined) return remember(text, parsed(text));
  recent.delete(text);
  recent.set(text, source);
  return source;
}

function remember(text: string, source: Source): Source {
  recent.set(text, source);
  kept += text.length;
  for (const oldest of recent.keys()) {
    if (kept <= remembered) break;
    recent.delete(oldest);
    kept -= oldest.length;
  }
  return source;
}

function parsed(text: string): Source {
  const tree = concreteTree(text);
  if (tree === null) return { text, body: [], comments: [], problems: [{ line: 1, range: { start: 0, end: 0 } }] };
  const reading = new Reading(text);
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
