import type { KnownPackages } from './asked-packages.ts';
import type { ProjectIndex } from './index.ts';
import type { Place } from './model.ts';
import type { OwnPrefixes } from './resolve.ts';

/** Something that does not hold together any more, at the place that shows it. */
export interface Inconsistency extends Place {
  /** `ShopWeb.PageLive is not defined` */
  readonly message: string;
  /** What is missing, or there twice: `ShopWeb.PageLive`, `ShopWeb.Layouts.app/1`. */
  readonly subject: string;
  /** The file of which the removal is the whole fault: with it in place nothing is amiss, and nothing is left to do. */
  readonly removal?: string;
  /** Whether the versions that mix.exs allows have what is missing, and only the locked one does not. */
  readonly isAllowed?: boolean;
}

/** One state of a project and the next, with the paths whose text differs. */
export interface Transition {
  readonly before: ProjectIndex;
  readonly after: ProjectIndex;
  readonly changed: readonly string[];
  readonly own: OwnPrefixes;
  /** What versions of packages define; null where only the project's own names are looked at. */
  readonly packages: KnownPackages | null;
}
