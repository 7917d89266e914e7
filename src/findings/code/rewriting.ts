import type { Operation } from '../../merge/operation.ts';
import type { RewriteTask } from '../../rewrites/operation.ts';
import type { FindingContext } from '../context.ts';
import type { CodePlace, ExprRule } from '../rule.ts';
import { fileScope, indexOf } from './file-scope.ts';

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
  return {
    operations: (places, { tree }) =>
      pathsOf(places).map((path): Operation => {
        const scope = fileScope(path, indexOf(tree));
        return { kind: 'rewrite', path, task: { name: 'links', helpers, ...scope } };
      }),
  };
}

/** The part of a rule for templates that rewrites those in which it finds something; `to` says where they go. */
export function rewritingTemplates(
  task: RewriteTask,
  to: (path: string) => string | null = () => null,
): { readonly operations: (paths: readonly string[]) => readonly Operation[] } {
  return {
    operations: (paths) =>
      paths.map((path): Operation => {
        const moved = to(path);
        return { kind: 'rewrite', path, task, ...(moved === null ? {} : { to: moved }) };
      }),
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

function pathsOf(places: readonly CodePlace[]): string[] {
  return [...new Set(places.map(({ fragment }) => fragment.path))];
}
