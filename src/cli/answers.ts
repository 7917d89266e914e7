import type { Readable } from 'node:stream';

/** Lines that a person types, or that a pipe gives, one at a time: in between the input is left alone, for an editor say. */
export interface Answers {
  /** The next line; null at the end of the input. */
  next(): Promise<string | null>;
}

/** Reads lines from a stream, which is paused until one is asked for. */
export function answersFrom(input: Readable): Answers {
  let waiting = '';
  let isOver = false;
  return {
    next: async () => {
      while (!isOver && !waiting.includes('\n')) {
        const chunk = await nextChunk(input);
        if (chunk === null) isOver = true;
        else waiting += chunk;
      }
      if (waiting === '') return null;
      const end = waiting.indexOf('\n');
      const line = end === -1 ? waiting : waiting.slice(0, end);
      waiting = end === -1 ? '' : waiting.slice(end + 1);
      return line.replace(/\r$/, '');
    },
  };
}

function nextChunk(input: Readable): Promise<string | null> {
  if (input.readableEnded || input.destroyed) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      input.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onError).pause();
      act();
    };
    const onData = (chunk: Buffer | string) => settle(() => resolve(chunk.toString()));
    const onEnd = () => settle(() => resolve(null));
    const onError = (error: Error) => settle(() => reject(error));
    input.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError).resume();
  });
}
