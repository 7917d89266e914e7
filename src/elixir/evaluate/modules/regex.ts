import { Atom, nil } from '../../quoted/term.ts';
import type { Budget } from '../budget.ts';
import { exception } from '../errors.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { compileRegex, type Program } from '../regex/program.ts';
import { firstMatch, type Pattern, replaceAll, splitBy, textsOf } from '../regex/text.ts';
import { field, keywordValue, mapOf, structName, structOf } from '../values/map.ts';
import { bool, type ElixirMap, Fun, type Value } from '../values/value.ts';
import { textArg } from './arguments.ts';

const programs = new WeakMap<ElixirMap, Program>();

/** `~r/source/modifiers`. Throws a `Refusal` for what the matcher does not know. */
export function regexOf(source: string, modifiers: string): Value {
  const regex = structOf('Regex', { source, opts: [...modifiers].map((letter) => Atom.of(letter)) });
  programs.set(regex, compileRegex(source, modifiers));
  return regex;
}

export function isRegex(value: Value | undefined): boolean {
  return value !== undefined && structName(value) === 'Regex';
}

/** The matcher of a regular expression; without a budget its steps are not counted. */
export function regexArg(value: Value | undefined, budget?: Budget): Pattern {
  const program = programs.get(value as ElixirMap);
  if (program === undefined) throw exception('ArgumentError', 'expected a regular expression');
  return { program, step: (count) => budget?.step(count) };
}

/** Whether a text has a match of a regular expression, or another text in it: `=~`. */
export function isMatch(text: string, pattern: Value, machine: Evaluator): boolean {
  if (typeof pattern === 'string') return text.includes(pattern);
  return firstMatch(regexArg(pattern, machine.budget), text) !== null;
}

function captures(regex: Value | undefined, text: Value | undefined, machine: Evaluator): string[] | null {
  const found = firstMatch(regexArg(regex, machine.budget), textArg(text));
  return found && textsOf(found, textArg(text));
}

function namedCaptures([regex, text]: readonly Value[], machine: Evaluator): Value {
  const texts = captures(regex, text, machine);
  if (texts === null) return nil;
  const { names } = regexArg(regex).program;
  return mapOf([...names].map(([index, name]): [Value, Value] => [name, texts[index] ?? '']));
}

/** A function gets as many of the texts as it takes. */
function replacing(value: Value, machine: Evaluator): (texts: readonly string[]) => string {
  if (!(value instanceof Fun)) return (texts) => filled(textArg(value), texts);
  return (texts) =>
    textArg(
      machine.apply(
        value,
        Array.from({ length: value.arity }, (_, index) => texts[index] ?? ''),
      ),
    );
}

/** `\\0` and `\\1` stand for the whole and for a group. */
function filled(template: string, texts: readonly string[]): string {
  return template.replace(/\\(\d)|\\g\{(\d+)\}/g, (_, short, long) => texts[Number(short ?? long)] ?? '');
}

/** Groups at the end that had no part in the match are left out. */
function run([regex, text, options]: readonly Value[], machine: Evaluator): Value {
  const found = firstMatch(regexArg(regex, machine.budget), textArg(text));
  if (found === null) return nil;
  const texts = textsOf(found, textArg(text)).slice(0, found.findLastIndex((offset) => offset !== -1) / 2 + 1);
  const capture = keywordValue(options ?? [], 'capture');
  return capture === Atom.of('all_but_first') ? texts.slice(1) : texts;
}

export const regexModule: HostModule = {
  name: 'Regex',
  functions: {
    'compile!/1': ([source]) => regexOf(textArg(source), ''),
    'compile!/2': ([source, modifiers]) => regexOf(textArg(source), typeof modifiers === 'string' ? modifiers : ''),
    'match?/2': ([regex, text], machine) => bool(isMatch(textArg(text), regex as Value, machine)),
    'named_captures/2': namedCaptures,
    'recompile!/1': ([regex]) => regex as Value,
    'replace/3': ([regex, text, by], machine) =>
      replaceAll(regexArg(regex, machine.budget), textArg(text), replacing(by as Value, machine)),
    'replace/4': ([regex, text, by, options], machine) =>
      replaceAll(
        regexArg(regex, machine.budget),
        textArg(text),
        replacing(by as Value, machine),
        keywordValue(options as Value, 'global') !== Atom.of('false'),
      ),
    'run/2': run,
    'run/3': run,
    'source/1': ([regex]) => field(regex as ElixirMap, 'source') ?? nil,
    'split/2': ([regex, text], machine) => splitBy(regexArg(regex, machine.budget), textArg(text)),
  },
};
