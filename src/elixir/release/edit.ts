import type { Expr, Source } from '../ast.ts';
import { comparable } from '../canonical.ts';
import { type Edited, type Editors, edited, refused } from '../edited.ts';
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
 * several clauses, stands on one line or has comments between its statements.
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
  const [first, last] = [clause.body[0], clause.body.at(-1)];
  if (!clause.block || !first || !last) return refused(`${name} has no body of its own lines`);
  const range = { start: first.range.start, end: last.range.end };
  if (source.comments.some((comment) => comment.start > range.start && comment.end < range.end))
    return refused(`${name} has comments between its statements`);
  const indent = indentAt(text, range.start);
  const lines = wanted.map((expr) => print(expr, { indent: indent.length }, body));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const written = lines.join(`\n${indent}`).replace(/\r?\n/g, newline);
  return edited(text, [{ ...range, text: written }]);
}

/** What `releaseFacts` joined: `(a; b)` is two statements. */
function statementsOf({ body }: Source): readonly Expr[] {
  const [only] = body;
  return only?.kind === 'block' ? only.body : body;
}

function sameStatements(a: readonly Expr[], b: readonly Expr[]): boolean {
  return a.length === b.length && a.every((expr, index) => b[index] && comparable(expr) === comparable(b[index]));
}
