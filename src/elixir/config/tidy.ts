import type { CallExpr, Expr } from '../ast.ts';
import { extentOf, newlineOf } from '../edit/statements.ts';
import { type Edited, edited, type TextChange } from '../edited.ts';
import { lineStart } from '../position.ts';
import { formatWidth } from '../print.ts';
import { type ConfigText, configText, type PlacedBody } from './place.ts';

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
  const grew = !isLong(before, old) && isLong(doc, now.statement);
  return grew ? edited(result.text, blankLines(doc, now)) : result;
}

interface PlacedStatement {
  readonly body: PlacedBody;
  readonly statement: Expr;
}

function statementFrom(doc: ConfigText, start: number): PlacedStatement | null {
  for (const body of doc.bodies) {
    const statement = body.statements.find((one) => one.range.start === start);
    if (statement) return { body, statement };
  }
  return null;
}

function isLong({ source }: ConfigText, { range }: Expr): boolean {
  return source.text.slice(range.start, range.end).includes('\n');
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

function blankLines({ source }: ConfigText, { body, statement }: PlacedStatement): TextChange[] {
  const { text } = source;
  const index = body.statements.indexOf(statement);
  const changes: TextChange[] = [];
  for (const [first, second] of [
    [body.statements[index - 1], statement],
    [statement, body.statements[index + 1]],
  ]) {
    const [above, below] = [first && extentOf(source, first), second && extentOf(source, second)];
    if (!above || !below || text.slice(above.end, below.start).trim() !== '') continue;
    const breaks = text.slice(above.end, below.start).split('\n').length - 1;
    if (breaks < 2) changes.push({ start: below.start, end: below.start, text: newlineOf(text) });
  }
  return changes;
}
