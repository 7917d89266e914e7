import type { Expr, Range } from '../elixir/ast.ts';
import { childrenOf } from '../elixir/children.ts';
import { parse } from '../elixir/parse.ts';
import { type FileTree, memoryTree } from '../project/tree.ts';

/** Keys whose value every run of the generator makes anew. */
const secretKeys = new Set(['secret_key_base', 'signing_salt']);
/** Stands for such a value, so that two projects differ only in what the generator wrote; packs have it too. */
const fixedWord = '"aaaaaaaa"';

/** A generated project with its salts and secrets replaced by a fixed word. */
export function withoutSecrets(tree: FileTree): FileTree {
  const encoder = new TextEncoder();
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  for (const path of tree.paths) {
    const text = /\.exs?$/.test(path) ? tree.read(path) : undefined;
    const bytes = text === undefined ? tree.bytes(path) : encoder.encode(replaceSecrets(text));
    if (bytes) files.set(path, { bytes, executable: tree.executable(path) });
  }
  return memoryTree(files);
}

/** Elixir source with the values of secret keys, where they are literal strings, replaced. */
export function replaceSecrets(text: string): string {
  if (![...secretKeys].some((key) => text.includes(key))) return text;
  const ranges = secretRanges(parse(text).body).sort((a, b) => b.start - a.start);
  return ranges.reduce((result, { start, end }) => result.slice(0, start) + fixedWord + result.slice(end), text);
}

function secretRanges(body: readonly Expr[]): Range[] {
  return body.flatMap((expr) => {
    const secret = expr.kind === 'pair' && secretKeys.has(expr.name) && expr.value.kind === 'string';
    return secret ? [expr.value.range] : secretRanges(childrenOf(expr));
  });
}
