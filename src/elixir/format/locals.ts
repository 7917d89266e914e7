/**
 * Functions and macros that are called without parentheses, as `name/arity`; `name/*` is any arity. These are Elixir's
 * own, which the documentation of `mix format` says are built in.
 */
const builtInLocals: readonly string[] = [
  'alias/1 alias/2 case/2 cond/1 for/* import/1 import/2 quote/1 quote/2 receive/1 require/1 require/2 try/1 with/*',
  'def/1 def/2 defp/1 defp/2 defguard/1 defguardp/1 defmacro/1 defmacro/2 defmacrop/1 defmacrop/2 defmodule/2',
  'defdelegate/2 defexception/1 defoverridable/1 defstruct/1 destructure/2 raise/1 raise/2 reraise/2 reraise/3',
  'if/2 unless/2 use/1 use/2 defrecord/2 defrecord/3 defrecordp/2 defrecordp/3',
  'assert/1 assert/2 assert_in_delta/3 assert_in_delta/4 assert_raise/2 assert_raise/3 assert_receive/1',
  'assert_receive/2 assert_receive/3 assert_received/1 assert_received/2 doctest/1 doctest/2 refute/1 refute/2',
  'refute_in_delta/3 refute_in_delta/4 refute_receive/1 refute_receive/2 refute_receive/3 refute_received/1',
  'refute_received/2 setup/1 setup/2 setup_all/1 setup_all/2 test/1 test/2 config/2 config/3 import_config/1',
].flatMap((line) => line.split(' '));

/** Every call that is written without parentheses does without. */
export const asWritten = { has: () => true };

/** Which calls do without parentheses. */
export class Locals {
  readonly #known: ReadonlySet<string>;

  /** `more` are those of a project, in the same form as the built-in ones. */
  constructor(more: readonly string[]) {
    this.#known = new Set([...builtInLocals, ...more]);
  }

  has(name: string, arity: number): boolean {
    return this.#known.has(`${name}/${arity}`) || this.#known.has(`${name}/*`);
  }
}
