import type { CallExpr, Expr } from '../elixir/ast.ts';
import { childrenOf } from '../elixir/children.ts';
import { type Aliases, callName, moduleName } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { lineAt } from '../elixir/position.ts';
import { codeOf } from '../templates/expressions.ts';
import type { Template } from '../templates/model.ts';
import { codePlaces, elementsOf } from '../templates/walk.ts';
import { callForm, type Form, moduleForm, tagForm } from './forms.ts';
import type { Reference } from './model.ts';

/** A file's text, and the module whose names hold in it. */
export interface ReferenceContext {
  readonly path: string;
  readonly text: string;
  readonly scope: string | null;
  readonly aliases: Aliases;
}

/** A reference without its place. */
type Target = Reference extends infer R ? (R extends Reference ? Omit<R, 'path' | 'line' | 'scope'> : never) : never;

/** What the expressions of a module's body or a script need to be defined. `offset` is where they stand in the text. */
export function referencesOf(body: readonly Expr[], context: ReferenceContext, offset = 0): Reference[] {
  const reading = new ReferenceReading(context, offset);
  for (const expr of body) reading.visit(expr);
  return reading.references;
}

/** What a template needs: the components that it draws with, and what its code calls. `offset` is where it stands in the text. */
export function templateReferences(template: Template, context: ReferenceContext, offset = 0): Reference[] {
  const { path, text, scope } = context;
  const components = elementsOf(template).flatMap(({ open }): Reference[] => {
    const place = { path, line: lineAt(text, offset + open.range.start), scope };
    const form = tagForm(open);
    const forms: Reference[] = form ? [{ ...place, kind: 'form', form }] : [];
    if (/^\.[a-z_]/.test(open.name)) return [...forms, { ...place, kind: 'local', name: open.name.slice(1), arity: 1 }];
    const dot = open.name.lastIndexOf('.');
    if (dot === -1 || !/^[A-Z]/.test(open.name)) return forms;
    const module = fullName(open.name.slice(0, dot), context.aliases);
    return [...forms, { ...place, kind: 'component', module, name: open.name.slice(dot + 1) }];
  });
  const code = codePlaces(template).flatMap(({ node }) => {
    const { body, offset: at } = codeOf(template.text, node);
    return referencesOf(body, context, offset + at);
  });
  return [...components, ...code];
}

function fullName(name: string, aliases: Aliases): string {
  const [head = '', ...rest] = name.split('.');
  return [aliases.get(head) ?? head, ...rest].join('.');
}

const definitions = new Set(['def', 'defp', 'defmacro', 'defmacrop', 'defdelegate', 'defguard', 'defguardp']);
/** Calls whose names say nothing of what must be defined. */
const silent = new Set(['alias', 'require', 'embed_templates', 'attr', 'slot', 'unquote', 'defmodule', 'doc', '@']);

/** Module attributes whose value is made of types. */
const typed = new Set(['spec', 'type', 'typep', 'opaque', 'callback', 'macrocallback']);

class ReferenceReading {
  readonly references: Reference[] = [];
  readonly #context: ReferenceContext;
  readonly #offset: number;
  /** Inside `quote`: local names mean what they mean where the quote is taken in. */
  #quoted = false;

  constructor(context: ReferenceContext, offset: number) {
    this.#context = context;
    this.#offset = offset;
  }

  visit(expr: Expr): void {
    switch (expr.kind) {
      case 'call':
        this.#call(expr, 0);
        return;
      case 'alias':
        this.#module(expr);
        return;
      case 'dot':
        this.#dot(expr, 0);
        return;
      case 'tuple':
        this.#tuple(expr.items, expr);
        return;
      case 'unary':
        this.#unary(expr.operator, expr.operand);
        return;
      case 'binary':
        this.visit(expr.left);
        // What follows `::` in a bitstring is a size or a type.
        if (expr.operator === '::') return;
        if (expr.operator === '|>' && expr.right.kind === 'call') this.#call(expr.right, 1);
        else this.visit(expr.right);
        return;
      case 'sigil':
        if (expr.name === 'p' && !this.#quoted) this.#add(expr, { kind: 'verified-route' });
        this.#children(expr);
        return;
      default:
        this.#children(expr);
    }
  }

  #unary(operator: string, operand: Expr): void {
    // The name of a module attribute is none of a function, and a type is none either.
    if (operator === '@' && operand.kind === 'call') {
      if (!typed.has(callName(operand) ?? '')) for (const arg of operand.args) this.visit(arg);
    } else if (operator !== '@' && (operator !== '&' || !this.#capture(operand))) this.visit(operand);
  }

  #children(expr: Expr): void {
    for (const child of childrenOf(expr)) this.visit(child);
  }

  #add(expr: Expr, target: Target): void {
    const { path, text, scope } = this.#context;
    this.references.push({ path, line: lineAt(text, this.#offset + expr.range.start), scope, ...target } as Reference);
  }

  #name(expr: Expr): string | undefined {
    return moduleName(expr, this.#context.aliases);
  }

  #module(expr: Expr): void {
    const module = this.#name(expr);
    if (module === undefined) return;
    this.#add(expr, { kind: 'mention', module });
    this.#form(expr, moduleForm(module));
  }

  #form(expr: Expr, form: Form | null): void {
    if (form !== null) this.#add(expr, { kind: 'form', form });
  }

  #call(call: CallExpr, piped: number): void {
    const { target } = call;
    if (target.kind === 'dot') {
      this.#dot(target, call.args.length + piped + (call.block ? 1 : 0));
      this.#inside(call);
      return;
    }
    const name = callName(call) ?? '';
    this.#form(call, callForm(call, this.#context.aliases));
    if (definitions.has(name)) this.#definition(call);
    else if (name === 'use') this.#use(call);
    else if (name === 'import') this.#import(call);
    else if (name === 'quote') this.#quote(call);
    else if (name === 'unquote') this.#unquote(call);
    else {
      if (name !== '' && !silent.has(name)) this.#local(call, name, piped);
      if (name !== 'alias' && name !== 'defmodule') this.#inside(call);
    }
  }

  #local(call: CallExpr, name: string, piped: number): void {
    if (this.#quoted) return;
    this.#render(call, name);
    this.#add(call, { kind: 'local', name, arity: call.args.length + piped + (call.block ? 1 : 0) });
  }

  /** `render(conn, :home)`, `render(conn, "home.html", a: b)` of a controller. */
  #render(call: CallExpr, name: string): void {
    const controller = this.#context.scope;
    if (name !== 'render' || !controller?.endsWith('Controller')) return;
    const page = call.args.slice(0, 2).find(({ kind }) => kind === 'atom' || kind === 'string');
    const text = page && templateName(page);
    if (text) this.#add(call, { kind: 'page', controller, name: text });
  }

  /** What a call has in parentheses and in its block. */
  #inside(call: CallExpr): void {
    if (call.target.kind === 'dot' && this.#name(call.target.left) === undefined) this.visit(call.target.left);
    for (const arg of call.args) this.visit(arg);
    const { block } = call;
    for (const expr of [...(block?.body ?? []), ...(block?.sections.flatMap(({ body }) => body) ?? [])])
      this.visit(expr);
  }

  /** The head of a definition is no call; defaults and structs in it are looked at. */
  #definition(call: CallExpr): void {
    const [first, ...rest] = call.args;
    const head = first?.kind === 'binary' && first.operator === 'when' ? first.left : first;
    if (head?.kind === 'call') for (const arg of head.args) this.visit(arg);
    for (const arg of rest) this.visit(arg);
    for (const expr of [...(call.block?.body ?? []), ...(call.block?.sections.flatMap(({ body }) => body) ?? [])]) {
      this.visit(expr);
    }
  }

  #use(call: CallExpr): void {
    const [target, option] = call.args;
    const module = target && this.#name(target);
    if (module === undefined) return;
    this.#add(call, option?.kind === 'atom' ? { kind: 'role', module, name: option.name } : { kind: 'module', module });
    for (const arg of call.args.slice(1)) {
      this.#defaultLayouts(arg);
      this.visit(arg);
    }
  }

  /** `layouts: [html: ShopWeb.Layouts]` of Phoenix.Controller draws with the layout `app`. */
  #defaultLayouts(options: Expr): void {
    const layouts = keywordPairs(options)?.find(({ name }) => name === 'layouts')?.value;
    for (const { value } of keywordPairs(layouts) ?? []) {
      const module = this.#name(value);
      if (module !== undefined) this.#add(value, { kind: 'template', module, name: 'app' });
    }
  }

  #import(call: CallExpr): void {
    const [target] = call.args;
    const module = target && this.#name(target);
    if (module !== undefined) this.#add(call, { kind: 'module', module });
  }

  #quote(call: CallExpr): void {
    const outer = this.#quoted;
    this.#quoted = true;
    this.#inside(call);
    this.#quoted = outer;
  }

  /** What is unquoted is evaluated in this module. */
  #unquote(call: CallExpr): void {
    const outer = this.#quoted;
    this.#quoted = false;
    for (const arg of call.args) {
      const name = arg.kind === 'call' && arg.target.kind === 'identifier' ? arg.target.name : undefined;
      if (name === undefined || arg.kind !== 'call') this.visit(arg);
      else this.#add(arg, { kind: 'unquoted', name, arity: arg.args.length });
    }
    this.#quoted = outer;
  }

  #dot(dot: Extract<Expr, { kind: 'dot' }>, arity: number): void {
    const module = this.#name(dot.left);
    if (module === undefined) this.visit(dot.left);
    else if (dot.right === null || /^[A-Z]/.test(dot.right)) this.#module(dot);
    else if (dot.right.startsWith('{')) return;
    else this.#add(dot, { kind: 'function', module, name: dot.right, arity });
  }

  /** `&name/1`, `&Module.name/1` */
  #capture(operand: Expr): boolean {
    if (operand.kind !== 'binary' || operand.operator !== '/' || operand.right.kind !== 'number') return false;
    const arity = Number(operand.right.text);
    const called = operand.left.kind === 'call' ? operand.left.target : operand.left;
    if (called.kind === 'dot') this.#dot(called, arity);
    else if (called.kind === 'identifier' && !this.#quoted)
      this.#add(operand, { kind: 'local', name: called.name, arity });
    return called.kind === 'dot' || called.kind === 'identifier';
  }

  /** `{ShopWeb.Layouts, :app}` names a template; everything else of a tuple is looked at. */
  #tuple(items: readonly Expr[], tuple: Expr): void {
    const [first, second] = items;
    const module = first && this.#name(first);
    const name = second && templateName(second);
    if (items.length === 2 && module !== undefined && name && /Layouts?(?:View|HTML)?$/.test(module)) {
      this.#add(tuple, { kind: 'template', module, name });
    } else for (const item of items) this.visit(item);
  }
}

/** `home` of `:home` and `"home.html"`; `false` and `nil` name none. */
function templateName(expr: Expr): string | undefined {
  if (expr.kind === 'atom') return /^(?:false|nil|true)$/.test(expr.name) ? undefined : expr.name;
  const [text] = expr.kind === 'string' ? expr.parts : [];
  return typeof text === 'string' ? text.replace(/\.\w+$/, '') : undefined;
}
