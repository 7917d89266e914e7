import type { Operation } from '../merge/operation.ts';
import { performAll } from '../merge/perform.ts';
import { Workspace } from '../merge/workspace.ts';
import { isPage, outputsOf } from '../symbols/assets/outputs.ts';
import { ProjectIndex } from '../symbols/index.ts';
import { linesAsking, type ServedPathOperation } from '../templates/served-path.ts';
import type { Draft } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

/**
 * Lets pages follow what a bundler comes to write in another place: a layout that stays asks for it there, whether it is a template
 * or a module of any name. What the plan itself writes into a page asks for the new place already.
 */
export function withAddressesFollowed(
  drafts: readonly Draft[],
  { project: { tree } }: Pick<DraftContext, 'project'>,
): readonly Draft[] {
  const index = ProjectIndex.of(tree);
  const project = new Workspace(tree);
  return drafts.map((draft) => {
    const arguing = draft.items.filter((item) => item.operations.some(setsBundler));
    const next =
      arguing.length === 0
        ? null
        : performAll(
            project,
            arguing.flatMap(({ operations }) => operations),
          );
    if (next === null || 'reason' in next) return draft;
    const paths = next.changesSince(project).map(({ path }) => path);
    const moves = movedOutputs(outputsOf(index), outputsOf(index.changed(next.tree(), paths)));
    const changes = moves.flatMap((move) => changesOf(index, move));
    // With the arguments they are held, or wait for generated text.
    const last = arguing.at(-1);
    const items = draft.items.map((item) =>
      item === last ? { ...item, operations: [...item.operations, ...changes] } : item,
    );
    return changes.length === 0 ? draft : { ...draft, items };
  });
}

function setsBundler(operation: Operation): boolean {
  return 'keyPath' in operation && /^(?:esbuild|tailwind)$/.test(operation.keyPath[0] ?? '');
}

interface Move {
  readonly from: string;
  readonly to: string;
}

/** What is written elsewhere: a file of the same name, where there is one alone. */
function movedOutputs(old: ReadonlySet<string>, now: ReadonlySet<string>): Move[] {
  const brought = [...now].filter((output) => !old.has(output));
  return [...old].flatMap((from) => {
    const name = from.slice(from.lastIndexOf('/'));
    const [to, ...more] = now.has(from) ? [] : brought.filter((output) => output.endsWith(name));
    return to === undefined || more.length > 0 ? [] : [{ from, to }];
  });
}

function changesOf(index: ProjectIndex, { from, to }: Move): ServedPathOperation[] {
  const pages = index.paths.filter((path) => isPage(path) && linesAsking(index.read(path) ?? '', from).length > 0);
  return pages.map((path) => ({ kind: 'served-path', path, from, to }));
}
