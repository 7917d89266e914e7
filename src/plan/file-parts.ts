import type { History } from '../facts/history.ts';
import type { Comparison } from '../merge/comparison.ts';
import { isStaticPaths } from '../merge/endpoint/static-paths.ts';
import type { FileOutcome } from '../merge/files/outcome.ts';
import { type OutcomePart, splitOutcome } from '../merge/files/parts.ts';
import type { ChangedPart } from '../merge/text/definitions/parts.ts';
import type { Project } from '../project/project.ts';
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
  const change = { ...changeOf(comparison, true, tree), verdict: status, ...(note ? { note } : {}) };
  const item = { change, operations, conflicts, backlog: comparison.backlog, since: claim.since };
  return { claim, item: { ...item, review: touched || risk !== 'safe' } };
}
