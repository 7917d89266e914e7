import type { ConfigModel } from '../elixir/config/model.ts';
import type { Names } from '../elixir/names.ts';
import type { Operation } from '../merge/operation.ts';
import type { FileTree } from '../project/tree.ts';
import type { Finding } from './finding.ts';

/** Areas of a plan that deployment has observations in. */
export type DeployArea = 'releases' | 'docker' | 'deploy' | 'tooling' | 'config' | 'assets';

/** What is said of a topic, whatever was seen of it. */
export interface Said {
  readonly title: string;
  readonly why: string;
  readonly docs: string | null;
  readonly area: DeployArea;
  readonly need: 'required' | 'recommended' | 'cosmetic';
  /** `manual` where a person has to decide; operations, if any, are then only part of the answer. */
  readonly risk: 'safe' | 'review' | 'manual';
  /** Steps that must be done before. */
  readonly after: readonly string[];
  readonly commands: readonly string[];
}

/** A topic that is part of a change of the generator's: it joins the plan's topic of that name, which has the words. */
export interface Joining {
  readonly joins: string;
  /** Where it matters more than the generator's change alone. */
  readonly need?: Said['need'];
}

export type Topic = Said | Joining;

/** One thing that the way a project is built and run calls for; `topic` is a stable id: `migrations-at-start`. */
export type Observation = Seen & Topic;

/** What one row of the catalogue saw. */
export interface Seen {
  readonly topic: string;
  readonly findings: readonly Finding[];
  readonly operations: readonly Operation[];
}

/** What the target version asks of the software around an app; null where it asks nothing. */
export interface TargetVersions {
  /** Oldest Elixir that the target runs on, `1.15`. */
  readonly elixir: string | null;
  /** Oldest OTP, `25`. */
  readonly otp: string | null;
  /** Debian release of the target's images, `trixie`. */
  readonly debian: string | null;
}

/** A project as `inspect` takes it, read already. */
export interface DeployInput {
  readonly tree: FileTree;
  readonly names: Names;
  readonly config: ConfigModel;
  readonly target: TargetVersions;
  /** Migrations that no running instance has seen: only these are judged. */
  readonly migrations: readonly string[];
}

/** What a row saw, or nothing at all. */
export function seen(topic: string, findings: readonly Finding[], operations: Seen['operations'] = []): Seen[] {
  return findings.length === 0 && operations.length === 0 ? [] : [{ topic, findings, operations }];
}
