import type { TextChange } from '../../elixir/edited.ts';
import type { CloseTag, CodeNode, ElementNode, Imbalance, Template, TemplateNode } from '../../templates/model.ts';
import { readTemplate } from '../../templates/tree.ts';
import { elementsOf } from '../../templates/walk.ts';
import { changesOf } from '../place.ts';
import { heexAttributes, type TemplatePlace } from './attributes.ts';
import { formPlaces } from './forms.ts';

/** Elements without content that HEEx wants to be closed. */
const closedInHeex = /^(?:embed|track|wbr)$/;

/**
 * What has to change in a template of EEx for HEEx to print the same. HEEx refuses it while a place is left. `template` was read
 * as EEx; `components` says whether there are any for it.
 */
export function heexConversion(template: Template, components: boolean): TemplatePlace[] {
  const forms = components ? formPlaces(template) : [];
  const closed = new Set(changesOf(forms).map(({ start }) => start));
  const unbalanced = template.imbalances
    .filter(({ range }) => !closed.has(range.start))
    .map((one): TemplatePlace => ({ at: one.range.start, reason: imbalance(one) }));
  if (unbalanced.length > 0) return unbalanced;
  const around = { text: template.text, inSvg: false, binding: bindingOf(template) };
  return [...forms, ...template.nodes.flatMap((node) => placesOf(node, around))];
}

/** What `:class` stands for: Alpine and Vue show by their other attributes. */
function bindingOf(template: Template): Around['binding'] {
  const names = elementsOf(template).flatMap(({ open }) => open.attributes.flatMap(({ name }) => name ?? []));
  if (names.some((name) => /^x-(?:data|show|bind|on|text|html|model|if|for|cloak|ref|init|transition)\b/.test(name)))
    return 'x-bind';
  return names.some((name) => /^v-(?:if|for|bind|on|model|show|text|html)\b/.test(name)) ? 'v-bind' : null;
}

/** Whether the text that the changes give is a template of HEEx that balances. */
export function isHeex(text: string): boolean {
  return readTemplate(text, { heex: true, bodyBraces: true }).imbalances.length === 0;
}

interface Around {
  readonly text: string;
  readonly inSvg: boolean;
  readonly binding: 'x-bind' | 'v-bind' | null;
}

function placesOf(node: TemplateNode, around: Around): TemplatePlace[] {
  switch (node.kind) {
    case 'text':
      return textPlaces(around.text.slice(node.range.start, node.range.end), node.range.start);
    case 'element':
      return elementPlaces(node, around);
    case 'block':
      return [
        ...node.clauses.flatMap(({ head, children }) => [
          ...trimmed(head, around),
          ...children.flatMap((one) => placesOf(one, around)),
        ]),
        ...(node.end ? trimmed(node.end, around) : []),
      ];
    case 'code':
      return trimmed(node, around);
    default:
      return [];
  }
}

/** `{` in text is code to HEEx, and `<` always begins a tag. `<%%` would become an EEx tag of another template. */
function textPlaces(text: string, start: number): TemplatePlace[] {
  return [...text.matchAll(/\{|<!doctype\b|<!|<\?|<%%|<\/|</gi)].flatMap(({ index, 0: found }): TemplatePlace[] => {
    const at = start + index;
    const replaced = (by: string) => [{ at, changes: [{ start: at, end: at + found.length, text: by }] }];
    if (found === '{') return replaced('&lbrace;');
    if (found === '<') return replaced('&lt;');
    if (!/^<!doctype$/i.test(found)) return [{ at, reason: `HEEx takes ${found} for the beginning of a tag` }];
    return /^<!(?:doctype|DOCTYPE)$/.test(found) ? [] : replaced('<!DOCTYPE');
  });
}

/** `<%- … -%>` */
function trimmed({ range, code }: CodeNode, { text }: Around): TemplatePlace[] {
  const source = text.slice(code.start, code.end);
  return /^-\s|^==|\s-$/.test(source) ? [{ at: range.start, reason: 'HEEx has no EEx tags with a dash' }] : [];
}

function elementPlaces(element: ElementNode, around: Around): TemplatePlace[] {
  const { open, close, children } = element;
  const refusal = refusedTag(element, around);
  if (refusal !== null) return [{ at: open.range.start, reason: refusal }];
  const isRaw = /^(?:script|style)$/i.test(open.name);
  const inside = isRaw ? children.filter(({ kind }) => kind !== 'text') : children;
  const inSvg = around.inSvg || open.name === 'svg' || open.name === 'math';
  const ending: TextChange[] =
    close === null && !open.selfClosing && closedInHeex.test(open.name)
      ? [{ start: open.range.end - 1, end: open.range.end, text: ' />' }]
      : [];
  return [
    ...heexAttributes(around.text, open),
    ...unquotedValues(element, around),
    ...boundAttributes(element, around),
    ...[...ending, ...closing(close)].map((change) => ({ at: change.start, changes: [change] })),
    ...inside.flatMap((node) => placesOf(node, { ...around, inSvg })),
  ];
}

/** `</div >` */
function closing(close: CloseTag | null): TextChange[] {
  if (close === null || close.range.end === close.nameRange.end + 1) return [];
  return [{ ...close.range, text: `</${close.name}>` }];
}

/** Why HEEx takes a tag for something else; null where it does not. */
function refusedTag({ open, close }: ElementNode, { inSvg, binding }: Around): string | null {
  const { name, selfClosing, attributes } = open;
  if (!/^[a-z]/.test(name)) return `HEEx takes <${name}> for a component`;
  if (close !== null && close.name !== name) return `</${close.name}> closes <${name}>, which is another name to HEEx`;
  const own = attributes.find((one) => one.name?.startsWith(':'));
  if (own && binding === null) return `HEEx takes ${own.name} of <${name}> for one of its own attributes`;
  const isClosed =
    !selfClosing ||
    inSvg ||
    name === 'svg' ||
    /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/.test(name);
  return isClosed ? null : `<${name} /> stays open in a browser, HEEx closes it`;
}

/** `:class="…"` of Alpine or Vue under its long name */
function boundAttributes({ open }: ElementNode, { binding }: Around): TemplatePlace[] {
  const short = binding === null ? [] : open.attributes.filter(({ name }) => name?.startsWith(':'));
  return short.map(({ range: { start } }) => ({ at: start, changes: [{ start, end: start, text: binding ?? '' }] }));
}

/** `width=100` */
function unquotedValues({ open }: ElementNode, { text }: Around): TemplatePlace[] {
  return open.attributes.flatMap(({ value }): TemplatePlace[] => {
    if (value?.kind !== 'text' || value.quote !== '' || value.parts.some(({ kind }) => kind !== 'text')) return [];
    const source = text.slice(value.range.start, value.range.end);
    return [{ at: value.range.start, changes: [{ ...value.range, text: `"${source}"` }] }];
  });
}

function imbalance({ kind, name }: Imbalance): string {
  switch (kind) {
    case 'unclosed-tag':
      return `<${name}> is not closed where HEEx wants it`;
    case 'stray-close':
      return `</${name}> closes nothing`;
    case 'unclosed-block':
      return `the block of ${name} does not end where it began`;
    case 'stray-code':
      return `${name} belongs to no block`;
    case 'unfinished':
      return `the template ends inside of ${name}`;
    default:
      return kind satisfies never;
  }
}
