import type { Source } from '../ast.ts';
import { parse } from '../parse.ts';
import { lineIndex, lineStarts } from '../position.ts';

/** A parsed config file with its line starts, so that many lines can be asked for. */
export interface ConfigSource {
  readonly path: string;
  readonly source: Source;
  /** Line of an offset, counted from 1. */
  line(offset: number): number;
}

/** How many lines with errors are passed over before the rest of a file is given up. */
const patience = 8;

/**
 * Parses a config file. Where it has a syntax error, the lines it stands on are read as if blank, because tree-sitter
 * may take all that follows for a part of the broken call.
 */
export function configSource(path: string, text: string): ConfigSource {
  const source = parse(text);
  const starts = lineStarts(text);
  let readable = source;
  for (let round = 0; readable.problems.length > 0 && round < patience; round += 1) {
    readable = parse(blanked(readable, starts));
  }
  const line = (offset: number) => lineIndex(starts, offset) + 1;
  return { path, source: { ...readable, text, problems: source.problems }, line };
}

function blanked(source: Source, starts: readonly number[]): string {
  let text = source.text;
  for (const { range } of source.problems) {
    // An error at the very end means something unclosed: its opening line is unknown, the line before is as good as any.
    const index = lineIndex(starts, Math.min(range.start, text.trimEnd().length - 1));
    const [start, end] = [starts[index] ?? 0, starts[index + 1] ?? text.length];
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
  }
  return text;
}
