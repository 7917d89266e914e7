import { createRequire } from 'node:module';
import { Language, Parser, type Tree } from 'web-tree-sitter';

const require = createRequire(import.meta.url);

// Loaded once, when the first reader is imported: parsing can then be synchronous everywhere.
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-elixir/tree-sitter-elixir.wasm')));

/** How long one file may take before it counts as unreadable, in milliseconds. */
const timeLimit = 5_000;

/** tree-sitter's tree of an Elixir text, or null after the time limit. The caller deletes it. */
export function concreteTree(text: string): Tree | null {
  const deadline = performance.now() + timeLimit;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
  if (tree === null) parser.reset();
  return tree;
}
