import type { Source } from '../ast.ts';
import { display, sameValue } from '../canonical.ts';
import { addMember, atEnd, changed, type Member, moveMembers, removeMember } from '../edit/members.ts';
import { newStatement } from '../edit/new-statement.ts';
import { type Body, bodyIndent, bodyOf } from '../edit/statements.ts';
import { type Edited, refused } from '../edited.ts';
import { parse } from '../parse.ts';
import { parseElement } from '../print.ts';
import type { RouterOperation } from './operation.ts';
import { type Pipeline, type PipelinePlug, readRouter } from './router.ts';

/**
 * Carries out an edit of a router; twice is the same as once. Refused where the pipeline is missing or the
 * plug stands under a condition.
 */
export function performRouter(text: string, operation: RouterOperation): Edited {
  const source = parse(text);
  const pipeline = readRouter(source)?.pipelines.find(({ name }) => name === operation.pipeline);
  if (pipeline?.call.block == null) return refused(`there is no pipeline :${operation.pipeline}`);
  if (operation.kind === 'move-pipeline-plugs') {
    return moveMembers(text, (now) => membersIn(now, operation.pipeline), operation.order);
  }
  const members = membersOf(pipeline);
  const plug = pipeline.plugs.find(({ subject }) => subject === operation.plug);
  const member = members.find(({ name }) => name === operation.plug);
  if (plug && !member) return refused(`${operation.plug} stands under a condition`);
  switch (operation.kind) {
    case 'add-pipeline-plug':
      return plug ? { ok: true, text } : add(source, bodyOf(pipeline.call.block), members, operation);
    case 'replace-pipeline-plug':
      return plug && member ? replace(source, plug, member, operation.value) : refused(`${operation.plug} is gone`);
    case 'remove-pipeline-plug':
      return removeMember(source, member);
  }
}

function membersIn(source: Source, name: string): Member[] {
  const pipeline = readRouter(source)?.pipelines.find((one) => one.name === name);
  return pipeline ? membersOf(pipeline) : [];
}

/** The plugs that stand in the pipeline under no condition of their own. */
function membersOf(pipeline: Pipeline): Member[] {
  const { block } = pipeline.call;
  const body = block && bodyOf(block);
  if (!body) return [];
  return pipeline.plugs.flatMap(({ subject, expr }) =>
    body.statements.includes(expr) ? [{ name: subject, statement: expr, body }] : [],
  );
}

type Addition = Extract<RouterOperation, { kind: 'add-pipeline-plug' }>;

function add(source: Source, body: Body, members: readonly Member[], { plug, value, order }: Addition): Edited {
  const make = () => plugStatement(value, bodyIndent(source, body));
  return addMember(source, members, { name: plug, order }, make, atEnd(source, body));
}

function replace(source: Source, plug: PipelinePlug, member: Member, value: string): Edited {
  if (sameValue(plug.display, value)) return { ok: true, text: source.text };
  const statement = plugStatement(value, bodyIndent(source, member.body));
  if (statement === null) return refused('the new text is no plug');
  return changed(source.text, { ...plug.range, text: statement.text });
}

/** `plug :accepts, ["html"]` for `{:accepts, ["html"]}`. */
function plugStatement(value: string, indent: string) {
  const tuple = parseElement(value)?.expr;
  if (tuple?.kind !== 'tuple') return null;
  return newStatement(`plug(${tuple.items.map((item) => display(item)).join(', ')})`, indent);
}
