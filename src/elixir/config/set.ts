import type { Expr } from '../ast.ts';
import { type Bindings, sameValue } from '../canonical.ts';
import { replaceExpr } from '../edit/elements.ts';
import { type Edited, edited, refused } from '../edited.ts';
import { parse } from '../parse.ts';
import { type NewKey, withKey, withStatementBefore } from './add.ts';
import { calledName } from './called.ts';
import { isPrefix } from './container.ts';
import { type ConfigText, changed, configText, isFor } from './place.ts';
import {
  leavesAt,
  lostComments,
  namesIn,
  type PlacedLeaf,
  sharedLeavesAt,
  withoutLeaf,
  withoutUnused,
} from './remove.ts';
import { withText } from './replace.ts';
import { foldedText, sameConditions, type Unfolded, unfolded } from './text.ts';
import { tidied } from './tidy.ts';
import { type RequiredVariable, requiredVariable, requirement, writableValue } from './value.ts';

/** A value to set, as facts have it. */
export interface Setting {
  readonly keyPath: readonly string[];
  /** The environment within the file; null for the file as a whole. */
  readonly environment: string | null;
  /** Folded text, as `ConfigEntry.text` has it. */
  readonly value: string;
  readonly order?: readonly (readonly string[])[];
  /** Stands in the place of the word for a secret. */
  readonly salt?: string;
}

/** Sets a key to a value: in the place where the file has it, else in the place that the target's order gives it. */
export function withSetting(text: string, setting: Setting): Edited {
  const { keyPath, environment, value } = setting;
  const doc = configText(text, environment);
  const present = leavesAt(doc, keyPath, environment);
  if (present.some((one, index) => index === present.length - 1 && sameValue(textOf(one), value)))
    return { ok: true, text };
  const wanted = unfolded(value);
  if (!wanted) return refused('the value depends on a case that has to be written by hand');
  const same = present.filter((one) => sameConditions(one.placed.at.conditions, wanted.conditions)).at(-1);
  if (same) return withValue(doc, same, wanted.value, setting);
  if (sharedLeavesAt(doc, keyPath, environment).length > 0) {
    return refused(`${keyPath.join('.')} is set for ${environment} and other environments together`);
  }
  const [only, another] = present;
  if (another) return refused(`${keyPath.join('.')} is set under several conditions`);
  if (only) return underConditions(doc, only, wanted, setting);
  return withNewKey(doc, setting, wanted, []);
}

function textOf({ placed, leaf }: PlacedLeaf): string {
  return foldedText(leaf, placed.at.conditions, placed.at.bindings);
}

/** The key under other conditions than it has: the condition alone changes where nothing else depends on it. */
function underConditions(
  doc: ConfigText,
  present: PlacedLeaf,
  { conditions, value }: Unfolded,
  setting: Setting,
): Edited {
  const [condition, inner] = present.placed.at.conditions;
  const [wanted, more] = conditions;
  const alone = doc.calls.filter(({ at }) => at.conditions[0]?.range.start === condition?.range.start);
  if (condition && wanted && !inner && !more && condition.kind === wanted.kind && alone.length === 1) {
    if (present.placed.leaves?.length === 1) {
      const result = edited(doc.source.text, [{ ...condition.expr.range, text: wanted.test }]);
      return result.ok ? withSetting(result.text, setting) : result;
    }
  }
  const result = withoutLeaf(doc, present);
  if (!result.ok) return result;
  const comments = lostComments(doc.source.text, result.text);
  const unset = configText(result.text, setting.environment);
  return withNewKey(unset, setting, { conditions, value }, comments);
}

function withNewKey(
  doc: ConfigText,
  setting: Setting,
  { conditions, value }: Unfolded,
  comments: readonly string[],
): Edited {
  const { keyPath, environment, order = [] } = setting;
  const dynamic = obstacle(doc, setting);
  if (dynamic) return refused(dynamic);
  const written = writableValue(value, keyPath.at(-1) ?? '', setting.salt, () => bindingsFor(doc, setting));
  if ('reason' in written) return refused(written.reason);
  const key: NewKey = { keyPath, environment, conditions, value: written.text, order, comments };
  const result = withKey(doc, key);
  return result.ok ? withRequired(result.text, setting, written.required) : result;
}

/** What in the file speaks against adding the key. */
function obstacle(doc: ConfigText, { keyPath, environment }: Setting): string | null {
  const here = doc.calls.filter(({ at }) => isFor(environment, at, doc.environments));
  const below = here.some(({ leaves }) =>
    leaves?.some((leaf) => leaf.keyPath.length > keyPath.length && isPrefix(keyPath, leaf.keyPath)),
  );
  if (below) return `${keyPath.join('.')} has keys of its own`;
  const [app] = keyPath;
  const computed = here.find(
    ({ call, leaves }) => leaves === null && (call.args[0]?.kind !== 'atom' || call.args[0].name === app),
  );
  return computed ? `the configuration of ${app} is computed` : null;
}

/** Names bound before any call that the key may stand beside. Calls in a row share theirs. */
function bindingsFor(doc: ConfigText, { environment }: Setting): Bindings {
  const here = doc.calls.filter(({ at }) => isFor(environment, at, doc.environments));
  return new Map([...new Set(here.map(({ at }) => at.bindings))].flatMap((bindings) => [...bindings]));
}

function withValue(doc: ConfigText, present: PlacedLeaf, value: string, setting: Setting): Edited {
  const { placed, leaf } = present;
  const { at } = placed;
  const written = writableValue(value, setting.keyPath.at(-1) ?? '', setting.salt, () => at.bindings);
  if ('reason' in written) return refused(written.reason);
  const names = namesIn(leaf.value);
  const binding = ownBinding(doc, leaf.value);
  const required = written.required.filter(({ name }) => !at.bindings.has(name));
  if (binding) {
    // The value of a name that only this key uses: the name stays, unless it is the one of a required variable.
    const whole = requiredVariable(binding.right) === null && written.required.length === 0;
    if (whole) {
      const name = leaf.value.kind === 'identifier' ? leaf.value.name : '';
      const change = replaceExpr(doc.source, binding, `${name} = ${asStatement(written.text)}`);
      return tidied(doc, changed(doc, change), binding.range.start);
    }
  }
  const result = tidied(doc, withText(doc, leaf, written.text), placed.call.range.start);
  const bound = result.ok ? withRequired(result.text, setting, required) : result;
  return bound.ok ? withoutUnused(bound.text, names) : bound;
}

/** `if a, do: b` for `if(a, do: b)`, which is how people write it where nothing follows. */
function asStatement(text: string): string {
  const [expr] = parse(text).body;
  if (expr?.kind !== 'call' || !expr.parens || expr.block || !expr.argsRange) return text;
  const name = calledName(expr);
  if (name !== 'if' && name !== 'unless') return text;
  return `${name} ${text.slice(expr.argsRange.start + 1, expr.argsRange.end - 1)}`;
}

/** The binding of a value that is a mere name, where the name is used only here. */
function ownBinding(doc: ConfigText, value: Expr): Extract<Expr, { kind: 'binary' }> | null {
  if (value.kind !== 'identifier') return null;
  const { name } = value;
  const uses = doc.source.body.flatMap(namesIn).filter((one) => one === name).length;
  const binding = doc.bodies.flatMap((body) => body.statements).find((statement) => bindsOnly(statement, name));
  return uses === 2 && binding?.kind === 'binary' ? binding : null;
}

function bindsOnly(statement: Expr, name: string): boolean {
  return (
    statement.kind === 'binary' &&
    statement.operator === '=' &&
    statement.left.kind === 'identifier' &&
    statement.left.name === name
  );
}

/** Adds the bindings that a new value needs, before the call that uses them. */
function withRequired(text: string, setting: Setting, required: readonly RequiredVariable[]): Edited {
  let result: Edited = { ok: true, text };
  for (const one of required) {
    if (!result.ok) return result;
    const doc = configText(result.text, setting.environment);
    const place = leavesAt(doc, setting.keyPath, setting.environment).at(-1);
    if (!place) return refused('the value cannot be found again');
    if (place.placed.at.bindings.has(one.name)) continue;
    result = withStatementBefore(doc, place.placed.call, requirement(one));
  }
  return result;
}
