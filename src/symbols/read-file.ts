import type { Expr, Source } from '../elixir/ast.ts';
import { exprsOf } from '../elixir/children.ts';
import { aliasesOf, callName, functionsOf, type ModuleDefinition, modulesOf, ownBody } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { parse } from '../elixir/parse.ts';
import { plainText } from '../elixir/plain-text.ts';
import { lineAt } from '../elixir/position.ts';
import { sigilTemplates } from '../templates/placed.ts';
import type {
  DefinedFunction,
  EmbeddedTemplates,
  FileSymbols,
  ModuleSymbols,
  QuotedScope,
  Reference,
} from './model.ts';
import { usingQuote } from './model.ts';
import { type ReferenceContext, referencesOf, templateReferences } from './references.ts';
import { routeReferences } from './routes.ts';
import { scopeOf, statementsOf } from './scope-of.ts';

/** Reads what an Elixir file defines and needs. Templates are read by the index, which knows whose they are. */
export function readFile(path: string, text: string): FileSymbols {
  const source = parse(text);
  const modules = modulesOf(source);
  const calls = new Set<Expr>(modules.map(({ call }) => call));
  const script = source.body.filter((expr) => !calls.has(expr));
  const outside = { path, text, scope: null, aliases: new Map<string, string>() };
  return {
    path,
    modules: modules.map((module) => moduleSymbols(path, source, module)),
    references: [
      ...referencesOf(script, outside),
      ...modules.flatMap((module) => moduleReferences(path, text, module)),
    ],
  };
}

function moduleSymbols(path: string, { text }: Source, module: ModuleDefinition): ModuleSymbols {
  const { name, body } = module;
  const scope = scopeOf(body, aliasesOf(module), text);
  return {
    ...scope,
    name,
    path,
    line: lineAt(text, module.call.range.start),
    functions: definedFunctions(body, text),
    embeds: body.flatMap(embedded),
    hasMacroCalls: statementsOf(body).some(isMacroCall),
    viewRoot: viewRoot(body),
    quotes: quotesOf(module, text),
  };
}

/** Lines of a module's body that define no function, however they are defined themselves. */
const plainLines = new Set(
  `def defp defmacro defmacrop defdelegate defguard defguardp defstruct defexception defmodule defprotocol defimpl defoverridable
  use import alias require plug attr slot embed_templates action_fallback on_mount schema embedded_schema pipeline scope
  channel socket live_session describe test setup setup_all @`.split(/\s+/),
);

/** A macro of unknown make, which may define anything. */
function isMacroCall(expr: Expr): boolean {
  return expr.kind === 'identifier' || (expr.kind === 'call' && !plainLines.has(callName(expr) ?? ''));
}

function definedFunctions(body: readonly Expr[], text: string): DefinedFunction[] {
  const found = new Map<string, DefinedFunction>();
  const clauses = functionsOf(statementsOf(body));
  for (const { kind, name, args, range } of clauses) {
    const defaults = args.filter((arg) => arg.kind === 'binary' && arg.operator === '\\\\').length;
    const one = { name, least: args.length - defaults, most: args.length };
    const key = `${name}/${args.length}`;
    const macro = kind.startsWith('defmacro');
    const line = lineAt(text, range.start);
    if (!found.has(key)) found.set(key, { ...one, private: kind.endsWith('p'), macro, line });
  }
  for (const expr of statementsOf(body)) {
    const [head] = callName(expr) === 'defdelegate' && expr.kind === 'call' ? expr.args : [];
    if (head?.kind !== 'call') continue;
    const name = callName(head) ?? '';
    const count = head.args.length;
    const line = lineAt(text, expr.range.start);
    found.set(`${name}/${count}`, { name, least: count, most: count, private: false, macro: false, line });
  }
  return [...found.values()];
}

function embedded(expr: Expr): EmbeddedTemplates[] {
  if (callName(expr) !== 'embed_templates' || expr.kind !== 'call') return [];
  const pattern = plainText(expr.args[0]);
  const options = expr.args.flatMap((arg) => keywordPairs(arg) ?? []);
  const suffix = plainText(options.find(({ name }) => name === 'suffix')?.value) ?? '';
  return pattern ? [{ pattern, suffix }] : [];
}

function viewRoot(body: readonly Expr[]): string | null {
  const uses = body.filter((expr) => callName(expr) === 'use');
  const roots = uses.flatMap((expr) => {
    const options = expr.kind === 'call' ? expr.args.flatMap((arg) => keywordPairs(arg) ?? []) : [];
    return plainText(options.find(({ name }) => name === 'root')?.value) || [];
  });
  return roots[0] ?? null;
}

/** `def controller do quote do … end end`, `defmacro __using__(_) do quote …`, and `using do quote …` of a case template. */
function quotesOf(module: ModuleDefinition, text: string): ReadonlyMap<string, QuotedScope> {
  const templates = module.body.flatMap((expr) =>
    callName(expr) === 'using' && expr.kind === 'call' && expr.block
      ? [{ name: usingQuote, body: expr.block.body }]
      : [],
  );
  const quotes = [...functionsOf(module.body), ...templates].flatMap(({ name, body }): [string, QuotedScope][] => {
    const quote = body.find((expr) => callName(expr) === 'quote');
    if (quote?.kind !== 'call' || !quote.block) return [];
    const lines = quote.block.body;
    const aliases = aliasesOf({ ...module, body: lines });
    const unquotes = lines.flatMap((line) => (callName(line) === 'unquote' && line.kind === 'call' ? line.args : []));
    const names = unquotes.flatMap((expr) => (expr.kind === 'identifier' ? [expr.name] : (callName(expr) ?? [])));
    return [[name, { ...scopeOf(lines, aliases, text), unquotes: names }]];
  });
  return new Map(quotes);
}

function moduleReferences(path: string, text: string, module: ModuleDefinition): Reference[] {
  const body = ownBody(module);
  const context: ReferenceContext = { path, text, scope: module.name, aliases: aliasesOf(module, innerLines(body)) };
  const templates = sigilTemplates(text, body, true);
  return [
    ...referencesOf(body, context),
    ...templates.flatMap(({ template, offset }) => templateReferences(template, context, offset)),
    ...(isRouter(body) ? routeReferences(body, { path, text, module: module.name, aliases: context.aliases }) : []),
    ...ownTemplate(module, context),
  ];
}

/** Lines of functions, where `alias` may stand as well. */
function innerLines(body: readonly Expr[]): Expr[] {
  return exprsOf(body).filter((expr) => callName(expr) === 'alias');
}

function isRouter(body: readonly Expr[]): boolean {
  return body.some((expr) => {
    const [module, role] = callName(expr) === 'use' && expr.kind === 'call' ? expr.args : [];
    return (
      (module?.kind === 'alias' && module.name === 'Phoenix.Router') ||
      (role?.kind === 'atom' && role.name === 'router')
    );
  });
}

function ownTemplate(module: ModuleDefinition, { path, text }: ReferenceContext): Reference[] {
  const role = module.body.find((expr) => callName(expr) === 'use');
  const [used, option] = role?.kind === 'call' ? role.args : [];
  const isLive =
    (option?.kind === 'atom' && /^live_(?:view|component)$/.test(option.name)) ||
    (used?.kind === 'alias' && /^Phoenix\.Live(?:View|Component)$/.test(used.name));
  if (!isLive || functionsOf(module.body).some(({ name }) => name === 'render')) return [];
  const line = lineAt(text, module.call.range.start);
  return [{ path, line, scope: module.name, kind: 'own-template', module: module.name }];
}
