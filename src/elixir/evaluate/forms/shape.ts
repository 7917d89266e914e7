import { Atom, type Quoted, Tuple } from '../../quoted/term.ts';

/** A quoted call taken apart. */
export interface Call {
  readonly name: string;
  readonly meta: Quoted;
  readonly args: readonly Quoted[];
}

/** `name(args)`, or null for a variable, a remote call and anything else. */
export function asCall(quoted: Quoted | undefined): Call | null {
  if (!(quoted instanceof Tuple) || quoted.items.length !== 3) return null;
  const [head, meta, args] = quoted.items;
  if (!(head instanceof Atom) || !Array.isArray(args) || meta === undefined) return null;
  return { name: head.name, meta, args };
}

/** A call of exactly this name. */
export function callNamed(quoted: Quoted | undefined, name: string): Call | null {
  const call = asCall(quoted);
  return call?.name === name ? call : null;
}

/** A variable: its name, and the module whose quoted code it stems from. */
export function asVariable(quoted: Quoted | undefined): { readonly name: string; readonly context: Quoted } | null {
  if (!(quoted instanceof Tuple) || quoted.items.length !== 3) return null;
  const [head, , context] = quoted.items;
  return head instanceof Atom && context instanceof Atom ? { name: head.name, context } : null;
}

/** The value of a key in quoted keywords. */
export function option(keywords: Quoted | undefined, name: string): Quoted | undefined {
  if (!Array.isArray(keywords)) return undefined;
  const key = Atom.of(name);
  const pair = keywords.find((item) => item instanceof Tuple && item.items.length === 2 && item.items[0] === key);
  return (pair as Tuple<Quoted> | undefined)?.items[1];
}

/** Whether these are keywords with that key. */
export function hasOption(keywords: Quoted | undefined, name: string): boolean {
  return option(keywords, name) !== undefined;
}

/** `[patterns] -> body` */
export interface ClauseShape {
  readonly patterns: readonly Quoted[];
  readonly guard: Quoted | null;
  readonly body: Quoted;
}

/** The clauses of `case`, `fn` and the like; patterns before a `when` are taken out of it. */
export function clausesOf(quoted: Quoted | undefined): ClauseShape[] {
  if (!Array.isArray(quoted)) return [];
  return quoted.flatMap((item: Quoted): ClauseShape[] => {
    const arrow = callNamed(item, '->');
    const [left, body] = arrow?.args ?? [];
    if (!Array.isArray(left) || body === undefined) return [];
    const when = left.length === 1 ? callNamed(left[0], 'when') : null;
    const guard = when?.args.at(-1);
    if (when === null || guard === undefined) return [{ patterns: left, guard: null, body }];
    return [{ patterns: when.args.slice(0, -1), guard, body }];
  });
}
