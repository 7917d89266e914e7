import { comparable, display, sameValue } from '../../elixir/canonical.ts';
import { listElements } from '../../elixir/list-items.ts';
import { lineName } from '../../elixir/web/read.ts';
import type { Operation } from '../operation.ts';
import type { EditContext, FactEdit } from './edit-context.ts';

/** Edits of the router's pipelines and of the dispatch module for one address of area `web`. */
export function webEdits(edit: FactEdit, context: EditContext): Operation[] {
  const [head = '', kind = '', ...rest] = edit.address.path;
  const { router, web } = context.project.webFiles;
  if (head === 'router') {
    return router !== null && kind === 'pipeline' && edit.yours && edit.result !== null
      ? pipelineEdits(router, rest.join('.'), edit.yours.value, edit.result)
      : [];
  }
  return web !== null && edit.result !== null ? sectionEdits(web, kind, edit, context) : [];
}

interface Named {
  readonly name: string;
  readonly text: string;
}

function pipelineEdits(path: string, pipeline: string, yours: string, result: string): Operation[] {
  const [mine, theirs] = [plugsOf(yours), plugsOf(result)];
  const order = theirs.map(({ name }) => name);
  const changes = differences(mine, theirs);
  return [
    ...changes.removed.map((plug): Operation => ({ kind: 'remove-pipeline-plug', path, pipeline, plug })),
    ...changes.altered.map(
      ({ name, text }): Operation => ({ kind: 'replace-pipeline-plug', path, pipeline, plug: name, value: text }),
    ),
    ...changes.added.map(
      ({ name, text }): Operation => ({ kind: 'add-pipeline-plug', path, pipeline, plug: name, value: text, order }),
    ),
    { kind: 'move-pipeline-plugs', path, pipeline, order },
  ];
}

function sectionEdits(path: string, section: string, edit: FactEdit, context: EditContext): Operation[] {
  const { target } = context;
  const result = edit.result ?? '';
  const [module] = edit.address.ancestors.slice(-1);
  const order = module ? target.addresses.filter((one) => one.isBelow(module)).map((one) => one.textBelow(module)) : [];
  const lines = linesOf(result);
  if (lines.length === 0) return [{ kind: 'add-web-function', path, function: section, value: result, order }];
  if (!edit.yours) {
    // What other sections unquote to share lines is private; the sections that a caller names are not.
    const hidden = section.endsWith('_helpers');
    const added = lines.map(({ text }) => text);
    return [
      { kind: 'add-web-section', path, section, private: hidden, lines: added, order },
      ...(hidden ? [] : takenIn(path, section, edit, context)),
    ];
  }
  const changes = differences(linesOf(edit.yours.value), lines);
  const names = lines.map(({ name }) => name);
  return [
    ...changes.removed.map((name): Operation => ({ kind: 'remove-web-line', path, section, name })),
    ...changes.altered.map(
      ({ name, text }): Operation => ({ kind: 'replace-web-line', path, section, name, line: text }),
    ),
    ...changes.added.map(
      ({ name, text }): Operation => ({ kind: 'add-web-line', path, section, name, line: text, order: names }),
    ),
  ];
}

/** What sections were called before: who has not come that far has the same lines in these. */
const formerNames: Readonly<Record<string, readonly string[]>> = { html_helpers: ['view_helpers', 'view'] };

/** A new section is of use where others take it in: those of the project that do so in the target. */
function takenIn(path: string, section: string, { address }: FactEdit, { target, yours }: EditContext): Operation[] {
  const [module] = address.ancestors.slice(-1);
  if (module === undefined) return [];
  const line = `unquote(${section}())`;
  return target.addresses.flatMap((one): Operation[] => {
    const names = one.isBelow(module) ? linesOf(target.get(one) ?? '[]') : [];
    const name = names.find(({ text }) => text === line)?.name;
    const taker = one.textBelow(module);
    const own = [taker, ...(formerNames[taker] ?? [])].find((known) => yours.has(module.below(known)));
    if (name === undefined || own === undefined || importsHelpers(yours.get(module.below(own))?.value)) return [];
    // Only a section of the same name has the same order.
    const order = own === taker ? names.map((each) => each.name) : [];
    return [{ kind: 'add-web-line', path, section: own, name, line, order }];
  });
}

/** Route helpers that are imported have functions of the same names: calls of `static_path` would be ambiguous. */
function importsHelpers(section = ''): boolean {
  return /\bimport\([\w.]+\.Router\.Helpers\b/.test(section);
}

function differences(mine: readonly Named[], theirs: readonly Named[]) {
  const find = (list: readonly Named[], name: string) => list.find((one) => one.name === name);
  return {
    removed: mine.filter(({ name }) => !find(theirs, name)).map(({ name }) => name),
    altered: theirs.filter(({ name, text }) => {
      const own = find(mine, name);
      return own !== undefined && !sameValue(own.text, text);
    }),
    added: theirs.filter(({ name }) => !find(mine, name)),
  };
}

/** Plugs by subject, as `readRouter` names them. */
function plugsOf(list: string): Named[] {
  return numbered(
    listElements(list).map((item) => ({
      name: item.kind === 'tuple' && item.items[0] ? display(item.items[0]) : comparable(item),
      text: display(item),
    })),
  );
}

/** Quoted lines by what they are about, as `readWeb` names them. */
function linesOf(list: string): Named[] {
  return numbered(listElements(list).map((item) => ({ name: lineName(item), text: display(item) })));
}

function numbered(items: readonly Named[]): Named[] {
  const seen = new Map<string, number>();
  return items.map(({ name, text }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { name: count === 1 ? name : `${name}#${count}`, text };
  });
}
