import { createHash } from 'node:crypto';
import { withoutExportedRegex } from '../../elixir/exported-regex.ts';
import { type Names, placeholders, renameTokens } from '../../elixir/names.ts';
import type { FileTree } from '../../project/tree.ts';

/** Path of a file with the project's names as placeholders: `lib/{app}_web/router.ex`. */
export function canonicalPath(path: string, names: Names): string {
  return renameTokens(path, names, placeholders);
}

/**
 * First 16 hex digits of the SHA-256 of a file's canonical text (of its bytes where it is no text). Names,
 * secrets, line ends and, in Elixir files, line breaks and the regex modifier `E` do not count: since 1.6 the generator
 * breaks lines by the length of the app's name.
 */
export function fileHash(tree: FileTree, path: string, names: Names): string | undefined {
  const text = tree.read(path);
  const content = text === undefined ? tree.bytes(path) : canonicalText(text, path, names);
  if (content === undefined) return undefined;
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

function canonicalText(text: string, path: string, names: Names): string {
  const plain = renameTokens(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'), names, placeholders).replace(
    /\b(secret_key_base|signing_salt)(:\s+)"[^"\n]*"/g,
    '$1$2"secret"',
  );
  return /\.exs?$/.test(path) ? unbroken(withoutExportedRegex(plain)) : plain;
}

/** Elixir text with every run of white space as one blank, and none beside brackets and commas. */
function unbroken(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ?([()[\]{},]) ?/g, '$1')
    .trim();
}
