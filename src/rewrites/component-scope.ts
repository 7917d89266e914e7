import type { FileScope } from './operation.ts';
import type { RewriteFile } from './place.ts';
import { scopeOf } from './scope-index.ts';

/** Where the components of Phoenix come from. */
const sources: ReadonlySet<string> = new Set(['Phoenix.Component', 'Phoenix.LiveView', 'Phoenix.LiveComponent']);

/** Whether `<.link>` and its kind are there in the templates of a module. */
export function hasComponents(file: RewriteFile, { beside }: FileScope, module: string): boolean {
  return scopeOf(file, beside, []).takesIn(module, sources);
}
