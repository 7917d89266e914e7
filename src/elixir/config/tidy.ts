import type { CallExpr, Expr } from '../ast.ts';
import { blankLinesAround, isLong, type PlacedStatement } from '../edit/blank-lines.ts';
import { type Edited, edited, type TextChange } from '../edited.ts';
import { lineStart } from '../position.ts';
import { formatWidth } from '../print.ts';
import { type ConfigText, configText } from './place.ts';

/**
 * What `mix format` changes around a statement that an edit made longer or shorter: a single option goes to the line of
 * its call when it fits there, and a statement of several lines stands between blank lines. What the user had written
 * otherwise before stays. `start` is where the statement begins, before the edit and after it.
 */
export function tidied(before: ConfigText, result: Edited, start: number): Edited {
  if (!result.ok || result.text === before.source.text) return result;
  const old = statementFrom(before, start)?.statement;
  const doc = configText(result.text, null);
  const now = statementFrom(doc, start);
  if (!old || !now) return result;
  const joined = joinedOption(doc, now.statement);
  if (joined && !joinedOption(before, old)) return edited(result.text, [joined]);
  const grew = !isLong(before.source, old) && isLong(doc.source, now.statement);
  return grew ? edited(result.text, blankLinesAround(doc.source, now)) : result;
}

function statementFrom(doc: ConfigText, start: number): PlacedStatement | null {
  for (const body of doc.bodies) {
    const statement = body.statements.find((one) => one.range.start === start);
    if (statement) return { statement, siblings: body.statements };
  }
  return null;
}

/** Brings the only option of a call to the line of the call; null where it is there, or does not fit. */
function joinedOption({ source }: ConfigText, statement: Expr): TextChange | null {
  if (statement.kind !== 'call' || statement.parens || statement.block) return null;
  const { text } = source;
  const [previous, option] = lastTwo(statement);
  if (!previous || !option) return null;
  const between = text.slice(previous.range.end, option.range.start);
  const printed = text.slice(option.range.start, option.range.end);
  if (!between.includes('\n') || between.trim() !== ',' || printed.includes('\n')) return null;
  const column = previous.range.end - lineStart(text, previous.range.end);
  if (column + ', '.length + printed.length > formatWidth) return null;
  return { start: previous.range.end, end: option.range.start, text: ', ' };
}

function lastTwo({ args }: CallExpr): [Expr | undefined, Expr | undefined] {
  const last = args.at(-1);
  const [pair, another] = last?.kind === 'keywords' ? last.pairs : [];
  return another ? [undefined, undefined] : [args.at(-2), pair];
}
