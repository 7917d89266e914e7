import type { AtomExpr, Expr, PairExpr, Parts, QuotedName, SigilExpr, StringExpr } from '../ast.ts';
import { type Document, limitless, literalLine, nest, unflat } from './document.ts';
import { type Printer, within } from './printer.ts';

/** A string, charlist or sigil: its own text stays, what is interpolated is formatted. */
export function quoted(printer: Printer, expr: StringExpr | SigilExpr): Document {
  if (expr.kind === 'sigil') {
    const close = `${closing[expr.open] ?? expr.open}${expr.modifiers}`;
    const open = `~${expr.name}${expr.open}`;
    return expr.open.length === 3
      ? heredoc(printer, open, expr.parts, close)
      : [open, plain(printer, expr.parts), close];
  }
  const quote = expr.kind === 'charlist' ? "'" : '"';
  if (expr.heredoc) return heredoc(printer, quote.repeat(3), expr.parts, quote.repeat(3));
  return [quote, plain(printer, expr.parts), quote];
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Text that goes over lines begins each at the left edge, as it does in the file. */
function plain(printer: Printer, parts: Parts): Document {
  return parts.map((part) => (typeof part === 'string' ? rawLines(part) : interpolation(printer, part)));
}

function rawLines(text: string): Document {
  if (!text.includes('\n')) return text;
  return text.split('\n').map((line, index) => (index === 0 ? line : [nest('reset', literalLine), line]));
}

function interpolation(printer: Printer, expr: Expr): Document {
  if (expr.kind === 'other' && expr.text === '') return '#{}';
  const inside = { interpolated: true, bare: false };
  return ['#{', limitless(within(printer, inside, () => printer.expr(expr, 'statement'))), '}'];
}

/** A heredoc, its lines moved with the expression. */
function heredoc(printer: Printer, open: string, parts: Parts, close: string): Document {
  const lines = (text: string): Document =>
    text.split('\n').map((line, index) => (index === 0 ? line : [literalLine, line]));
  const inside = heredocLines(parts).map((part) =>
    typeof part === 'string' ? lines(part) : interpolation(printer, part),
  );
  return unflat([open, inside, close]);
}

/**
 * The parts of a heredoc without the indentation of its lines. They come with that which the lines have in the text, and end
 * in that of the closing delimiter.
 */
export function heredocLines(parts: Parts): Parts {
  const last = parts.at(-1);
  const indentation = typeof last === 'string' ? (/[ \t]*$/.exec(last)?.[0].length ?? 0) : 0;
  const margin = new RegExp(`\\n[ \\t]{0,${indentation}}`, 'g');
  return parts.map((part) => (typeof part === 'string' ? part.replace(margin, '\n') : part));
}

/** A number: six digits and more are grouped by three unless they are grouped somehow; hexadecimal digits are capitals. */
export function numberText(written: string): string {
  if (written.startsWith('?')) return written;
  if (written.startsWith('0x')) return `0x${written.slice(2).toUpperCase()}`;
  if (/^0[ob]/.test(written)) return written;
  const [, whole = '', rest = ''] = /^([\d_]+)(.*)$/s.exec(written) ?? [];
  return (/^\d{6,}$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, '_') : whole) + rest.toLowerCase();
}

const word = /^[\p{L}_][\p{L}\p{N}_@]*[?!]?$/u;
/** Atoms of signs that need no quotes. */
const signs = new Set(
  '! & && &&& * ** + ++ +++ - -- --- -> . .. ... / < <- <<< <<>> <<~ <= <> <~ <~> = == === =~ > >= >>> @ ^ {} %{} % | |> || ||| ~> ~>> != !== \\\\'.split(
    ' ',
  ),
);

/** `:name`, in quotes where they are needed. */
export function atom(printer: Printer, { name, quoted, range }: AtomExpr): Document {
  if (quoted === null) return printer.text.slice(range.start, range.end);
  if (isSimple(name)) return reserved.has(name) ? name : `:${name}`;
  return [':"', requoted(printer, quoted), '"'];
}

/** `name:`, in quotes where they are needed. */
export function key(printer: Printer, { name, quoted }: PairExpr): Document {
  if (quoted === null || isSimple(name)) return `${name}:`;
  return ['"', requoted(printer, quoted), '":'];
}

const callable = /^[\p{Ll}_][\p{L}\p{N}_]*[?!]?$/u;
const uncallable = new Set(['.', '..', '...', '->', '{}', '%{}', '%', '<<>>']);

/** The name of a remote function, in quotes where they are needed. */
export function unquotedName(written: string): string {
  const name = written.slice(1, -1);
  return /^["']/.test(written) && (callable.test(name) || (signs.has(name) && !uncallable.has(name))) ? name : written;
}

const reserved = new Set(['nil', 'true', 'false']);

function isSimple(name: string): boolean {
  return (word.test(name) && name !== 'Elixir') || signs.has(name);
}

/** What stands in quotes, for double ones. */
function requoted(printer: Printer, { open, parts }: QuotedName): Document {
  const inDouble = (text: string) => (open === "'" ? text.replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"') : text);
  return plain(
    printer,
    parts.map((part) => (typeof part === 'string' ? inDouble(part) : part)),
  );
}
