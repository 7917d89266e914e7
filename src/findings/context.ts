import type { ConfigModel } from '../elixir/config/model.ts';
import type { Names } from '../elixir/names.ts';
import type { Fact } from '../facts/fact.ts';
import type { MixProject, Project } from '../project/project.ts';
import type { FileTree } from '../project/tree.ts';
import type { BuildFiles } from './build-files.ts';

/** What the target version asks of the software around an app; null where it asks nothing. */
export interface TargetVersions {
  /** Oldest Elixir that the target runs on, `1.15`. */
  readonly elixir: string | null;
  /** Oldest OTP, `25`. */
  readonly otp: string | null;
  /** Debian release of the target's images, `trixie`. */
  readonly debian: string | null;
  /** Requirement on LiveView that new projects of the target have, `~> 1.1.0`. */
  readonly liveView: string | null;
  /** Where the target's bundler writes scripts, as pages ask for them: `/assets/js`. */
  readonly scripts: string | null;
  /** What the target calls its profile of esbuild, `default` or the app. */
  readonly profile: string | null;
  /** Where the target's Tailwind writes the style sheet, `/assets/css/app.css`; null where it has none. */
  readonly styles: string | null;
}

/** All that rules look at and look things up in. */
export interface FindingContext {
  readonly tree: FileTree;
  readonly names: Names;
  readonly config: ConfigModel;
  /** The app with the endpoint. */
  readonly web: MixProject;
  readonly apps: readonly MixProject[];
  /** Locked versions of hex packages by name. */
  readonly locked: ReadonlyMap<string, string>;
  readonly build: BuildFiles;
  /** What the project states, where it states it. */
  readonly facts: readonly Fact[];
  readonly target: TargetVersions;
  /** Migrations that no running instance has seen: only these are judged. */
  readonly migrations: readonly string[];
}

/** The context of a project that has been read. */
export function findingContext(
  { tree, names, config, web, apps, locked }: Project,
  given: Pick<FindingContext, 'build' | 'facts' | 'target' | 'migrations'>,
): FindingContext {
  return { tree, names, config, web, apps, locked, ...given };
}
