import type { Source } from '../ast.ts';
import { display, sameValue } from '../canonical.ts';
import { addMember, atEnd, changed, type Member, moveMembers, removeMember } from '../edit/members.ts';
import { newStatement } from '../edit/new-statement.ts';
import { type Body, bodyIndent, bodyOf } from '../edit/statements.ts';
import { type Edited, type Editors, refused } from '../edited.ts';
import { parse } from '../parse.ts';
import { parseElement } from '../print.ts';
import type { RouterOperation } from './operation.ts';
import { type Pipeline, type PipelinePlug, readRouter } from './read.ts';

/**
 * Edits of a router; twice is the same as once. Refused where the pipeline is missing or the plug stands under a
 * condition.
 */
export const routerEditors: Editors<RouterOperation> = {
  'add-pipeline-plug': inPipeline(onPlug(add)),
  'replace-pipeline-plug': inPipeline(onPlug(replace)),
  'remove-pipeline-plug': inPipeline(onPlug(({ source, member }) => removeMember(source, member))),
  'move-pipeline-plugs': inPipeline(({ source }, operation) =>
    moveMembers(source.text, (now) => membersIn(now, operation.pipeline), operation.order),
  ),
};

interface PlacedPipeline {
  readonly source: Source;
  readonly pipeline: Pipeline;
  readonly body: Body;
}

function inPipeline<O extends RouterOperation>(change: (placed: PlacedPipeline, operation: O) => Edited) {
  return (text: string, operation: O): Edited => {
    const source = parse(text);
    const pipeline = readRouter(source)?.pipelines.find(({ name }) => name === operation.pipeline);
    const block = pipeline?.call.block;
    if (!pipeline || !block) return refused(`there is no pipeline :${operation.pipeline}`);
    return change({ source, pipeline, body: bodyOf(block) }, operation);
  };
}

/** A pipeline, and the plug that an operation names where it is there. */
interface PlacedPlug extends PlacedPipeline {
  readonly members: readonly Member[];
  readonly plug: PipelinePlug | undefined;
  readonly member: Member | undefined;
}

function onPlug<O extends { readonly plug: string }>(change: (placed: PlacedPlug, operation: O) => Edited) {
  return (placed: PlacedPipeline, operation: O): Edited => {
    const members = membersOf(placed.pipeline);
    const plug = placed.pipeline.plugs.find(({ subject }) => subject === operation.plug);
    const member = members.find(({ name }) => name === operation.plug);
    if (plug && !member) return refused(`${operation.plug} stands under a condition`);
    return change({ ...placed, members, plug, member }, operation);
  };
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

type Of<Kind> = Extract<RouterOperation, { kind: Kind }>;

function add({ source, body, members, plug }: PlacedPlug, operation: Of<'add-pipeline-plug'>): Edited {
  if (plug) return { ok: true, text: source.text };
  const make = () => plugStatement(operation.value, bodyIndent(source, body));
  return addMember(source, members, { name: operation.plug, order: operation.order }, make, atEnd(source, body));
}

function replace({ source, plug, member }: PlacedPlug, operation: Of<'replace-pipeline-plug'>): Edited {
  if (!plug || !member) return refused(`${operation.plug} is gone`);
  if (sameValue(plug.display, operation.value)) return { ok: true, text: source.text };
  const statement = plugStatement(operation.value, bodyIndent(source, member.body));
  if (statement === null) return refused('the new text is no plug');
  return changed(source.text, { ...plug.range, text: statement.text });
}

/** `plug :accepts, ["html"]` for `{:accepts, ["html"]}`. */
function plugStatement(value: string, indent: string) {
  const tuple = parseElement(value)?.expr;
  if (tuple?.kind !== 'tuple') return null;
  return newStatement(`plug(${tuple.items.map((item) => display(item)).join(', ')})`, indent);
}
