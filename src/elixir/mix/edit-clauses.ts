import { comparable } from '../canonical.ts';
import { bodyOf, insertBeside, newlineOf, removal } from '../edit/statements.ts';
import { type Edited, edited, refused } from '../edited.ts';
import type { FunctionClause } from '../module.ts';
import { indentAt } from '../position.ts';
import { parseElement, printText } from '../print.ts';
import { addFunction, statementOf } from './functions.ts';
import { type MixText, noProject, openMix, withValue } from './place.ts';
import { clauseHead } from './read.ts';

/** Sets the body of a clause of a private function; a new clause goes before the one that takes anything. */
export function setClause(text: string, head: string, body: string): Edited {
  const mix = openMix(text);
  if (mix === null) return noProject;
  const clause = clauseOf(mix, head);
  if (clause === null) return refused(`${head} is no head of a function`);
  if (typeof clause === 'string') return addClause(mix, clause, head, body);
  const [only, ...more] = clause.body;
  if (only === undefined || more.length > 0) return refused(`${head} does more than return a value`);
  return withValue(mix.source, only, body);
}

/** Takes a clause of a private function out. */
export function removeClause(text: string, head: string): Edited {
  const mix = openMix(text);
  if (mix === null) return noProject;
  const clause = clauseOf(mix, head);
  if (clause === null || typeof clause === 'string') return { ok: true, text };
  const statement = statementOf(mix, clause);
  const { block } = mix.module.call;
  const change = statement && block ? removal(mix.source, bodyOf(block), statement) : null;
  return change ? edited(text, [change]) : refused(`${head} shares its line with something else`);
}

/** Gives the module of a `mix.exs` another name. */
export function renameModule(text: string, name: string): Edited {
  const mix = openMix(text);
  const [alias] = mix?.module.call.args ?? [];
  if (mix === null || alias === undefined) return noProject;
  if (parseElement(name)?.expr.kind !== 'alias') return refused(`${name} is no name of a module`);
  return mix.module.name === name ? { ok: true, text } : edited(text, [{ ...alias.range, text: name }]);
}

/** The clause of a head; the function's name where it has no such clause; null where the head is none. */
function clauseOf(mix: MixText, head: string): FunctionClause | string | null {
  const expr = parseElement(head)?.expr;
  if (expr?.kind !== 'call' || expr.target.kind !== 'identifier') return null;
  const { name } = expr.target;
  const wanted = comparable(expr);
  const clauses = mix.scope.functions.filter((one) => one.kind === 'defp' && one.name === name);
  return clauses.find((one) => sameHead(clauseHead(one), wanted)) ?? name;
}

function sameHead(head: string, wanted: string): boolean {
  const expr = parseElement(head)?.expr;
  return expr !== undefined && comparable(expr) === wanted;
}

function addClause(mix: MixText, name: string, head: string, body: string): Edited {
  const line = printText(`defp ${head}, do: ${body}`, { indent: 2 });
  const { block } = mix.module.call;
  const clauses = mix.scope.functions.filter((one) => one.name === name);
  const last = clauses.at(-1);
  const sibling = last && statementOf(mix, last);
  if (!last || !sibling || !block) return addFunction(mix, ['application', 'project'], line);
  const catchesAll = last.args.every((arg) => arg.kind === 'identifier' && arg.name.startsWith('_'));
  const { start } = sibling.range;
  const newline = newlineOf(mix.source.text);
  if (catchesAll)
    return edited(mix.source.text, [{ start, end: start, text: line + newline + indentAt(mix.source.text, start) }]);
  const change = insertBeside(mix.source, bodyOf(block), sibling, 'after', { text: line, call: 'defp' });
  return change ? edited(mix.source.text, [change]) : refused(`${head} has no line of its own`);
}
