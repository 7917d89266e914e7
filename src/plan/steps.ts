import { eachOnce } from '../findings/finding.ts';
import type { Workspace } from '../merge/workspace.ts';
import { compareVersions } from '../pristine/versions.ts';
import { carryOut } from './carry-out.ts';
import type { Draft, DraftItem } from './draft.ts';
import { inOrder } from './order.ts';
import type { Finding, Risk, Status, Step, Verdict } from './plan.ts';
import { type Rewrites, rewritesOf } from './rewrites.ts';

/** Steps in order, and the project once all of them are carried out. */
export interface CarriedOutSteps {
  readonly steps: Step[];
  readonly workspace: Workspace;
}

/** Orders drafts and carries each out, by `carry`, on the project as the ones before it, and `earlier` steps, leave it. */
export function stepsOf(
  drafts: readonly Draft[],
  project: Workspace,
  earlier: readonly Step[] = [],
  carry: typeof carryOut = carryOut,
): CarriedOutSteps {
  const ordered = inOrder(
    drafts.map((draft) => ({ ...draft, backlog: isBacklog(draft) })),
    compareVersions,
  );
  const steps: Step[] = [];
  let workspace = project;
  for (const { backlog, ...draft } of ordered) {
    const first = carry(held(draft), workspace);
    // What makes sense only together waits for a person as a whole.
    const byHand = draft.whole && first.draft.items.some(({ change }) => change.verdict === 'manual');
    const done = byHand ? carry(waiting(first.draft, 'manual'), workspace) : first;
    workspace = done.workspace;
    const rewrites = rewritesOf(done.rewritten, (path) => project.text(path));
    steps.push(...split({ ...done.draft, backlog, rewrites }, done.operations, done.edits));
  }
  return { steps: withKnownPrerequisites(steps, earlier), workspace };
}

/**
 * A step that brings new files is all or nothing: without their text nothing may name the modules in them. Then the
 * whole step waits for a source.
 */
function held(draft: Draft): Draft {
  const lacking = draft.items.some(
    ({ change: { address, verdict, base, yours } }) =>
      verdict === 'needs-source' && (draft.whole || (address.startsWith('file/') && base === null && yours === null)),
  );
  return lacking ? waiting(draft, 'needs-source') : draft;
}

function waiting(draft: Draft, verdict: Verdict): Draft {
  const items = draft.items.map((item): DraftItem => {
    if (item.change.verdict !== 'pending') return item;
    return { ...item, operations: [], change: { ...item.change, verdict } };
  });
  return { ...draft, items };
}

function isBacklog({ items }: Draft): boolean {
  return items.length > 0 && items.every((item) => item.backlog);
}

type BackloggedDraft = Draft & { readonly backlog: boolean; readonly rewrites: Rewrites | null };

/** What can be done and what needs a person are two steps: the one need not wait for the other. */
function split(draft: BackloggedDraft, operations: Step['operations'], edits: Step['edits']): Step[] {
  const items = draft.items.flatMap(partsOf);
  const rest = items.filter(({ change }) => !needsPerson(change.verdict) && change.verdict !== 'needs-source');
  // What is rewritten in the user's own code waits neither for a person nor for generated files.
  const isRewritten = edits.length > 0 && draft.operations.some(({ kind }) => kind === 'rewrite');
  if (!isRewritten && !rest.some(({ change }) => change.verdict === 'pending'))
    return [stepOf(draft, items, operations, edits)];
  const others = [
    part(
      draft,
      byHandId(draft),
      'manual follow-up',
      items.filter(({ change }) => needsPerson(change.verdict)),
    ),
    part(
      draft,
      filesId(draft),
      'generated files',
      items.filter(({ change }) => change.verdict === 'needs-source'),
    ),
  ];
  return [stepOf(draft, rest, operations, edits), ...others.flat()];
}

/** Id of the part of a draft that needs a person. */
export function byHandId({ id }: { readonly id: string }): string {
  return `${id}-by-hand`;
}

/** Id of the part of a draft that needs generated files. */
export function filesId({ id }: { readonly id: string }): string {
  return `${id}-files`;
}

/** A step of its own for some of a draft's changes; none where there are none. */
function part(draft: BackloggedDraft, ownId: string, subtitle: string, items: readonly DraftItem[]): Step[] {
  const { id, title } = draft;
  const own = {
    ...draft,
    id: ownId,
    title: `${title}: ${subtitle}`,
    after: [id],
    findings: [],
    rewrites: null,
    heldBy: [],
    together: [],
    commands: [],
  };
  return items.length === 0 ? [] : [stepOf(own, items, [], [])];
}

/** A file that merges but for some regions: the rest of it need not wait for these. */
function partsOf(item: DraftItem): DraftItem[] {
  if (item.change.verdict !== 'conflict' || item.operations.length === 0) return [item];
  return [
    { ...item, change: { ...item.change, verdict: 'pending' }, conflicts: [] },
    { ...item, operations: [] },
  ];
}

function needsPerson(verdict: Verdict): boolean {
  return verdict === 'conflict' || verdict === 'manual';
}

function stepOf(
  draft: BackloggedDraft,
  items: readonly DraftItem[],
  operations: Step['operations'],
  edits: Step['edits'],
): Step {
  const status = statusOf(draft, items, edits.length > 0);
  const { id, title, why, docs, area, need, backlog, after, commands, findings, rewrites } = draft;
  const brought = items.flatMap(({ since }) => since ?? []).sort(compareVersions);
  const held = heldBy(draft, items);
  return {
    id,
    title,
    why: [why, ...cautionsIn(items), ...(status === 'needs-source' ? [draft.textHint ?? sourceHint] : [])].join(' '),
    docs,
    since: brought.at(-1) ?? draft.since,
    area,
    need,
    backlog,
    status,
    risk: riskOf(draft, items, status),
    after,
    ...(draft.together?.length ? { together: draft.together } : {}),
    changes: items.map(({ change }) => change),
    operations,
    edits,
    conflicts: items.flatMap((item) => item.conflicts),
    commands,
    findings: [...findings, ...(rewrites?.left ?? []), ...held],
    ...(rewrites === null ? {} : { rewrites }),
    ...(held.length === 0 ? {} : { heldBy: held }),
  };
}

/** The places that hold a step or some of its changes, each once. */
function heldBy(draft: BackloggedDraft, items: readonly DraftItem[]): Finding[] {
  const all = [...(draft.heldBy ?? []), ...items.flatMap((item) => item.heldBy ?? [])];
  return eachOnce(all);
}

/** What completes a step that only the generated text is missing for. */
const sourceHint =
  'It needs the generated text: run phx-upgrade plan --source mix where Elixir is installed, or give a pack with --pack.';

function statusOf(draft: Draft, items: readonly DraftItem[], edited: boolean): Status {
  const verdicts = new Set(items.map(({ change }) => change.verdict));
  if (verdicts.has('conflict')) return 'conflict';
  if (verdicts.has('manual')) return 'manual';
  if (verdicts.has('needs-source')) return 'needs-source';
  if (edited || verdicts.has('pending')) return 'pending';
  // Nothing to edit, but places to look at.
  if (draft.findings.length > 0) return 'manual';
  return verdicts.has('declined') && !verdicts.has('done') ? 'declined' : 'done';
}

function riskOf(draft: Draft, items: readonly DraftItem[], status: Status): Risk {
  if (status === 'conflict' || status === 'manual') return 'manual';
  const warned = cautionsIn(items).length > 0 || items.some(({ review }) => review);
  return draft.risk === 'safe' && warned ? 'review' : draft.risk;
}

/** The cautions of changes that are still to be made. */
function cautionsIn(items: readonly DraftItem[]): string[] {
  const open = items.filter(({ change }) => change.verdict !== 'done' && change.verdict !== 'declined');
  return [...new Set(open.flatMap(({ cautions }) => cautions ?? []))];
}

/**
 * Only steps of this plan that are still to be done can come before another. A step behind one that is not safe is not
 * safe either: taking it would bring the other along.
 */
function withKnownPrerequisites(steps: readonly Step[], earlier: readonly Step[]): Step[] {
  const open = new Set(
    [...earlier, ...steps].filter(({ status }) => status !== 'done' && status !== 'declined').map(({ id }) => id),
  );
  const safe = new Set(earlier.filter(isSafe).map(({ id }) => id));
  const safeTogether = (id: string) => steps.some((step) => step.id === id && isSafe(step));
  return steps.map((step) => {
    const after = step.after.filter((id) => id !== step.id && open.has(id));
    const alone = after.every((id) => safe.has(id)) && (step.together ?? []).every(safeTogether);
    if (alone && isSafe(step)) safe.add(step.id);
    return { ...step, after, risk: alone || step.risk !== 'safe' ? step.risk : 'review' };
  });
}

function isSafe({ status, risk }: Step): boolean {
  return status === 'pending' && risk === 'safe';
}
