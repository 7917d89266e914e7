import type { Range } from '../elixir/ast.ts';
import { RecentTexts } from '../elixir/recent-texts.ts';
import type { CodeNode, Dialect, ElementNode, Imbalance, OpenTag, Template, TemplateNode } from './model.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Elements of HTML that have no content and no closing tag. */
const voidElements = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);

/**
 * No person nests tags and blocks deeper than this. Whatever walks the tree calls itself for each level, and would run out of
 * stack in a template that was made to do so.
 */
const deepest = 250;

/** Whether a tag is an element of HTML that is never closed. */
function isVoid(name: string): boolean {
  return voidElements.has(name.toLowerCase());
}

/** Rules, rewrites and the index of symbols each read the same templates. */
const recent = new Map<string, RecentTexts<Template>>();

/**
 * Reads a template. Never throws: what does not balance stands in `imbalances`, and the tree then closes an open tag where
 * the tag or block around it ends.
 */
export function readTemplate(text: string, dialect: Dialect): Template {
  const key = `${dialect.heex} ${dialect.bodyBraces}`;
  const templates = recent.get(key) ?? new RecentTexts<Template>(2_000_000);
  recent.set(key, templates);
  return templates.get(text, () => read(text, dialect));
}

function read(text: string, dialect: Dialect): Template {
  const { tokens, unfinished } = tokensOf(text, dialect);
  const building = new Building(text);
  for (const token of tokens) building.add(token);
  const nodes = building.finish();
  const cut = unfinished.map(
    (range): Imbalance => ({ kind: 'unfinished', range, name: text.slice(range.start, range.start + 20) }),
  );
  const imbalances = [...building.imbalances, ...cut].sort((a, b) => a.range.start - b.range.start);
  return { text, dialect, nodes, imbalances };
}

interface OpenElement {
  readonly kind: 'element';
  readonly open: OpenTag;
  readonly children: TemplateNode[];
}

interface OpenBlock {
  readonly kind: 'block';
  readonly clauses: { readonly head: CodeNode; readonly children: TemplateNode[] }[];
}

class Building {
  readonly imbalances: Imbalance[] = [];
  readonly #text: string;
  readonly #root: TemplateNode[] = [];
  /** What is open, outermost first. */
  readonly #open: (OpenElement | OpenBlock)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  add(token: Token): void {
    switch (token.kind) {
      case 'text':
      case 'comment':
      case 'braces':
        this.#place(token);
        return;
      case 'open':
        this.#openTag(token);
        return;
      case 'close':
        this.#closeTag(token);
        return;
      case 'code':
        this.#code(token);
        return;
      default:
        token satisfies never;
    }
  }

  finish(): readonly TemplateNode[] {
    while (this.#open.length > 0) this.#giveUp(this.#text.length);
    return this.#root;
  }

  #place(node: TemplateNode): void {
    this.#children().push(node);
  }

  #children(): TemplateNode[] {
    const inner = this.#open.at(-1);
    if (inner === undefined) return this.#root;
    return inner.kind === 'element' ? inner.children : (inner.clauses.at(-1)?.children ?? this.#root);
  }

  #openTag({ kind: _, ...open }: Extract<Token, { kind: 'open' }>): void {
    if (open.selfClosing || isVoid(open.name)) {
      this.#place({ kind: 'element', range: open.range, open, children: [], close: null });
    } else if (this.#open.length >= deepest) this.#stray('unclosed-tag', open.range, open.name);
    else this.#open.push({ kind: 'element', open, children: [] });
  }

  #closeTag({ kind: _, ...close }: Extract<Token, { kind: 'close' }>): void {
    const from = this.#open.findLastIndex((one) => one.kind === 'block');
    const match = this.#open.findLastIndex((one) => one.kind === 'element' && sameName(one.open.name, close.name));
    if (match <= from) {
      this.#stray('stray-close', close.range, close.name);
      return;
    }
    while (this.#open.length > match + 1) this.#giveUp(close.range.start);
    const element = this.#open.pop();
    if (element?.kind !== 'element') return;
    this.#place({ ...element, range: { start: element.open.range.start, end: close.range.end }, close });
  }

  #code(code: CodeNode): void {
    if (code.role === 'plain') this.#place(code);
    else if (code.role !== 'start') this.#inBlock(code);
    else if (this.#open.length >= deepest) this.#stray('unclosed-block', code.range, this.#codeText(code));
    else this.#open.push({ kind: 'block', clauses: [{ head: code, children: [] }] });
  }

  /** `else`, `pattern ->` and `end`: of the innermost block that is open. */
  #inBlock(code: CodeNode): void {
    const index = this.#open.findLastIndex((one) => one.kind === 'block');
    if (index === -1) {
      this.#stray('stray-code', code.range, this.#codeText(code));
      return;
    }
    while (this.#open.length > index + 1) this.#giveUp(code.range.start);
    const block = this.#open[index];
    if (block?.kind !== 'block') return;
    if (code.role === 'middle') block.clauses.push({ head: code, children: [] });
    else {
      this.#open.pop();
      this.#place({ ...block, range: { start: startOf(block), end: code.range.end }, end: code });
    }
  }

  #stray(kind: Imbalance['kind'], range: Range, name: string): void {
    this.imbalances.push({ kind, range, name });
    this.#place({ kind: 'stray', range });
  }

  /** Closes the innermost thing that is open, since what is around it ends. */
  #giveUp(end: number): void {
    const inner = this.#open.pop();
    if (inner === undefined) return;
    if (inner.kind === 'block') {
      const [{ head } = { head: null }] = inner.clauses;
      if (head) this.imbalances.push({ kind: 'unclosed-block', range: head.range, name: this.#codeText(head) });
      this.#place({ ...inner, range: { start: startOf(inner), end }, end: null });
      return;
    }
    this.imbalances.push({ kind: 'unclosed-tag', range: inner.open.range, name: inner.open.name });
    this.#place(unclosed(inner, end));
  }

  #codeText({ code }: CodeNode): string {
    return this.#text.slice(code.start, code.end).trim();
  }
}

function unclosed({ kind, open, children }: OpenElement, end: number): ElementNode {
  return { kind, open, children, range: { start: open.range.start, end }, close: null };
}

function startOf({ clauses }: OpenBlock): number {
  return clauses[0]?.head.range.start ?? 0;
}

/** HTML does not tell capital letters apart, components do. */
function sameName(a: string, b: string): boolean {
  return a === b || (!/^[A-Z.:]/.test(a) && a.toLowerCase() === b.toLowerCase());
}
