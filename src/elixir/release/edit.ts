import { diffArrays } from 'diff';
import type { Expr, Source } from '../ast.ts';
import { comparable } from '../canonical.ts';
import { withoutLines } from '../edit/lines.ts';
import { type Edited, type Editors, edited, refused, type TextChange } from '../edited.ts';
import { functionsOf, modulesOf } from '../module.ts';
import { parse } from '../parse.ts';
import { indentAt } from '../position.ts';
import { print } from '../print.ts';
import type { FunctionOperation } from './operation.ts';

/** Carries out an edit of the release module; twice is once. */
export const releaseEditors: Editors<FunctionOperation> = {
  'set-function': (text, operation) => setFunction(text, operation.function, operation.body),
};

/**
 * Gives a function of the release module, named `load_app/0`, the statements of `body`. Refused where the function has
 * several clauses, stands on one line or has comments between statements that change.
 */
function setFunction(text: string, name: string, body: string): Edited {
  const source = parse(text);
  const clauses = modulesOf(source)
    .flatMap((module) => functionsOf(module.body))
    .filter((clause) => `${clause.name}/${clause.args.length}` === name);
  const [clause] = clauses;
  if (!clause || clauses.length > 1) return refused(`${name} is not one function with one clause`);
  const wanted = statementsOf(parse(body));
  if (sameStatements(clause.body, wanted)) return { ok: true, text };
  const [first] = clause.body;
  if (!clause.block || !first) return refused(`${name} has no body of its own lines`);
  const hunks = hunksOf(clause.body, wanted);
  const covered = hunks.map(({ from, to }) => ({
    start: clause.body[from]?.range.start ?? 0,
    end: from < to ? (clause.body[to - 1]?.range.end ?? 0) : 0,
  }));
  if (source.comments.some(({ start, end }) => covered.some((range) => start > range.start && end < range.end)))
    return refused(`${name} has comments between the statements that change`);
  const indent = indentAt(text, first.range.start);
  const above = source.comments.find(({ start, end }) => start > clause.range.start && end < first.range.start);
  const written = (statements: readonly Expr[]) =>
    statements
      .map((expr) => print(expr, { indent: indent.length }, body))
      .join(`\n${indent}`)
      .replace(/\r?\n/g, text.includes('\r\n') ? '\r\n' : '\n');
  const changes = hunks.map(({ from, to, statements }, index): TextChange => {
    const range = covered[index] ?? first.range;
    if (statements.length === 0) return withoutLines(text, range);
    if (from < to) return { ...range, text: written(statements) };
    const before = clause.body[from - 1]?.range.end;
    if (before !== undefined) return { start: before, end: before, text: `\n${indent}${written(statements)}` };
    const start = above?.start ?? first.range.start;
    return { start, end: start, text: `${written(statements)}\n${indent}` };
  });
  return edited(text, changes);
}

/** Statements `from` to `to`, the latter left out, that others take the place of. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly statements: readonly Expr[];
}

function hunksOf(present: readonly Expr[], wanted: readonly Expr[]): Hunk[] {
  const texts = (body: readonly Expr[]) => body.map((expr) => comparable(expr));
  const hunks: Hunk[] = [];
  let [at, next, from, isOpen] = [0, 0, 0, false];
  let statements: Expr[] = [];
  const close = () => {
    if (isOpen) hunks.push({ from, to: at, statements });
    [statements, isOpen] = [[], false];
  };
  for (const { added, removed, count } of diffArrays(texts(present), texts(wanted))) {
    if (!added && !removed) close();
    else if (!isOpen) [from, isOpen] = [at, true];
    if (added) statements.push(...wanted.slice(next, next + count));
    if (!removed) next += count;
    if (!added) at += count;
  }
  close();
  return hunks;
}

/** What `releaseFacts` joined: `(a; b)` is two statements. */
function statementsOf({ body }: Source): readonly Expr[] {
  const [only] = body;
  return only?.kind === 'block' ? only.body : body;
}

function sameStatements(a: readonly Expr[], b: readonly Expr[]): boolean {
  return a.length === b.length && a.every((expr, index) => b[index] && comparable(expr) === comparable(b[index]));
}
