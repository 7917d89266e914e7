import type { CallExpr } from '../elixir/ast.ts';
import { type Aliases, callName, moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import type { OpenTag } from '../templates/model.ts';

/** A way of writing that older versions of a package refuse, though every name in it is there. */
export interface Form {
  /** As a message shows it: `use Gettext, backend: …`. */
  readonly shown: string;
  readonly dep: string;
  /** First version that reads it. */
  readonly since: string;
}

const [liveView, phoenix] = ['phoenix_live_view', 'phoenix'];
const forms = {
  layoutName: { shown: 'layout: {…, :name} of Phoenix.LiveView', dep: liveView, since: '0.18.0' },
  layoutFormat: { shown: 'a layout by format', dep: phoenix, since: '1.7.0' },
  gettextBackend: { shown: 'use Gettext, backend: …', dep: 'gettext', since: '0.26.0' },
  bandit: { shown: 'Bandit.PhoenixAdapter', dep: phoenix, since: '1.7.0' },
  specialAttribute: { shown: ':if and :for', dep: liveView, since: '0.18.0' },
  let: { shown: ':let', dep: liveView, since: '0.18.0' },
} satisfies Record<string, Form>;

/** Functions that take a layout, directly or behind `plug`. */
const layoutSetters = new Set(['put_layout', 'put_root_layout']);

/** The form of a call, if it is one that not every version reads. */
export function callForm(call: CallExpr, aliases: Aliases): Form | null {
  const name = callName(call);
  if (name === 'use') return formOfUse(call, aliases);
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
  const layout = module === 'Phoenix.LiveView' ? option('layout') : undefined;
  return layout?.kind === 'tuple' && layout.items[1]?.kind === 'atom' ? forms.layoutName : null;
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
