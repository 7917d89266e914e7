import type { RewriteTask } from './operation.ts';
import type { RewriteFile } from './place.ts';

interface Memory<T> {
  readonly text: string;
  /** Every other file that was looked at, as it was. */
  readonly reads: ReadonlyMap<string, string | undefined>;
  readonly value: T;
}

/** What tasks came to, by path: planning carries the same step out in many orders, mostly on the same texts. */
const memories = new WeakMap<RewriteTask, Map<string, Memory<unknown>>>();

/** The value for a file and a task, made anew only where the file, or another one that was read for it, differs. */
export function remembered<T>(file: RewriteFile, task: RewriteTask, make: (file: RewriteFile) => T): T {
  const known = memories.get(task) ?? new Map<string, Memory<unknown>>();
  memories.set(task, known);
  const memory = known.get(file.path);
  // A task comes with one kind of value only.
  if (memory?.text === file.text && [...memory.reads].every(([path, text]) => file.read(path) === text))
    return memory.value as T;
  const reads = new Map<string, string | undefined>();
  const read = (path: string) => {
    if (!reads.has(path)) reads.set(path, file.read(path));
    return reads.get(path);
  };
  const value = make({ ...file, read });
  known.set(file.path, { text: file.text, reads, value });
  return value;
}
