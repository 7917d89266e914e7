import { expect, it } from 'vitest';
import { sameValue } from '../../../src/elixir/canonical.ts';
import { parse } from '../../../src/elixir/parse.ts';
import { performSupervision } from '../../../src/elixir/supervision/edit.ts';
import type { SupervisionOperation } from '../../../src/elixir/supervision/operation.ts';
import { readSupervision } from '../../../src/elixir/supervision/read.ts';
import { describeMix, formatted } from '../../support/mix.ts';
import { describePristine, pristineVersions } from '../../support/pristine.ts';
import { generatedFiles, neighbours } from '../support/generated.ts';

const path = 'lib/application.ex';

function read(text: string) {
  const tree = readSupervision(parse(text));
  if (!tree) throw new Error('no application');
  return tree;
}

/** The edits that turn one reading into another. */
function operations(from: string, to: string): SupervisionOperation[] {
  const [base, target] = [read(from), read(to)];
  const order = target.children.map(({ name }) => name);
  const known = new Map(base.children.map((child) => [child.name, child]));
  const modern = base.specImport && !target.specImport;
  return [
    ...(modern ? [{ kind: 'modernise-children' as const, path, plain: order }] : []),
    ...base.children
      .filter(({ name }) => !order.includes(name))
      .map(({ name }): SupervisionOperation => ({ kind: 'remove-child', path, child: name })),
    ...target.children.map(({ name, display }): SupervisionOperation => {
      const kind = known.has(name) ? 'replace-child' : 'add-child';
      return { kind, path, child: name, spec: display, order };
    }),
    { kind: 'move-children', path, order },
  ];
}

function performed(text: string, all: readonly SupervisionOperation[]): string {
  return all.reduce((now, operation) => {
    const result = performSupervision(now, operation);
    if (!result.ok) throw new Error(`${operation.kind}: ${result.reason}`);
    expect(performSupervision(result.text, operation)).toEqual(result);
    return result.text;
  }, text);
}

const pairs = () => [
  ...neighbours(pristineVersions(), ['default', 'umbrella']),
  ['1.3.4', '1.8.8', 'default'] as const,
];

describePristine('children of generated projects', () => {
  it('are all known', () => {
    const files = generatedFiles('application.ex');
    expect(files.length).toBeGreaterThan(1000);
    const unknown = files.filter(({ text }) => read(text).children.some(({ module }) => module === null));
    expect(unknown).toEqual([]);
    expect(files.filter(({ text }) => read(text).options.length !== 2)).toEqual([]);
  });

  it('become those of the next minor, in its order', () => {
    let compared = 0;
    for (const [from, to, variant] of pairs()) {
      const targets = new Map(generatedFiles('application.ex', to, variant).map((file) => [file.path, file.text]));
      for (const { path: file, text } of generatedFiles('application.ex', from, variant)) {
        const target = targets.get(file);
        if (target === undefined) continue;
        const result = read(performed(text, operations(text, target)));
        const wanted = read(target);
        expect(result.children.map(({ name }) => name)).toEqual(wanted.children.map(({ name }) => name));
        const same = result.children.every((child, at) => sameValue(child.display, wanted.children[at]?.display ?? ''));
        expect([file, from, to, same]).toEqual([file, from, to, true]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(15);
  });

  describeMix('when formatted', () => {
    it('stay so when they are edited', () => {
      const edits = pairs().flatMap(([from, to, variant]) => {
        const targets = new Map(generatedFiles('application.ex', to, variant).map((file) => [file.path, file.text]));
        return generatedFiles('application.ex', from, variant).flatMap(({ path: file, text }) => {
          const target = targets.get(file);
          return target === undefined ? [] : [{ text, result: performed(text, operations(text, target)) }];
        });
      });
      const before = formatted(edits.map(({ text }) => text));
      const clean = edits.filter(({ text }, at) => text.trimEnd() === before[at]?.trimEnd());
      expect(clean.length).toBeGreaterThan(8);
      const after = formatted(clean.map(({ result }) => result));
      expect(clean.map(({ result }) => result.trimEnd())).toEqual(after.map((text) => text.trimEnd()));
    });
  });
});
