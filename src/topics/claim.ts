import { grouped } from '../facts/grouped.ts';
import { compareVersions, isWithin } from '../pristine/versions.ts';
import { generatorTopics, topicById } from './catalogue.ts';
import { areaOf, exactness, fits } from './pattern.ts';
import { inThreeNumbers, lowestVersion } from './requirement.ts';
import type { ChangeKind, GeneratorTopic, Matcher, Takeover, Topic } from './topic.ts';

/** A change that the generator made at one address, between the version planned from and the target. */
export interface Claimable {
  /** Placeholder form, `config/prod/{app}.{Web}.Endpoint.force_ssl`. */
  readonly address: string;
  readonly kind: ChangeKind;
  /** Version whose generator first wrote the new value, or first left the old one out. */
  readonly since: string;
  /** Displayed values in placeholder form; null where the generator wrote none. */
  readonly base: string | null;
  readonly target: string | null;
  /** Whether the project does without it: then it brings no takeover about. */
  readonly declined?: boolean;
  /** The topic that a part of a file belongs to by what it says. */
  readonly partOf?: string;
}

/**
 * The topic a single change of an upgrade to some version belongs to, null when none claims it. Of the topics that this
 * version knows the most exact pattern wins, then the topic whose versions hold the change's, then the newest that is not
 * newer than the change, then the id.
 */
export function claim(change: Claimable, to: string): Topic | null {
  const candidates = byArea.get(areaOf(change.address)) ?? [];
  const [best] = candidates
    .filter(({ topic, matcher }) => isKnownTo(topic, to) && applies(matcher, change))
    .sort((a, b) => byFit(a, b, change));
  return best?.topic ?? null;
}

/** The topics of changes that are planned together, by address: as `claim`, once takeovers have had theirs. */
export function claimAll(changes: readonly Claimable[], to: string): ReadonlyMap<string, Topic | null> {
  const takeovers = takeoversIn(changes, to);
  return new Map(
    changes.map((change) => {
      if (change.partOf !== undefined) return [change.address, topicById(change.partOf) ?? null];
      const taken = takeovers.find(({ takeover }) => takeover.changes.some((matcher) => applies(matcher, change)));
      return [change.address, taken?.topic ?? claim(change, to)];
    }),
  );
}

/**
 * The topic among those of a plan that a changed part of a file belongs to by what it says. Of several the newest one: what it needs
 * cannot be had without it.
 */
export function claimPart(file: string, part: string, planned: ReadonlySet<string>): string | null {
  const said = withParts.filter(
    ({ id, parts }) =>
      planned.has(id) && parts.some((one) => fits(`file/${one.file}`, file) && part.includes(one.says)),
  );
  return said.sort((a, b) => compareVersions(b.since, a.since))[0]?.id ?? null;
}

/** Whether topics may claim parts of a file. */
export function hasParts(file: string): boolean {
  return withParts.some(({ parts }) => parts.some((one) => fits(`file/${one.file}`, file)));
}

const withParts = generatorTopics.filter(({ parts }) => parts.length > 0);

interface Claim {
  readonly topic: GeneratorTopic;
  readonly matcher: Matcher;
  /** How much the matcher says: a restriction says more than its absence, and counts as half a character. */
  readonly exactness: number;
}

/** What the topics claim, by the area of the addresses. */
const byArea = grouped(generatorTopics.flatMap(claimsOf), ({ matcher }) => areaOf(matcher.address));

function claimsOf(topic: GeneratorTopic): Claim[] {
  return [...topic.matches, ...topic.files.map((glob) => ({ address: `file/${glob}` }))].map((matcher) => ({
    topic,
    matcher,
    exactness: exactness(matcher.address) + (Object.keys(matcher).length > 1 ? 0.5 : 0),
  }));
}

function byFit(a: Claim, b: Claim, change: Claimable): number {
  return (
    b.exactness - a.exactness ||
    rank(a.topic, change.since) - rank(b.topic, change.since) ||
    compareVersions(b.topic.since, a.topic.since) ||
    (a.topic.id < b.topic.id ? -1 : 1)
  );
}

function isKnownTo({ since }: GeneratorTopic, version: string): boolean {
  return compareVersions(since, version) <= 0;
}

function rank(topic: GeneratorTopic, version: string): number {
  if (isWithin(version, topic.since, topic.until)) return 0;
  return isKnownTo(topic, version) ? 1 : 2;
}

function applies(matcher: Matcher | string, change: Claimable): boolean {
  if (typeof matcher === 'string') return fits(matcher, change.address);
  return (
    fits(matcher.address, change.address) &&
    (matcher.kinds?.includes(change.kind) ?? true) &&
    (matcher.during === undefined || isWithin(change.since, matcher.during[0], matcher.during[1])) &&
    (matcher.was === undefined || (change.base?.includes(matcher.was) ?? false)) &&
    isInBounds(matcher, change.base)
  );
}

function isInBounds({ below, from }: Matcher, base: string | null): boolean {
  const lowest = lowestVersion(base);
  return (
    (below === undefined || compareVersions(lowest, inThreeNumbers(below)) < 0) &&
    (from === undefined || compareVersions(lowest, inThreeNumbers(from)) >= 0)
  );
}

/** Takeovers that these changes bring about; of two for one address the newer topic's comes first. */
function takeoversIn(changes: readonly Claimable[], to: string): { topic: GeneratorTopic; takeover: Takeover }[] {
  const present = (matcher: Matcher) => changes.some((change) => !change.declined && applies(matcher, change));
  return generatorTopics
    .filter((topic) => isKnownTo(topic, to))
    .flatMap((topic) => topic.takes.map((takeover) => ({ topic, takeover })))
    .filter(({ takeover: { when, unless } }) => present(when) && !(unless && present(unless)))
    .sort((a, b) => compareVersions(b.topic.since, a.topic.since));
}
