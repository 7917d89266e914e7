import { type Document, LineCounter, parseAllDocuments } from 'yaml';

/** One document of a YAML file, with the line of any key path in it. */
export interface YamlDocument {
  readonly value: unknown;
  /** Counted from 1; that of the nearest parent where the path leads nowhere. */
  line(path: readonly (string | number)[]): number;
}

/** The documents of a YAML file that parse; templates and broken files give none. */
export function readYaml(text: string): YamlDocument[] {
  const counter = new LineCounter();
  return documentsOf(text, counter)
    .filter(({ errors }) => errors.length === 0)
    .map((document) => ({ value: plainValue(document), line: (path) => lineIn(document, counter, path) }));
}

function documentsOf(text: string, lineCounter: LineCounter): readonly Document[] {
  try {
    const documents = parseAllDocuments(text, { lineCounter, logLevel: 'silent' });
    return Array.isArray(documents) ? documents : [];
  } catch {
    // Nested deeper than the parser's stack: nothing that anybody wrote.
    return [];
  }
}

function plainValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    // An alias without an anchor, or aliases without end: nothing to judge.
    return undefined;
  }
}

function lineIn(document: Document, counter: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range =
      typeof node === 'object' && node !== null && 'range' in node ? (node.range as [number] | undefined) : undefined;
    if (range) return counter.linePos(range[0]).line;
  }
  return counter.linePos(document.range?.[0] ?? 0).line;
}

/** A value of a document, with its path. */
export interface YamlValue {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Every value in a tree of lists and maps, with its path. */
export function everyValue(value: unknown, path: readonly (string | number)[]): YamlValue[] {
  const own = { path, value };
  if (Array.isArray(value)) return [own, ...value.flatMap((item, index) => everyValue(item, [...path, index]))];
  if (typeof value !== 'object' || value === null) return [own];
  return [own, ...Object.entries(value).flatMap(([key, item]) => everyValue(item, [...path, key]))];
}
