import type { Expr, Source } from '../ast.ts';
import { display, sameValue } from '../canonical.ts';
import { replaceExpr } from '../edit/elements.ts';
import { addMember, atEnd, changed, type Member, removeMember } from '../edit/members.ts';
import { newStatement } from '../edit/new-statement.ts';
import { type Body, bodyIndent, bodyOf, type NewStatement } from '../edit/statements.ts';
import { type Edited, type Editors, edited, refused } from '../edited.ts';
import { mergeValues } from '../merge-values.ts';
import { functionsOf } from '../module.ts';
import { parse } from '../parse.ts';
import { formatWidth, printText } from '../print.ts';
import type { WebOperation } from './operation.ts';
import { readWeb, type Web, type WebLine, webOf } from './read.ts';

type Of<Kind> = Extract<WebOperation, { kind: Kind }>;

/** Edits of the dispatch module; twice is the same as once. Refused where the section is missing. */
export const webEditors: Editors<WebOperation> = {
  'add-web-line': inSection(addLine),
  'replace-web-line': inSection(replaceLine),
  'remove-web-line': inSection(removeLine),
  'add-web-section': inWeb((source, _, operation) =>
    addFunction(source, operation.section, operation.order, (indent) => sectionText(operation, indent)),
  ),
  'add-web-function': inWeb((source, _, operation) => {
    const present = webOf(source)?.body.find((statement) => isFunction(statement, operation.function));
    if (present) return withElements(source, present, operation.value);
    return addFunction(source, operation.function, operation.order, (indent) => functionText(operation, indent));
  }),
};

function inWeb<O>(change: (source: Source, web: Web, operation: O) => Edited) {
  return (text: string, operation: O): Edited => {
    const source = parse(text);
    const web = readWeb(source);
    return web ? change(source, web, operation) : refused('there is no module that dispatches by __using__');
  };
}

/** What a section quotes, and the line that an operation names where it is there. */
interface PlacedLine {
  readonly source: Source;
  readonly body: Body;
  readonly members: readonly Member[];
  readonly line: WebLine | undefined;
}

function inSection<O extends { readonly section: string; readonly name: string }>(
  change: (placed: PlacedLine, operation: O) => Edited,
) {
  return inWeb<O>((source, web, operation) => {
    const section = web.sections.find(({ name }) => name === operation.section);
    if (!section) return refused(`there is no function ${operation.section}`);
    const { block } = section.quote;
    if (block === null) return refused(`${section.name} quotes nothing`);
    const body = bodyOf(block);
    const members = section.lines.map(({ name, expr }): Member => ({ name, statement: expr, body }));
    const line = section.lines.find(({ name }) => name === operation.name);
    return change({ source, body, members, line }, operation);
  });
}

function addLine({ source, body, members, line }: PlacedLine, operation: Of<'add-web-line'>): Edited {
  if (line) return { ok: true, text: source.text };
  const make = () => newStatement(operation.line, bodyIndent(source, body));
  return addMember(source, members, operation, make, atEnd(source, body));
}

function replaceLine({ source, body, line }: PlacedLine, operation: Of<'replace-web-line'>): Edited {
  if (line === undefined) return refused(`${operation.name} is gone`);
  if (sameValue(line.display, operation.line)) return { ok: true, text: source.text };
  const statement = newStatement(operation.line, bodyIndent(source, body));
  if (statement === null) return refused('the new text is no call');
  return changed(source.text, { ...line.range, text: statement.text });
}

function removeLine({ source, members }: PlacedLine, operation: Of<'remove-web-line'>): Edited {
  return removeMember(
    source,
    members.find(({ name }) => name === operation.name),
  );
}

function isFunction(statement: Expr, name: string): boolean {
  return functionsOf([statement]).some((clause) => clause.name === name && clause.args.length === 0);
}

/** A function that is there and gives a list, with the elements that this list lacks. */
function withElements(source: Source, statement: Expr, value: string): Edited {
  const [list, more] = functionsOf([statement])[0]?.body ?? [];
  const merged = list && !more ? mergeValues('[]', display(list), value) : undefined;
  if (!list || merged === undefined || sameValue(merged, display(list))) return { ok: true, text: source.text };
  return edited(source.text, [replaceExpr(source, list, merged)].flat());
}

/** Adds a function of the module in order; before `__using__`, with its `@doc`, where no neighbour is present. */
function addFunction(
  source: Source,
  name: string,
  order: readonly string[],
  make: (indent: string) => NewStatement | null,
): Edited {
  const module = webOf(source);
  if (!module?.call.block) return refused('the module has no body');
  const body = bodyOf(module.call.block);
  const members = functionMembers(body);
  if (members.some((member) => member.name === name)) return { ok: true, text: source.text };
  const last = members.find((member) => member.name === '__using__');
  const known = last ? [...order.filter((one) => one !== last.name), last.name] : order;
  return addMember(source, members, { name, order: known }, make, atEnd(source, body));
}

/** The functions of a module, each by its first clause, or by the `@doc` before it. */
function functionMembers(body: Body): Member[] {
  const seen = new Set<string>();
  return body.statements.flatMap((statement, index): Member[] => {
    const [clause] = functionsOf([statement]);
    if (clause === undefined || seen.has(clause.name)) return [];
    seen.add(clause.name);
    let first = index;
    while (isAttribute(body, first - 1)) first -= 1;
    return [{ name: clause.name, statement: body.statements[first] ?? statement, body }];
  });
}

function isAttribute(body: Body, index: number): boolean {
  const statement = body.statements[index];
  if (statement?.kind !== 'unary' || statement.operator !== '@' || statement.operand.kind !== 'call') return false;
  const { target } = statement.operand;
  return target.kind === 'identifier' && ['doc', 'spec', 'impl'].includes(target.name);
}

function sectionText(operation: Of<'add-web-section'>, indent: string): NewStatement | null {
  const inner = `${indent}    `;
  const lines = operation.lines.map((line) => newStatement(line, inner));
  if (lines.some((line) => line === null)) return null;
  const quoted = lines.flatMap((line, index) => {
    const previous = lines[index - 1];
    if (!line) return [];
    const apart = previous && (previous.call !== line.call || (previous.text + line.text).includes('\n'));
    return [...(apart ? [''] : []), inner + line.text];
  });
  const define = operation.private ? 'defp' : 'def';
  const text = [
    `${define} ${operation.section} do`,
    `${indent}  quote do`,
    ...quoted,
    `${indent}  end`,
    `${indent}end`,
  ];
  return { text: text.join('\n'), call: define };
}

function functionText(operation: Of<'add-web-function'>, indent: string): NewStatement {
  const head = `def ${operation.function}, do: `;
  const value = printText(operation.value, { indent: indent.length, column: indent.length + head.length });
  const fits = !value.includes('\n') && indent.length + head.length + value.length <= formatWidth;
  if (fits) return { text: head + value, call: 'def' };
  const block = printText(operation.value, { indent: indent.length + 2 });
  return { text: `def ${operation.function} do\n${indent}  ${block}\n${indent}end`, call: 'def' };
}
