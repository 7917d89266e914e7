import type { Expr, Source } from '../elixir/ast.ts';
import { exprsOf } from '../elixir/children.ts';
import {
  type Aliases,
  aliasesOf,
  callName,
  functionsOf,
  type ModuleDefinition,
  modulesOf,
  ownBody,
} from '../elixir/module.ts';
import { parse } from '../elixir/parse.ts';
import { codeOf } from '../templates/expressions.ts';
import { dialectOf, type PlacedTemplate, sigilTemplates } from '../templates/placed.ts';
import { readTemplate } from '../templates/tree.ts';
import { codePlaces } from '../templates/walk.ts';
import type { RewriteFile } from './place.ts';

/** Code that is looked at together: what a module says, or what stands in one place of a template. */
export interface Site {
  readonly path: string;
  /** Text of the file; ranges of expressions count from `offset` in it. */
  readonly text: string;
  readonly offset: number;
  readonly body: readonly Expr[];
  readonly module: ModuleDefinition | null;
  readonly aliases: Aliases;
  /** Names of the functions that the module defines itself. */
  readonly own: ReadonlySet<string>;
  readonly inTemplate: boolean;
  /** Whether it stands in a template between single quotes, which a quote in it would end. */
  readonly inQuotes: boolean;
}

/** A template of a file, and the module that it stands in; null for a file of its own. */
export interface TemplateSite extends PlacedTemplate {
  readonly path: string;
  readonly text: string;
  readonly module: ModuleDefinition | null;
  readonly aliases: Aliases;
  readonly own: ReadonlySet<string>;
}

type Inside = Pick<Site, 'module' | 'aliases' | 'own'>;

const outside: Inside = { module: null, aliases: new Map(), own: new Set() };

/** What a file is taken apart into. */
export interface FilePieces {
  readonly sites: readonly Site[];
  readonly templates: readonly TemplateSite[];
}

/** Every piece of code of a file: outside of modules, in modules, in templates. */
export function sitesOf(file: RewriteFile): readonly Site[] {
  return piecesOf(file).sites;
}

/**
 * The code and the templates of a file; of what stands in templates only the code that `wanted` says so of: a template may hold
 * hundreds of snippets, each to be parsed. `source` is the file as it was parsed before.
 */
export function piecesOf(
  { path, text }: Pick<RewriteFile, 'path' | 'text'>,
  wanted: (code: string) => boolean = () => true,
  source?: Source,
): FilePieces {
  const dialect = dialectOf(path, true);
  const parsed = dialect === null && isElixir(path) ? (source ?? parse(text)) : undefined;
  const templates = dialect
    ? [{ path, text, template: readTemplate(text, dialect), offset: 0, ...outside }]
    : parsed
      ? sigils(path, parsed)
      : [];
  const modules = parsed ? moduleSites(path, parsed) : [];
  return { sites: [...modules, ...templates.flatMap((one) => templateSites(one, wanted))], templates };
}

function isElixir(path: string): boolean {
  return /\.exs?$/.test(path);
}

function moduleSites(path: string, source: Source): Site[] {
  const modules = modulesOf(source);
  const calls = new Set<Expr>(modules.map(({ call }) => call));
  const place = { path, text: source.text, offset: 0, inTemplate: false, inQuotes: false };
  return [
    { ...place, body: source.body.filter((expr) => !calls.has(expr)), ...outside },
    ...modules.map((module) => ({ ...place, ...insideOf(module), body: ownBody(module) })),
  ];
}

const known = new WeakMap<ModuleDefinition, Inside>();

/** Asked for by each sigil of the module and by each task. */
function insideOf(module: ModuleDefinition): Inside {
  const inside = known.get(module) ?? readInside(module);
  known.set(module, inside);
  return inside;
}

function readInside(module: ModuleDefinition): Inside {
  const inner = exprsOf(ownBody(module)).filter((expr) => callName(expr) === 'alias');
  return {
    module,
    aliases: aliasesOf(module, inner),
    own: new Set(functionsOf(module.body).map(({ name }) => name)),
  };
}

/** The templates of a file: the file itself, or those in its sigils. */
export function templatesOf(file: RewriteFile): readonly TemplateSite[] {
  return piecesOf(file, () => false).templates;
}

function sigils(path: string, source: Source): TemplateSite[] {
  const { text } = source;
  return modulesOf(source).flatMap((module) =>
    sigilTemplates(text, ownBody(module), true).map((placed) => ({ ...placed, path, text, ...insideOf(module) })),
  );
}

/** Whether a template stands between single quotes in a module, which would end it. */
export function betweenQuotes({ text, offset, module }: TemplateSite): boolean {
  return module !== null && text[offset - 1] === '"' && text.slice(offset - 3, offset) !== '"""';
}

function templateSites(site: TemplateSite, wanted: (code: string) => boolean): Site[] {
  const { template, offset, ...inside } = site;
  const place = { ...inside, inTemplate: true, inQuotes: betweenQuotes(site) };
  return codePlaces(template).flatMap(({ node }) => {
    if (!wanted(template.text.slice(node.code.start, node.code.end))) return [];
    const code = codeOf(template.text, node);
    return code.parsed ? [{ ...place, body: code.body, offset: offset + code.offset }] : [];
  });
}
