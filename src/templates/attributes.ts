import type { Attribute, AttributeValue, CodeNode, CommentNode, TextNode } from './model.ts';
import type { Scanner } from './scanner.ts';

/** The attributes of the tag whose name was just read; leaves the scanner at `>`, at `/>` or at the end. */
export function attributesOf(scanner: Scanner, heex: boolean): Attribute[] {
  const attributes: Attribute[] = [];
  while (!scanner.done && !scanner.isAt('>') && !scanner.isAt('/>')) {
    if (scanner.isAt('<%')) attributes.push(...loneCode(scanner));
    else if (scanner.isAt('{') && heex) attributes.push(loneBraces(scanner));
    else if (/[^\s/>"'=<]/.test(scanner.text[scanner.at] ?? '')) attributes.push(named(scanner, heex));
    else scanner.at += 1;
  }
  return attributes;
}

function loneCode(scanner: Scanner): Attribute[] {
  const code = scanner.eex();
  if (code.kind === 'comment') return [];
  return [{ range: code.range, name: null, value: { kind: 'code', range: code.range, code } }];
}

function loneBraces(scanner: Scanner): Attribute {
  const braces = scanner.braces();
  return { range: braces.range, name: null, value: { kind: 'braces', ...braces } };
}

function named(scanner: Scanner, heex: boolean): Attribute {
  const start = scanner.at;
  const name = scanner.word(/[^\s=/>"'<]/);
  const [equals] = /^\s*=\s*/.exec(scanner.text.slice(scanner.at, scanner.at + 200)) ?? [];
  if (equals === undefined) return { range: { start, end: scanner.at }, name, value: null };
  scanner.at += equals.length;
  const value = valueAt(scanner, heex);
  return { range: { start, end: scanner.at }, name, value };
}

function valueAt(scanner: Scanner, heex: boolean): AttributeValue | null {
  const char = scanner.text[scanner.at];
  if (char === '{' && heex) return { kind: 'braces', ...scanner.braces() };
  if (char === '"' || char === "'") return quoted(scanner, char);
  if (scanner.done || char === '>') return null;
  const start = scanner.at;
  const parts = partsUntil(scanner, () => /[\s>]/.test(scanner.text[scanner.at] ?? ''));
  const range = { start, end: scanner.at };
  const [only] = parts;
  if (only?.kind === 'code' && parts.length === 1) return { kind: 'code', range, code: only };
  return { kind: 'text', range, quote: '', parts };
}

function quoted(scanner: Scanner, quote: '"' | "'"): AttributeValue {
  const start = scanner.at;
  scanner.at += 1;
  const parts = partsUntil(scanner, () => scanner.isAt(quote));
  if (scanner.done) scanner.unfinished.push({ start, end: scanner.at });
  scanner.at = Math.min(scanner.at + 1, scanner.text.length);
  return { kind: 'text', range: { start, end: scanner.at }, quote, parts };
}

/** Text and EEx tags up to where `ends` says so. */
function partsUntil(scanner: Scanner, ends: () => boolean): (TextNode | CodeNode | CommentNode)[] {
  const parts: (TextNode | CodeNode | CommentNode)[] = [];
  while (!scanner.done && !ends()) {
    if (scanner.isAt('<%') && !scanner.isAt('<%%')) {
      parts.push(scanner.eex());
      continue;
    }
    const start = scanner.at;
    do scanner.at += 1;
    while (!scanner.done && !ends() && !scanner.isAt('<%'));
    parts.push({ kind: 'text', range: { start, end: scanner.at } });
  }
  return parts;
}
