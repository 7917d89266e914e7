import type { CallExpr, Expr } from '../elixir/ast.ts';
import { type Aliases, callName, moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import type { OpenTag } from '../templates/model.ts';

/** A way of writing that not every version of a package takes, though every name in it is there. */
export interface Form {
  /** As a message shows it: `use Gettext, backend: …`. */
  readonly shown: string;
  readonly dep: string;
  /** First version that reads it. */
  readonly since: string;
  /** First version that no longer does, and a word that stands wherever it is written. */
  readonly until?: { readonly version: string; readonly word: string };
}

const [liveView, phoenix] = ['phoenix_live_view', 'phoenix'];
const forms = {
  layoutName: { shown: 'layout: {…, :name} of Phoenix.LiveView', dep: liveView, since: '0.18.0' },
  layoutFormat: { shown: 'a layout by format', dep: phoenix, since: '1.7.0' },
  gettextBackend: { shown: 'use Gettext, backend: …', dep: 'gettext', since: '0.26.0' },
  bandit: { shown: 'Bandit.PhoenixAdapter', dep: phoenix, since: '1.7.0' },
  specialAttribute: { shown: ':if and :for', dep: liveView, since: '0.18.0' },
  let: { shown: ':let', dep: liveView, since: '0.18.0' },
  // Older versions then look for the layout app of a LayoutView.
  noLayouts: { shown: 'use Phoenix.Controller with formats: and without layouts:', dep: phoenix, since: '1.8.0' },
  // What took its place compiles, and raises when the page is shown.
  formWithoutFunction: {
    shown: 'form_for without a function',
    dep: 'phoenix_html',
    since: '0.0.0',
    until: { version: '4.0.0', word: 'form_for' },
  },
} satisfies Record<string, Form>;

/** Those that a newer version of their dep no longer reads. */
export const leavingForms: readonly Form[] = [forms.formWithoutFunction];

/** Functions that take a layout, directly or behind `plug`. */
const layoutSetters = new Set(['put_layout', 'put_root_layout']);

/** The form of a call, if it is one that not every version reads. */
export function callForm(call: CallExpr, aliases: Aliases): Form | null {
  const name = callName(call);
  if (name === 'use') return formOfUse(call, aliases);
  if (name === 'form_for') return hasNoFunction(call) ? forms.formWithoutFunction : null;
  const [first] = call.args;
  const isPlug = name === 'plug' && first?.kind === 'atom' && layoutSetters.has(first.name);
  if (!isPlug && !layoutSetters.has(name ?? '')) return null;
  const byFormat = keywordPairs(call.args.at(-1))?.some(({ value }) => value.kind === 'tuple') ?? false;
  return byFormat ? forms.layoutFormat : null;
}

function formOfUse(call: CallExpr, aliases: Aliases): Form | null {
  const [target, options] = call.args;
  const module = target && moduleName(target, aliases);
  const option = (name: string) => keywordPairs(options)?.find((pair) => pair.name === name)?.value;
  if (module === 'Gettext') return option('backend') ? forms.gettextBackend : null;
  if (module === 'Phoenix.Controller') return isHtml(option('formats')) && !option('layouts') ? forms.noLayouts : null;
  const layout = module === 'Phoenix.LiveView' ? option('layout') : undefined;
  return layout?.kind === 'tuple' && layout.items[1]?.kind === 'atom' ? forms.layoutName : null;
}

/** `[:html, :json]`; pages by views, `[html: "View"]`, have their layout by the name of the module. */
function isHtml(formats: Expr | undefined): boolean {
  return formats?.kind === 'list' && formats.items.some((item) => item.kind === 'atom' && item.name === 'html');
}

/** `form_for @changeset, "#", class: "x"`: what is no list and no keyword may be a function. */
function hasNoFunction({ args, block }: CallExpr): boolean {
  const [, action, options, more] = args;
  if (action === undefined || more !== undefined || block) return false;
  return options === undefined || options.kind === 'list' || keywordPairs(options) !== null;
}

/** The form that the name of a module is by itself. */
export function moduleForm(module: string): Form | null {
  return module === 'Bandit.PhoenixAdapter' ? forms.bandit : null;
}

/** The form of a tag of HEEx. */
export function tagForm({ attributes }: OpenTag): Form | null {
  const names = attributes.map(({ name }) => name);
  if (names.includes(':let')) return forms.let;
  return names.includes(':if') || names.includes(':for') ? forms.specialAttribute : null;
}
