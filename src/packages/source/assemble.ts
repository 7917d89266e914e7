import type { ModuleDocument, NamesBySpan, PackageDocument, PackageIndex } from '../document.ts';
import type { NameKind } from '../facts.ts';
import { byVersion, parseSpan, type Spanned, spansOf, spanText } from '../span.ts';
import type { DefinedModule } from './definitions.ts';
import type { PackageRequirements } from './requirements.ts';

/** One version of a package as its sources state it. */
export interface PackageVersion {
  readonly version: string;
  readonly requirements: PackageRequirements;
  /** More than one definition of a module counts as all of them: they stand under conditions. */
  readonly modules: readonly DefinedModule[];
}

/** The stored form of what all versions of a package state; `versions` in any order. */
export function packageDocument(name: string, versions: readonly PackageVersion[]): PackageDocument {
  const rising = versions.toSorted((a, b) => byVersion(a.version, b.version));
  const order = rising.map(({ version }) => version);
  const at = new Map(rising.map((one) => [one.version, one]));
  const elixir = spansOf(order, (version) => at.get(version)?.requirements.elixir ?? undefined);
  const depNames = sorted(rising.flatMap(({ requirements }) => [...requirements.deps.keys()]));
  const deps = depNames.map((dep) => [dep, bySpan(spansOf(order, (one) => at.get(one)?.requirements.deps.get(dep)))]);
  const modules = modulesByName(rising);
  const documents = sorted(modules.keys()).map((one) => [one, moduleDocument(order, modules.get(one) ?? new Map())]);
  return {
    format: 1,
    package: name,
    versions: order.join(' '),
    elixir: bySpan(elixir),
    deps: Object.fromEntries(deps),
    modules: Object.fromEntries(documents),
  };
}

/** Which package has ever defined which module. */
export function packageIndex(documents: readonly PackageDocument[]): PackageIndex {
  const byName = documents.toSorted((a, b) => (a.package < b.package ? -1 : 1));
  return {
    format: 1,
    modules: Object.fromEntries(byName.map((one) => [one.package, Object.keys(one.modules).join(' ')])),
  };
}

/** Definitions of each module by version. */
type Definitions = ReadonlyMap<string, readonly DefinedModule[]>;

function modulesByName(versions: readonly PackageVersion[]): Map<string, Definitions> {
  const found = new Map<string, Map<string, DefinedModule[]>>();
  for (const { version, modules } of versions)
    for (const module of modules) {
      const definitions = found.get(module.name) ?? new Map<string, DefinedModule[]>();
      definitions.set(version, [...(definitions.get(version) ?? []), module]);
      found.set(module.name, definitions);
    }
  return found;
}

const plural = { function: 'functions', macro: 'macros', hidden: 'hidden' } as const;

function moduleDocument(order: readonly string[], definitions: Definitions): ModuleDocument {
  const names = sorted([...definitions.values()].flat().flatMap((module) => [...module.names.keys()]));
  const defined = (version: string, name: string) =>
    definitions.get(version)?.flatMap((module) => module.names.get(name) ?? [])[0];
  const kinds = (kind: NameKind): NamesBySpan =>
    grouped(names, (name) => spansOf(order, (one) => (defined(one, name)?.kind === kind ? name : undefined)));
  const deprecated = grouped(names, (name) =>
    spansOf(order, (one) => {
      const said = defined(one, name)?.deprecated ?? null;
      return said === null ? undefined : said === '' ? name : `${name}=${said}`;
    }),
  );
  const flag = (test: (module: DefinedModule) => boolean) =>
    spansOf(order, (one) => (definitions.get(one)?.some(test) ? 'yes' : undefined)).map(spanText);
  const brought = (one: string) => sorted(definitions.get(one)?.flatMap((module) => module.brings) ?? []);
  const brings = spansOf(order, (one) => brought(one).join('; ') || undefined);
  return present({
    [plural.function]: kinds('function'),
    [plural.macro]: kinds('macro'),
    [plural.hidden]: kinds('hidden'),
    deprecated,
    brings: bySpan(brings),
    open: flag((module) => module.open),
    internal: flag((module) => module.internal),
    empty: flag((module) => module.names.size === 0),
  });
}

/** Names that share a span, joined; spans in rising order. */
function grouped(names: readonly string[], spans: (name: string) => readonly Spanned<string>[]): NamesBySpan {
  const groups = new Map<string, string[]>();
  for (const name of names)
    for (const span of spans(name)) {
      const text = spanText(span);
      groups.set(text, [...(groups.get(text) ?? []), span.value]);
    }
  const rising = [...groups.keys()].sort(bySpanText);
  return Object.fromEntries(rising.map((span) => [span, (groups.get(span) ?? []).join(' ')]));
}

function bySpanText(a: string, b: string): number {
  const [left, right] = [parseSpan(a), parseSpan(b)];
  if (left.since !== right.since) return byVersion(left.since, right.since);
  if (left.until === null || right.until === null) return Number(left.until === null) - Number(right.until === null);
  return byVersion(left.until, right.until);
}

function bySpan(spans: readonly Spanned<string>[]): Record<string, string> {
  return Object.fromEntries(spans.map((span) => [spanText(span), span.value]));
}

/** Leaves out what holds nothing. */
function present(document: ModuleDocument): ModuleDocument {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => Object.keys(value).length > 0));
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}
