/**
 * The same pure function, which remembers its last answer: one key press asks for the same rows several times, and
 * most leave them as they were.
 */
export function remembered<Args extends readonly unknown[], Value>(
  make: (...args: Args) => Value,
): (...args: Args) => Value {
  let last: { readonly args: Args; readonly value: Value } | null = null;
  return (...args) => {
    if (last === null || args.some((arg, at) => arg !== last?.args[at])) last = { args, value: make(...args) };
    return last.value;
  };
}
