import { diff3Merge } from 'node-diff3';

/**
 * Three-way merge of what runs one after another, where the order of everything means something. What both sides brought
 * in at the same place is there once. Undefined when both sides changed one place differently.
 */
export function mergeSteps(
  base: readonly string[],
  yours: readonly string[],
  target: readonly string[],
): string[] | undefined {
  const [first] = yours;
  if (first !== undefined && first === target[0]) {
    const rest = mergeSteps(base[0] === first ? base.slice(1) : base, yours.slice(1), target.slice(1));
    return rest && [first, ...rest];
  }
  const last = yours.at(-1);
  if (last !== undefined && last === target.at(-1)) {
    const rest = mergeSteps(base.at(-1) === last ? base.slice(0, -1) : base, yours.slice(0, -1), target.slice(0, -1));
    return rest && [...rest, last];
  }
  const regions = diff3Merge([...yours], [...base], [...target], { excludeFalseConflicts: true });
  const settled = regions.map(({ ok, conflict }) => ok ?? (conflict && settledRegion(conflict)));
  return settled.includes(undefined) ? undefined : settled.flatMap((steps) => steps ?? []);
}

/** What one side put around steps that the other side changed stays around what became of them. */
function settledRegion({ a, o, b }: Conflict): string[] | undefined {
  return replacedWithin(a, o, b) ?? replacedWithin(b, o, a);
}

function replacedWithin(list: readonly string[], former: readonly string[], now: readonly string[]) {
  if (former.length === 0) return undefined;
  const at = list.findIndex((_, index) => former.every((step, offset) => list[index + offset] === step));
  return at === -1 ? undefined : [...list.slice(0, at), ...now, ...list.slice(at + former.length)];
}

interface Conflict {
  readonly a: readonly string[];
  readonly o: readonly string[];
  readonly b: readonly string[];
}
