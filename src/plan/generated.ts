import type { Names } from '../elixir/names.ts';
import type { Dep } from '../findings/build-files.ts';
import type { Finding } from '../findings/finding.ts';
import { changedColumns } from '../generated/columns.ts';
import { findGenerated, type GeneratedCode } from '../generated/find.ts';
import { type MergedFile, mergedStage } from '../generated/merge.ts';
import { lackedBy } from '../generated/needs.ts';
import type { Overlay } from '../generated/places.ts';
import { changedDefinitions, isWorthStep, openChanges } from '../generated/said.ts';
import { type Stage, stagesOf } from '../generated/stages.ts';
import { type CodeTexts, codeKey, type StageTexts } from '../generated/texts.ts';
import type { GeneratedHistories } from '../pristine/generated-history.ts';
import type { FileTree } from '../project/tree.ts';
import type { Draft, DraftItem } from './draft.ts';
import { idOf, titleOf, whyOf } from './generated-words.ts';
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
  const logins = codes.filter(isLogin);
  const own = ownLoginDraft(deps, logins.length > 0);
  const textsOf = (code: GeneratedCode) => texts.find(({ key }) => key === codeKey(code))?.stages ?? [];
  const drafts = logins.flatMap((code) => {
    const overlay: Overlay = new Map();
    let before: string | null = null;
    return stagesOf(code, to).flatMap((stage) => {
      const text = textsOf(code).find((one) => one.to === stage.to) ?? null;
      const files = text === null ? null : mergedStage(code, text, { tree, app: names, overlay });
      const draft = stageDraft(code, stage, { files, columns: text === null ? [] : changedColumns(text), before });
      if (draft !== null) before = draft.id;
      return draft ?? [];
    });
  });
  const others = codes.filter((code) => !isLogin(code));
  const contexts = others.flatMap((code) => contextDraft(code, { tree, names, to, texts: textsOf(code) }) ?? []);
  return [...drafts, ...contexts, ...(own === null ? [] : [own])];
}

function isLogin({ codes: [{ generator }] }: GeneratedCode): boolean {
  return generator.marks !== null;
}

interface ContextInput extends Pick<GeneratedInput, 'tree' | 'names' | 'to'> {
  readonly texts: readonly StageTexts[];
}

/**
 * The one step for a context and what is made for its resources: over to another design where all of it can be brought and finds
 * what it needs, else up to the end of its own where that has a change that matters. What is style alone is not said.
 */
function contextDraft(code: GeneratedCode, { tree, names, to, texts }: ContextInput): Draft | null {
  const merged = (stage: Stage) => {
    const text = texts.find((one) => one.to === stage.to && one.design === stage.design);
    return text === undefined ? null : mergedStage(code, text, { tree, app: names, overlay: new Map() });
  };
  const stages = stagesOf(code, to);
  const other = stages.find(({ design }) => design !== null);
  const whole = other === undefined ? null : merged(other);
  if (other !== undefined && whole?.every(({ verdict }) => verdict === 'pending') && isWorthStep(code, other)) {
    if (lackedBy(whole, tree).length === 0) return stageDraft(code, other, { files: whole, columns: [], before: null });
  }
  const own = stages.find(({ design }) => design === null);
  if (own === undefined || !isWorthStep(code, own)) return null;
  const files = merged(own);
  const isMoved = files?.some(({ operations }) =>
    operations.some(({ kind }) => !/^(?:merge|replace)-file$/.test(kind)),
  );
  // Files that come and go with templates that are the user's by now would leave these without them.
  if (isMoved && files?.some(({ verdict }) => verdict !== 'pending')) return null;
  return stageDraft(code, own, { files: files?.flatMap(settled) ?? null, columns: [], before: null });
}

/** What both sides changed stays the user's: of a change of style alone nobody is asked. */
function settled(file: MergedFile): MergedFile[] {
  if (file.verdict === 'pending') return [file];
  const definitions = file.operations.filter((one) => one.kind === 'merge-file' && one.definitions !== undefined);
  return definitions.length === 0 ? [] : [{ ...file, verdict: 'pending', operations: definitions, conflicts: [] }];
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
    after: before !== null ? [before] : isLogin(code) ? ['auth-csrf-token'] : [],
    commands: [...(files?.some(({ path }) => path.endsWith('mix.exs')) ? ['mix deps.get'] : []), 'mix test'],
    textHint: packageHint,
    operations: [],
    items: files === null ? changed.map((one) => waitingItem(one, stage)) : itemsOf(files, stage),
    findings: eachPlaceOnce([...open.map(({ finding }) => finding), ...(files === null ? changed : [])]),
  };
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
