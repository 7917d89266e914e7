import type { Expr, Source } from '../ast.ts';
import { comparable } from '../canonical.ts';
import { insertElement, placeInOrder, removeElement, replaceExpr, sequenceOf } from '../edit/elements.ts';
import { type Edited, edited, refused } from '../edited.ts';
import { keywordPairs } from '../options.ts';
import { parseElement, printText } from '../print.ts';
import { aligned } from './columns.ts';
import { gather, literalLists } from './lists.ts';
import type { Dep } from './model.ts';
import { type MixText, noProject, openMix, returned, withValue } from './place.ts';
import { readMixfile } from './read.ts';
import type { Scoped } from './scope.ts';

/** Sets a dep's requirement: only the characters between its quotes change. */
export function setRequirement(text: string, name: string, requirement: string): Edited {
  const found = onlyDep(text, name);
  if ('reason' in found) return found;
  const { dep, source } = found;
  if (dep.requirement === requirement) return { ok: true, text };
  if (/["\\#]/.test(requirement)) return refused(`${requirement} is no requirement`);
  const range = dep.requirementRange;
  if (range === null) return refused(`${name} has no requirement`);
  if (range.start < dep.range.start || range.end > dep.range.end) {
    const others = readMixfile(source).deps.filter((one) => one.requirementRange?.start === range.start);
    if (others.length > 1) return refused(`${others.map((one) => one.name).join(', ')} share one requirement`);
  }
  return edited(text, [{ ...range, text: requirement }]);
}

/** Sets an option of a dep, or adds it behind the others. */
export function setDepOption(text: string, name: string, option: string, value: string): Edited {
  const found = onlyDep(text, name);
  if ('reason' in found) return found;
  const { dep, source } = found;
  const present = dep.options.find((one) => one.name === option);
  if (present) {
    if (!isInside(present.value, dep.expr)) return refused(`the options of ${name} are shared`);
    return withValue(source, present.value, value);
  }
  const container = optionsOf(dep);
  if (container === null) return refused(`the options of ${name} are not written in its tuple`);
  const sequence = sequenceOf(container);
  if (sequence === null) return refused(`${name} has no tuple`);
  return edited(text, insertElement(source, sequence, 'end', `${option}: ${value}`));
}

/** Takes an option of a dep out. */
export function removeDepOption(text: string, name: string, option: string): Edited {
  const found = onlyDep(text, name);
  if ('reason' in found) return found;
  const { dep, source } = found;
  const present = dep.options.find((one) => one.name === option);
  if (present === undefined) return { ok: true, text };
  const container = optionsOf(dep);
  if (container === null || !isInside(present.value, dep.expr)) return refused(`the options of ${name} are shared`);
  const last = dep.options.length === 1;
  if (last && dep.requirement === null) return refused(`${option} is all that says where ${name} comes from`);
  const whole = last && container !== dep.expr;
  const sequence = sequenceOf(whole ? dep.expr : container);
  const index = sequence?.elements.findIndex((one) =>
    whole ? one.range.start === container.range.start : one.range.start === present.range.start,
  );
  if (!sequence || index === undefined || index < 0) return refused(`${option} of ${name} cannot be found`);
  return edited(text, removeElement(source, sequence, index));
}

/** Adds a dep, given its tuple, in the target's order and in the layout of the list, unless it is there. */
export function addDep(text: string, tuple: string, order: readonly string[]): Edited {
  const mix = openMix(text);
  if (mix === null) return noProject;
  const name = tupleName(tuple);
  if (name === null) return refused(`${tuple} is no dep`);
  const { deps } = readMixfile(mix.source);
  if (deps.some((dep) => dep.name === name)) return { ok: true, text };
  const list = listFor(mix, deps, name, order);
  const sequence = list && sequenceOf(list);
  if (!sequence) return refused('the deps are not written as a list');
  const present = sequence.elements.map((element) => deps.find((dep) => dep.range.start === element.range.start));
  const place = placeInOrder(
    present.map((dep) => dep?.name ?? null),
    order,
    name,
  );
  const result = edited(text, insertElement(mix.source, sequence, place, oneLine(tuple)));
  return result.ok ? withColumns(result.text, name) : result;
}

/** Writes another tuple in the place of a dep's; its comments stay. */
export function replaceDep(text: string, tuple: string): Edited {
  const name = tupleName(tuple);
  if (name === null) return refused(`${tuple} is no dep`);
  const found = onlyDep(text, name);
  if ('reason' in found) return found;
  const { dep, source } = found;
  const wanted = parseElement(tuple)?.expr;
  if (wanted && comparable(dep.expr) === comparable(wanted)) return { ok: true, text };
  const result = edited(text, replaceExpr(source, dep.expr, oneLine(tuple)));
  return result.ok ? withColumns(result.text, name) : result;
}

/** Takes a dep out, its own comment with it. */
export function removeDep(text: string, name: string): Edited {
  const source = parsed(text);
  if (source === null) return noProject;
  const found = readMixfile(source).deps.filter((dep) => dep.name === name);
  const [dep, ...more] = found;
  if (dep === undefined) return { ok: true, text };
  if (more.length > 0) return refused(`${name} stands in lines ${linesOf(found)}`);
  const sequence = sequenceOf(dep.list);
  const index = sequence?.elements.findIndex((one) => one.range.start === dep.range.start) ?? -1;
  if (!sequence || index < 0) return refused(`${name} is not written in a list`);
  return edited(text, removeElement(source, sequence, index));
}

function parsed(text: string): Source | null {
  return openMix(text)?.source ?? null;
}

function onlyDep(text: string, name: string): { dep: Dep; source: Source } | { ok: false; reason: string } {
  const source = parsed(text);
  if (source === null) return { ok: false, reason: 'no module here uses Mix.Project, or the file does not parse' };
  const found = readMixfile(source).deps.filter((dep) => dep.name === name);
  const [dep, ...more] = found;
  if (dep === undefined) return { ok: false, reason: `${name} is no dep here` };
  if (more.length > 0) return { ok: false, reason: `${name} stands in lines ${linesOf(found)}` };
  return { dep, source };
}

function linesOf(deps: readonly Dep[]): string {
  return deps.map(({ line }) => line).join(', ');
}

function isInside(inner: Expr, outer: Expr): boolean {
  return inner.range.start >= outer.range.start && inner.range.end <= outer.range.end;
}

/** Where the options of a dep stand: its tuple, or the list at the end of it; null for any other place. */
function optionsOf(dep: Dep): Expr | null {
  if (dep.expr.kind !== 'tuple') return null;
  const last = dep.expr.items.at(-1);
  if (last?.kind === 'list') return keywordPairs(last) === null ? null : last;
  return last?.kind === 'keywords' || last?.kind === 'string' ? dep.expr : null;
}

/** A tuple without the line breaks of the file that it comes from. */
function oneLine(tuple: string): string {
  return printText(tuple, { indent: 0, width: Number.POSITIVE_INFINITY });
}

/** `req` for `{:req, "~> 0.5"}`. */
function tupleName(tuple: string): string | null {
  const expr = parseElement(tuple)?.expr;
  const [name] = expr?.kind === 'tuple' ? expr.items : [];
  return name?.kind === 'atom' ? name.name : null;
}

/** The list that holds the nearest neighbour which always counts, else the first list that always counts. */
function listFor(mix: MixText, deps: readonly Dep[], name: string, order: readonly string[]): Expr | null {
  const always = deps.filter((dep) => dep.condition === null);
  const place = placeInOrder(
    always.map((dep) => dep.name),
    order,
    name,
  );
  const index = place === 'end' ? -1 : 'after' in place ? place.after : place.before;
  const neighbour = always[index];
  if (neighbour) return neighbour.list;
  const value = depsOf(mix);
  return (value && literalLists(value)[0]) ?? null;
}

function depsOf(mix: MixText): Scoped | null {
  const project = returned(mix, 'project');
  const entry = project && gather(project).elements.find(({ expr }) => expr.kind === 'pair' && expr.name === 'deps');
  return entry?.expr.kind === 'pair' ? { expr: entry.expr.value, scope: entry.scope } : null;
}

/** A new dep with its second element in the column that the list has for it. */
function withColumns(text: string, name: string): Edited {
  const source = parsed(text);
  const dep = source && readMixfile(source).deps.find((one) => one.name === name);
  if (!source || !dep) return refused(`${name} cannot be found again`);
  const change = aligned(source, dep);
  return change ? edited(text, [change]) : { ok: true, text };
}
