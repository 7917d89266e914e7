import type { ProjectIndex } from './index.ts';
import type { ModuleSymbols, Place, QuotedScope, Reference } from './model.ts';
import { isRouteHelpers, type OwnPrefixes, Resolver } from './resolve.ts';

/** Something that does not hold together any more, at the place that shows it. */
export interface Inconsistency extends Place {
  /** `ShopWeb.PageLive is not defined` */
  readonly message: string;
  /** What is missing, or there twice: `ShopWeb.PageLive`, `ShopWeb.Layouts.app/1`. */
  readonly subject: string;
}

/** One state of a project and the next, with the paths whose text differs. */
export interface Transition {
  readonly before: ProjectIndex;
  readonly after: ProjectIndex;
  readonly changed: readonly string[];
  readonly own: OwnPrefixes;
}

/**
 * What held together before a change and does not after it. Only what is certain: a name that a macro out of sight may
 * bring is neither missing nor there, and what was wrong before is nobody's news.
 */
export function newInconsistencies(transition: Transition): Inconsistency[] {
  const { before, after, changed } = transition;
  const gone = definitionsGone(before, after, changed);
  const others = after.mentioning(gone.words).filter((path) => !changed.includes(path));
  const owners = gone.owners.filter((path) => !changed.includes(path) && after.has(path));
  const paths = [...new Set([...changed, ...others, ...owners])].sort();
  const broken = paths.flatMap((path) => brokenReferences(transition, path));
  return [...broken, ...duplicates(transition), ...unusedQuotes(transition)];
}

interface Gone {
  /** Words by which the users of what is gone are found. */
  readonly words: readonly string[];
  /** Modules whose templates changed. */
  readonly owners: readonly string[];
}

function definitionsGone(before: ProjectIndex, after: ProjectIndex, changed: readonly string[]): Gone {
  const words = new Set<string>();
  const owners = new Set<string>();
  for (const path of changed) {
    const [old, now] = [before.file(path), after.file(path)];
    for (const module of old.modules) {
      const same = now.modules.find(({ name }) => name === module.name) ?? after.module(module.name);
      for (const word of wordsGone(module, same, before)) words.add(word);
    }
    const owner = before.embedded.moduleOf(path) ?? after.embedded.moduleOf(path);
    const file = owner === undefined ? undefined : (after.module(owner) ?? before.module(owner))?.path;
    if (file !== undefined) owners.add(file);
    if (owner !== undefined && !after.has(path)) words.add(path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, ''));
  }
  return { words: [...words], owners: [...owners] };
}

function wordsGone(module: ModuleSymbols, now: ModuleSymbols | undefined, before: ProjectIndex): string[] {
  const left = new Set(now?.functions.map(({ name, most }) => `${name}/${most}`));
  const functions = module.functions.filter(({ name, most }) => !left.has(`${name}/${most}`)).map(({ name }) => name);
  const quotes = [...module.quotes].flatMap(([name, quote]) => quoteWordsGone(quote, now?.quotes.get(name), before));
  return [...(now ? [] : [lastPart(module.name)]), ...functions, ...quotes];
}

/** What modules may no longer call, once a quote that they take in brings less. */
function quoteWordsGone(quote: QuotedScope, now: QuotedScope | undefined, before: ProjectIndex): string[] {
  const imports = quote.imports.filter(({ module }) => !now?.imports.some((one) => one.module === module));
  const aliases = [...quote.aliases.keys()].filter((name) => name !== '__MODULE__' && !now?.aliases.has(name));
  const imported = imports.flatMap(({ module }) =>
    isRouteHelpers(module) ? ['_path(', '_url('] : (before.module(module)?.functions.map(({ name }) => name) ?? []),
  );
  return [...imported, ...aliases.map((name) => `${name}.`)];
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function brokenReferences({ before, after, own }: Transition, path: string): Inconsistency[] {
  const [old, now] = [new Resolver(before, own), new Resolver(after, own)];
  const known = new Set(
    before
      .file(path)
      .references.filter((one) => old.resolve(one) === 'missing')
      .map(subjectOf),
  );
  const found = new Map<string, Inconsistency>();
  for (const reference of after.file(path).references) {
    const resolution = now.resolve(reference);
    const lost = resolution === 'unknown' && (old.resolve(reference) === 'defined' || lostAlias(reference, old, now));
    if (resolution === 'defined' || (resolution === 'unknown' && !lost)) continue;
    const subject = subjectOf(reference);
    if (!known.has(subject)) found.set(`${reference.line}:${subject}`, inconsistency(reference, subject));
  }
  return [...found.values()];
}

/** `Routes.page_path`, when the quote that brought the alias `Routes` no longer does. */
function lostAlias(reference: Reference, old: Resolver, now: Resolver): boolean {
  return (
    'module' in reference &&
    now.moduleOf(reference) === reference.module &&
    old.moduleOf(reference) !== reference.module
  );
}

function inconsistency({ path, line, kind }: Reference, subject: string): Inconsistency {
  const message =
    kind === 'own-template' ? `${subject} has neither render/1 nor a template` : `${subject} is not defined`;
  return { path, line, subject, message };
}

/** The thing that a reference needs, in words. */
function subjectOf(reference: Reference): string {
  switch (reference.kind) {
    case 'module':
    case 'mention':
    case 'own-template':
      return reference.module;
    case 'function':
      return `${reference.module}.${reference.name}${reference.arity === null ? '' : `/${reference.arity}`}`;
    case 'verified-route':
      return '~p';
    case 'local':
    case 'unquoted':
      return `${reference.name}/${reference.arity}`;
    case 'role':
      return `${reference.module}.${reference.name}/0`;
    case 'template':
      return `the template ${reference.name} of ${reference.module}`;
    case 'page':
      return `the template ${reference.name} of ${reference.controller}`;
    default:
      return reference satisfies never;
  }
}

/** `def app(assigns)` beside `app.html.heex` that the same module embeds. */
function duplicates(transition: Transition): Inconsistency[] {
  const { before, after, changed } = transition;
  const modules = new Set(
    changed.flatMap((path) =>
      [...after.file(path).modules.map(({ name }) => name), after.embedded.moduleOf(path) ?? []].flat(),
    ),
  );
  return [...modules].flatMap((name) => {
    const known = new Set(twice(before, name).map(({ subject }) => subject));
    return twice(after, name).filter(({ subject }) => !known.has(subject));
  });
}

function twice(index: ProjectIndex, name: string): Inconsistency[] {
  const module = index.module(name);
  if (module === undefined || module.embeds.length === 0) return [];
  return index.embedded.of(name).flatMap((file) => {
    const own = module.functions.find((one) => one.name === file.name && one.most === 1);
    if (own === undefined) return [];
    const subject = `${name}.${file.name}/1`;
    return [{ path: module.path, line: own.line, subject, message: `${subject} is also defined by ${file.path}` }];
  });
}

/** A private quote, or the verified routes, that no other quote takes in: defined, but without effect. */
function unusedQuotes({ before, after, changed }: Transition): Inconsistency[] {
  return changed.flatMap((path) =>
    after.file(path).modules.flatMap((module) => {
      const known = new Set(idleQuotes(before.module(module.name), before));
      return idleQuotes(module, after)
        .filter((name) => !known.has(name))
        .map((name): Inconsistency => {
          const subject = `${module.name}.${name}/0`;
          const line = module.functions.find((one) => one.name === name)?.line ?? module.line;
          return { path, line, subject, message: `nothing takes in ${subject}` };
        });
    }),
  );
}

function idleQuotes(module: ModuleSymbols | undefined, index: ProjectIndex): string[] {
  if (module === undefined || !module.functions.some(({ name }) => name === '__using__')) return [];
  const taken = new Set([...module.quotes.values()].flatMap(({ unquotes }) => unquotes));
  return [...module.quotes.keys()].filter((name) => {
    const definition = module.functions.find((one) => one.name === name);
    if (taken.has(name) || definition === undefined) return false;
    return definition.private || (name === 'verified_routes' && !isUsedAs(index, module.name, name));
  });
}

function isUsedAs(index: ProjectIndex, module: string, role: string): boolean {
  return index
    .mentioning([`:${role}`])
    .some((path) =>
      index.file(path).references.some((one) => one.kind === 'role' && one.module === module && one.name === role),
    );
}
