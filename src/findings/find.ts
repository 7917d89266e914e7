import { grouped } from '../facts/grouped.ts';
import type { Operation } from '../merge/operation.ts';
import { compareVersions } from '../pristine/versions.ts';
import { topicById } from '../topics/catalogue.ts';
import { type BreakingVersion, type Need, needs, type Topic } from '../topics/topic.ts';
import type { CodeFinding } from './code/code-file.ts';
import { findCode } from './code/find.ts';
import type { Hit } from './code/fragment.ts';
import type { FindingContext } from './context.ts';
import { projectRules } from './deployment/rules.ts';
import { findErrata } from './errata.ts';
import { byPlace, eachOnce, type Finding } from './finding.ts';
import { distinct, type ProjectRule, type Sighting, type Stand } from './rule.ts';

/** What a project calls for, apart from what the generator changed. */
export interface Findings {
  /** One entry a topic. */
  readonly topics: readonly TopicFindings[];
  /** Files that had to be parsed and have a syntax error, at its line. */
  readonly broken: readonly Hit[];
}

/** What was found of one topic, and the edits that mend it. */
export interface TopicFindings {
  readonly topic: Topic;
  /** The topic's own, unless the rules that saw something weigh it otherwise. */
  readonly need: Need;
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
  /** What to look out for when the edits are made. */
  readonly caution: string | null;
  /** What has to be seen to before anything of the topic is made. */
  readonly stands: readonly Stand[];
  /** What breaks what was found; none where something else does as well. */
  readonly breaksFrom: readonly BreakingVersion[];
}

/** What one rule saw. */
interface Seen extends Sighting {
  readonly topic: string;
  readonly need?: Need | undefined;
  readonly caution?: string | null;
  readonly breaksFrom?: BreakingVersion | undefined;
}

/** What all rules find in a project that is upgraded from one version to another, `calls` of packages among it. Runs nothing and throws nothing. */
export function findAll(
  context: FindingContext,
  { from, to }: { readonly from: string; readonly to: string },
  calls: readonly CodeFinding[],
): Findings {
  const code = findCode(context.build.sources, from, to, ({ settled }) => settled?.(context) ?? false);
  const mended = [...code.mends].map(
    ([rule, operations]): Seen => ({
      topic: rule.topic,
      need: rule.need,
      findings: [],
      operations: operations(context),
      caution: (rule.kind === 'expr' && rule.caution?.(context)) || null,
    }),
  );
  const told = [...code.findings, ...unsaid(calls, code.findings), ...findErrata(context.facts, context.names)].map(
    ({ topic, need, finding, breaksFrom }): Seen => ({ topic, need, findings: [finding], operations: [], breaksFrom }),
  );
  const inProject = projectRules.map((rule) => seenBy(rule, context)).filter(({ operations }) => suit(operations, to));
  const all = [...inProject, ...mended.filter(({ operations }) => operations.length > 0), ...told];
  return { topics: byTopic(all.filter(isSomething)), broken: code.broken };
}

/** A rule that sees more than a name has said what is to be said of its line. */
function unsaid(calls: readonly CodeFinding[], said: readonly CodeFinding[]): CodeFinding[] {
  const lines = new Set(said.map(({ finding }) => `${finding.path}:${finding.line}`));
  return calls.filter(({ finding }) => !lines.has(`${finding.path}:${finding.line}`));
}

/** What one rule sees in a project, by path and line; each finding once, though a key of several scopes gives several. */
export function seenBy({ topic, need, look }: ProjectRule, context: FindingContext): Seen {
  const all = look(context);
  return {
    topic,
    need,
    findings: eachOnce(all.flatMap((one) => one.findings)).sort(byPlace),
    operations: distinct(all.flatMap((one) => one.operations)),
    stands: all.flatMap((one) => one.stands ?? []),
  };
}

function isSomething({ findings, operations }: Seen): boolean {
  return findings.length > 0 || operations.length > 0;
}

function byTopic(all: readonly Seen[]): TopicFindings[] {
  return [...grouped(all, ({ topic }) => topic)].flatMap(([id, own]) => {
    const topic = topicById(id);
    if (!topic) return [];
    const weights = own.map((one) => one.need ?? topic.need);
    const breaking = own.flatMap((one) => one.breaksFrom ?? []);
    return [
      {
        topic,
        need: needs.find((need) => weights.includes(need)) ?? topic.need,
        findings: own.flatMap((one) => one.findings).sort(byPlace),
        operations: distinct(own.flatMap((one) => one.operations)),
        caution: own.map((one) => one.caution).find((text) => typeof text === 'string') ?? null,
        stands: own.flatMap((one) => one.stands ?? []),
        breaksFrom: breaking.length === own.length ? breaking : [],
      },
    ];
  });
}

/** The first version whose projects have `runtime.exs` and `import Config`, which older Elixir lacks. */
const configSince = '1.6.0';

/** Whether operations suit a target: an upgrade to 1.5 does not bring in what only 1.6 and newer Elixir have. */
function suit(operations: readonly Operation[], to: string): boolean {
  return compareVersions(to, configSince) >= 0 || !operations.some(isOfNewerTimes);
}

function isOfNewerTimes(operation: Operation): boolean {
  const path = operation.kind === 'move-config' ? operation.to : operation.path;
  return operation.kind === 'import-config' || /(^|\/)runtime\.exs$|(^|\/)rel\//.test(path);
}
