import type { CallExpr, Expr, KeywordsExpr } from '../elixir/ast.ts';
import { edited, type TextChange } from '../elixir/edited.ts';
import type { Names } from '../elixir/names.ts';
import { parse } from '../elixir/parse.ts';

/**
 * The generator adds `namespace: Acme.Shop` to an app's own config when its module does not follow from its name.
 * A config file as the generator writes it, with that key put in; elsewhere nothing changes.
 */
export function withNamespace(path: string, text: string, names: Names): string {
  return ownersOf(path, names).reduce((result, owner) => added(result, owner), text);
}

/** The opposite of `withNamespace`. */
export function withoutNamespace(path: string, text: string, names: Names): string {
  return ownersOf(path, names).reduceRight((result, owner) => removed(result, owner), text);
}

interface Owner {
  readonly app: string;
  readonly module: string;
}

/** The apps whose general settings a file holds; before 1.4.4 each app of an umbrella has a file of its own. */
function ownersOf(path: string, { app, webApp, module, webModule }: Names): Owner[] {
  const core = { app, module };
  const web = { app: webApp, module: webModule };
  if (path === 'config/config.exs') return webApp === app ? [core] : [core, web];
  if (path === `apps/${app}/config/config.exs`) return [core];
  return path === `apps/${webApp}/config/config.exs` ? [web] : [];
}

function added(text: string, owner: Owner): string {
  const { body } = parse(text);
  const [first] = body.flatMap((expr) => settingsOf(expr, owner)?.pairs[0] ?? []);
  if (first)
    return applied(text, {
      start: first.range.start,
      end: first.range.start,
      text: `namespace: ${owner.module},${gapBefore(text, first)}`,
    });
  const opening = body.find((expr) => isCall(expr, 'import') || isCall(expr, 'use'));
  if (!opening || !mentions(body, owner)) return text;
  const at = opening.range.end;
  return applied(text, { start: at, end: at, text: `\n\nconfig :${owner.app},\n  namespace: ${owner.module}` });
}

/** White space that separates a key from what is before it: a line break with its indent, or one space. */
function gapBefore(text: string, expr: Expr): string {
  return /\s*$/.exec(text.slice(0, expr.range.start))?.[0] ?? ' ';
}

function removed(text: string, owner: Owner): string {
  const { body } = parse(text);
  for (const expr of body) {
    const settings = settingsOf(expr, owner);
    const [first, second] = settings?.pairs ?? [];
    if (!settings || first?.name !== 'namespace') continue;
    if (second) return applied(text, { start: first.range.start, end: second.range.start, text: '' });
    const start = text.slice(0, expr.range.start).trimEnd().length;
    return applied(text, { start, end: expr.range.end, text: '' });
  }
  return text;
}

/** `config :app, key: value, …`, not `config :app, Module, …`. */
function settingsOf(expr: Expr, { app }: Owner): KeywordsExpr | null {
  if (!isCall(expr, 'config')) return null;
  const [owner, keywords, ...rest] = expr.args;
  const fits = owner?.kind === 'atom' && owner.name === app && keywords?.kind === 'keywords' && rest.length === 0;
  return fits ? keywords : null;
}

/** In an umbrella's shared file a core app without any settings still gets its namespace: the web app has some. */
function mentions(body: readonly Expr[], { app }: Owner): boolean {
  const apps = body.flatMap((expr) =>
    isCall(expr, 'config') && expr.args[0]?.kind === 'atom' ? [expr.args[0].name] : [],
  );
  return apps.includes(app) || apps.includes(`${app}_web`);
}

function isCall(expr: Expr, name: string): expr is CallExpr {
  return expr.kind === 'call' && expr.target.kind === 'identifier' && expr.target.name === name;
}

function applied(text: string, change: TextChange): string {
  const result = edited(text, [change]);
  return result.ok ? result.text : text;
}
