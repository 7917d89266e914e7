import type { Expr, Range, Source } from '../ast.ts';
import { withNewlines } from '../edit/members.ts';
import { extentOf, insertBeside } from '../edit/statements.ts';
import { type Edited, edited, refused, type TextChange } from '../edited.ts';
import { findUse } from '../module.ts';
import { indentAt, lineStart } from '../position.ts';
import { bodiesUnder } from './members.ts';
import type { Endpoint } from './read.ts';

/**
 * Moves the options of `Plug.Session`, with the comments above the plug, into `@session_options` behind the
 * `use` line. Nothing changes where the plug already takes an attribute.
 */
export function introduceSessionOptions(source: Source, endpoint: Endpoint): Edited {
  const { text } = source;
  const plug = endpoint.entries.find((entry) => entry.kind === 'plug' && entry.subject === 'Plug.Session');
  if (plug === undefined) return refused('there is no Plug.Session');
  if (plug.positional.length > 0) return { ok: true, text };
  if (endpoint.attributes.some(({ name }) => name === 'session_options')) return refused('@session_options is taken');
  const [body] = bodiesUnder(source, null);
  const use = body && findUse(body.statements, 'Phoenix.Endpoint');
  const extent = extentOf(source, plug.call);
  const options = plug.call.args.at(-1);
  if (!body || !use || !extent || !options || plug.options.length === 0) return refused('its options are no literals');
  const line = lineStart(text, plug.range.start);
  const comments = text.slice(extent.start, line).trimStart();
  const statement = {
    text: `${indented(comments, line, source)}@session_options ${listText(text, plug.range, options)}`,
    call: '@',
  };
  const attribute = insertBeside(source, body, use, 'after', statement);
  if (attribute === null) return refused('the `use` line shares its line with something else');
  const changes: TextChange[] = [
    attribute,
    { start: extent.start, end: line, text: '' },
    { start: options.range.start, end: argumentsEnd(text, options.range.end), text: '@session_options' },
  ];
  return edited(
    text,
    onOneLine(source, plug.call.args[0], options, changes).map((change) => withNewlines(text, change)),
  );
}

/** Behind the line break before the parenthesis that closes `plug(…)`: one short line needs none. */
function argumentsEnd(text: string, end: number): number {
  const blank = /^\s*(?=\))/.exec(text.slice(end));
  return end + (blank?.[0].length ?? 0);
}

/** Comments end with the indentation of the line that follows them. */
function indented(comments: string, line: number, { text }: Source): string {
  return comments === '' ? '' : comments + (/^[ \t]*/.exec(text.slice(line))?.[0] ?? '');
}

/** The options as the list they are; over several lines they keep their lines. */
function listText(text: string, plug: Range, options: Expr): string {
  const { start, end } = options.range;
  const inner = text.slice(start, end);
  if (options.kind === 'list') return inner;
  const line = text.slice(lineStart(text, start), start);
  const closing = indentAt(text, plug.start);
  const indent = line.trim() === '' ? line : `${closing}  `;
  return inner.includes('\n') ? `[\n${indent}${inner}\n${closing}]` : `[${inner}]`;
}

/** `plug Plug.Session, @session_options` needs no second line. */
function onOneLine(source: Source, module: Expr | undefined, options: Expr, changes: TextChange[]): TextChange[] {
  if (module === undefined) return changes;
  const between = source.text.slice(module.range.end, options.range.start);
  if (between.trim() !== ',' || !between.includes('\n')) return changes;
  return changes.map((change) =>
    change.start === options.range.start ? { ...change, start: module.range.end, text: `, ${change.text}` } : change,
  );
}
