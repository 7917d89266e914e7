import type { History } from '../facts/history.ts';
import type { Comparison } from '../merge/comparison.ts';
import { isStaticPaths } from '../merge/endpoint/static-paths.ts';
import type { FileOutcome } from '../merge/files/outcome.ts';
import { type OutcomePart, splitOutcome } from '../merge/files/parts.ts';
import type { ChangedPart } from '../merge/text/definitions/parts.ts';
import type { Project } from '../project/project.ts';
import { claimPart, hasParts } from '../topics/claim.ts';
import type { Claimed } from './claimed.ts';
import { changeOf, claimable } from './fact-changes.ts';

/** Changes of files by their definitions, and what is left of the files. */
export interface SplitFiles {
  /** One for each definition that has an address: a quote of the web module, a pipeline, the scopes of one path. */
  readonly changes: readonly Claimed[];
  /** The files as they were, or as far as no address has their definitions. */
  readonly rest: readonly FileOutcome[];
}

/**
 * Takes the router and the dispatch module apart by definitions, each with the address of its fact, so that topics claim
 * them by what they are. `comparisons` are those of facts; `byFacts` those of them that edit the files by themselves.
 */
export function splitFiles(
  files: readonly FileOutcome[],
  comparisons: readonly Comparison[],
  byFacts: readonly Comparison[],
  { project, history }: { readonly project: Project; readonly history: History },
): SplitFiles {
  // A list of static files that no endpoint asks for comes with the rest of the file, if at all.
  const named = comparisons.filter((one) => !isStaticPaths(one.address) || byFacts.includes(one));
  const known = new Map(named.map((one) => [one.address.pathText, one] as const));
  const changes: Claimed[] = [];
  const rest: FileOutcome[] = [];
  for (const outcome of files) {
    const parts = partsOf(outcome, known, project);
    if (parts === null) rest.push(outcome);
    for (const { group, outcome: own } of parts ?? []) {
      if (group === null) rest.push(own);
      else if (!byFacts.includes(group)) changes.push(claimedPart(group, own, project, history));
    }
  }
  return { changes, rest };
}

function partsOf(
  outcome: FileOutcome,
  known: ReadonlyMap<string, Comparison>,
  { tree, webFiles, names }: Project,
): OutcomePart<Comparison>[] | null {
  const { place, status } = outcome;
  const isOpen = status === 'pending' || status === 'conflict';
  if (place === null || !isOpen || (place !== webFiles.router && place !== webFiles.web)) return null;
  const yours = tree.read(place);
  if (yours === undefined) return null;
  const addressOf =
    place === webFiles.router ? routerAddress : (part: ChangedPart) => webAddress(part, names.webModule);
  return splitOutcome(outcome, yours, (part) => known.get(addressOf(part) ?? '') ?? null);
}

/**
 * Takes files apart whose changes are of several topics by what they say: the import of a style sheet in a script is of the topic that
 * builds it otherwise, whatever else happens in the script. `planned` are the topics of the plan, `claim` is that of a whole file.
 */
export function splitByWords(
  files: readonly FileOutcome[],
  planned: ReadonlySet<string>,
  { tree }: Pick<Project, 'tree'>,
  claimed: (outcome: FileOutcome) => Claimed,
): Claimed[] {
  return files.flatMap((outcome) => {
    const whole = claimed(outcome);
    const parts = partsByWords(outcome, whole.claim.address, planned, tree);
    return (parts ?? [{ group: null, outcome }]).map(({ group, outcome: own }): Claimed => {
      const { claim, item } = claimed(own);
      if (group === null) return { claim, item };
      return { claim: { ...claim, address: `${claim.address}#${group}`, partOf: group }, item };
    });
  });
}

function partsByWords(
  outcome: FileOutcome,
  address: string,
  planned: ReadonlySet<string>,
  tree: Project['tree'],
): OutcomePart<string>[] | null {
  const { place, status, path } = outcome;
  const yours = place === null ? undefined : tree.read(place);
  const isOpen = status === 'pending' || status === 'conflict';
  if (yours === undefined || !isOpen || !hasParts(address)) return null;
  const groupOf = ({ base, target }: ChangedPart) => claimPart(address, `${base ?? ''}\n${target ?? ''}`, planned);
  return splitOutcome(outcome, yours, groupOf, /\.exs?$/.test(path) ? 'definitions' : 'lines');
}

function webAddress({ key }: ChangedPart, webModule: string): string | null {
  const [, name] = /^fun (\w+)\/0$/.exec(key) ?? [];
  return name === undefined ? null : `${webModule}.${name}`;
}

function routerAddress({ key, base, target }: ChangedPart): string | null {
  const [, pipeline] = /^pipeline :(\w+)$/.exec(key) ?? [];
  if (pipeline !== undefined) return `router.pipeline.${pipeline}`;
  const [, path] = /^scope "([^"]+)"/.exec(key) ?? [];
  if (path !== undefined) return `router.scope.${path}`;
  return /^if(?:#\d+)?$/.test(key) ? developmentScope(target ?? base ?? '') : null;
}

/** What stands in a condition are the routes of development: below `/dev` since 1.6, LiveDashboard's below `/` before. */
function developmentScope(text: string): string {
  const [, path = '/dev'] = /^\s*scope\s+"([^"]+)"/m.exec(text) ?? [];
  return `router.scope.${path}`;
}

function claimedPart(
  comparison: Comparison,
  { status, operations, conflicts, note, touched, risk }: FileOutcome,
  { tree, names }: Project,
  history: History,
): Claimed {
  const claim = claimable(comparison, history, names);
  const isThere = comparison.outcome === 'done' && status === 'conflict';
  const verdict = isThere ? ('done' as const) : status;
  const change = { ...changeOf(comparison, true, tree), verdict, ...(note ? { note } : {}) };
  const edits = isThere ? { operations: [], conflicts: [] } : { operations, conflicts };
  const item = { change, ...edits, backlog: comparison.backlog, since: claim.since };
  return { claim, item: { ...item, review: touched || risk !== 'safe' } };
}
