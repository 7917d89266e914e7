import { sentencesOf } from '../elixir/canonical.ts';
import { parse } from '../elixir/parse.ts';
import type { Place } from '../facts/fact.ts';
import type { FileTree } from '../project/tree.ts';

/** A sentence longer than this is folded. */
const mostCharacters = 80;

/**
 * A value as a person reads it. Facts know messages and heredocs by a hash; in its place stands the sentence where the
 * user's own file has it, and else `…`: what the generator says is in the patch.
 */
export function readable(value: string, at: Place | null | undefined, tree: FileTree): string {
  if (!hashed.test(value)) return value;
  const text = at ? tree.read(at.path) : undefined;
  const sentences = text === undefined ? new Map<string, string>() : sentencesOf(parse(text).body);
  return value.replaceAll(new RegExp(hashed, 'g'), (hash) => `"${folded(sentences.get(hash) ?? '…')}"`);
}

const hashed = /"#[0-9a-f]{12}"/;

function folded(sentence: string): string {
  return sentence.length <= mostCharacters ? sentence : `${sentence.slice(0, mostCharacters - 1)}…`;
}
