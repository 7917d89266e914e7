import type { Range } from '../elixir/ast.ts';

/** How a template is compiled. */
export interface Dialect {
  /** HEEx (`.heex`, `~H`): tags must balance, and attributes and components take `{…}`. */
  readonly heex: boolean;
  /** Whether `{…}` in text is an expression, as in HEEx since LiveView 1.0. */
  readonly bodyBraces: boolean;
}

/** Anything that stands in a template. Ranges index the text that was read. */
export type TemplateNode = TextNode | CommentNode | CodeNode | BracesNode | BlockNode | ElementNode | StrayNode;

/** Text and markup that is no tag, a doctype for one. */
export interface TextNode {
  readonly kind: 'text';
  readonly range: Range;
}

/** `<%!-- --%>`, `<%# %>`, or the part of `<!-- -->` before, between and behind its EEx tags: these are code all the same. */
export interface CommentNode {
  readonly kind: 'comment';
  readonly range: Range;
}

/** What an EEx tag does to the block that it stands in: `if x do` starts one, `else` goes on, `end` ends it. */
export type CodeRole = 'plain' | 'start' | 'middle' | 'end';

/** `<%= … %>` with the marker `=`; the marker of `<% … %>` is empty. */
export interface CodeNode {
  readonly kind: 'code';
  readonly range: Range;
  readonly marker: '' | '=' | '|' | '/';
  readonly role: CodeRole;
  /** What stands between the marks, its white space included. */
  readonly code: Range;
}

/** `{…}` in the text of a HEEx template. */
export interface BracesNode {
  readonly kind: 'braces';
  readonly range: Range;
  readonly code: Range;
}

/** From an EEx tag that starts a block to the one that ends it. */
export interface BlockNode {
  readonly kind: 'block';
  readonly range: Range;
  /** The first has the head, each other begins with `else` or `pattern ->`. */
  readonly clauses: readonly { readonly head: CodeNode; readonly children: readonly TemplateNode[] }[];
  /** Null where the template ends first. */
  readonly end: CodeNode | null;
}

/** `<div>…</div>`, `<.link>…</.link>`, `<Layouts.app>…</Layouts.app>`, `<:slot>…</:slot>`. */
export interface ElementNode {
  readonly kind: 'element';
  readonly range: Range;
  readonly open: OpenTag;
  readonly children: readonly TemplateNode[];
  /** Null for void elements, for `<x />`, and where it is missing. */
  readonly close: CloseTag | null;
}

/** A closing tag that closes nothing, or an EEx `end` or `else` outside of all blocks. */
export interface StrayNode {
  readonly kind: 'stray';
  readonly range: Range;
}

/** `<name …>` or `<name … />`. */
export interface OpenTag {
  readonly range: Range;
  readonly name: string;
  readonly nameRange: Range;
  readonly attributes: readonly Attribute[];
  readonly selfClosing: boolean;
}

/** `</name>` */
export interface CloseTag {
  readonly range: Range;
  readonly name: string;
  readonly nameRange: Range;
}

/** One attribute. `{@rest}` and `<%= … %>` that stand in a tag by themselves have no name. */
export interface Attribute {
  readonly range: Range;
  readonly name: string | null;
  /** Null for `disabled`. */
  readonly value: AttributeValue | null;
}

/** What an attribute is set to. */
export type AttributeValue =
  /** `"a <%= b %>"` or without quotes; `range` has the quotes. */
  | {
      readonly kind: 'text';
      readonly range: Range;
      readonly quote: '"' | "'" | '';
      readonly parts: readonly (TextNode | CodeNode | CommentNode)[];
    }
  /** `{…}` */
  | { readonly kind: 'braces'; readonly range: Range; readonly code: Range }
  /** `<%= … %>` as the whole value without quotes, or as a whole attribute */
  | { readonly kind: 'code'; readonly range: Range; readonly code: CodeNode };

/** Where a template does not balance. */
export interface Imbalance {
  readonly kind: 'unclosed-tag' | 'stray-close' | 'unclosed-block' | 'stray-code' | 'unfinished';
  /** The tag or EEx tag that has no counterpart. */
  readonly range: Range;
  /** Its name, or its code. */
  readonly name: string;
}

/** A template as a tree. Every character of the text belongs to exactly one leaf. */
export interface Template {
  readonly text: string;
  readonly dialect: Dialect;
  readonly nodes: readonly TemplateNode[];
  /** In the order of the text; empty where everything that opens is closed where it should be. */
  readonly imbalances: readonly Imbalance[];
}
