import type { Expr } from '../../elixir/ast.ts';
import { callName } from '../../elixir/module.ts';
import { codeOf } from '../../templates/expressions.ts';
import type { AttributeValue, CodeNode } from '../../templates/model.ts';

/** An attribute's value as HEEx takes it, or the reason why it cannot be written so. */
export type HeexValue = { readonly text: string } | { readonly reason: string };

type Part = Extract<AttributeValue, { kind: 'text' }>['parts'][number];

/** What `{…}` becomes for a value made of text and EEx tags; `text` is the template's. */
export function bracedValue(text: string, parts: readonly Part[]): HeexValue {
  const [only, more] = parts;
  if (only?.kind === 'code' && more === undefined) return wholeValue(text, only);
  const built = stringOf(text, [...parts]);
  if ('reason' in built) return built;
  const [block] = built.blocks;
  // A block that is the whole value needs no string around it.
  return { text: block !== undefined && built.text === `#{${block}}` ? block : `"${built.text}"` };
}

/** `<%= … %>` as a whole value. */
export function wholeValue(text: string, node: CodeNode): HeexValue {
  if (node.marker !== '=' || node.role !== 'plain') return { reason: 'its EEx tag prints no value' };
  const { body, parsed } = codeOf(text, node);
  const [expr, more] = body;
  const code = text.slice(node.code.start, node.code.end).trim();
  if (!parsed || expr === undefined || more !== undefined) return { reason: 'its code is no single expression' };
  if (hasComment(code)) return { reason: 'its code has a comment' };
  if (expr.kind === 'list') return { reason: 'its value is a list, which HEEx joins in another way' };
  // HEEx leaves an attribute out that is false and prints none for true, EEx prints the word.
  return { text: isBoolean(expr) ? `to_string(${code})` : code };
}

function hasComment(code: string): boolean {
  return code.split('\n').some((line) => /(?:^|\s)#(?!\{)/.test(line.replace(/"(?:[^"\\]|\\.)*"/g, '')));
}

/** Whether an expression gives true or false by what it is. */
export function isBoolean(expr: Expr): boolean {
  switch (expr.kind) {
    case 'atom':
      return expr.name === 'true' || expr.name === 'false';
    case 'binary':
      return /^(?:[=!]==?|=~|[<>]=?|in|not in|and|or)$/.test(expr.operator);
    case 'unary':
      return expr.operator === '!' || expr.operator === 'not';
    case 'block':
      return expr.body.length === 1 && expr.body.every(isBoolean);
    case 'call':
      return /(?:\?|^is_\w+)$/.test(callName(expr) ?? '');
    default:
      return false;
  }
}

interface BuiltString {
  /** Between the quotes. */
  readonly text: string;
  /** Code of the blocks in it. */
  readonly blocks: readonly string[];
}

/** The inside of an Elixir string that says what text and EEx tags print. Takes parts up to one that ends a block. */
function stringOf(text: string, parts: Part[]): BuiltString | { readonly reason: string } {
  let result = '';
  const blocks: string[] = [];
  while (parts[0] && !(parts[0].kind === 'code' && /^(?:middle|end)$/.test(parts[0].role))) {
    const part = parts.shift();
    if (part === undefined || part.kind === 'comment') continue;
    const piece =
      part.kind === 'text' ? plainPiece(text.slice(part.range.start, part.range.end)) : codePiece(text, part, parts);
    if ('reason' in piece) return piece;
    if (part.kind === 'code' && part.role === 'start') blocks.push(piece.text.slice(2, -1));
    result += piece.text;
  }
  return { text: result, blocks };
}

function codePiece(text: string, node: CodeNode, rest: Part[]): HeexValue {
  if (node.marker !== '=') return { reason: 'its EEx tag prints no value' };
  if (node.role === 'start') return blockPiece(text, node, rest);
  const value = wholeValue(text, node);
  if ('reason' in value) return value;
  const [expr] = codeOf(text, node).body;
  const safe = expr && /(?:^|\.)(?:raw|safe_to_string|content_tag|tag)$/.test(callName(expr) ?? '');
  if (safe) return { reason: 'its code prints markup' };
  return { text: `#{${text.slice(node.code.start, node.code.end).trim()}}` };
}

/** `<%= if … do %>…<% else %>…<% end %>` as `#{if … do "…" else "…" end}`. */
function blockPiece(text: string, head: CodeNode, rest: Part[]): HeexValue {
  const pieces = [codeText(text, head)];
  if (!/^(?:if|unless|case|cond|for)\b/.test(pieces[0] ?? '')) return { reason: 'its block is no condition' };
  for (;;) {
    const inner = stringOf(text, rest);
    if ('reason' in inner) return inner;
    const next = rest.shift();
    if (next?.kind !== 'code') return { reason: 'its block does not end in the attribute' };
    const isClause = next.role === 'middle' && codeText(text, next).endsWith('->');
    const isHead = isClause && inner.text.trim() === '' && pieces.length === 1;
    if (!isHead) pieces.push(`"${inner.text}"${isClause ? ';' : ''}`);
    pieces.push(codeText(text, next));
    if (next.role === 'end') break;
  }
  return pieces.at(-1) === 'end' ? { text: `#{${pieces.join(' ')}}` } : { reason: 'its block is no condition' };
}

function codeText(text: string, { code }: CodeNode): string {
  return text.slice(code.start, code.end).trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'" };

/** Text of HTML as it stands in a string of Elixir, which HEEx escapes anew. */
function plainPiece(html: string): HeexValue {
  let unknown = false;
  const plain = html.replace(/&(#?\w+);/g, (entity, name: string) => {
    const known = entities[name];
    if (known === undefined) unknown = true;
    return known ?? entity;
  });
  if (unknown) return { reason: 'its text has an entity that HEEx would escape' };
  return { text: plain.replace(/[\\"]/g, '\\$&').replaceAll('#{', '\\#{') };
}
