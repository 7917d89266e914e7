import { withoutLines } from '../elixir/edit/lines.ts';
import { type Edited, refused, type TextChange } from '../elixir/edited.ts';
import { aptChanges, packageChanges, packageRemoval } from './edit-packages.ts';
import { buildStageMark, type Item, itemsOf } from './item.ts';
import type { Dockerfile, Instruction, Stage } from './model.ts';
import { readDockerfile } from './read.ts';
import { roleName, rolesOf } from './stages.ts';
import { changedDockerfile } from './text-change.ts';

/** The stage that an operation names; undefined where the Dockerfile has none such. */
export function stageOf(dockerfile: Dockerfile, name: string): Stage | undefined {
  const roles = rolesOf(dockerfile);
  return dockerfile.stages.find((stage) => roleName(roles, stage) === name);
}

interface Placed {
  readonly stage: string;
  readonly key: string;
  readonly value: string;
  readonly after: readonly string[];
}

/** Sets one item of a stage to a value, or adds it. */
export function putItem(text: string, { stage: name, key, value, after }: Placed): Edited {
  const dockerfile = readDockerfile(text);
  const stage = stageOf(dockerfile, name);
  if (!stage) return refused(`no stage plays the part of ${name}`);
  const items = itemsOf(dockerfile, stage);
  const own = items.find((item) => item.key === key);
  if (own?.value === value) return { ok: true, text };
  const written = withStageName(value, dockerfile);
  const changes = own ? replacement(text, own, written) : addition(text, stage, items, { key, value: written, after });
  if (changes === null) return refused(`${key} has nowhere to go`);
  const result = changedDockerfile(text, changes);
  return result.ok && !holds(result.text, { name, key, value }) ? refused(`${value} is no ${key}`) : result;
}

/** Whether an item reads as it should: what an edit is checked against before it is offered. */
function holds(text: string, { name, key, value }: { name: string; key: string; value: string }): boolean {
  const dockerfile = readDockerfile(text);
  const stage = stageOf(dockerfile, name);
  return stage !== undefined && itemsOf(dockerfile, stage).some((item) => item.key === key && item.value === value);
}

/** Names the building stage as this Dockerfile does. */
function withStageName(value: string, dockerfile: Dockerfile): string {
  const { build } = rolesOf(dockerfile);
  return value.replaceAll(buildStageMark, build?.name ?? String(build?.index ?? 0));
}

function replacement(text: string, item: Item, value: string): TextChange[] | null {
  if (item.key.startsWith('package.')) return packageChanges(text, item, value);
  if (/^apt(?:#|$)/.test(item.key)) return aptChanges(text, item, value);
  if (item.property) {
    const { range, valueRange, name } = item.property;
    if (valueRange === null) return [{ start: range.end, end: range.end, text: `=${propertyText(value)}` }];
    // `ENV LANG C` takes the rest of its line, spaces and all: it becomes the form with `=`.
    return [{ start: range.start, end: Math.max(range.end, valueRange.end), text: `${name}=${propertyText(value)}` }];
  }
  if (item.command) return [{ ...item.command.range, text: value }];
  const { instruction } = item;
  return [{ ...instruction.range, text: `${instruction.keyword} ${value}` }];
}

/** A value of `ENV` or `ARG` as it must be written. */
export function propertyText(value: string): string {
  return /[\s"'$]/.test(value) || value === '' ? `"${value.replaceAll('"', '\\"')}"` : value;
}

function addition(
  text: string,
  stage: Stage,
  items: readonly Item[],
  item: { key: string; value: string; after: readonly string[] },
): TextChange[] | null {
  const before = item.after.map((key) => items.find((one) => one.key === key)).find((one) => one !== undefined);
  const place = before?.instruction ?? stage.from;
  if (item.key.startsWith('package.')) return newPackage(text, items, item.value);
  const line = instructionLine(item.key, item.value);
  const joint = line.startsWith(`${place.keyword} `) ? '\n' : '\n\n';
  return [{ start: place.range.end, end: place.range.end, text: joint + line }];
}

function newPackage(text: string, items: readonly Item[], value: string): TextChange[] | null {
  const install = items.find(({ key }) => key === 'apt');
  return install ? packageChanges(text, install, value) : null;
}

function instructionLine(key: string, value: string): string {
  const [area = '', ...rest] = key.replace(/#\d+$/, '').split('.');
  const keyword = area === 'apt' ? 'RUN' : area.toUpperCase();
  if (keyword === 'ENV' || keyword === 'ARG' || keyword === 'LABEL') {
    const name = rest.join('.');
    return keyword === 'ARG' && value === '' ? `ARG ${name}` : `${keyword} ${name}=${propertyText(value)}`;
  }
  return `${keyword} ${value}`;
}

/** Removes one item of a stage: a whole instruction, one command of a chain, one name of several, a package. */
export function removeItem(text: string, name: string, key: string): Edited {
  const dockerfile = readDockerfile(text);
  const stage = stageOf(dockerfile, name);
  const item = stage && itemsOf(dockerfile, stage).find((one) => one.key === key);
  if (!item) return { ok: true, text };
  const changes = key.startsWith('package.') ? packageRemoval(text, item) : [removal(text, item)];
  return changedDockerfile(text, changes);
}

function removal(text: string, { instruction, command, property }: Item): TextChange {
  if (command && instruction.commands.length > 1)
    return commandRemoval(instruction, instruction.commands.indexOf(command));
  if (property && instruction.properties.length > 1) return propertyRemoval(text, property.range);
  return withoutLines(text, instruction.range);
}

/** Takes one command out of a chain, with what joins it to its neighbour. */
export function commandRemoval({ commands }: Pick<Instruction, 'commands'>, index: number): TextChange {
  const [before, own, next] = [commands[index - 1], commands[index], commands[index + 1]];
  if (!own) return { start: 0, end: 0, text: '' };
  if (before) return { start: before.range.end, end: own.range.end, text: '' };
  return { start: own.range.start, end: next?.range.start ?? own.range.end, text: '' };
}

function propertyRemoval(text: string, { start, end }: { start: number; end: number }): TextChange {
  const space = /(?:\s|\\\r?\n)+$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return text.slice(end).trimStart() === '' || /^[ \t]*\r?\n/.test(text.slice(end))
    ? { start: start - space, end, text: '' }
    : { start, end: end + (/^(?:[ \t]|\\\r?\n)+/.exec(text.slice(end))?.[0].length ?? 0), text: '' };
}
