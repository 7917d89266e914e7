import type { SigilExpr } from '../../elixir/ast.ts';
import { exprsOf } from '../../elixir/children.ts';
import { withChanges } from '../../elixir/edited.ts';
import { modulesOf, ownBody } from '../../elixir/module.ts';
import { parse } from '../../elixir/parse.ts';
import type { Template } from '../../templates/model.ts';
import { dialectOf } from '../../templates/placed.ts';
import { readTemplate } from '../../templates/tree.ts';
import { elementsOf } from '../../templates/walk.ts';
import { hasComponents } from '../component-scope.ts';
import type { HeexTask } from '../operation.ts';
import { changesOf, isLeft, type Place, type RewriteFile, type RewriteResult, replacing } from '../place.ts';
import { heexAttributes, type TemplatePlace } from './attributes.ts';
import { heexConversion, isHeex } from './convert.ts';

/** Templates as HEEx: attributes as `{…}`, `~L` as `~H`, and in templates of EEx all that HEEx reads in another way. */
export function rewriteHeex(file: RewriteFile, { scope, refusal }: HeexTask): RewriteResult {
  const { path, text } = file;
  const dialect = dialectOf(path, true);
  if (dialect?.heex) return { places: attributesIn(readTemplate(text, dialect)), besides: [] };
  if (dialect && refusal) return { places: [{ at: 0, reason: refusal }], besides: [] };
  const components = (module: string | null) => scope !== null && module !== null && hasComponents(file, scope, module);
  if (dialect) return { places: whole(readTemplate(text, dialect), components(scope?.owner ?? null)), besides: [] };
  const places = modulesOf(parse(text)).flatMap((module) =>
    exprsOf(ownBody(module))
      .filter((expr): expr is SigilExpr => expr.kind === 'sigil' && /^[HL]$/.test(expr.name))
      .flatMap((sigil) => sigilPlaces(sigil, text, () => components(module.name))),
  );
  return { places, besides: [] };
}

function attributesIn(template: Template): TemplatePlace[] {
  return elementsOf(template).flatMap(({ open }) => heexAttributes(template.text, open));
}

/** All that changes in a template of EEx, or what keeps it from being one of HEEx: half a conversion is none. */
function whole(template: Template, components: boolean): TemplatePlace[] {
  const places = heexConversion(template, components);
  const left = places.filter(isLeft);
  if (left.length > 0) return left;
  const text = withChanges(template.text, changesOf(places));
  return isHeex(text)
    ? [{ at: 0, changes: [] }, ...places]
    : [{ at: 0, reason: 'the tags of the result would not balance' }];
}

function sigilPlaces({ name, parts, range, open }: SigilExpr, text: string, components: () => boolean): Place[] {
  const [content] = parts;
  if (typeof content !== 'string' || parts.length > 1) return [];
  const isOld = name === 'L';
  const start = range.start + 1 + name.length + open.length;
  const template = readTemplate(content, isOld ? { heex: false, bodyBraces: false } : { heex: true, bodyBraces: true });
  const offset = text.indexOf(content, start);
  const places = (isOld ? whole(template, components()) : attributesIn(template)).map((place) => moved(place, offset));
  const ends = changesOf(places).some((change) => change.text.includes(open));
  if (ends)
    return [{ at: range.start, reason: `what it becomes has ${open} in it: write the template between """ first` }];
  if (!isOld || places.some(isLeft)) return places;
  const letter = { start: range.start + 1, end: range.start + 2, text: 'H' };
  return places.map((place, index) => (index === 0 ? { at: range.start, changes: [letter] } : place));
}

function moved(place: TemplatePlace, offset: number): Place {
  const at = place.at + offset;
  if (isLeft(place)) return { ...place, at };
  return { at, changes: place.changes.map((change) => replacing(change, offset, change.text)) };
}
