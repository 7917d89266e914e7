import type { ProjectIndex } from './index.ts';
import type { ModuleSymbols, QuotedScope, Reference } from './model.ts';
import { isRouteHelpers, makesNoHelpers, Resolver } from './resolve.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** References whose counterpart is gone, in the files that changed and in those that name what went. */
export function brokenReferences(transition: Transition): Inconsistency[] {
  const { before, after, changed } = transition;
  const gone = definitionsGone(before, after, changed);
  const others = after.mentioning(gone.words).filter((path) => !changed.includes(path));
  const owners = gone.owners.filter((path) => !changed.includes(path) && after.has(path));
  const paths = [...new Set([...changed, ...others, ...owners])].sort();
  const resolvers = [new Resolver(before, transition.own), new Resolver(after, transition.own)] as const;
  return paths.flatMap((path) => brokenIn(transition, path, resolvers));
}

/** What calls of route helpers look like. */
const helperWords = ['_path(', '_url('];

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
  const quotes = [...module.quotes.keys()].flatMap((name) =>
    quoteWordsGone(broughtBy(module, name), broughtBy(now, name), before),
  );
  const helpers = now && makesNoHelpers(now) && !makesNoHelpers(module) ? helperWords : [];
  return [...(now ? [] : [lastPart(module.name)]), ...functions, ...quotes, ...helpers];
}

/** A quote of a module, and those of the same module that it unquotes in turn. */
function broughtBy(module: ModuleSymbols | undefined, name: string, seen = new Set<string>()): QuotedScope[] {
  const quote = module?.quotes.get(name);
  if (quote === undefined || seen.has(name)) return [];
  seen.add(name);
  return [quote, ...quote.unquotes.flatMap((one) => broughtBy(module, one, seen))];
}

/** What modules may no longer call, once a quote that they take in brings less. */
function quoteWordsGone(brought: readonly QuotedScope[], now: readonly QuotedScope[], before: ProjectIndex): string[] {
  const left = new Set(now.flatMap(({ imports }) => imports.map(({ module }) => module)));
  const imports = brought.flatMap((one) => one.imports.filter(({ module }) => !left.has(module)));
  const aliases = brought
    .flatMap((one) => [...one.aliases.keys()])
    .filter((name) => name !== '__MODULE__' && !now.some((one) => one.aliases.has(name)));
  const imported = imports.flatMap(({ module }) =>
    isRouteHelpers(module) ? helperWords : (before.module(module)?.functions.map(({ name }) => name) ?? []),
  );
  const helpers = now.some(makesNoHelpers) && !brought.some(makesNoHelpers) ? helperWords : [];
  return [...imported, ...aliases.map((name) => `${name}.`), ...helpers];
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function brokenIn(
  { before, after }: Transition,
  path: string,
  [old, now]: readonly [Resolver, Resolver],
): Inconsistency[] {
  const known = new Set(
    formerPaths(before, path)
      .flatMap((former) => before.file(former).references)
      .filter((one) => old.resolve(one) === 'missing')
      .map(subjectOf),
  );
  const found = new Map<string, Inconsistency>();
  for (const reference of after.file(path).references) {
    const resolution = becomesComponent(reference, old, now) ? 'missing' : now.resolve(reference);
    const lost = resolution === 'unknown' && (old.resolve(reference) === 'defined' || lostAlias(reference, old, now));
    if (resolution === 'defined' || (resolution === 'unknown' && !lost)) continue;
    const subject = subjectOf(reference);
    if (!known.has(subject)) found.set(`${reference.line}:${subject}`, inconsistency(reference, subject));
  }
  return [...found.values()];
}

/** Where a file stood: a template that gets the ending of HEEx is the one that it was. */
function formerPaths(before: ProjectIndex, path: string): readonly string[] {
  if (before.has(path) || !path.endsWith('.heex')) return [path];
  return ['.eex', '.leex'].map((ending) => path.replace(/\.heex$/, ending));
}

/** A layout that was a template, and is now a component of that name, which takes its content from a slot. */
function becomesComponent(reference: Reference, old: Resolver, now: Resolver): boolean {
  return reference.kind === 'template' && old.isEmbedded(reference) && !now.isEmbedded(reference);
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
    case 'component':
      return `${reference.module}.${reference.name}/1`;
    case 'local':
    case 'unquoted':
      return `${reference.name}/${reference.arity}`;
    case 'role':
      return `${reference.module}.${reference.name}/0`;
    case 'form':
      return reference.form.shown;
    case 'template':
      return `the template ${reference.name} of ${reference.module}`;
    case 'page':
      return `the template ${reference.name} of ${reference.controller}`;
    default:
      return reference satisfies never;
  }
}
