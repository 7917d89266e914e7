import type { Operation } from '../../merge/operation.ts';
import type { HeexTask, RewriteTask } from '../../rewrites/operation.ts';
import { ProjectIndex } from '../../symbols/index.ts';
import type { FindingContext } from '../context.ts';
import type { CodePlace, ExprRule } from '../rule.ts';
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
  return {
    operations: (places, { tree }) =>
      pathsOf(places).map((path): Operation => {
        const scope = fileScope(path, ProjectIndex.of(tree));
        return { kind: 'rewrite', path, task: { name: 'links', helpers, scope } };
      }),
  };
}

/** The edits that make HEEx of what stands in files: a template of its own goes to another path then. */
export function heexOperations(paths: readonly string[], { tree }: FindingContext): readonly Operation[] {
  return paths.map((path): Operation => {
    const task: HeexTask = { name: 'heex', scope: fileScope(path, ProjectIndex.of(tree)) };
    return { kind: 'rewrite', path, task, ...(path.endsWith('.leex') ? { to: path.replace(/leex$/, 'heex') } : {}) };
  });
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
