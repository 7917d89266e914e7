import { indexesOf } from '../facts/version-set.ts';
import type { Finding } from '../findings/finding.ts';
import { changesOf, type GeneratedChange } from './changes.ts';
import type { GeneratedCode } from './find.ts';
import { ownNameOf } from './names.ts';
import type { FoundDefinition, FoundPart, WrittenCode } from './parts.ts';
import type { Stage } from './stages.ts';

/** A change that the templates got on a stage and that a project's code does not have, where it would go. */
export interface OpenChange {
  readonly change: GeneratedChange;
  readonly finding: Finding;
}

/** The named changes of a stage that the code lacks, those for security first. */
export function openChanges({ codes }: GeneratedCode, stage: Stage): OpenChange[] {
  const open = codes.flatMap((code) =>
    changesOf(code.generator.task).flatMap((change) => {
      if (!isWithin(code, stage, change.since)) return [];
      const place = placeOf(code, change);
      return place === null ? [] : [{ change, finding: findingOf(place, change) }];
    }),
  );
  return open.sort((a, b) => Number(b.change.isSecurity) - Number(a.change.isSecurity));
}

/** Of a login's other design its beginning alone is named: what was mended in it since comes with it. */
function isWithin(
  { history: { versions }, generator }: WrittenCode,
  { from, to, design }: Stage,
  since: string,
): boolean {
  if (design !== null && generator.marks !== null) return since === design;
  const at = versions.indexOf(since);
  return at > versions.indexOf(from) && at <= versions.indexOf(to);
}

/** Whether a stage is worth a step: of a login always, of a context where a change is named that somebody may want. */
export function isWorthStep(code: GeneratedCode, stage: Stage): boolean {
  return code.codes[0].generator.marks !== null || openChanges(code, stage).some(({ change }) => !change.isMinor);
}

interface ChangePlace {
  readonly part: FoundPart;
  readonly definition: FoundDefinition;
}

/**
 * A definition that is as only older versions wrote it, or one of the part that lacks a definition which came with the
 * change. None where somebody has changed it: what it does then is not known by its hash.
 */
function placeOf({ parts, history }: WrittenCode, { since, definitions }: GeneratedChange): ChangePlace | null {
  const first = history.versions.indexOf(since);
  const isOld = (runs: bigint) => runs !== 0n && indexesOf(runs).every((run) => run % history.versions.length < first);
  for (const part of parts) {
    const own = part.definitions.filter(({ key }) => definitions.test(`${part.role} ${key}`));
    const old = own.find(({ runs }) => isOld(runs));
    if (old) return { part, definition: old };
    const [top] = part.definitions;
    const lacking = history.keys(part.role).filter((key) => definitions.test(`${part.role} ${key}`));
    const isNew = (key: string) =>
      indexesOf(history.writing(part.role, key)).every((run) => run % history.versions.length >= first);
    if (own.length === 0 && top && lacking.some(isNew)) return { part, definition: top };
  }
  return null;
}

function findingOf({ part, definition }: ChangePlace, { since, what, source }: GeneratedChange): Finding {
  return { path: part.path, line: definition.line, message: `since ${since}, ${what}; ${source}` };
}

/** One finding a file: which of its definitions the templates changed on a stage, and when first. */
export function changedDefinitions({ codes, variant }: GeneratedCode, stage: Stage): Finding[] {
  const changed = codes.flatMap((code) =>
    code.parts.flatMap((part) =>
      part.definitions.flatMap((definition) => {
        const when = changedIn(code, variant, stage, definition);
        const name = nameOf(definition.key, code);
        return when === null ? [] : [{ path: part.path, line: definition.line, task: code.generator.task, name, when }];
      }),
    ),
  );
  const paths = [...new Set(changed.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const own = changed.filter((one) => one.path === path).sort((a, b) => a.line - b.line);
    const [first] = own;
    if (!first) return [];
    const named = own.slice(0, 4).map(({ name, when }) => `${name} (${when})`);
    const rest = own.length > named.length ? [`${own.length - named.length} more`] : [];
    return [{ path, line: first.line, message: `${first.task} has changed since: ${[...named, ...rest].join(', ')}` }];
  });
}

/** The first version of a stage behind all that wrote a definition as it is; null where the last one still does. */
function changedIn({ history }: WrittenCode, variant: string, { to }: Stage, { runs }: FoundDefinition): string | null {
  if (runs === 0n) return null;
  const own = history.versionsOf(runs, variant).filter((version) => isUpTo(history.versions, version, to));
  const last = own.at(-1);
  if (last === undefined || last === to) return null;
  return history.versions[history.versions.indexOf(last) + 1] ?? null;
}

function isUpTo(versions: readonly string[], version: string, to: string): boolean {
  return versions.indexOf(version) <= versions.indexOf(to);
}

/** A definition under the names that it has in the project. */
function nameOf(key: string, { names }: WrittenCode): string {
  const own = ownNameOf(key, names).replace(/^fun /, '');
  if (own === 'file') return 'the template';
  return own.length > 60 ? `${own.slice(0, 59)}…` : own;
}
