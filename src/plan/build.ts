import { unquoted } from '../docker/facts.ts';
import { debianName } from '../docker/image.ts';
import { Address } from '../facts/address.ts';
import { valueReader } from '../facts/detect.ts';
import type { History } from '../facts/history.ts';
import { BuildFiles } from '../findings/build-files.ts';
import type { CodeFinding } from '../findings/code/code-file.ts';
import { findingContext } from '../findings/context.ts';
import { versionMatrix } from '../findings/deployment/versions.ts';
import { findAll } from '../findings/find.ts';
import { findPackageCalls } from '../findings/packages/find.ts';
import type { Comparison } from '../merge/comparison.ts';
import type { EditContext } from '../merge/edits/edit-context.ts';
import { isStaticPaths, namesStaticPaths, ownStaticPaths } from '../merge/endpoint/static-paths.ts';
import type { FileOutcome } from '../merge/files/outcome.ts';
import { planFiles } from '../merge/files/plan-files.ts';
import { fileRulings, passed, ruledFacts } from '../merge/rulings.ts';
import { withViewFormats } from '../merge/web/view-formats.ts';
import { ProjectIndex } from '../symbols/index.ts';
import { ownPrefixes } from '../symbols/resolve.ts';
import { claimAll } from '../topics/claim.ts';
import { neededElixir, neededOtp } from '../topics/needed-elixir.ts';
import { planAccount } from './account.ts';
import { blockedBy, blockerFindings, refusalFindings } from './blocked.ts';
import { draftsOf, findingDraft } from './claimed.ts';
import { closedSteps } from './closure/closed-steps.ts';
import { editContext, originOf, rulingContext } from './contexts.ts';
import { endingInTests } from './deps/commands.ts';
import { type Draft, joinDrafts } from './draft.ts';
import { passedDrafts } from './draft-passes.ts';
import { factChanges } from './fact-changes.ts';
import { factOwnedPaths } from './fact-owned-paths.ts';
import { fileChange } from './file-changes.ts';
import { splitByWords, splitFiles } from './file-parts.ts';
import { finished } from './finish.ts';
import { generatedDrafts } from './generated.ts';
import { ignoredItems, withIgnored, withoutIgnoredSteps } from './ignore.ts';
import type { PlanInput } from './input.ts';
import type { Plan } from './plan.ts';
import { refreshedBy } from './refresh.ts';
import { unreadableFiles } from './unreadable.ts';

/** Makes the plan that takes a project from one version to another. Pure: nothing is read or written. */
export function buildPlan(given: PlanInput): Plan {
  const input = forViews(given);
  const { project, detection, start, from, to, summary, source, texts, ignore } = input;
  const { history } = detection;
  given.doing?.(`comparing the project with Phoenix ${to}`);
  const build = new BuildFiles(project.sources);
  const ruling = rulingContext(input, build);
  const context = editContext(input, ruling, build);
  const comparisons = ruledFacts(ruling);
  const factOwned = factOwnedPaths(project, ruling.hasText);
  const edited = ownStaticPaths(comparisons, project);
  const files = planFiles({ project, history, from: start, to, origin: originOf(input), texts, factOwned, edited });
  const paired = passed(comparisons, fileRulings, { ...ruling, files: texts && files });
  given.doing?.('looking through its code and configuration');
  const found = findAll(
    findingContext(project, { build, ...givenToRules(input, comparisons) }),
    { from, to },
    packageCalls(input),
  );
  const all = joinDrafts([
    ...changeDrafts(input, paired, files, context),
    ...found.topics.map(findingDraft),
    ...generatedDrafts({
      tree: project.tree,
      names: project.names,
      to,
      histories: input.generated,
      texts: input.code,
      deps: build.deps,
    }),
  ]);
  const oldest = ruling.elixir.builtOn?.version ?? null;
  const elixir = { exact: context.versions.elixir, oldest, asked: summary.elixir };
  const drafts = passedDrafts(all, { project, packages: input.packages, to, elixir, ignore });
  given.doing?.('trying each step on a copy in memory');
  const carried = closedSteps(drafts, project.tree, {
    own: ownPrefixes(project.names),
    packages: { facts: input.packages, locked: project.locked },
  });
  const steps = withoutIgnoredSteps(finished(input, carried), ignore);
  const refreshed = refreshedBy(steps);
  const { span } = ruling;
  const blocked = blockedBy(project, carried.workspace, input.packages, to);
  const account = planAccount({ comparisons: paired, files, span, texts, refreshed, after: carried.workspace });
  return {
    project: summary,
    from,
    to,
    source,
    blocked: blocked.blockers,
    reachable: blocked.reachable,
    agreement: { facts: agreeing(comparisons), files: untouchedFiles(input) },
    account: withIgnored(account, ignoredItems(all, ignore)),
    matrix: versionMatrix(build),
    steps,
    findings: [
      ...blockerFindings(blocked, to),
      ...refusalFindings(project, carried.workspace, input.packages, blocked),
      ...unreadableFiles(project, found.broken),
    ],
    commands: endingInTests(steps.filter(({ status }) => status === 'pending').flatMap(({ commands }) => commands)),
  };
}

/** Generated text as it suits an app that keeps views. */
function forViews(input: PlanInput): PlanInput {
  const { texts, project, detection } = input;
  return texts === null ? input : { ...input, texts: withViewFormats(texts, project, detection.history) };
}

/** Calls of what packages no longer have, or deprecate, in the versions that the plan leads to. */
function packageCalls({ project, packages, detection: { history }, to }: PlanInput): CodeFinding[] {
  const generated = requirementsAt(history, to);
  const deps = project.apps.flatMap(({ mixfile }) => mixfile.deps);
  return findPackageCalls(ProjectIndex.of(project.tree), {
    packages,
    listed: new Map(deps.flatMap(({ name, requirement }) => (requirement === null ? [] : [[name, requirement]]))),
    locked: project.locked,
    target: to,
    generated: (name) => generated.get(name),
  });
}

/** What new projects of a version ask of their deps, by name. */
function requirementsAt(history: History, version: string): ReadonlyMap<string, string> {
  return new Map(
    [...history.facts(version)].flatMap(([address, value]) => {
      const requirement = address.area === 'deps' ? /^"([^"]+)"/.exec(value)?.[1] : undefined;
      return requirement === undefined ? [] : [[address.pathText, requirement]];
    }),
  );
}

/** What the generator changed, in facts and in whole files. */
function changeDrafts(
  { detection: { history }, start, from, to, texts }: PlanInput,
  comparisons: readonly Comparison[],
  files: readonly FileOutcome[],
  context: EditContext,
): Draft[] {
  const { project } = context;
  const facts = texts === null ? comparisons : besideText(comparisons);
  const split = splitFiles(files, comparisons, facts, { project, history });
  const known = [...factChanges(facts, history, context), ...split.changes];
  const claimed = (outcome: FileOutcome) => fileChange(outcome, history, { start, from, to });
  const claims = [...known, ...split.rest.map(claimed)].map(({ claim }) => claim);
  const planned = new Set([...claimAll(claims, to).values()].flatMap((topic) => topic?.id ?? []));
  const changes = [...known, ...splitByWords(split.rest, planned, project, claimed)];
  const { names } = project;
  return draftsOf(changes, { to, isUmbrella: names.webApp !== names.app });
}

/**
 * With text at hand, the router and the dispatch module are merged as text like any other module. Where the endpoint is to
 * name the list of static files, that comes along with it in any case. The verified routes do not wait for all else that the
 * module gets, and come with the quotes that take them in: asked for in each file, they would be there twice later on.
 */
function besideText(comparisons: readonly Comparison[]): Comparison[] {
  const named = comparisons.some((one) => one.outcome === 'pending' && namesStaticPaths(one));
  return comparisons.filter(
    ({ address }) => address.area !== 'web' || (named && isStaticPaths(address)) || isVerifiedRoutes(address),
  );
}

function isVerifiedRoutes({ area, path }: Address): boolean {
  return area === 'web' && path[1] === 'verified_routes';
}

/** What rules look at besides the project itself. */
function givenToRules({ facts, detection, to, migrations }: PlanInput, comparisons: readonly Comparison[]) {
  const debian = detection.history.valueAt(debianArgument, to);
  // A Dockerfile of the generator's has its Debian compared like every other fact.
  const isCompared = comparisons.some(({ address }) => address.equals(debianArgument));
  const target = {
    elixir: neededElixir(to),
    otp: neededOtp(to),
    debian: debian === undefined || isCompared ? null : debianName(unquoted(debian)),
    liveView: requirementsAt(detection.history, to).get('phoenix_live_view') ?? null,
    scripts: servedAt(detection.history, to, 'esbuild', /--outdir=\.\.\/priv\/static(\/[\w/-]+)/),
    profile: bundlerArguments(detection.history, to, 'esbuild')?.[0].keyPath[1] ?? null,
    styles: servedAt(detection.history, to, 'tailwind', /--output=(?:\.\.\/)?priv\/static(\/[\w/.-]+)/),
  };
  return { facts, target, migrations };
}

/** Where a new project of a version has a tool of Mix write to; null where it does not have that tool. */
function servedAt(history: History, version: string, tool: string, written: RegExp): string | null {
  return written.exec(bundlerArguments(history, version, tool)?.[1] ?? '')?.[1] ?? null;
}

function bundlerArguments(history: History, version: string, tool: string) {
  const isArguments = ({ keyPath }: Address) => keyPath[0] === tool && keyPath.at(-1) === 'args';
  return [...history.facts(version)].find(([address]) => isArguments(address));
}

const debianArgument = new Address('docker/arg.DEBIAN_VERSION');

/** How many of the target's files stand in the project just as the target writes them. */
function untouchedFiles({ project, detection, facts, to }: PlanInput): number {
  const yours = valueReader(project, facts);
  const files = [...detection.history.facts(to)].filter(([address]) => address.area === 'file');
  return files.filter(([address, hash]) => yours(address) === hash).length;
}

function agreeing(comparisons: readonly Comparison[]): number {
  return comparisons.filter(({ outcome, yours }) => yours !== null && (outcome === 'agreed' || outcome === 'done'))
    .length;
}
