import type { Expr, Source } from '../ast.ts';
import { display } from '../canonical.ts';
import { childrenOf } from '../children.ts';
import { callName, type FunctionClause, functionsOf, modulesOf, usesModule } from '../module.ts';
import { keywordPairs } from '../options.ts';
import { lineAt } from '../position.ts';
import { hasUnreadableRequirement, readDep } from './deps.ts';
import { gather, type ListedExpr } from './lists.ts';
import type { MixAlias, MixClause, Mixfile, MixKey, Unreadable } from './model.ts';
import { attributesOf, followed, inlined, resultOf, type Scope, type Scoped } from './scope.ts';

/**
 * Reads a `mix.exs` by its syntax. Nothing is thrown: a file without a Mix project gives an empty `Mixfile` with
 * `module` null, and what only running it would tell stands in `unknown`.
 */
export function readMixfile(source: Source): Mixfile {
  return new MixReading(source).mixfile();
}

/** The module of a `mix.exs`: the one that uses `Mix.Project`. */
export function mixModule(source: Source) {
  return modulesOf(source).find(({ body }) => usesModule(body, 'Mix.Project'));
}

class MixReading {
  readonly #source: Source;
  readonly #unknown: Unreadable[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  mixfile(): Mixfile {
    const module = mixModule(this.#source);
    const body = module?.body ?? [];
    const scope: Scope = { attributes: attributesOf(body), functions: functionsOf(body), locals: new Map() };
    const entries = this.#entries('project', scope);
    const [alias] = module?.call.args ?? [];
    const project = entries.flatMap((entry) => this.#keys(entry, []));
    const appsPath = entries.find(({ expr }) => expr.kind === 'pair' && expr.name === 'apps_path');
    return {
      module: module && alias ? { name: module.name, range: alias.range, line: this.#line(alias) } : null,
      project,
      application: this.#entries('application', scope).flatMap((entry) => this.#keys(entry, [])),
      cli: this.#entries('cli', scope).flatMap((entry) => this.#keys(entry, [])),
      releases: this.#valueOf(entries, 'releases').flatMap((entry) => this.#keys(entry, [])),
      deps: this.#deps(entries),
      aliases: this.#valueOf(entries, 'aliases').flatMap((entry) => this.#alias(entry)),
      clauses: this.#clauses(scope),
      appsPath: appsPath ? stringOf(followed(pairValue(appsPath)).expr) : null,
      unknown: this.#unknown.toSorted((a, b) => a.line - b.line),
    };
  }

  #line(expr: Expr): number {
    return lineAt(this.#source.text, expr.range.start);
  }

  #note(part: string, exprs: readonly Expr[]): void {
    for (const expr of exprs) this.#unknown.push({ part, display: display(expr), line: this.#line(expr) });
  }

  /** The pairs that a public function without arguments returns. */
  #entries(name: string, scope: Scope): readonly ListedExpr[] {
    const clauses = scope.functions.filter((one) => one.name === name && one.args.length === 0);
    return clauses.flatMap((clause) => {
      const result = resultOf(clause.body, scope);
      if (result === null) this.#note(name, clause.body.slice(-1));
      return result === null ? [] : this.#pairs(name, result);
    });
  }

  #pairs(part: string, value: Scoped): readonly ListedExpr[] {
    const { elements, unknown } = gather(value);
    this.#note(part, unknown);
    const pairs = elements.filter(({ expr }) => expr.kind === 'pair');
    this.#note(
      part,
      elements.filter(({ expr }) => expr.kind !== 'pair').map(({ expr }) => expr),
    );
    return pairs;
  }

  /** The pairs inside the value of a key. */
  #valueOf(entries: readonly ListedExpr[], key: string): readonly ListedExpr[] {
    return entries.flatMap((entry) =>
      entry.expr.kind === 'pair' && entry.expr.name === key ? this.#pairs(key, pairValue(entry)) : [],
    );
  }

  #keys(entry: ListedExpr, parent: readonly string[]): MixKey[] {
    const { expr } = entry;
    if (expr.kind !== 'pair') return [];
    const path = [...parent, expr.name];
    const plain: MixKey = {
      path,
      value: expr.value,
      display: display(inlined(pairValue(entry))),
      range: expr.range,
      line: this.#line(expr),
    };
    if (parent.length === 0 && ['deps', 'aliases', 'releases'].includes(expr.name)) return [plain];
    const value = followed(pairValue(entry));
    const pairs = keywordPairs(value.expr) ?? [];
    if (pairs.length === 0) {
      // A function that does more than return a value stays the call that it is.
      return [{ ...plain, value: value.expr, display: display(inlined(value)) }];
    }
    return pairs.flatMap((pair) => this.#keys({ ...entry, expr: pair, scope: value.scope }, path));
  }

  #deps(entries: readonly ListedExpr[]) {
    return entries.flatMap((entry) => {
      if (entry.expr.kind !== 'pair' || entry.expr.name !== 'deps') return [];
      const { elements, unknown } = gather(pairValue(entry));
      this.#note('deps', unknown);
      return elements.flatMap((element) => {
        const dep = readDep(this.#source.text, element);
        if (dep === null || hasUnreadableRequirement(dep)) this.#note('deps', [element.expr]);
        return dep === null ? [] : [dep];
      });
    });
  }

  #alias(entry: ListedExpr): MixAlias[] {
    const { expr } = entry;
    if (expr.kind !== 'pair') return [];
    const value = followed(pairValue(entry));
    const tasks = value.expr.kind === 'list' ? value.expr.items : [value.expr];
    const shown = tasks.map((task) => display(inlined({ expr: task, scope: value.scope })));
    // `~w(…)` is a list of strings already.
    const words = value.expr.kind === 'sigil' && /^w$/i.test(value.expr.name);
    return [
      {
        name: expr.name,
        tasks: words ? wordsOf(value.expr) : shown,
        display: words ? (shown[0] ?? '') : `[${shown.join(', ')}]`,
        value: value.expr,
        range: expr.range,
        line: this.#line(expr),
      },
    ];
  }

  #clauses(scope: Scope): MixClause[] {
    const project = scope.functions.filter((one) => one.name === 'project').flatMap((one) => one.body);
    const called = new Set(project.flatMap((expr) => callsWithArguments(expr)));
    return scope.functions
      .filter((one) => one.kind === 'defp' && one.args.length > 0 && called.has(one.name))
      .map((one) => ({
        name: one.name,
        head: clauseHead(one),
        display: one.body.map((expr) => display(inlined({ expr, scope }))).join('; '),
        body: one.body,
        range: one.range,
        line: lineAt(this.#source.text, one.range.start),
      }));
  }
}

/** `elixirc_paths(:test)` */
export function clauseHead({ name, args }: FunctionClause): string {
  return `${name}(${args.map((arg) => display(arg)).join(', ')})`;
}

function pairValue({ expr, scope }: Scoped): Scoped {
  return { expr: expr.kind === 'pair' ? expr.value : expr, scope };
}

function stringOf(expr: Expr): string | null {
  const [text, ...more] = expr.kind === 'string' ? expr.parts : [];
  return typeof text === 'string' && more.length === 0 ? text : null;
}

function wordsOf(expr: Expr): string[] {
  const [text] = expr.kind === 'sigil' ? expr.parts : [];
  return typeof text === 'string'
    ? text
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => `"${word}"`)
    : [];
}

function callsWithArguments(expr: Expr): string[] {
  const name = expr.kind === 'call' && expr.args.length > 0 ? callName(expr) : undefined;
  return [...(name === undefined ? [] : [name]), ...childrenOf(expr).flatMap(callsWithArguments)];
}
