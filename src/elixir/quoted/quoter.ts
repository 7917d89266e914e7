import type { DoBlock, Expr } from '../ast.ts';
import type { Quoted } from './term.ts';

/** What quotes the parts of an expression. */
export interface Quoter {
  quote(expr: Expr): Quoted;
  all(items: readonly Expr[]): Quoted[];
  doBlock(block: DoBlock): Quoted;
  /** Metadata of an expression: its line. */
  meta(expr: Expr): readonly Quoted[];
  /** The text of an expression. */
  sourceOf(expr: Expr): string;
  /** The one expression that a text of its own has; throws `UnreadableText` for any other. */
  reread(text: string): { expr: Expr; quoter: Quoter };
}
