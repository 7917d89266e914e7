import type { ProjectIndex } from './index.ts';
import type { Place } from './model.ts';
import type { OwnPrefixes } from './resolve.ts';

/** Something that does not hold together any more, at the place that shows it. */
export interface Inconsistency extends Place {
  /** `ShopWeb.PageLive is not defined` */
  readonly message: string;
  /** What is missing, or there twice: `ShopWeb.PageLive`, `ShopWeb.Layouts.app/1`. */
  readonly subject: string;
}

/** One state of a project and the next, with the paths whose text differs. */
export interface Transition {
  readonly before: ProjectIndex;
  readonly after: ProjectIndex;
  readonly changed: readonly string[];
  readonly own: OwnPrefixes;
}
