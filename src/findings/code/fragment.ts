import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { type Aliases, aliasesOf, functionsOf, type ModuleDefinition, modulesOf } from '../../elixir/module.ts';
import { parse } from '../../elixir/parse.ts';
import type { SourceFiles } from '../../project/source-files.ts';
import { type CodeFile, isElixir, isTemplate } from './code-file.ts';
import { readTemplate, type Template } from './template.ts';

/** Expressions that are looked at together, and what the names in them mean. */
export interface Fragment {
  readonly path: string;
  /** Text of the file; ranges of expressions count from `offset` in it. */
  readonly text: string;
  readonly offset: number;
  readonly body: readonly Expr[];
  /** Every expression of `body`, outer before inner. */
  readonly exprs: readonly Expr[];
  readonly module: ModuleDefinition | null;
  readonly aliases: Aliases;
  /** Names of the functions that the module defines itself. */
  readonly own: ReadonlySet<string>;
}

/** A template with its place: a file of its own, or a sigil in a module. */
export interface PlacedTemplate {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
  readonly template: Template;
}

/** A place in a file; lines count from 1. */
export interface Hit {
  readonly path: string;
  readonly line: number;
}

/** What one file is taken apart into. */
export interface CodePieces {
  readonly fragments: readonly Fragment[];
  readonly templates: readonly PlacedTemplate[];
  /** The first syntax error of an Elixir file; null where it has none. */
  readonly broken: Hit | null;
}

/**
 * The pieces of a file: its modules, its templates, and the code inside these as far as `wanted` says so of its text.
 * A template may hold hundreds of snippets, each to be parsed.
 */
export function piecesOf(file: CodeFile, sources: SourceFiles, wanted: (code: string) => boolean): CodePieces {
  const { path, text } = file;
  if (isTemplate(path)) {
    const placed = { path, text, offset: 0, template: readTemplate(text, path.endsWith('.heex')) };
    return { fragments: templateFragments(placed, wanted, outside), templates: [placed], broken: null };
  }
  if (!isElixir(path)) return { fragments: [], templates: [], broken: null };
  const source = sources.get(path) ?? parse(text);
  const [problem] = source.problems;
  const modules = modulesOf(source);
  const pieces = modules.map((module) => modulePieces(file, module, wanted));
  const top = source.body.filter((expr) => !modules.some(({ call }) => call === expr));
  const script = {
    path,
    text,
    offset: 0,
    body: top,
    exprs: everyExpr(top),
    ...outside,
  };
  return {
    fragments: [script, ...pieces.flatMap(({ fragments }) => fragments)],
    templates: pieces.flatMap(({ templates }) => templates),
    broken: problem ? { path, line: problem.line } : null,
  };
}

type Inside = Pick<Fragment, 'module' | 'aliases' | 'own'>;

/** What holds outside of all modules. */
const outside: Inside = { module: null, aliases: new Map(), own: new Set() };

function modulePieces(
  { path, text }: CodeFile,
  module: ModuleDefinition,
  wanted: (code: string) => boolean,
): Omit<CodePieces, 'broken'> {
  const own = new Set(functionsOf(module.body).map(({ name }) => name));
  const body = module.body.filter((expr) => !isModule(expr));
  const aliases = aliasesOf(module, quotedLines(body));
  const exprs = everyExpr(body);
  const inside = { module, aliases, own };
  const templates = sigilTemplates(path, text, exprs);
  return {
    fragments: [
      { path, text, offset: 0, body, exprs, ...inside },
      ...templates.flatMap((placed) => templateFragments(placed, wanted, inside)),
    ],
    templates,
  };
}

function isModule(expr: Expr): boolean {
  return expr.kind === 'call' && expr.target.kind === 'identifier' && expr.target.name === 'defmodule';
}

/** Lines of functions and quotes, where `alias` may stand as well. */
function quotedLines(body: readonly Expr[]): Expr[] {
  return body.flatMap((expr) => {
    const lines = expr.kind === 'call' && expr.block ? expr.block.body : [];
    return [...lines, ...quotedLines(lines)];
  });
}

function sigilTemplates(path: string, text: string, exprs: readonly Expr[]): PlacedTemplate[] {
  return exprs.flatMap((expr) => {
    const [content] = expr.kind === 'sigil' && /^[HLE]$/.test(expr.name) ? expr.parts : [];
    if (expr.kind !== 'sigil' || typeof content !== 'string') return [];
    const offset = text.indexOf(content, expr.range.start + 2);
    return [{ path, text, offset, template: readTemplate(content, expr.name === 'H') }];
  });
}

function templateFragments(
  { path, text, offset, template }: PlacedTemplate,
  wanted: (code: string) => boolean,
  inside: Inside,
): Fragment[] {
  return template.codes
    .filter(({ code }) => wanted(code))
    .map(({ code, offset: at }) => {
      const body = codeBody(code);
      return { path, text, offset: offset + at, body, exprs: everyExpr(body), ...inside };
    });
}

/** What may be missing behind the code of one EEx tag: `for x <- xs do`, `form_for @form, fn f ->`. */
const endings = ['', ' nil end', ' nil end)'];

function codeBody(code: string): readonly Expr[] {
  for (const ending of endings) {
    const { body, problems } = parse(code + ending);
    if (problems.length === 0) return body;
  }
  return parse(code).body;
}
