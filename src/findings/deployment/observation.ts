import type { ConfigModel } from '../../elixir/config/model.ts';
import type { Names } from '../../elixir/names.ts';
import type { Operation } from '../../merge/operation.ts';
import type { FileTree } from '../../project/tree.ts';
import type { Finding } from '../finding.ts';
import type { Topic } from './said.ts';
import type { TopicId } from './topics.ts';

/** One thing that the way a project is built and run calls for; `topic` is a stable id: `migrations-at-start`. */
export type Observation = Seen & Topic;

/** What one row of the catalogue saw. */
export interface Seen {
  readonly topic: TopicId;
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
export function seen(topic: TopicId, findings: readonly Finding[], operations: Seen['operations'] = []): Seen[] {
  return findings.length === 0 && operations.length === 0 ? [] : [{ topic, findings, operations }];
}
