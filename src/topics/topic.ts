/** The areas that users filter by, on the command line and in settings: a name once given stays. */
export const areas = [
  'deps',
  'mix',
  'config',
  'supervision',
  'endpoint',
  'web',
  'assets',
  'tests',
  'releases',
  'docker',
  'deploy',
  'tooling',
  'docs',
] as const;
/** What part of a project a step is about. */
export type Area = (typeof areas)[number];

/** From the most needed to the least. */
export const needs = ['required', 'recommended', 'cosmetic'] as const;
/** `required`: without it the app would not compile, boot or deploy on the target. */
export type Need = (typeof needs)[number];

export const risks = ['safe', 'review', 'manual'] as const;
/** `safe`: taken by `apply --all`. `review`: look at the patch first. `manual`: only a person can do it. */
export type Risk = (typeof risks)[number];

/** Whether the generator began, altered or ceased to write a value. */
export type ChangeKind = 'add' | 'change' | 'remove';

/**
 * A pattern on fact addresses in placeholder form. `*` stands for one key or path segment, `**` for anything;
 * `x.**` and `x/**` match `x` as well. An umbrella's member counts only where the pattern names one (`deps@core/jason`),
 * and `{app}` matches the web app too.
 */
export interface Matcher {
  readonly address: string;
  readonly kinds?: readonly ChangeKind[];
  /** First version of the generator for which this holds, and the first for which it no longer does. */
  readonly during?: readonly [since: string, until: string | null];
  /** Only where the requirement so far allows a version below this one; a dep that was absent does. */
  readonly below?: string;
  /** Only where the requirement so far allows nothing below this version. */
  readonly from?: string;
  /** Only where `display` text of the old value contains this. */
  readonly was?: string;
}

/** What a topic takes from others, so that no half of a change lands alone. */
export interface Takeover {
  /** The change that brings it about; it must be in the same plan. */
  readonly when: Matcher;
  /** A change that calls it off. */
  readonly unless?: Matcher;
  /** Changes that then belong to the topic; a text is a matcher without restrictions. */
  readonly changes: readonly (string | Matcher)[];
}

/** The changed lines of a file, or its changed definitions, that say something. */
export interface FilePart {
  /** A glob in placeholder form. */
  readonly file: string;
  /** What stands in them, before the change or after it. */
  readonly says: string;
}

/** A dep and its first version on which something no longer works. */
export interface BreakingVersion {
  readonly dep: string;
  readonly from: string;
}

/** A named step of an upgrade, as data. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  /** Why it matters to an app that exists already. */
  readonly why: string;
  /** What fails without it; null where nothing does. */
  readonly breaks: string | null;
  /** First version whose generator has it; null where no generator brought it, but the way an app is deployed calls for it. */
  readonly since: string | null;
  /** First version whose generator no longer does; null while the newest one does. */
  readonly until: string | null;
  readonly docs: string | null;
  readonly area: Area;
  readonly need: Need;
  /** First target for which a `required` topic is required: on older ones the app goes on without it. */
  readonly requiredFrom?: string;
  /** A locked dep that shows that the project has come through what made the topic required: what is left is tidying. */
  readonly settledBy?: { readonly dep: string; readonly from: string };
  /** The dep, and its first version, that breaks what a `required` topic is about: an app that stays below goes on without it. */
  readonly breaksFrom?: BreakingVersion;
  /** Whether an app that has what it brings can leave later changes of that: they are cosmetic. */
  readonly settledByHaving?: boolean;
  /** Whether it is of use only to apps that keep sessions: to others it is cosmetic. */
  readonly ofSessions?: boolean;
  readonly risk: Risk;
  readonly matches: readonly Matcher[];
  /** Files, as globs in placeholder form. */
  readonly files: readonly string[];
  readonly takes: readonly Takeover[];
  /** Changed parts of files that are of this topic wherever it is in the plan, whichever topic the rest of the file goes to. */
  readonly parts: readonly FilePart[];
  /** Ids of the topics that come first. */
  readonly after: readonly string[];
  readonly commands: readonly string[];
  /** Whether its keys and files make sense only together: while one of them waits for text or a person, nothing of it is done. */
  readonly whole: boolean;
  /** What to look out for when taking the step. */
  readonly caution?: string;
  /** Oldest Elixir, `1.11.0`, that understands what the step writes, where the app may be on an older one. */
  readonly elixir?: string;
}

/** A topic that some version of the generator brought. */
export type GeneratorTopic = Topic & { readonly since: string };

/** Whether the generator brought a topic: only then it claims changes. */
export function isOfGenerator(topic: Topic): topic is GeneratorTopic {
  return topic.since !== null;
}

/** A topic as the files of data write it: everything that is usual is left out. */
export interface TopicData {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly breaks?: string;
  readonly since: string | null;
  readonly until?: string;
  readonly docs?: string;
  readonly area: Area;
  readonly need: Need;
  readonly requiredFrom?: string;
  readonly settledBy?: { readonly dep: string; readonly from: string };
  readonly breaksFrom?: BreakingVersion;
  readonly settledByHaving?: boolean;
  readonly ofSessions?: boolean;
  /** `review` unless said otherwise. */
  readonly risk?: Risk;
  /** A text is a matcher without restrictions. */
  readonly matches?: readonly (string | Matcher)[];
  readonly files?: readonly string[];
  readonly takes?: readonly Takeover[];
  readonly parts?: readonly FilePart[];
  readonly after?: readonly string[];
  readonly commands?: readonly string[];
  readonly whole?: boolean;
  readonly caution?: string;
  readonly elixir?: string;
}

/** Fills in what a topic's data leaves out. */
export function topicOf(data: TopicData): Topic {
  return {
    id: data.id,
    title: data.title,
    why: data.why,
    breaks: data.breaks ?? null,
    since: data.since,
    until: data.until ?? null,
    docs: data.docs ?? null,
    area: data.area,
    need: data.need,
    ...(data.requiredFrom === undefined ? {} : { requiredFrom: data.requiredFrom }),
    ...(data.settledBy === undefined ? {} : { settledBy: data.settledBy }),
    ...(data.breaksFrom === undefined ? {} : { breaksFrom: data.breaksFrom }),
    ...(data.settledByHaving === undefined ? {} : { settledByHaving: data.settledByHaving }),
    ...(data.ofSessions === undefined ? {} : { ofSessions: data.ofSessions }),
    risk: data.risk ?? 'review',
    matches: (data.matches ?? []).map((matcher) => (typeof matcher === 'string' ? { address: matcher } : matcher)),
    files: data.files ?? [],
    takes: data.takes ?? [],
    parts: data.parts ?? [],
    after: data.after ?? [],
    commands: data.commands ?? [],
    whole: data.whole ?? false,
    ...(data.caution === undefined ? {} : { caution: data.caution }),
    ...(data.elixir === undefined ? {} : { elixir: data.elixir }),
  };
}
