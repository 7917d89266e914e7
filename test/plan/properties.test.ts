import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { readDirectory, writeTree } from '../../src/pristine/directory.ts';
import { planDocument } from '../../src/report/document/plan-document.ts';
import { scratch } from '../support/pristine.ts';
import { applied, type Files, planOf, treeOf } from '../support/projects.ts';
import { application, children, deps, edited, mixfile, smallShop } from './small-shop.ts';

/** What a person may have changed: each carries a mark that no generator ever wrote. */
interface Change {
  readonly kind: 'value' | 'key' | 'dep' | 'option' | 'child' | 'plug' | 'alias' | 'task';
  /** Which of the places of that kind, and where in a list. */
  readonly place: number;
  readonly mark: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('value', 'key', 'dep', 'option', 'child', 'plug', 'alias', 'task'),
  place: fc.nat(20),
  mark: fc.stringMatching(/^[a-z]{6}$/).map((word) => `own_${word}`),
});

/** Values of the generator's in the shop's configuration: file and the text around the value. */
const values: readonly (readonly [string, string, string, string])[] = [
  ['config/config.exs', 'signing_salt: "', 'qK2mXw9z', '"'],
  ['config/config.exs', 'url: [host: "', 'localhost', '"'],
  ['config/config.exs', 'metadata: [:', 'request_id', ']'],
  ['config/config.exs', 'timestamp_type: :', 'utc_datetime', ']'],
  ['config/config.exs', 'Shop.Mailer, adapter: ', 'Swoosh.Adapters.Local', '\n'],
  ['config/dev.exs', 'secret_key_base: "', 'only-for-the-shop-on-this-machine', '"'],
  ['config/dev.exs', 'format: "', '[$level] $message\\n', '"'],
  ['config/prod.exs', 'cache_static_manifest: "', 'priv/static/cache_manifest.json', '"'],
  ['config/prod.exs', 'finch_name: ', 'Shop.Finch', '\n'],
  ['config/runtime.exs', 'System.get_env("', 'DNS_CLUSTER_QUERY', '"'],
  ['lib/shop_web/endpoint.ex', 'key: "', '_shop_key', '"'],
  ['lib/shop_web/endpoint.ex', 'same_site: "', 'Lax', '"'],
];

const configFiles = ['config/config.exs', 'config/dev.exs', 'config/test.exs', 'config/prod.exs'];
const plugs = ['plug Plug.Static', 'plug Plug.RequestId', 'plug Plug.Session', 'plug ShopWeb.Router'];

function at<T>(list: readonly T[], place: number): T {
  return list[place % list.length] as T;
}

function inserted(list: readonly string[], place: number, item: string): string[] {
  return list.toSpliced(place % list.length, 0, item);
}

/** The shop with the changes made, as a person would make them. */
function changed(changes: readonly Change[]): Files {
  const of = (kind: Change['kind']) => changes.filter((one) => one.kind === kind);
  const own = Object.fromEntries(of('dep').map(({ mark }) => [mark, `{:${mark}, "~> 1.2"}`]));
  const options = new Map(of('option').map(({ place, mark }) => [at(Object.keys(deps), place), mark]));
  const listed = Object.entries(deps).map(([name, text]) => {
    const option = options.get(name);
    return [name, option ? text.replace(/\}$/, `, system_env: [${option}: "1"]}`) : text];
  });
  const tasks = of('task').map(({ mark }) => `"${mark}"`);
  const aliases = [
    `"assets.deploy": [${[...tasks, '"tailwind shop --minify"', '"esbuild shop --minify"', '"phx.digest"'].join(', ')}]`,
    ...of('alias').map(({ mark }) => `${mark}: ["help"]`),
  ];
  let files: Files = {
    ...smallShop,
    'mix.exs': mixfile({ deps: { ...own, ...Object.fromEntries(listed) }, aliases }),
    'lib/shop/application.ex': application(
      of('child').reduce((all, { place, mark }) => inserted(all, place, `{Shop.Worker, :${mark}}`), [...children]),
    ),
  };
  for (const { place, mark } of of('plug')) {
    const before = at(plugs, place);
    files = edited('lib/shop_web/endpoint.ex', before, `plug Shop.Guard, :${mark}\n  ${before}`, files);
  }
  for (const { place, mark } of of('key')) {
    const path = at(configFiles, place);
    files = {
      ...files,
      [path]: (files[path] ?? '').replace('import Config\n', `import Config\n\nconfig :shop, :${mark}, [on: true]\n`),
    };
  }
  for (const { place, mark } of of('value')) {
    const [path, before, value, behind] = at(values, place);
    const whole = before + value + behind;
    const text = /^[A-Z]/.test(value) && !value.includes('_') ? `Shop.Own.${camelized(mark)}` : mark;
    if (files[path]?.includes(whole)) files = edited(path, whole, before + text + behind, files);
  }
  return files;
}

function camelized(word: string): string {
  return word.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

function marksIn(files: Iterable<string>, changes: readonly Change[]): string[] {
  const all = [...files].join('\n');
  return changes
    .flatMap(({ mark }) => [mark, camelized(mark)])
    .filter((mark) => all.includes(mark))
    .sort();
}

const several = fc.uniqueArray(change, { minLength: 1, maxLength: 6, selector: ({ mark }) => mark });
const targets = fc.constantFrom('1.7.21', '1.8.8', '1.8.12');
/** One seed for all properties: they look at the same draws, so that a plan is made once for all of them. */
const seed = Math.trunc(Math.random() * 2 ** 31);
const rounds = { numRuns: 40, seed };
const few = { numRuns: 10, seed };
const plans = new Map<string, Plan>();

function planOfDraw(changes: readonly Change[], to: string): Plan {
  const key = JSON.stringify([changes, to]);
  const plan = plans.get(key) ?? planOf(changed(changes), { to });
  plans.set(key, plan);
  return plan;
}

describe('what a person changed', () => {
  test('is in the project after every step of the plan', () => {
    fc.assert(
      fc.property(several, targets, (changes, to) => {
        const files = changed(changes);
        const after = applied(treeOf(files), planOfDraw(changes, to).steps).tree();
        const texts = after.paths.map((path) => after.read(path) ?? '');
        expect(marksIn(texts, changes)).toEqual(marksIn(Object.values(files), changes));
      }),
      rounds,
    );
  });

  test('is never a value that a pending change replaces', () => {
    fc.assert(
      fc.property(several, targets, (changes, to) => {
        const { steps } = planOfDraw(changes, to);
        for (const { edits, changes: ruled } of steps) {
          const taken = edits.flatMap(({ patch }) => patch.split('\n'));
          for (const { yours, verdict } of ruled) {
            const [mark] = marksIn([yours ?? ''], changes);
            if (mark === undefined || verdict !== 'pending') continue;
            const [gone, come] = ['-', '+'].map((sign) =>
              taken.filter((line) => line.startsWith(sign) && line.includes(mark)),
            );
            expect(come?.length, mark).toBe(gone?.length);
          }
        }
      }),
      rounds,
    );
  });
});

describe('a plan', () => {
  test('is the same bytes each time', () => {
    fc.assert(
      fc.property(several, targets, (changes, to) => {
        const json = (plan: Plan) => JSON.stringify(planDocument(plan, '0.0.0'));
        expect(json(planOf(changed(changes), { to }))).toBe(json(planOfDraw(changes, to)));
      }),
      few,
    );
  });

  test('once carried out, has nothing left to edit', () => {
    fc.assert(
      fc.property(several, targets, (changes, to) => {
        const files = changed(changes);
        const taken = applied(treeOf(files), planOfDraw(changes, to).steps);
        const again = planOf(taken.tree(), { to });
        expect(again.steps.filter(({ edits }) => edits.length > 0).map(({ id, edits }) => [id, edits])).toEqual([]);
      }),
      rounds,
    );
  });

  test('is a series of patches that git applies all at once, to the same files', async () => {
    await fc.assert(
      fc.asyncProperty(several, targets, async (changes, to) => {
        const files = changed(changes);
        const plan = planOfDraw(changes, to);
        const root = scratch('patches');
        writeTree(treeOf(files), root);
        const patch = plan.steps.flatMap(({ edits }) => edits.map((edit) => edit.patch)).join('');
        execFileSync('git', ['init', '--quiet'], { cwd: root });
        execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: root, input: patch });
        const [onDisk, expected] = [
          await readDirectory(root, () => undefined),
          applied(treeOf(files), plan.steps).tree(),
        ];
        const texts = (tree: typeof expected) => Object.fromEntries(tree.paths.map((path) => [path, tree.read(path)]));
        expect(texts(onDisk)).toEqual(texts(expected));
        rmSync(root, { recursive: true, force: true });
      }),
      few,
    );
  });
});
