import { withSecrets } from '../elixir/secrets.ts';
import { type FileTree, withTexts } from '../project/tree.ts';

/** Stands for such a value, so that two projects differ only in what the generator wrote; packs have it too. */
const fixedWord = '"aaaaaaaa"';

/** A generated project with its salts and secrets replaced by a fixed word. */
export function withoutSecrets(tree: FileTree): FileTree {
  return withSources(tree, replaceSecrets);
}

/** Elixir source with the values of secret keys, where they are literal strings, replaced. */
export function replaceSecrets(text: string): string {
  return withSecrets(text, () => fixedWord);
}

/** A generated project in which `fresh`, asked with the key, takes the place of the fixed word. */
export function withFreshSecrets(tree: FileTree, fresh: (key: string) => string): FileTree {
  return withSources(tree, (text) =>
    withSecrets(text, (secret) => (isPlaceholder(secret) ? `"${fresh(secret.key)}"` : undefined)),
  );
}

/** Whether a secret is the fixed word. */
export function isPlaceholder({ text }: { readonly text: string }): boolean {
  return text === fixedWord;
}

/** How long the values that the generator draws are: it takes the end of 64 random bytes in base64. */
export function secretLength(key: string): number {
  return key === 'secret_key_base' ? 64 : 8;
}

function withSources(tree: FileTree, change: (text: string) => string): FileTree {
  return withTexts(tree, (path) => {
    const text = /\.exs?$/.test(path) ? tree.read(path) : undefined;
    return text === undefined ? undefined : change(text);
  });
}
