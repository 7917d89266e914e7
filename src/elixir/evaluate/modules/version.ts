import { Atom, nil } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { field, structName, structOf } from '../values/map.ts';
import { bool, type ElixirMap, isList, type Value } from '../values/value.ts';
import { ok, textArg } from './arguments.ts';

const pattern = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;

interface Parts {
  readonly numbers: readonly number[];
  readonly pre: readonly (string | number)[];
}

function parsed(text: string): Value | null {
  const [found, major, minor, patch, pre, build] = pattern.exec(text) ?? [];
  if (found === undefined) return null;
  return structOf('Version', {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    pre: preOf(pre),
    build: build ?? nil,
  });
}

function preOf(text: string | undefined): (string | number)[] {
  return text === undefined ? [] : text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function parsedOrRaise(value: Value | undefined): Value {
  if (structName(value as Value) === 'Version') return value as Value;
  const version = parsed(textArg(value));
  if (version === null) throw exception('Version.InvalidVersionError', `invalid version: ${textArg(value)}`);
  return version;
}

function partsOf(value: Value | undefined): Parts {
  const version = parsedOrRaise(value) as ElixirMap;
  const pre = field(version, 'pre');
  return {
    numbers: ['major', 'minor', 'patch'].map((name) => Number(field(version, name))),
    pre: isList(pre ?? nil) ? (pre as (string | number)[]) : [],
  };
}

/** A version before its release is less than it; numbers come before words. */
function compare(a: Parts, b: Parts): number {
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0;
    if (number !== other) return number - other;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (const [index, part] of a.pre.entries()) {
    const other = b.pre[index];
    if (other === undefined) return 1;
    const order = comparePart(part, other);
    if (order !== 0) return order;
  }
  return a.pre.length - b.pre.length;
}

function comparePart(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === typeof b) return a === b ? 0 : a < b ? -1 : 1;
  return typeof a === 'number' ? -1 : 1;
}

const condition = /^(==|!=|>=|<=|>|<|~>)?\s*(\d+(?:\.\d+){0,2})(?:-([0-9A-Za-z.-]+))?$/;

/** `~> 1.15 or ~> 2.0 and != 2.1.0` */
function matches(version: Parts, requirement: string): boolean {
  return requirement
    .split(/\s+or\s+/)
    .some((alternative) => alternative.split(/\s+and\s+/).every((one) => fulfils(version, one.trim())));
}

function fulfils(version: Parts, text: string): boolean {
  const [found, operator = '==', numbers = '', pre] = condition.exec(text) ?? [];
  if (found === undefined) throw exception('Version.InvalidRequirementError', `invalid requirement: ${text}`);
  const given = numbers.split('.').map(Number);
  const wanted: Parts = { numbers: [0, 1, 2].map((index) => given[index] ?? 0), pre: preOf(pre) };
  const order = compare(version, wanted);
  if (operator === '~>') return order >= 0 && isBelowNext(version, given);
  const holds: Record<string, boolean> = {
    '==': order === 0,
    '!=': order !== 0,
    '>=': order >= 0,
    '<=': order <= 0,
    '>': order > 0,
    '<': order < 0,
  };
  return holds[operator] ?? false;
}

/** All numbers but the last one given stay as they are. */
function isBelowNext({ numbers }: Parts, given: readonly number[]): boolean {
  return given.slice(0, -1).every((number, index) => numbers[index] === number);
}

export const versionModule: HostModule = {
  name: 'Version',
  struct: ['major', 'minor', 'patch', 'pre', 'build'],
  functions: {
    'compare/2': ([a, b]) => {
      const order = compare(partsOf(a), partsOf(b));
      return Atom.of(order < 0 ? 'lt' : order > 0 ? 'gt' : 'eq');
    },
    'match?/2': ([version, requirement]) => {
      if (typeof requirement !== 'string') throw new Refusal('unknown', 'Version.match?/2 with a parsed requirement');
      return bool(matches(partsOf(version), requirement));
    },
    'parse/1': ([text]) => {
      const version = parsed(textArg(text));
      return version === null ? Atom.of('error') : ok(version);
    },
    'parse!/1': ([text]) => parsedOrRaise(text),
    'to_string/1': ([version], machine) => machine.remote(Atom.of('Elixir.Kernel'), 'to_string', [version as Value]),
  },
};
