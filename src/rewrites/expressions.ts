import type { Expr } from '../elixir/ast.ts';
import { childrenOf } from '../elixir/children.ts';
import { withChanges } from '../elixir/edited.ts';
import { changesOf, type Place, replacing } from './place.ts';
import type { Site } from './sites.ts';

/** What becomes of an expression: other text, or the reason why it stays. */
export type Verdict = { readonly text: string } | { readonly reason: string };

/** Looks at one expression; null where it is none that the rewrite is for. */
export type ExprRewrite = (expr: Expr, context: ExprContext) => Verdict | null;

/** Where an expression stands. */
export interface ExprContext {
  readonly site: Site;
  /** Whether a pipe gives it its first argument: `conn |> get_flash(:info)`. */
  readonly piped: boolean;
  /** The source of an expression inside, rewritten itself. */
  readonly textOf: (expr: Expr) => string;
}

/** The places of a site's expressions, outer ones first; what stands inside a rewritten one is rewritten along with it. */
export function rewriteExpressions(site: Site, rewrite: ExprRewrite): Place[] {
  const rewriting = new ExprRewriting(site, rewrite);
  for (const expr of site.body) rewriting.visit(expr, false);
  return rewriting.places;
}

class ExprRewriting {
  readonly places: Place[] = [];
  readonly #site: Site;
  readonly #rewrite: ExprRewrite;

  constructor(site: Site, rewrite: ExprRewrite) {
    this.#site = site;
    this.#rewrite = rewrite;
  }

  visit(expr: Expr, piped: boolean): void {
    const at = this.#site.offset + expr.range.start;
    const inner = new ExprRewriting(this.#site, this.#rewrite);
    const verdict = this.#rewrite(expr, { site: this.#site, piped, textOf: (one) => inner.#text(one) });
    if (verdict && 'text' in verdict) {
      const change = replacing(expr.range, this.#site.offset, verdict.text);
      this.places.push(
        { at, changes: [change] },
        ...inner.places.map((one) => ('changes' in one ? { ...one, changes: [] } : one)),
      );
      return;
    }
    if (verdict) this.places.push({ at, reason: verdict.reason });
    const pipe = expr.kind === 'binary' && expr.operator === '|>';
    for (const child of childrenOf(expr)) this.visit(child, pipe && child === expr.right);
  }

  #text(expr: Expr): string {
    const own = new ExprRewriting(this.#site, this.#rewrite);
    own.visit(expr, false);
    this.places.push(...own.places);
    const start = expr.range.start + this.#site.offset;
    const changes = changesOf(own.places).map((change) => replacing(change, -start, change.text));
    return withChanges(sourceOf(this.#site, expr), changes);
  }
}

/** The source of an expression as the file has it. */
export function sourceOf({ text, offset }: Site, { range }: Expr): string {
  return text.slice(range.start + offset, range.end + offset);
}
