import type { CallExpr } from '../ast.ts';
import { withNewlines } from '../edit/members.ts';
import { append, bodyIndent, bodyOf, insertBeside } from '../edit/statements.ts';
import { type Edited, edited, refused } from '../edited.ts';
import { callName, type FunctionClause } from '../module.ts';
import { formatWidth, printText } from '../print.ts';
import type { MixText } from './place.ts';

/**
 * Adds a function behind the last clause of the first of `siblings` that is there, else at the end of the module.
 * `definition` starts at column 0.
 */
export function addFunction(mix: MixText, siblings: readonly string[], definition: string): Edited {
  const { block } = mix.module.call;
  if (block === null) return refused('the module has no body');
  const body = bodyOf(block);
  const indent = bodyIndent(mix.source, body);
  const text = definition.replaceAll(/\n(?!\n|$)/g, `\n${indent}`);
  const statement = { text, call: definition.startsWith('defp') ? 'defp' : 'def' };
  const clauses = siblings.flatMap((name) => mix.scope.functions.filter((one) => one.name === name).slice(-1));
  const sibling = clauses[0] && statementOf(mix, clauses[0]);
  const change = sibling
    ? insertBeside(mix.source, body, sibling, 'after', statement)
    : append(mix.source, body, statement);
  if (change === null) return refused('there is no line of its own for the function');
  return edited(mix.source.text, [withNewlines(mix.source.text, change)]);
}

/** A function that returns a keyword list of these entries, laid out for `addFunction`. */
export function keywordFunction(head: string, entries: readonly string[]): string {
  // A module's body stands behind two spaces.
  const lines = entries.map((entry) =>
    entry.includes('\n') ? entry : printText(entry, { indent: 4, width: formatWidth - 2 }),
  );
  return `${head} do\n  [\n    ${lines.join(',\n    ')}\n  ]\nend`;
}

/** The statement that a clause stands in. */
export function statementOf(mix: MixText, clause: FunctionClause): CallExpr | undefined {
  return mix.module.body.find(
    (expr): expr is CallExpr => expr.range.start === clause.range.start && callName(expr) === clause.kind,
  ) as CallExpr | undefined;
}
