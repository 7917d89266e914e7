import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { callName } from '../../elixir/module.ts';
import { codeOf } from '../../templates/expressions.ts';
import type { CodeNode, Template, TemplateNode } from '../../templates/model.ts';
import { everyNode } from '../../templates/walk.ts';
import { formAttributes } from '../forms.ts';
import type { TemplatePlace } from './attributes.ts';

/** `<%= f = form_for @changeset, "#", class: "x" %>` with the `</form>` behind it, which HEEx wants as one element. */
export function formPlaces(template: Template): TemplatePlace[] {
  const lists = [template.nodes, ...everyNode(template.nodes).flatMap(listsOf)];
  return lists.flatMap((nodes) => placesIn(nodes, template.text));
}

function listsOf(node: TemplateNode): (readonly TemplateNode[])[] {
  if (node.kind === 'element') return [node.children];
  return node.kind === 'block' ? node.clauses.map(({ children }) => children) : [];
}

/** Each form is closed by the next `</form>` beside it. */
function placesIn(nodes: readonly TemplateNode[], text: string): TemplatePlace[] {
  return nodes.flatMap((node, index): TemplatePlace[] => {
    const form = node.kind === 'code' ? formIn(node, text) : null;
    const end = nodes.slice(index + 1).find((one) => one.kind === 'stray');
    const isClosed = end !== undefined && /^<\/form\s*>$/.test(text.slice(end.range.start, end.range.end));
    if (node.kind !== 'code' || !form || !isClosed) return [];
    const open = openTag(form.name, form.call, (expr) =>
      text.slice(form.offset + expr.range.start, form.offset + expr.range.end),
    );
    if (open === null) return [];
    const close = { ...end.range, text: '</.form>' };
    return [{ at: node.range.start, changes: [{ ...node.range, text: open }, close] }];
  });
}

function formIn(
  node: CodeNode,
  text: string,
): { readonly name: string | null; readonly call: CallExpr; readonly offset: number } | null {
  if (node.marker !== '=' || node.role !== 'plain') return null;
  const { body, offset } = codeOf(text, node);
  const [expr] = body;
  const isMatch = expr?.kind === 'binary' && expr.operator === '=' && expr.left.kind === 'identifier';
  const name = isMatch && expr.left.kind === 'identifier' ? expr.left.name : null;
  const call = isMatch ? expr.right : expr;
  return call?.kind === 'call' && callName(call) === 'form_for' ? { name, call, offset } : null;
}

function openTag(name: string | null, { args }: CallExpr, sourceOf: (expr: Expr) => string): string | null {
  const [data, action, options, more] = args;
  if (data === undefined || action === undefined || more !== undefined) return null;
  const attributes = formAttributes(data, action, options, sourceOf);
  if ('reason' in attributes) return null;
  return `<.form ${[...(name === null ? [] : [`:let={${name}}`]), ...attributes].join(' ')}>`;
}
