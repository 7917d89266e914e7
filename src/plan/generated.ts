import type { Names } from '../elixir/names.ts';
import type { Dep } from '../findings/build-files.ts';
import { changedColumns } from '../generated/columns.ts';
import { findGenerated, type GeneratedCode } from '../generated/find.ts';
import { type MergedFile, mergedStage } from '../generated/merge.ts';
import { lackedBy } from '../generated/needs.ts';
import type { Overlay } from '../generated/places.ts';
import { isWorthStep } from '../generated/said.ts';
import { type Stage, stagesOf } from '../generated/stages.ts';
import { type CodeTexts, codeKey, type StageTexts } from '../generated/texts.ts';
import type { GeneratedHistories } from '../pristine/generated-history.ts';
import type { FileTree } from '../project/tree.ts';
import type { Draft } from './draft.ts';
import { isLogin, stageDraft } from './generated-draft.ts';
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
