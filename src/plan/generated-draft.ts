import type { Finding } from '../findings/finding.ts';
import type { GeneratedCode } from '../generated/find.ts';
import type { MergedFile } from '../generated/merge.ts';
import { changedDefinitions, openChanges } from '../generated/said.ts';
import type { Stage } from '../generated/stages.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { Draft, DraftItem } from './draft.ts';
import { idOf, titleOf, whyOf } from './generated-words.ts';

/** What is known of a stage besides the code itself. */
interface StageParts {
  /** Null where there is no text. */
  readonly files: readonly MergedFile[] | null;
  readonly columns: readonly string[];
  /** Id of the step of the stage before. */
  readonly before: string | null;
}

/** No pack and no installer has what other generators write. */
const packageHint =
  'It needs what the generator writes, which the phoenix package has: leave --source and --offline out, so that it can be fetched from Hex.';

/** The step for one stage; null where there is nothing to say. */
export function stageDraft(code: GeneratedCode, stage: Stage, { files, columns, before }: StageParts): Draft | null {
  const open = openChanges(code, stage).filter(({ finding }) => isLogin(code) || isBrought(finding.path, files));
  const changed = changedDefinitions(code, stage);
  if (files === null ? open.length === 0 && changed.length === 0 : files.length === 0) return null;
  if (!isLogin(code) && open.every(({ change }) => change.isMinor)) return null;
  const changes = [...new Set(open.map(({ change }) => `${change.what} (${change.since})`))];
  const task = code.codes.at(-1)?.generator.task ?? '';
  const isSafer = stage.design === null && open.some(({ change }) => change.isSecurity);
  return {
    id: idOf(code, stage),
    title: titleOf(code, stage),
    why: whyOf(code, stage, changes, columns),
    docs: `https://hexdocs.pm/phoenix/Mix.Tasks.${task.split('.').map(capital).join('.')}.html`,
    area: 'web',
    need: isSafer ? 'recommended' : 'cosmetic',
    risk: 'review',
    since: /^\d/.test(stage.to) ? stage.to : null,
    after: before !== null ? [before] : [...(isLogin(code) ? ['auth-csrf-token'] : []), ...packagesOf(stage)],
    commands: [...(files?.some(({ path }) => path.endsWith('mix.exs')) ? ['mix deps.get'] : []), 'mix test'],
    textHint: packageHint,
    operations: [],
    items: files === null ? changed.map((one) => waitingItem(one, stage)) : itemsOf(files, stage),
    findings: eachPlaceOnce([...open.map(({ finding }) => finding), ...(files === null ? changed : [])]),
  };
}

/** Steps for the packages that what a release line's generators write is made for. */
const packages: Readonly<Record<string, readonly string[]>> = {
  '1.6': ['phoenix-1-6', 'live-view-0-17'],
  '1.7': ['phoenix-1-7', 'live-view-0-20', 'live-view-1-0'],
  '1.8': ['phoenix-1-8', 'live-view-1-1', 'live-view-1-2'],
};

function packagesOf({ to }: Stage): string[] {
  const lines = Object.entries(packages).filter(([line]) => compareVersions(`${line}.0`, to) <= 0);
  return /^\d/.test(to) ? lines.flatMap(([, ids]) => ids) : [];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A part of another design would not work: what cannot all be brought is left to a person as a whole. */
function itemsOf(files: readonly MergedFile[], stage: Stage): DraftItem[] {
  const isPart = stage.design !== null && files.some(({ verdict }) => verdict !== 'pending');
  return files.map((file) => {
    const item = itemOf(file, stage);
    if (!isPart) return item;
    if (file.verdict !== 'pending') return { ...item, operations: [] };
    const note = 'works only with what has to be done by hand';
    return { ...item, operations: [], change: { ...item.change, verdict: 'manual', note } };
  });
}

function itemOf(
  { path, place, verdict, operations, conflicts, isUntouched, note }: MergedFile,
  { from, to }: Stage,
): DraftItem {
  return {
    change: {
      address: `file/${place ?? path}`,
      verdict,
      base: place === null ? null : `as of ${from}`,
      yours: place === null ? null : isUntouched ? 'as generated' : 'changed by you',
      target: operations[0]?.kind === 'delete-file' ? null : `as of ${to}`,
      at: place === null ? null : { path: place, line: 1 },
      ...(note === null ? {} : { note }),
    },
    operations,
    conflicts,
    backlog: false,
    since: null,
    review: true,
  };
}

/** A file whose text is not at hand. */
function waitingItem({ path, line }: Finding, { from, to }: Stage): DraftItem {
  return {
    change: {
      address: `file/${path}`,
      verdict: 'needs-source',
      base: `as of ${from}`,
      yours: 'as generated',
      target: `as of ${to}`,
      at: { path, line },
    },
    operations: [],
    conflicts: [],
    backlog: false,
    since: null,
    review: true,
  };
}

function eachPlaceOnce(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [`${one.path}:${one.line}:${one.message}`, one])).values()];
}

/** Of a context only what its step brings is named. */
function isBrought(path: string, files: readonly MergedFile[] | null): boolean {
  return files === null || files.some(({ place }) => place === path);
}

/** Whether code is a login, which is brought on design by design. */
export function isLogin({ codes: [{ generator }] }: GeneratedCode): boolean {
  return generator.marks !== null;
}
