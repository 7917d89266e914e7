import { codeOf } from '../../templates/expressions.ts';
import type { Attribute, CodeNode, OpenTag } from '../../templates/model.ts';
import type { Place } from '../place.ts';
import { bracedValue, type HeexValue, isBoolean, wholeValue } from './values.ts';

/** A place of a template, in the template's own offsets. */
export type TemplatePlace = Place;

/** The attributes of a tag that HEEx wants to be written in another way: `name="<%= … %>"` as `name={…}`. */
export function heexAttributes(text: string, { name, attributes }: OpenTag): TemplatePlace[] {
  const places: TemplatePlace[] = [];
  for (let index = 0; index < attributes.length; index += 1) {
    const attribute = attributes[index];
    if (attribute === undefined) continue;
    const block = conditional(text, attributes.slice(index, index + 3));
    if (block) {
      places.push(block);
      index += 2;
    } else places.push(...placeOf(text, attribute, name));
  }
  return places;
}

function placeOf(text: string, attribute: Attribute, tag: string): TemplatePlace[] {
  const { range, name, value } = attribute;
  const at = range.start;
  if (value === null || value.kind === 'braces') return [];
  if (name === null) return value.kind === 'code' ? [loneCode(text, value.code, tag)] : [];
  const isPlain = value.kind === 'text' && value.parts.every(({ kind }) => kind === 'text');
  if (isPlain) return [];
  const braced = value.kind === 'code' ? wholeValue(text, value.code) : bracedValue(text, value.parts);
  if ('reason' in braced) return [left(at, `${name} of <${tag}>: ${braced.reason}`)];
  return [{ at, changes: [{ ...value.range, text: `{${braced.text}}` }] }];
}

/** `<option <%= if @chosen, do: "selected" %>>` */
function loneCode(text: string, node: CodeNode, tag: string): TemplatePlace {
  const at = node.range.start;
  const [expr] = node.role === 'plain' ? codeOf(text, node).body : [];
  const reason = `<${tag}> has an EEx tag among its attributes: write name={…}, or {…} for several`;
  if (expr?.kind !== 'call' || expr.target.kind !== 'identifier' || expr.target.name !== 'if') return left(at, reason);
  const [condition, options, more] = expr.args;
  const [pair, other] = options?.kind === 'keywords' ? options.pairs : [];
  const word = pair?.name === 'do' && pair.value.kind === 'string' ? pair.value.parts : [];
  const [name] = word;
  const isName = word.length === 1 && typeof name === 'string' && booleans.has(name);
  if (condition === undefined || more || other || !isName) return left(at, reason);
  const offset = codeOf(text, node).offset;
  const source = text.slice(offset + condition.range.start, offset + condition.range.end);
  return {
    at,
    changes: [{ ...node.range, text: `${name}={${isBoolean(condition) ? source : `if ${source}, do: true`}}` }],
  };
}

const booleans: ReadonlySet<string> = new Set([
  ...[
    'checked',
    'selected',
    'disabled',
    'hidden',
    'readonly',
    'required',
    'multiple',
    'autofocus',
    'open',
    'novalidate',
  ],
  ...['controls', 'autoplay', 'loop', 'muted', 'defer', 'async'],
]);

/** `<div <%= if @x do %>class="a"<% end %>>` */
function conditional(text: string, [head, inner, end]: readonly Attribute[]): TemplatePlace | null {
  const [start, stop] = [loneNode(head), loneNode(end)];
  if (!start || !stop || !inner?.name || start.role !== 'start' || stop.role !== 'end' || start.marker !== '=')
    return null;
  const code = text.slice(start.code.start, start.code.end).trim();
  const isCondition = /^(?:if|unless)\b/.test(code) && text.slice(stop.code.start, stop.code.end).trim() === 'end';
  const value = isCondition ? innerValue(text, inner) : { reason: '' };
  if ('reason' in value) return null;
  const range = { start: start.range.start, end: stop.range.end };
  return { at: range.start, changes: [{ ...range, text: `${inner.name}={${code} ${value.text} end}` }] };
}

function loneNode(attribute: Attribute | undefined): CodeNode | undefined {
  return attribute?.name === null && attribute.value?.kind === 'code' ? attribute.value.code : undefined;
}

function innerValue(text: string, { value }: Attribute): HeexValue {
  if (value === null) return { text: 'true' };
  return value.kind === 'text' ? bracedValue(text, value.parts) : { reason: 'it is no text' };
}

function left(at: number, reason: string): TemplatePlace {
  return { at, reason };
}
