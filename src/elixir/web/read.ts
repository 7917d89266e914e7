import type { CallExpr, Expr, Range, Source } from '../ast.ts';
import { display } from '../canonical.ts';
import { findExpr } from '../children.ts';
import { callName, type FunctionClause, functionsOf, type ModuleDefinition, modulesOf } from '../module.ts';
import { lineAt } from '../position.ts';

/** One statement inside `quote do`. */
export interface WebLine {
  /** `use`, `import`, `alias`, `require`, `unquote`, or the name of any other call; null for what is no call. */
  readonly kind: string | null;
  /** Tells lines of a section apart: `use Phoenix.Controller`, `unquote html_helpers()`, `import Plug.Conn#2`. */
  readonly name: string;
  readonly display: string;
  readonly expr: Expr;
  readonly range: Range;
  readonly line: number;
}

/** A function whose body quotes what `use ShopWeb, :controller` brings in. */
export interface WebSection {
  readonly name: string;
  readonly private: boolean;
  readonly lines: readonly WebLine[];
  /** The `quote do … end` call. */
  readonly quote: CallExpr;
  /** Range of the whole function. */
  readonly range: Range;
  readonly line: number;
}

/** A function that quotes nothing, `static_paths`. */
export interface WebFunction {
  readonly name: string;
  readonly arity: number;
  readonly private: boolean;
  /** Body as `display` writes it, statements separated by `;`. */
  readonly display: string;
  readonly body: readonly Expr[];
  readonly range: Range;
  readonly line: number;
}

/** The module that `use ShopWeb, :controller` dispatches through. */
export interface Web {
  readonly module: string;
  readonly sections: readonly WebSection[];
  readonly functions: readonly WebFunction[];
}

/** The dispatch module that a file defines; null for any other file. */
export function webModule(source: Source): string | null {
  return webOf(source)?.name ?? null;
}

export function webOf(source: Source): ModuleDefinition | undefined {
  return modulesOf(source).find(({ body }) =>
    functionsOf(body).some(
      (clause) =>
        clause.kind === 'defmacro' &&
        clause.name === '__using__' &&
        findExpr(clause.body, (expr) => callName(expr) === 'apply') !== undefined,
    ),
  );
}

/** Reads the dispatch module; null where a file defines none. */
export function readWeb(source: Source): Web | null {
  const module = webOf(source);
  if (module === undefined) return null;
  const clauses = functionsOf(module.body).filter(({ kind }) => kind === 'def' || kind === 'defp');
  return {
    module: module.name,
    sections: clauses.flatMap((clause) => sectionOf(source, clause)),
    functions: clauses.filter((clause) => quoteOf(clause) === undefined).map((clause) => functionOf(source, clause)),
  };
}

function quoteOf(clause: FunctionClause): CallExpr | undefined {
  const last = clause.body.at(-1);
  return last?.kind === 'call' && callName(last) === 'quote' && last.block ? last : undefined;
}

function sectionOf(source: Source, clause: FunctionClause): WebSection[] {
  const quote = quoteOf(clause);
  if (quote === undefined) return [];
  const seen = new Map<string, number>();
  const lines = (quote.block?.body ?? []).map((expr) => lineOf(source, expr, seen));
  return [{ name: clause.name, private: clause.kind === 'defp', lines, quote, ...placeOf(source, clause) }];
}

function lineOf(source: Source, expr: Expr, seen: Map<string, number>): WebLine {
  const kind = callName(expr) ?? null;
  const base = lineName(expr);
  const count = (seen.get(base) ?? 0) + 1;
  seen.set(base, count);
  const name = count === 1 ? base : `${base}#${count}`;
  return { kind, name, display: display(expr), expr, ...placeOf(source, expr) };
}

/** What a quoted line is about, options aside: `use Phoenix.View`. */
export function lineName(expr: Expr): string {
  const [first] = expr.kind === 'call' ? expr.args : [];
  return first === undefined ? display(expr) : `${callName(expr)} ${display(first)}`;
}

function functionOf(source: Source, clause: FunctionClause): WebFunction {
  const { name, args, body } = clause;
  const shown = body.map((expr) => display(expr)).join('; ');
  const hidden = clause.kind === 'defp';
  return { name, arity: args.length, private: hidden, display: shown, body, ...placeOf(source, clause) };
}

function placeOf(source: Source, at: { range: Range }): { range: Range; line: number } {
  return { range: at.range, line: lineAt(source.text, at.range.start) };
}
