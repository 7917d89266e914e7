import type { CallExpr, Expr } from '../elixir/ast.ts';
import { keywordPairs } from '../elixir/options.ts';
import { plainText } from '../elixir/plain-text.ts';
import { codeOf } from '../templates/expressions.ts';
import type { BlockNode, CodeNode, TemplateNode } from '../templates/model.ts';
import type { TemplateSite } from './sites.ts';

/** A call in a template whose result is all that its EEx tag prints. */
export interface TagCall {
  readonly call: CallExpr;
  /** With what a pipe gives it. */
  readonly args: readonly Expr[];
  /** The EEx tag, or the one that begins the block. */
  readonly head: CodeNode;
  readonly block: BlockNode | null;
  /** Add this to a range of the call to have it in the file. */
  readonly offset: number;
  readonly sourceOf: (expr: Expr) => string;
}

/** The call that a node of a template prints; null for any other node. */
export function tagCall(node: TemplateNode, { template, offset }: TemplateSite): TagCall | null {
  const block = node.kind === 'block' ? node : null;
  const head = block ? block.clauses[0]?.head : node.kind === 'code' ? node : undefined;
  if (head?.marker !== '=') return null;
  const { body, offset: at, parsed } = codeOf(template.text, head);
  const [expr, more] = body;
  if (!parsed || expr === undefined || more !== undefined) return null;
  const piped = expr.kind === 'binary' && expr.operator === '|>' ? [expr.left] : [];
  const call = expr.kind === 'binary' && expr.operator === '|>' ? expr.right : expr;
  if (call.kind !== 'call') return null;
  const sourceOf = ({ range }: Expr) => template.text.slice(at + range.start, at + range.end);
  return { call, args: [...piped, ...call.args], head, block, offset: offset + at, sourceOf };
}

/** What a string or other value prints as content of an element. */
export function contentText(value: Expr, source: string): string {
  const text = value.kind === 'string' && !value.heredoc ? plainText(value) : null;
  if (text === null || text.includes('\\')) return `<%= ${source} %>`;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('{', '&lbrace;');
}

/** Whether a block is one that a tag can take the place of: it has one clause, and an end. */
export function isPlainBlock({ clauses, end }: BlockNode): boolean {
  return clauses.length === 1 && end !== null;
}

/** Keyword options of a call, `do:` aside, and what `do:` gives. */
export function splitOptions(options: Expr | undefined) {
  const pairs = keywordPairs(options);
  if (pairs === null) return null;
  return { pairs: pairs.filter(({ name }) => name !== 'do'), content: pairs.find(({ name }) => name === 'do')?.value };
}
