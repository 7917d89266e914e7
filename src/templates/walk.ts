import type { Range } from '../elixir/ast.ts';
import type { Attribute, BlockNode, CodeNode, ElementNode, Template, TemplateNode } from './model.ts';

/** All nodes of a template, outer before inner, in the order of the text. */
export function everyNode(nodes: readonly TemplateNode[]): TemplateNode[] {
  const all: TemplateNode[] = [];
  const visit = (node: TemplateNode): void => {
    all.push(node);
    childrenOf(node).forEach(visit);
  };
  nodes.forEach(visit);
  return all;
}

function childrenOf(node: TemplateNode): readonly TemplateNode[] {
  if (node.kind === 'element') return node.children;
  return node.kind === 'block' ? node.clauses.flatMap(({ children }) => children) : [];
}

/** Every element of a template, outer before inner. */
export function elementsOf({ nodes }: Template): ElementNode[] {
  return everyNode(nodes).filter((node) => node.kind === 'element');
}

/** A place of a template where Elixir stands, and the attribute that it is in, if any. */
export interface CodePlace {
  readonly node: Pick<CodeNode, 'code' | 'role' | 'marker'> | { readonly code: Range };
  readonly attribute: Attribute | null;
}

/** Every place of a template where Elixir stands, in the order of the text. */
export function codePlaces({ nodes }: Template): CodePlace[] {
  return everyNode(nodes)
    .flatMap((node): CodePlace[] => {
      switch (node.kind) {
        case 'code':
        case 'braces':
          return [{ node, attribute: null }];
        case 'block':
          return tagsOf(node).map((tag) => ({ node: tag, attribute: null }));
        case 'element':
          return node.open.attributes.flatMap(attributePlaces);
        default:
          return [];
      }
    })
    .sort((a, b) => a.node.code.start - b.node.code.start);
}

function tagsOf({ clauses, end }: BlockNode): CodeNode[] {
  return [...clauses.map(({ head }) => head), ...(end ? [end] : [])];
}

function attributePlaces(attribute: Attribute): CodePlace[] {
  const { value } = attribute;
  if (value === null) return [];
  if (value.kind === 'braces') return [{ node: { code: value.code }, attribute }];
  if (value.kind === 'code') return [{ node: value.code, attribute }];
  return value.parts.flatMap((part) => (part.kind === 'code' ? [{ node: part, attribute }] : []));
}

/** What an attribute is set to, without quotes or braces; empty where it has no value. */
export function valueText(text: string, { value }: Attribute): string {
  if (value === null) return '';
  const { start, end } = value.range;
  const isBare = value.kind === 'code' || (value.kind === 'text' && value.quote === '');
  return isBare ? text.slice(start, end) : text.slice(start + 1, end - 1);
}
