import type { Detection } from '../facts/detect.ts';
import type { Fact } from '../facts/fact.ts';
import type { CodeTexts } from '../generated/texts.ts';
import type { PristineTexts } from '../merge/files/input.ts';
import type { Packages } from '../packages/store.ts';
import type { GeneratedHistories } from '../pristine/generated-history.ts';
import type { Project } from '../project/project.ts';
import type { IgnoreRules } from './ignore.ts';
import type { ProjectSummary, SourceKind } from './plan.ts';

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
  /** What the generators write whose code the project has; none where no text is at hand. */
  readonly code: readonly CodeTexts[];
  /** What generators other than `phx.new` wrote in every version. */
  readonly generated: GeneratedHistories;
  /** Facts of packages. */
  readonly packages: Packages;
  /** Migrations that no running instance has seen. */
  readonly migrations: readonly string[];
  /** Hears what begins. */
  readonly doing?: ((what: string) => void) | undefined;
  /** What the user wants left out. */
  readonly ignore?: IgnoreRules | undefined;
}

/** The older of the version that a project stems from and the one it is on: what lies between is the backlog. */
export function planStart({ origin, history }: Detection, from: string): string {
  const index = origin.version === null ? -1 : history.indexOf(origin.version);
  return index !== -1 && index < history.indexOf(from) ? (origin.version ?? from) : from;
}
