import type { Names } from '../elixir/names.ts';
import type { Dep } from '../findings/build-files.ts';
import type { Finding } from '../findings/finding.ts';
import { changedColumns } from '../generated/columns.ts';
import { findGenerated, type GeneratedCode } from '../generated/find.ts';
import { type MergedFile, mergedStage } from '../generated/merge.ts';
import type { Overlay } from '../generated/places.ts';
import { changedDefinitions, openChanges } from '../generated/said.ts';
import { type Stage, stagesOf } from '../generated/stages.ts';
import { type CodeTexts, codeKey } from '../generated/texts.ts';
import type { GeneratedHistories } from '../pristine/generated-history.ts';
import { releaseLine } from '../pristine/versions.ts';
import type { FileTree } from '../project/tree.ts';
import type { Draft, DraftItem } from './draft.ts';
import { ownLoginDraft } from './own-login.ts';

/** What the steps for generated code are made from. */
export interface GeneratedInput {
  readonly tree: FileTree;
  readonly names: Names;
  readonly to: string;
  readonly histories: GeneratedHistories;
  readonly texts: readonly CodeTexts[];
  readonly deps: readonly Dep[];
}

/**
 * The steps for code that generators other than `phx.new` wrote: one for each call and stage. The first brings it up to the end
 * of its own design; those behind take it to a newer one, which an app can do without.
 */
export function generatedDrafts({ tree, names, to, histories, texts, deps }: GeneratedInput): Draft[] {
  const codes = findGenerated(tree, names, histories);
  const own = ownLoginDraft(deps, codes.length > 0);
  const drafts = codes.flatMap((code) => {
    const overlay: Overlay = new Map();
    const known = texts.find(({ key }) => key === codeKey(code));
    let before: string | null = null;
    return stagesOf(code, to).flatMap((stage) => {
      const text = known?.stages.find((one) => one.to === stage.to) ?? null;
      const files = text === null ? null : mergedStage(code, text, { tree, app: names, overlay });
      const draft = stageDraft(code, stage, { files, columns: text === null ? [] : changedColumns(text), before });
      if (draft !== null) before = draft.id;
      return draft ?? [];
    });
  });
  return own === null ? drafts : [...drafts, own];
}

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

function stageDraft(code: GeneratedCode, stage: Stage, { files, columns, before }: StageParts): Draft | null {
  const open = openChanges(code, stage);
  const changed = changedDefinitions(code, stage);
  if (files === null ? open.length === 0 && changed.length === 0 : files.length === 0) return null;
  const changes = open.map(({ change }) => `${change.what} (${change.since})`);
  const isSafer = stage.design === null && open.some(({ change }) => change.isSecurity);
  return {
    id: idOf(code, stage),
    title: titleOf(code, stage),
    why: whyOf(code, stage, changes, columns),
    docs: `https://hexdocs.pm/phoenix/Mix.Tasks.${code.generator.task.split('.').map(capital).join('.')}.html`,
    area: 'web',
    need: isSafer ? 'recommended' : 'cosmetic',
    risk: 'review',
    since: /^\d/.test(stage.to) ? stage.to : null,
    after: before === null ? ['auth-csrf-token'] : [before],
    commands: [...(files?.some(({ path }) => path.endsWith('mix.exs')) ? ['mix deps.get'] : []), 'mix test'],
    textHint: packageHint,
    operations: [],
    items: files === null ? changed.map((one) => waitingItem(one, stage)) : itemsOf(files, stage),
    findings: eachPlaceOnce([...open.map(({ finding }) => finding), ...(files === null ? changed : [])]),
  };
}

function idOf({ generator, names }: GeneratedCode, { design }: Stage): string {
  const id = `${generator.task.replace(/^phx\./, '').replaceAll('.', '-')}-${names.singular.replaceAll('_', '-')}`;
  return design === null ? id : `${id}-${releaseLine(design).replace('.', '-')}`;
}

function titleOf({ generator, names }: GeneratedCode, { design, to }: Stage): string {
  const what = `the ${generator.what} of ${[names.context, names.schema].filter(Boolean).join('.')}`;
  return design === null
    ? `Bring ${what} up to ${generator.task} of ${to}`
    : `Take ${what} over to what ${generator.task} writes in ${releaseLine(design)}`;
}

function whyOf(code: GeneratedCode, stage: Stage, changes: readonly string[], columns: readonly string[]): string {
  const all = code.parts.flatMap(({ definitions }) => definitions);
  const same = all.filter(({ runs }) => runs !== 0n);
  const known = all.filter(({ isKnown, runs }) => isKnown && runs === 0n);
  const [first, last] = [code.versions[0], code.versions.at(-1)];
  const versions = first === last ? first : `${first} to ${last}`;
  const words = [
    stage.design !== null ? 'An app can do without: what was written before works on.' : '',
    `${same.length} of ${all.length} definitions are as ${code.generator.task} wrote them, most as in ${versions};`,
    `${known.length} that it wrote are changed by you and stay unless you choose otherwise.`,
    changes.length === 0 ? '' : `Since then: ${changes.join('; ')}.`,
    columns.length === 0 ? '' : `Your tables have to follow, by a migration of your own: ${columns.join('; ')}.`,
  ];
  return words.filter(Boolean).join(' ');
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
