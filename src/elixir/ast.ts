/**
 * The syntax tree every reader works on: tree-sitter's concrete tree, made once into plain objects, so that
 * readers need not cross the wasm border for each property and can switch over a closed set of kinds.
 */

/** Half-open range in UTF-16 code units of the source text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Base {
  readonly range: Range;
}

/** Literal text (escapes kept as written) and interpolated expressions, in their order. */
export type Parts = readonly (string | Expr)[];

/** A name written in quotes: `:"my name"`, `"my key": 1`. `open` is the quote. */
export interface QuotedName {
  readonly open: string;
  readonly parts: Parts;
}

/** `:name`, `true`, `nil`; `name` has no colon and no quotes. */
export interface AtomExpr extends Base {
  readonly kind: 'atom';
  readonly name: string;
  readonly quoted: QuotedName | null;
}
/** `Shop.Repo`. `__MODULE__.Repo`, whose left side is no alias, is a `dot`. */
export interface AliasExpr extends Base {
  readonly kind: 'alias';
  readonly name: string;
}
/** A variable or a call without arguments and parentheses. */
export interface IdentifierExpr extends Base {
  readonly kind: 'identifier';
  readonly name: string;
}
/** Integers, floats and `?c`. `text` is without the underscores between digits, `written` with them. */
export interface NumberExpr extends Base {
  readonly kind: 'number';
  readonly text: string;
  readonly written: string;
}
export interface StringExpr extends Base {
  readonly kind: 'string' | 'charlist';
  readonly parts: Parts;
  readonly heredoc: boolean;
}
/** `~r/…/i`: `name` is `r`, `modifiers` is `i`; `parts` as in a string. */
export interface SigilExpr extends Base {
  readonly kind: 'sigil';
  readonly name: string;
  readonly parts: Parts;
  readonly modifiers: string;
  /** Opening delimiter as written: `(`, `"`, `"""`, … */
  readonly open: string;
}
/** Trailing keywords of a list, tuple or call are one `keywords` expression at the end of `items`. */
export interface ListExpr extends Base {
  readonly kind: 'list' | 'tuple' | 'bitstring';
  readonly items: readonly Expr[];
}
/** `a: 1, b: 2` as it stands in a list, tuple, map or call. */
export interface KeywordsExpr extends Base {
  readonly kind: 'keywords';
  readonly pairs: readonly PairExpr[];
}
/** `key: value`. `name` has no quotes; those of `"my key": 1` and what is interpolated stand in `quoted`. */
export interface PairExpr extends Base {
  readonly kind: 'pair';
  readonly name: string;
  readonly quoted: QuotedName | null;
  readonly keyRange: Range;
  readonly value: Expr;
}
/** `%{…}` and `%Name{…}`; `items` as in a list, `a => b` pairs are `binary` with operator `=>`. */
export interface MapExpr extends Base {
  readonly kind: 'map';
  readonly struct: Expr | null;
  readonly items: readonly Expr[];
}
/** `target` is an identifier for `foo(…)`, a `dot` for `Mod.foo(…)`. */
export interface CallExpr extends Base {
  readonly kind: 'call';
  readonly target: Expr;
  readonly args: readonly Expr[];
  /** Range of the argument list with its parentheses, if any; null for a call without arguments. */
  readonly argsRange: Range | null;
  readonly parens: boolean;
  readonly block: DoBlock | null;
}
/** `do … end`. Sections are those after `else`, `rescue`, `catch`, `after`. */
export interface DoBlock extends Base {
  readonly body: readonly Expr[];
  readonly sections: readonly { readonly name: string; readonly body: readonly Expr[]; readonly range: Range }[];
}
/**
 * `left.right`; `right` is null in `fun.(…)`, and as written where the name is in quotes. `Shop.{Cart, Item}` keeps its text in
 * `right` and has its names in `group`, which is null everywhere else.
 */
export interface DotExpr extends Base {
  readonly kind: 'dot';
  readonly left: Expr;
  readonly right: string | null;
  readonly group: readonly Expr[] | null;
}
/** `-x`, `not x`, `@name`, `&fun/1`; `operator` is the sign or word. */
export interface UnaryExpr extends Base {
  readonly kind: 'unary';
  readonly operator: string;
  readonly operand: Expr;
}
/** `left operator right`, `=>`, `|` and `when` included. */
export interface BinaryExpr extends Base {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expr;
  readonly right: Expr;
}
/** `target[key]` */
export interface AccessExpr extends Base {
  readonly kind: 'access';
  readonly target: Expr;
  readonly key: Expr;
}
/** `args when guard -> body` in `case`, `fn`, `cond`. */
export interface ClauseExpr extends Base {
  readonly kind: 'clause';
  readonly args: readonly Expr[];
  readonly guard: Expr | null;
  /** Whether `args` stand in parentheses of their own: `fn (a, b) -> … end`. */
  readonly parens: boolean;
  /** Offset of the `->`. */
  readonly arrow: number;
  readonly body: readonly Expr[];
}
/** `fn … end`; each of `clauses` is a `clause`. */
export interface FnExpr extends Base {
  readonly kind: 'fn';
  readonly clauses: readonly Expr[];
}
/** Parenthesised expressions: one of them is the same as the expression itself. */
export interface BlockExpr extends Base {
  readonly kind: 'block';
  readonly body: readonly Expr[];
}
/** A syntax error, or a construct that no reader needs. */
export interface OtherExpr extends Base {
  readonly kind: 'other';
  readonly text: string;
}

/** Every kind of expression: readers switch over `kind`. */
export type Expr =
  | AtomExpr
  | AliasExpr
  | IdentifierExpr
  | NumberExpr
  | StringExpr
  | SigilExpr
  | ListExpr
  | KeywordsExpr
  | PairExpr
  | MapExpr
  | CallExpr
  | DotExpr
  | UnaryExpr
  | BinaryExpr
  | AccessExpr
  | ClauseExpr
  | FnExpr
  | BlockExpr
  | OtherExpr;

/** A parsed file. Positions in `body` and `comments` index `text`. */
export interface Source {
  readonly text: string;
  readonly body: readonly Expr[];
  readonly comments: readonly Range[];
  /** Syntax errors; lines count from 1. Empty for a file that parses. */
  readonly problems: readonly { readonly line: number; readonly range: Range }[];
}
