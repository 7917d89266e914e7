/**
 * Elixir's terms as far as quoted expressions need them. A list is an array, an integer a safe JavaScript integer, a
 * binary a string where it is valid UTF-8; everything else has a class of its own.
 */

/** `:name`, `Name` (as `Elixir.Name`), `true`, `nil`. Interned: two atoms of one name are the same object. */
export class Atom {
  readonly name: string;
  static readonly #known = new Map<string, Atom>();

  private constructor(name: string) {
    this.name = name;
  }

  static of(name: string): Atom {
    let atom = Atom.#known.get(name);
    if (atom === undefined) {
      atom = new Atom(name);
      Atom.#known.set(name, atom);
    }
    return atom;
  }
}

/** `{a, b}` */
export class Tuple<T = unknown> {
  readonly items: readonly T[];

  constructor(items: readonly T[]) {
    this.items = items;
  }
}

/** A float; whole numbers are integers in JavaScript too. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/**
 * A quoted expression: atoms, numbers, binaries, lists and pairs stand for themselves; everything else is a triple of
 * name, metadata and arguments, as Elixir's docs of `Macro` describe it.
 */
export type Quoted = Atom | Float | number | string | readonly Quoted[] | Tuple<Quoted>;

export const nil = Atom.of('nil');
export const yes = Atom.of('true');
export const no = Atom.of('false');
/** Stands for the arguments of a variable. */
export const noArguments = nil;

/** The module atom of an alias: `Shop.Repo` is `Elixir.Shop.Repo`. */
export function moduleAtom(alias: string): Atom {
  return Atom.of(`Elixir.${alias}`);
}

/** `{name, meta, args}` */
export function triple(head: Quoted, meta: readonly Quoted[], args: Quoted): Tuple<Quoted> {
  return new Tuple([head, meta, args]);
}

/** `name(args)` with the metadata given. */
export function callOf(name: string, args: readonly Quoted[], meta: readonly Quoted[] = []): Tuple<Quoted> {
  return triple(Atom.of(name), meta, args);
}

/** `left.name(args)` */
export function remoteCall(left: Quoted, name: string, args: readonly Quoted[], meta: readonly Quoted[] = []): Quoted {
  return triple(callOf('.', [left, Atom.of(name)], meta), meta, args);
}

/** `{:__aliases__, meta, [:Shop, :Repo]}` */
export function aliasOf(name: string, meta: readonly Quoted[] = []): Tuple<Quoted> {
  return callOf(
    '__aliases__',
    name.split('.').map((part) => Atom.of(part)),
    meta,
  );
}

/** `{key, value}` with an atom for the key. */
export function pairOf(key: string, value: Quoted): Tuple<Quoted> {
  return new Tuple<Quoted>([Atom.of(key), value]);
}

/** One expression is itself; none or several are a block. */
export function blockOf(body: readonly Quoted[]): Quoted {
  const [only] = body;
  if (body.length === 1 && only !== undefined) return only;
  return callOf('__block__', body);
}
