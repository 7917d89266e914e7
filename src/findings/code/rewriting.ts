import type { Operation } from '../../merge/operation.ts';
import { hasComponents } from '../../rewrites/component-scope.ts';
import type { FileScope, HeexTask, RewriteTask } from '../../rewrites/operation.ts';
import { ProjectIndex } from '../../symbols/index.ts';
import type { FindingContext } from '../context.ts';
import { type CodePlace, distinct, type ExprRule } from '../rule.ts';
import { fileScope } from './file-scope.ts';

type Mending = Required<Pick<ExprRule, 'operations'>>;

/** The part of a rule that rewrites the files in which it finds something. */
export function rewriting(
  task: RewriteTask | ((places: readonly CodePlace[], context: FindingContext) => RewriteTask),
): Mending {
  return {
    operations: (places, context) => {
      const what = typeof task === 'function' ? task(places, context) : task;
      return pathsOf(places).map((path): Operation => ({ kind: 'rewrite', path, task: what }));
    },
  };
}

/** The part of a rule that rewrites helpers for links as components. */
export function rewritingLinks(...helpers: readonly string[]): Mending {
  return rewritingInScope((scope) => ({ name: 'links', helpers, scope }));
}

/** The part of a rule that rewrites helpers as components: what the templates' modules take in decides whether they have those. */
export function rewritingInScope(task: (scope: FileScope) => RewriteTask): Mending {
  return {
    operations: (places, { tree }) => {
      const index = ProjectIndex.of(tree);
      const paths = pathsOf(places);
      const tags = paths.map((path): Operation => ({ kind: 'rewrite', path, task: task(fileScope(path, index)) }));
      return [...componentScopes(paths, index), ...tags];
    },
  };
}

/** What gives components to the modules of templates, by the role that they use: `use ShopWeb, :view`. */
function componentScopes(paths: readonly string[], index: ProjectIndex): Operation[] {
  const read = (path: string) => index.text(path);
  const scopes = paths.flatMap((path): Operation[] => {
    const scope = fileScope(path, index);
    const module = scope.owner === null ? undefined : index.module(scope.owner);
    if (module === undefined || hasComponents({ path, text: read(path) ?? '', read }, scope, module.name)) return [];
    return module.uses.flatMap(({ module: used, role }): Operation[] => {
      const web = index.module(used);
      if (web === undefined || role === null || !web.quotes.has(role)) return [];
      return [{ kind: 'rewrite', path: web.path, task: { name: 'component-scope', role } }];
    });
  });
  return distinct(scopes);
}

/** The part of a rule that rewrites `form_for` as a component. */
export function rewritingForms(): Mending {
  return {
    operations: (places, { tree }) => {
      const index = ProjectIndex.of(tree);
      const paths = pathsOf(places);
      const forms = paths.map((path): Operation => {
        const scope = fileScope(path, index);
        const { owner } = scope;
        // What embed_templates takes in is a function of that name.
        const names = owner === null ? [] : index.embedded.of(owner).map(({ name }) => name);
        const functions = owner === null ? [] : (index.module(owner)?.functions ?? []).map(({ name }) => name);
        const refusal = [...names, ...functions].includes('form') ? `${owner} has a form of its own` : null;
        return { kind: 'rewrite', path, task: { name: 'forms', scope, refusal } };
      });
      return [...componentScopes(paths, index), ...forms];
    },
  };
}

/** The edits that make HEEx of what stands in files: a template of its own goes to another path then. */
export function heexOperations(paths: readonly string[], { tree }: FindingContext): readonly Operation[] {
  const index = ProjectIndex.of(tree);
  const taken = takenAsSafe(index);
  // A form_for without a function can be HEEx as a component alone.
  const forms = paths.filter((path) => /\bform_for\b/.test(index.text(path) ?? ''));
  const templates = paths.flatMap((path): Operation[] => {
    const scope = fileScope(path, index);
    // A template of EEx that no module is known to take in may be read by its name.
    if (path.endsWith('.eex') && scope.owner === null) return [];
    const task: HeexTask = { name: 'heex', scope, refusal: path.endsWith('.eex') ? taken(path, scope.owner) : null };
    return [{ kind: 'rewrite', path, task, ...(/\.l?eex$/.test(path) ? { to: path.replace(/l?eex$/, 'heex') } : {}) }];
  });
  return [...componentScopes(forms, index), ...templates];
}

/**
 * Why a template cannot be HEEx by what is done with its result: `safe_to_string(render(View, "a.html"))` takes what EEx gives,
 * `{:safe, text}`, and no other.
 */
function takenAsSafe(index: ProjectIndex): (template: string, owner: string | null) => string | null {
  const paths = index.mentioning(['safe_to_string', '{:safe,', 'raw(render', 'raw render']);
  const users = paths.filter((path) => /\brender/.test(index.text(path) ?? ''));
  return (template, owner) => {
    const [name = ''] = template.slice(template.lastIndexOf('/') + 1).split('.');
    const module = owner === null ? undefined : index.module(owner);
    const [last = ''] = owner?.split('.').slice(-1) ?? [];
    const named = new RegExp(String.raw`["'.:(]${name}\b`);
    const by = users.find((path) => {
      const text = index.text(path) ?? '';
      return named.test(text) && (path === module?.path || text.includes(last));
    });
    return by === undefined ? null : `${by} may take its result for {:safe, text}, which HEEx does not give`;
  };
}

/** The operations of several parts, one after another. */
export function together<M extends Mending>(first: M, ...others: readonly Mending[]): M {
  return {
    ...first,
    operations: (places: readonly CodePlace[], context: FindingContext) =>
      [first, ...others].flatMap((one) => one.operations(places, context)),
  };
}

/** The files in which places stand, each once. */
export function pathsOf(places: readonly CodePlace[]): string[] {
  return [...new Set(places.map(({ fragment }) => fragment.path))];
}
