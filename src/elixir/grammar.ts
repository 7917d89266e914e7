import { fileURLToPath } from 'node:url';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { guarded } from './guard.ts';

/** Copied out of its package by `npm run grammar`, and published with this one. */
const grammar = new URL('../../grammar/tree-sitter-elixir.wasm', import.meta.url);

// Loaded once, when the first reader is imported: parsing can then be synchronous everywhere.
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(fileURLToPath(grammar)));

/** How long one file may take before it counts as unreadable, in milliseconds. */
const timeLimit = 5_000;

/**
 * tree-sitter's tree of an Elixir text, or null after the time limit. The caller deletes it, and takes texts of nodes from `text` by
 * their offsets: the tree is one of the text as `guarded` writes it.
 */
export function concreteTree(text: string): Tree | null {
  const deadline = performance.now() + timeLimit;
  const tree = parser.parse(guarded(text), null, { progressCallback: () => performance.now() > deadline });
  if (tree === null) parser.reset();
  return tree;
}
