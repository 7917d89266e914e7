import { withoutLines } from '../elixir/edit/lines.ts';
import { type Edited, refused, type TextChange } from '../elixir/edited.ts';
import { propertyText, stageOf } from './edit-item.ts';
import { imageVersions, type KnownVersions, withoutVersions } from './image.ts';
import { stageNamed } from './item.ts';
import type { Dockerfile, Instruction, Property } from './model.ts';
import { readDockerfile } from './read.ts';
import { changedDockerfile } from './text-change.ts';

/** Gives an `ARG` before the first `FROM` a default, or adds it behind those of `after`. */
export function setArg(text: string, name: string, value: string, after: readonly string[]): Edited {
  const { args, stages } = readDockerfile(text);
  const own = findArg(args, name);
  if (own) return changedDockerfile(text, defaultOf(text, own.property, value));
  const before = after.map((one) => findArg(args, one)?.instruction).find((one) => one !== undefined);
  const line = `ARG ${name}=${propertyText(value)}`;
  if (before) return changedDockerfile(text, [{ start: before.range.end, end: before.range.end, text: `\n${line}` }]);
  // Images use it, so it goes before everything that can name it.
  const first = args[0] ?? stages[0]?.from;
  if (!first) return refused('the Dockerfile has no FROM');
  const joint = first.keyword === 'FROM' ? '\n\n' : '\n';
  return changedDockerfile(text, [{ start: first.range.start, end: first.range.start, text: line + joint }]);
}

function findArg(args: readonly Instruction[], name: string) {
  for (const instruction of args) {
    const property = instruction.properties.find((one) => one.name === name);
    if (property) return { instruction, property };
  }
  return undefined;
}

function defaultOf(text: string, property: Property, value: string): TextChange[] {
  if (property.value === value) return [];
  const { valueRange, range } = property;
  if (valueRange === null) return [{ start: range.end, end: range.end, text: `=${propertyText(value)}` }];
  const quote = /^["']/.exec(text.slice(valueRange.start))?.[0];
  return [{ ...valueRange, text: quote ? quote + value + quote : propertyText(value) }];
}

/** Removes an `ARG` that stands before the first `FROM`. */
export function removeArg(text: string, name: string): Edited {
  const own = findArg(readDockerfile(text).args, name);
  if (!own) return { ok: true, text };
  if (own.instruction.properties.length > 1) return refused(`ARG ${name} shares its line with others`);
  return changedDockerfile(text, [withoutLines(text, own.instruction.range)]);
}

/** Sets the image of a stage's `FROM`. */
export function setImage(text: string, stage: string, image: string): Edited {
  const own = stageOf(readDockerfile(text), stage);
  if (!own) return refused(`no stage plays the part of ${stage}`);
  return own.image === image ? { ok: true, text } : changedDockerfile(text, [{ ...own.imageRange, text: image }]);
}

/** Names a stage, and follows the name in every `COPY --from` and `FROM` that used the old one. */
export function nameStage(text: string, stage: string, name: string): Edited {
  const dockerfile = readDockerfile(text);
  const own = stageOf(dockerfile, stage);
  if (!own) return refused(`no stage plays the part of ${stage}`);
  if (own.name === name) return { ok: true, text };
  if (stageNamed(dockerfile, name)?.name?.toLowerCase() === name.toLowerCase())
    return refused(`another stage is called ${name}`);
  if (own.name === null)
    return changedDockerfile(text, [{ start: own.imageRange.end, end: own.imageRange.end, text: ` AS ${name}` }]);
  return changedDockerfile(text, renames(dockerfile, own.name, own.from, name));
}

function renames(dockerfile: Dockerfile, old: string, from: Instruction, name: string): TextChange[] {
  const { text } = dockerfile;
  const inFrom = { start: from.range.end - old.length, end: from.range.end, text: name };
  const uses = dockerfile.stages.flatMap((stage) => {
    const base = stage.base?.name === old ? [{ ...stage.imageRange, text: name }] : [];
    const copies = stage.instructions.filter((one) =>
      one.flags.some((flag) => flag.name === 'from' && flag.value === old),
    );
    return [
      ...base,
      ...copies.map((copy) => {
        const start = text.indexOf(`--from=${old}`, copy.range.start) + '--from='.length;
        return { start, end: start + old.length, text: name };
      }),
    ];
  });
  return [inFrom, ...uses];
}

/** Replaces versions where a Dockerfile states them: in `ARG` defaults and in images, of one stage or everywhere. */
export function setVersions(text: string, stage: string | null, versions: KnownVersions): Edited {
  const dockerfile = readDockerfile(text);
  const stages = stage === null ? dockerfile.stages : [stageOf(dockerfile, stage)].filter((one) => one !== undefined);
  const used = stage === null ? null : new Set(stages.flatMap((one) => variablesOf(dockerfile, one.image)));
  const args = dockerfile.args.flatMap(({ properties }) => properties).filter(({ name }) => used?.has(name) ?? true);
  const changes = args.flatMap((property) => {
    const value = withNewVersions(property.name, property.value ?? '', versions);
    return property.value === null ? [] : defaultOf(text, property, value);
  });
  const images = stages.flatMap(({ image, imageRange }): TextChange[] => {
    const value = withNewVersions('', image, versions);
    return value === image ? [] : [{ ...imageRange, text: value }];
  });
  return changedDockerfile(text, [...changes, ...images]);
}

/** The `ARG`s that an image is made of, through others. */
function variablesOf(dockerfile: Dockerfile, text: string): string[] {
  const names = [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
  return names.flatMap((name) => {
    const value = findArg(dockerfile.args, name)?.property.value ?? '';
    return [name, ...(value.includes(`\${${name}`) ? [] : variablesOf(dockerfile, value))];
  });
}

function withNewVersions(name: string, value: string, { elixir, otp, debian }: KnownVersions): string {
  if (/^\d[\w.]*$/.test(value) && withoutVersions(name, value) !== value) {
    return (/ELIXIR/i.test(name) ? elixir : otp) ?? value;
  }
  const old = /[:-]/.test(value) ? imageVersions(value.includes(':') ? value : `image:${value}`) : null;
  if (old === null) return value;
  const swap = (text: string, from: string | null, to: string | null) =>
    from === null || to === null ? text : text.replace(from, to);
  const inTag = (text: string) => swap(swap(swap(text, old.elixir, elixir), old.otp, otp), old.debian, debian);
  const colon = value.lastIndexOf(':');
  return value.slice(0, colon + 1) + inTag(value.slice(colon + 1));
}
