import type { Expr, SigilExpr, StringExpr } from '../ast.ts';
import { UnreadableText, unescaped, unescapedDelimiter } from './escapes.ts';
import { dedented } from './literal.ts';
import type { Quoter } from './quoter.ts';
import { Atom, callOf, moduleAtom, noArguments, type Quoted, remoteCall, triple } from './term.ts';

/** `"…"` and `'…'`, heredocs too. */
export function quotedString(expr: StringExpr, quoter: Quoter): Quoted {
  const parts = dedented<Expr>(expr, quoter.sourceOf(expr));
  if (expr.kind === 'string') return binaryOf(parts, unescaped, quoter);
  const binary = binaryOf(parts, unescaped, quoter);
  if (typeof binary === 'string') return charlist(binary);
  return remoteCall(moduleAtom('List'), 'to_charlist', [partsOf(parts, unescaped, quoter)]);
}

/** The code points of a text. */
export function charlist(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0);
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** `~r/…/i` is a call of `sigil_r` with its content and its modifiers; escapes are the sigil's own affair. */
export function quotedSigil(expr: SigilExpr, quoter: Quoter): Quoted {
  const meta = quoter.meta(expr);
  const heredoc = expr.open.length === 3;
  const close = closing[expr.open] ?? expr.open;
  const parts = dedented<Expr>({ parts: expr.parts, heredoc }, quoter.sourceOf(expr));
  const content = partsOf(parts, (text) => unescapedDelimiter(text, close), quoter).map(asSegment);
  return callOf(
    `sigil_${expr.name}`,
    [callOf('<<>>', content.length > 0 ? content : [''], meta), charlist(expr.modifiers)],
    meta,
  );
}

/** An atom, whose quoted spelling may have escapes and interpolation. */
export function quotedAtom(name: string, isQuoted: boolean, quoter: Quoter): Quoted {
  if (!isQuoted || !/[\\#]/.test(name)) return Atom.of(name);
  const text = `"${name}"`;
  const { expr, quoter: own } = quoter.reread(text);
  if (expr.kind !== 'string') throw new UnreadableText(text);
  const binary = binaryOf(expr.parts, unescaped, own);
  if (typeof binary === 'string') return Atom.of(binary);
  return remoteCall(Atom.of('erlang'), 'binary_to_atom', [binary, Atom.of('utf8')]);
}

function binaryOf(parts: readonly (string | Expr)[], read: (text: string) => string, quoter: Quoter): Quoted {
  if (parts.every((part) => typeof part === 'string')) return read(parts.join(''));
  return callOf('<<>>', partsOf(parts, read, quoter).map(asSegment));
}

function asSegment(part: Quoted): Quoted {
  return typeof part === 'string' ? part : callOf('::', [part, triple(Atom.of('binary'), [], noArguments)]);
}

function partsOf(parts: readonly (string | Expr)[], read: (text: string) => string, quoter: Quoter): Quoted[] {
  return parts
    .map((part) => (typeof part === 'string' ? read(part) : interpolated(part, quoter)))
    .filter((part) => part !== '');
}

function interpolated(expr: Expr, quoter: Quoter): Quoted {
  return remoteCall(moduleAtom('Kernel'), 'to_string', [quoter.quote(expr)], quoter.meta(expr));
}
