import { type Document, isScalar, LineCounter, parseAllDocuments } from 'yaml';

/** One document of a YAML file, with the line of any key path in it. */
export interface YamlDocument {
  readonly value: unknown;
  /** Counted from 1; that of the nearest parent where the path leads nowhere. */
  line(path: readonly (string | number)[]): number;
  /** The text of a value as it stands in the file, so that its lines are the file's; null where it is no text. */
  script(path: readonly (string | number)[]): YamlScript | null;
}

/** A value that is a text, for whoever reads commands in it. */
export interface YamlScript {
  readonly text: string;
  /** Where its first line stands. */
  readonly line: number;
}

/** The documents of a YAML file that parse; templates and broken files give none. */
export function readYaml(text: string): YamlDocument[] {
  const counter = new LineCounter();
  return documentsOf(text, counter)
    .filter(({ errors }) => errors.length === 0)
    .map((document) => ({
      value: plainValue(document),
      line: (path) => lineIn(document, counter, path),
      script: (path) => scriptIn(text, document, counter, path),
    }));
}

/** Block texts keep their lines; those that YAML folds into one become lines that a shell continues. */
function scriptIn(
  text: string,
  document: Document,
  counter: LineCounter,
  path: readonly (string | number)[],
): YamlScript | null {
  const node: unknown = document.getIn(path, true);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return null;
  const [start, end] = node.range;
  const { line } = counter.linePos(start);
  const written = text.slice(start, end).trimEnd();
  if (!written.includes('\n')) return { text: node.value, line };
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const body = isBlock ? written.slice(written.indexOf('\n') + 1) : written.replace(/^(["'])(.*)\1$/s, '$2');
  const folded = node.type === 'BLOCK_LITERAL' ? body : body.replace(/(?<!\\)\n/g, ' \\\n');
  return { text: folded, line: isBlock ? line + 1 : line };
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
