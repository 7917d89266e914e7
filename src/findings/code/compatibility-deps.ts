import type { Operation } from '../../merge/operation.ts';
import { compareVersions } from '../../pristine/versions.ts';
import type { FindingContext } from '../context.ts';
import type { ExprRule } from '../rule.ts';

/** Deps that took over what Phoenix no longer brings along. */
type CompatibilityDep = 'phoenix_view' | 'phoenix_html_helpers';

interface WantedDep {
  /** The topic of the code that needs it. */
  readonly topic: string;
  /** The module that it is there for, with those below it. */
  readonly module: string;
  readonly text: string;
  /** Deps behind which it goes. */
  readonly order: readonly string[];
}

const deps: Readonly<Record<CompatibilityDep, WantedDep>> = {
  phoenix_view: {
    topic: 'phoenix-view',
    module: 'Phoenix.View',
    text: '{:phoenix_view, "~> 2.0"}',
    order: ['phoenix_html', 'phoenix_view'],
  },
  phoenix_html_helpers: {
    topic: 'phoenix-html-helpers',
    module: 'PhoenixHTMLHelpers',
    text: '{:phoenix_html_helpers, "~> 1.0"}',
    order: ['phoenix_html', 'phoenix_html_helpers'],
  },
};

/** The part of a rule that gives the app a dep which the code it finds needs, unless some app has it. */
export function bringing(dep: CompatibilityDep): Required<Pick<ExprRule, 'operations' | 'caution'>> {
  return {
    operations: (places, { web, apps }) => {
      if (hasDep(apps, dep)) return [];
      const { text, order } = deps[dep];
      // In an umbrella each app sees its own deps only.
      const using = apps.filter(({ directory }) => {
        return directory !== '' && places.some(({ fragment: { path } }) => path.startsWith(`${directory}/`));
      });
      return (using.length > 0 ? using : [web]).map(({ path }) => ({ kind: 'add-dep', path, text, order }));
    },
    caution: ({ locked }) => (dep === 'phoenix_view' && bringsViews(locked.get('phoenix')) ? twoViews : null),
  };
}

/** The part of a rule whose code works as it is once some app has the dep. */
export function settledBy(dep: CompatibilityDep): Required<Pick<ExprRule, 'settled'>> {
  return { settled: ({ apps }) => hasDep(apps, dep) };
}

function hasDep(apps: FindingContext['apps'], dep: CompatibilityDep): boolean {
  return apps.some(({ mixfile }) => mixfile.deps.some(({ name }) => name === dep));
}

const twoViews =
  'Phoenix before 1.6 has Phoenix.View itself: take this together with the move of Phoenix, or the app has the module twice.';

function bringsViews(phoenix: string | undefined): boolean {
  return phoenix !== undefined && compareVersions(phoenix, '1.6.0') < 0;
}

/** The deps of this kind that operations add, each with the topic that asked for it and the module that code takes from it. */
export function addedDeps(operations: readonly Operation[]): { dep: string; topic: string; module: string }[] {
  const texts = new Set(operations.flatMap((operation) => (operation.kind === 'add-dep' ? operation.text : [])));
  return Object.entries(deps).flatMap(([dep, { topic, module, text }]) =>
    texts.has(text) ? [{ dep, topic, module }] : [],
  );
}
