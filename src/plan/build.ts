import { unquoted } from '../docker/facts.ts';
import { debianName } from '../docker/image.ts';
import type { ConfigEntry } from '../elixir/config/model.ts';
import { formatAddress } from '../facts/address.ts';
import { type Detection, valueReader } from '../facts/detect.ts';
import { fileHash } from '../facts/extract/file.ts';
import type { Fact } from '../facts/fact.ts';
import type { CodeFinding } from '../findings/code/code-file.ts';
import { findCode } from '../findings/code/find.ts';
import { inspect } from '../findings/deployment/inspect.ts';
import { Sources } from '../findings/deployment/sources.ts';
import { ownVersions, versionMatrix } from '../findings/deployment/versions.ts';
import { findErrata } from '../findings/errata.ts';
import type { Comparison } from '../merge/comparison.ts';
import { pairedDevRoutes } from '../merge/config/dev-routes.ts';
import type { EditContext } from '../merge/edits/edit-context.ts';
import { isStaticPaths, namesStaticPaths, ownStaticPaths } from '../merge/endpoint/static-paths.ts';
import type { PristineTexts } from '../merge/files/input.ts';
import type { FileOutcome } from '../merge/files/outcome.ts';
import { planFiles } from '../merge/files/plan-files.ts';
import { ruledFacts } from '../merge/rulings.ts';
import type { VersionSpan } from '../merge/verdict.ts';
import { Workspace } from '../merge/workspace.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { Project } from '../project/project.ts';
import { topicById } from '../topics/catalogue.ts';
import { neededElixir } from '../topics/needed-elixir.ts';
import { planAccount } from './account.ts';
import { draftsOf, findingDraft } from './claimed.ts';
import { settledMoves } from './config-moves.ts';
import { type Draft, joinDrafts } from './draft.ts';
import { factChanges } from './fact-changes.ts';
import { factOwnedPaths } from './fact-owned-paths.ts';
import { fileChanges } from './file-changes.ts';
import { codeFiles, finished } from './finish.ts';
import { withDockerfileKept } from './first-dockerfile.ts';
import { type IgnoreRules, withIgnored, withoutIgnored, withoutIgnoredSteps } from './ignore.ts';
import { observationDrafts, suiting } from './observations.ts';
import { withElixirNeeded } from './old-elixir.ts';
import { withOwnDeps } from './own-deps.ts';
import type { Plan, ProjectSummary, SourceKind } from './plan.ts';
import { refreshedBy } from './refresh.ts';
import { saltFor } from './salt.ts';
import { stepsOf } from './steps.ts';
import { topicOperations } from './topic-operations.ts';
import { unreadableFiles } from './unreadable.ts';

/** All that a plan is made from; the same input gives the same plan. */
export interface PlanInput {
  readonly project: Project;
  readonly facts: readonly Fact[];
  readonly detection: Detection;
  readonly summary: ProjectSummary;
  /** Versions of the history. */
  readonly from: string;
  readonly to: string;
  /** Version that changes are counted from, `planStart` of the project where nothing else is known. */
  readonly start: string;
  readonly source: { readonly from: SourceKind; readonly to: SourceKind };
  /** Generated text from `start` to the target; null where only facts and hashes are known. */
  readonly texts: PristineTexts | null;
  /** Migrations that no running instance has seen. */
  readonly migrations: readonly string[];
  /** What the user wants left out. */
  readonly ignore?: IgnoreRules | undefined;
}

/** Makes the plan that takes a project from one version to another. Pure: nothing is read or written. */
export function buildPlan(input: PlanInput): Plan {
  const { project, detection, start, from, to, summary, source, texts } = input;
  const { history } = detection;
  const origin = later(detection.origin.version ?? from, start);
  const span = spanOf(input, origin);
  const sources = new Sources(project.tree);
  const context = editContext(input, sources);
  const comparisons = ruledFacts(context.yours, history, project, span, {
    isReplaced: replacedBy(input, texts !== null),
    hasText: texts !== null,
  });
  const factOwned = factOwnedPaths(project, texts !== null);
  const edited = ownStaticPaths(comparisons, project);
  const files = planFiles({ project, history, from: start, to, origin, texts, factOwned, edited });
  const paired = pairedDevRoutes(comparisons, project, texts && files);
  const code = findCode(codeFiles(project.tree), from, to);
  const found = findingDrafts(input, code.findings);
  const all = joinDrafts([
    ...changeDrafts(input, paired, files, context),
    ...observationDrafts(suiting(inspect(deployInput(input, comparisons), sources), to), found),
    ...topicOperations(found, project),
    ...found,
  ]);
  const able = withElixirNeeded(all, { exact: context.versions.elixir, asked: summary.elixir });
  const { drafts, ignored } = withoutIgnored(able, input.ignore);
  const settled = settledMoves(withDockerfileKept(withOwnDeps(drafts, project)), project.tree);
  const carried = stepsOf(settled, new Workspace(project.tree));
  const steps = withoutIgnoredSteps(finished({ ...input, factOwned }, carried), input.ignore);
  const refreshed = refreshedBy(steps);
  const account = planAccount({ comparisons: paired, files, span, texts, refreshed, after: carried.workspace });
  return {
    project: summary,
    from,
    to,
    source,
    agreement: { facts: agreeing(comparisons), files: untouchedFiles(input) },
    account: withIgnored(account, ignored),
    matrix: versionMatrix(sources),
    steps,
    findings: unreadableFiles(project, code.broken),
    commands: commandsOf(steps),
  };
}

function spanOf({ detection: { history }, start, from, to }: PlanInput, origin: string): VersionSpan {
  const [first, locked] = [history.indexOf(start), history.indexOf(from)];
  return { origin: history.indexOf(origin), start: first, from: locked, to: history.indexOf(to) };
}

/** What the generator changed, in facts and in whole files. */
function changeDrafts(
  { detection: { history }, start, from, to, texts }: PlanInput,
  comparisons: readonly Comparison[],
  files: readonly FileOutcome[],
  context: EditContext,
): Draft[] {
  const facts = texts === null ? comparisons : besideText(comparisons);
  const changes = [...factChanges(facts, history, context), ...fileChanges(files, history, { start, from, to })];
  const { names } = context.project;
  return draftsOf(changes, { to, isUmbrella: names.webApp !== names.app });
}

/**
 * With text at hand, the router and the dispatch module are merged as text like any other module. Where the endpoint is to
 * name the list of static files, that comes along with it in any case.
 */
function besideText(comparisons: readonly Comparison[]): Comparison[] {
  const named = comparisons.some((one) => one.outcome === 'pending' && namesStaticPaths(one));
  return comparisons.filter(({ address }) => !/^web(@|\/)/.test(address) || (named && isStaticPaths(address)));
}

/** What a plan counts from is what the project has come to, wherever it stems from. */
function later(origin: string, start: string): string {
  return compareVersions(origin, start) < 0 ? start : origin;
}

/** Whether a plan puts another file in the place of one that is as the generator wrote it, or takes it away. */
export function replacedBy(
  { project, detection: { history }, to }: Pick<PlanInput, 'project' | 'detection' | 'to'>,
  hasText: boolean,
): (path: string) => boolean {
  return (path) => {
    const address = `file/${path}`;
    const hash = fileHash(project.tree, path, project.names);
    if (hash === undefined || history.wrote(address, hash) === 0n) return false;
    const target = history.valueAt(address, to);
    return target === undefined || (hasText && target !== hash);
  };
}

/** The older of the version that a project stems from and the one it is on: what lies between is the backlog. */
export function planStart({ origin, history }: Detection, from: string): string {
  const index = origin.version === null ? -1 : history.indexOf(origin.version);
  return index !== -1 && index < history.indexOf(from) ? (origin.version ?? from) : from;
}

/** What edits of facts need to know; `sources` are the places of the project that state versions. */
export function editContext({ project, facts, detection, to }: PlanInput, sources: Sources): EditContext {
  const entries = new Map<string, ConfigEntry[]>();
  for (const entry of project.config.entries) {
    const address = formatAddress('config', null, [entry.scope, ...entry.keyPath]);
    entries.set(address, [...(entries.get(address) ?? []), entry]);
  }
  return {
    project,
    yours: new Map(facts.map((fact) => [fact.address, fact])),
    target: detection.history.facts(to),
    entries,
    versions: ownVersions(sources),
    salt: (address) => saltFor(project.names, address),
  };
}

function deployInput({ project, detection, to, migrations }: PlanInput, comparisons: readonly Comparison[]) {
  const { tree, names, config } = project;
  const debian = detection.history.valueAt(debianArgument, to);
  // A Dockerfile of the generator's has its Debian compared like every other fact.
  const isCompared = comparisons.some(({ address }) => address === debianArgument);
  const target = {
    elixir: neededElixir(to),
    otp: null,
    debian: debian === undefined || isCompared ? null : debianName(unquoted(debian)),
  };
  return { tree, names, config, target, migrations };
}

const debianArgument = 'docker/arg.DEBIAN_VERSION';

/** Steps for what the project's own code, and the generator's own mistakes in it, call for. */
function findingDrafts({ project, facts }: PlanInput, inCode: readonly CodeFinding[]): Draft[] {
  return [...inCode, ...findErrata(facts, project.names)].flatMap(({ topic, finding }) => {
    const known = topicById(topic);
    return known ? [findingDraft(known, finding)] : [];
  });
}

/** How many of the target's files stand in the project just as the target writes them. */
function untouchedFiles({ project, detection, facts, to }: PlanInput): number {
  const yours = valueReader(project, facts);
  const files = [...detection.history.facts(to)].filter(([address]) => address.startsWith('file/'));
  return files.filter(([address, hash]) => yours(address) === hash).length;
}

function agreeing(comparisons: readonly Comparison[]): number {
  return comparisons.filter(({ outcome, yours }) => yours !== null && (outcome === 'agreed' || outcome === 'done'))
    .length;
}

/** The commands that the pending steps ask for, each once, in an order that works: deps first, tests last. */
function commandsOf(steps: Plan['steps']): string[] {
  const asked = new Set(steps.filter(({ status }) => status === 'pending').flatMap(({ commands }) => commands));
  if (asked.size === 0) return [];
  const rank = (command: string) =>
    command === 'mix deps.get' ? 0 : command.startsWith('mix deps') ? 1 : command === 'mix test' ? 3 : 2;
  return [...asked.add('mix test')].sort((a, b) => rank(a) - rank(b));
}
