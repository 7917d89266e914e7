import type { Expr, KeywordsExpr, PairExpr } from '../ast.ts';
import { parse } from '../parse.ts';
import { plainText } from '../plain-text.ts';
import { dependencyLocals } from './dependency-locals.ts';
import type { FormatOptions } from './format.ts';

/** What a `.formatter.exs` says, read by its syntax: it is never run. */
export interface FormatterFile {
  /** Patterns of the files that are formatted, from the folder of the file on. */
  readonly inputs: readonly string[];
  /** Folders with a `.formatter.exs` of their own, as patterns. */
  readonly subdirectories: readonly string[];
  /** Packages whose calls without parentheses count here as well. */
  readonly importDeps: readonly string[];
  /** Plugins by their modules: they may format files and sigils that `format` does not. */
  readonly plugins: readonly string[];
  readonly options: FormatOptions & { readonly localsWithoutParens: readonly string[] };
  /** What could not be read: keys whose value is computed, and packages in `importDeps` that are not known here. */
  readonly unread: readonly string[];
}

/** Reads a `.formatter.exs`. Null for a text that is no list of options at its end. */
export function readFormatterFile(text: string): FormatterFile | null {
  const { body, problems } = parse(text);
  const keys = problems.length === 0 ? optionsAtEnd(body) : null;
  if (keys === null) return null;
  const unread: string[] = [];
  const value = <Value>(name: string, none: Value, read: (expr: Expr) => Value | null): Value => {
    const found = keys.pairs.find((pair) => pair.name === name);
    const result = found ? read(resolved(found.value, body)) : none;
    if (result === null) unread.push(name);
    return result ?? none;
  };
  const importDeps = value('import_deps', [], atoms);
  const own = value('locals_without_parens', [], (expr) => locals(expr, body));
  const lineLength = value<number | undefined>('line_length', undefined, length);
  unread.push(...importDeps.filter((name) => !dependencyLocals.has(name)).map((name) => `import_deps: ${name}`));
  const localsWithoutParens = [...importDeps.flatMap((name) => dependencyLocals.get(name) ?? []), ...own];
  return {
    inputs: value('inputs', [], strings),
    subdirectories: value('subdirectories', [], strings),
    importDeps,
    plugins: value('plugins', [], modules),
    options: { ...(lineLength === undefined ? undefined : { lineLength }), localsWithoutParens },
    unread,
  };
}

/** The keyword list that is the value of a file. */
function optionsAtEnd(body: readonly Expr[]): KeywordsExpr | null {
  const last = body.at(-1);
  const value = last && resolved(last, body);
  const [only] = value?.kind === 'list' ? value.items : [];
  if (value?.kind !== 'list' || value.items.length > 1) return null;
  return only === undefined
    ? { kind: 'keywords', pairs: [], range: value.range }
    : only.kind === 'keywords'
      ? only
      : null;
}

/** The value of a name that the file binds. */
function resolved(expr: Expr, body: readonly Expr[]): Expr {
  if (expr.kind !== 'identifier') return expr;
  const bound = body.findLast(
    (one) =>
      one.kind === 'binary' && one.operator === '=' && one.left.kind === 'identifier' && one.left.name === expr.name,
  );
  return bound?.kind === 'binary' && bound.right.kind !== 'identifier' ? bound.right : expr;
}

/** `[name: 1, other: :*]`, and such lists joined by `++`. */
function locals(expr: Expr, body: readonly Expr[]): readonly string[] | null {
  if (expr.kind === 'binary' && expr.operator === '++') {
    const [left, right] = [locals(resolved(expr.left, body), body), locals(resolved(expr.right, body), body)];
    return left && right && [...left, ...right];
  }
  const pairs = expr.kind === 'list' ? expr.items.flatMap((item) => (item.kind === 'keywords' ? item.pairs : [])) : [];
  const names = pairs.flatMap(local);
  const complete =
    expr.kind === 'list' && names.length === pairs.length && expr.items.every(({ kind }) => kind === 'keywords');
  return complete ? names : null;
}

function local({ name, value }: PairExpr): readonly string[] {
  if (value.kind === 'number') return [`${name}/${value.text}`];
  return value.kind === 'atom' && value.name === '*' ? [`${name}/*`] : [];
}

function length(expr: Expr): number | null {
  return expr.kind === 'number' && /^\d+$/.test(expr.text) ? Number(expr.text) : null;
}

/** Each item of a list by `read`; null where one is something else. */
function items(expr: Expr, read: (item: Expr) => string | null): readonly string[] | null {
  if (expr.kind !== 'list') return null;
  const values = expr.items.map(read);
  return values.every((value) => value !== null) ? values : null;
}

/** `["lib/**", …]`, one such text, or the words of `~w(…)`. */
function strings(expr: Expr): readonly string[] | null {
  const only = plainText(expr);
  if (only !== null) return [only];
  if (expr.kind !== 'sigil') return items(expr, plainText);
  const [words] = expr.parts;
  const plain = /^w$/i.test(expr.name) && expr.modifiers === '' && expr.parts.length === 1 && typeof words === 'string';
  return plain ? words.split(/\s+/).filter(Boolean) : null;
}

function atoms(expr: Expr): readonly string[] | null {
  return items(expr, (item) => (item.kind === 'atom' ? item.name : null));
}

function modules(expr: Expr): readonly string[] | null {
  return items(expr, (item) => (item.kind === 'alias' ? item.name : null));
}
