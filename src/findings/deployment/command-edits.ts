import type { DockerOperation } from '../../docker/operation.ts';
import type { FindingContext } from '../context.ts';
import { programsIn } from './command-lists.ts';
import { doable } from './docker-file.ts';

/** A call, and the words of another one that takes its place. */
export interface CallWords {
  readonly words: readonly string[];
  readonly becomes: readonly string[];
}

/** The edit of a call wherever a file makes it; none where the file would not call, but for this, what it called before. */
export function commandEdits(path: string, { words, becomes }: CallWords, context: FindingContext): DockerOperation[] {
  const text = context.tree.read(path);
  if (text === undefined) return [];
  const operation = { kind: 'command-words' as const, path, words, becomes };
  return doable(text, operation, (result) => {
    const lines = (one: string) => programsIn(path, one, context).map((program) => program.words.join('\0'));
    const wanted = lines(text).map((line) =>
      line === words.join('\0') ? becomes.join('\0') : line.replaceAll(words.join(' '), becomes.join(' ')),
    );
    return lines(result).join('\n') === wanted.join('\n');
  });
}
