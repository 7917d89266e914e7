import type { FileScope } from './operation.ts';
import type { RewriteFile } from './place.ts';
import { scopeOf } from './scope-index.ts';
import { betweenQuotes, type TemplateSite } from './sites.ts';

/** Where the components of Phoenix come from. */
const sources: ReadonlySet<string> = new Set(['Phoenix.Component', 'Phoenix.LiveView', 'Phoenix.LiveComponent']);

/** Whether `<.link>` and its kind are there in the templates of a module. */
export function hasComponents(file: RewriteFile, { beside }: FileScope, module: string): boolean {
  return scopeOf(file, beside, []).takesIn(module, sources);
}

/** Why a component of Phoenix, `link` for one, cannot stand in a template; null where it can. */
export function componentRefusal(name: string, site: TemplateSite, file: RewriteFile, scope: FileScope): string | null {
  if (!site.template.dialect.heex) return 'only HEEx has components: make it a .heex template first';
  if (betweenQuotes(site)) return 'the template stands between quotes: write it between """ first';
  const module = site.module?.name ?? scope.owner;
  if (module === null) return 'no module is known to take the template in';
  if (site.own.has(name)) return `${module} has a ${name} of its own`;
  return hasComponents(file, scope, module) ? null : `${module} does not import Phoenix.Component`;
}
