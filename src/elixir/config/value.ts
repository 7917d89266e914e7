import type { Expr } from '../ast.ts';
import { type Bindings, secretWord } from '../canonical.ts';
import { childrenOf, contains } from '../children.ts';
import { edited, type TextChange } from '../edited.ts';
import { parse } from '../parse.ts';
import { plainText } from '../plain-text.ts';
import { calledName, unwrapped } from './called.ts';

/** A required environment variable that a value reads: it becomes a binding of its own. */
export interface RequiredVariable {
  readonly variable: string;
  /** The local name that stands for it in the value. */
  readonly name: string;
}

/** A value as it will be written, with the bindings that it needs. */
export interface WritableValue {
  readonly text: string;
  readonly required: readonly RequiredVariable[];
}

/** A value that cannot be written, and why. */
export interface UnwritableValue {
  readonly reason: string;
}

/**
 * Makes writable text of a displayed value: `System.get_env("X") || raise(…)` becomes a local name, because the words
 * of its message are known by their hash only; a secret takes the given salt. `bindings` are asked for where a name is needed.
 */
export function writableValue(
  text: string,
  key: string,
  salt: string | undefined,
  bindings: () => Bindings,
): WritableValue | UnwritableValue {
  const [expr] = parse(text).body;
  if (!expr) return { reason: 'the value is no expression' };
  const required: RequiredVariable[] = [];
  const changes: TextChange[] = [];
  const visit = (inner: Expr): void => {
    const variable = requiredVariable(inner);
    const secret = isSecret(inner, key);
    if (variable !== null) {
      const name = nameFor(variable, bindings());
      required.push({ variable, name });
      changes.push({ ...inner.range, text: name });
    } else if (secret && salt !== undefined) changes.push({ ...inner.range, text: `"${salt}"` });
    else childrenOf(inner).forEach(visit);
  };
  visit(expr);
  const result = edited(text, changes);
  if (!result.ok) return result;
  const [written] = parse(result.text).body;
  if (!written || contains(written, isHash)) return { reason: 'a text in the value is known by its hash only' };
  if (isSecret(written, key)) return { reason: 'the value is a secret, and no other was given' };
  return { text: result.text, required };
}

/** `X` in `System.get_env("X") || raise(…)`; null for other expressions. */
export function requiredVariable(expr: Expr): string | null {
  const inner = unwrapped(expr);
  if (inner.kind !== 'binary' || inner.operator !== '||') return null;
  const { left, right } = inner;
  if (calledName(right) !== 'raise' || left.kind !== 'call' || calledName(left) !== 'System.get_env') return null;
  const [name] = left.args;
  return plainText(name) || null;
}

/** The statement that binds a required variable; its message is ours. */
export function requirement({ variable, name }: RequiredVariable): string {
  return `${name} = System.get_env("${variable}") || raise "environment variable ${variable} is missing"`;
}

/** A name bound to the same variable already, else the variable's own in lower case where that is free. */
function nameFor(variable: string, bindings: Bindings): string {
  for (const [name, value] of bindings) if (requiredVariable(value) === variable) return name;
  const plain = variable
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_');
  return bindings.has(plain) ? `${plain}_variable` : plain;
}

function isHash(expr: Expr): boolean {
  const [only] = expr.kind === 'string' ? expr.parts : [];
  return typeof only === 'string' && /^#[0-9a-f]{12}$/.test(only);
}

function isSecret(expr: Expr, key: string): boolean {
  const secretKey = key === 'secret_key_base' || key === 'signing_salt';
  return secretKey && expr.kind === 'string' && `"${expr.parts.join('')}"` === secretWord;
}
