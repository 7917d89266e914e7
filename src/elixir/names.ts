import { escapeRegExp } from './escape-reg-exp.ts';

/** The names that one generated project carries all through. */
export interface Names {
  /** OTP application, `shop`; in an umbrella the core app. */
  readonly app: string;
  /** OTP application of the web part: `shop` again, in an umbrella `shop_web`. */
  readonly webApp: string;
  /** Base module, `Shop` or `Acme.Shop`. */
  readonly module: string;
  /** Web module, `ShopWeb`. */
  readonly webModule: string;
}

/** Placeholders of facts and snapshots. `{app}_web` needs none of its own: it follows from `{app}`. */
export const placeholders: Names = { app: '{app}', webApp: '{app}', module: '{App}', webModule: '{Web}' };

/** Puts a project's names into a placeholder text: `config :{app}, {Web}.Endpoint`. */
export function fillNames(text: string, names: Names): string {
  if (!text.includes('{')) return text;
  return text
    .replaceAll('{app}_web', names.webApp === names.app ? `${names.app}_web` : names.webApp)
    .replaceAll('{app}', names.app)
    .replaceAll('{App}', names.module)
    .replaceAll('{Web}', names.webModule);
}

/** In characters. A longer name is no atom, and so no app or module that Elixir can compile. */
export const longestAtom = 255;

/**
 * Replaces a project's names by others, token by token: `shop` in `:shop`, `shop_web`, `_shop_key` and
 * `Shop` in `Shop.Repo`, but neither in `workshop` nor in `ShopifyClient`.
 */
export function renameTokens(text: string, from: Names, to: Names): string {
  const pairs = new Map([
    [from.webModule, to.webModule],
    [from.module, to.module],
    ...(from.webApp === from.app ? [] : ([[from.webApp, to.webApp === to.app ? `${to.app}_web` : to.webApp]] as const)),
    [from.app, to.app],
  ]);
  const known = [...pairs.keys()].filter((name) => name.length <= longestAtom);
  if (known.length === 0) return text;
  const alternatives = known.sort((a, b) => b.length - a.length).map(escapeRegExp);
  const token = new RegExp(`(?<![A-Za-z0-9])(?:${alternatives.join('|')})(?![A-Za-z0-9])`, 'g');
  return text.replace(token, (name) => pairs.get(name) ?? name);
}
