import { Atom, nil, no, Tuple, yes } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { keywordValue } from '../values/map.ts';
import { bool, isList, type Value } from '../values/value.ts';
import { atomArg, listArg, pairArg, textArg } from './arguments.ts';

interface Parsed {
  readonly options: Value[];
  readonly rest: string[];
  /** Switch with its value, or null. */
  readonly invalid: [string, string | null][];
}

/** Reads arguments as `OptionParser` does with `strict:`. */
function parse(argv: readonly Value[], settings: Value): Parsed {
  const strict = keywordValue(settings, 'strict');
  const switches = strict ?? keywordValue(settings, 'switches');
  if (switches === undefined) throw new Refusal('unknown', 'OptionParser without strict or switches');
  const aliases = keywordValue(settings, 'aliases') ?? [];
  const parsed: Parsed = { options: [], rest: [], invalid: [] };
  const open = argv.map(textArg);
  for (let argument = open.shift(); argument !== undefined; argument = open.shift()) {
    if (argument === '--') {
      parsed.rest.push(...open);
      break;
    }
    if (!/^-[^0-9]/.test(argument)) parsed.rest.push(argument);
    else take(argument, { open, switches, aliases, isStrict: strict !== undefined, parsed });
  }
  return parsed;
}

interface SwitchReading {
  readonly open: string[];
  readonly switches: Value;
  /** Whether switches that are not named are wrong; else they are taken as they look. */
  readonly isStrict: boolean;
  readonly aliases: Value;
  readonly parsed: Parsed;
}

function take(argument: string, { open, switches, aliases, isStrict, parsed }: SwitchReading): void {
  const [written = '', given] = split(argument);
  const name = nameOf(written, aliases);
  const type = name === null ? undefined : typeOf(switches, name);
  if (name !== null && type !== undefined) {
    const value = givenValue(type, given, open);
    if (value !== undefined) parsed.options.push(new Tuple<Value>([Atom.of(name), value]));
    else parsed.invalid.push([written, given ?? null]);
    return;
  }
  const positive = name?.startsWith('no_') ? name.slice(3) : null;
  if (positive !== null && typeOf(switches, positive) === 'boolean' && given === undefined)
    parsed.options.push(new Tuple<Value>([Atom.of(positive), no]));
  else if (name !== null && !isStrict) parsed.options.push(unnamed(name, given, open));
  else parsed.invalid.push([written, given ?? null]);
}

/** A switch that nobody named: with what follows it, unless that is a switch too. */
function unnamed(name: string, given: string | undefined, open: string[]): Value {
  const isNext = given === undefined && open[0] !== undefined && !/^-[^0-9]/.test(open[0]);
  const text = given ?? (isNext ? open.shift() : undefined);
  if (text !== undefined) return new Tuple<Value>([Atom.of(name), text]);
  const isNegated = name.startsWith('no_');
  return new Tuple<Value>([Atom.of(isNegated ? name.slice(3) : name), bool(!isNegated)]);
}

function split(argument: string): [string, string?] {
  const equals = argument.indexOf('=');
  return equals === -1 ? [argument] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

/** `--binary-id` is `binary_id`; a short one is what `aliases` says. */
function nameOf(written: string, aliases: Value): string | null {
  if (written.startsWith('--')) return written.includes('_') ? null : written.slice(2).replaceAll('-', '_');
  const alias = keywordValue(aliases, written.slice(1));
  return alias instanceof Atom ? alias.name : null;
}

function typeOf(strict: Value, name: string): string | undefined {
  const type = keywordValue(strict, name);
  const first = isList(type ?? []) ? (type as readonly Value[] | undefined)?.[0] : type;
  return first instanceof Atom ? first.name : undefined;
}

function givenValue(type: string, given: string | undefined, open: string[]): Value | undefined {
  if (type === 'boolean') return given === undefined || given === 'true' ? yes : given === 'false' ? no : undefined;
  if (type === 'count') return 1;
  const isNext = given === undefined && open[0] !== undefined && !/^-[^0-9]/.test(open[0]);
  const text = given ?? (isNext ? open.shift() : undefined);
  if (text === undefined) return undefined;
  if (type === 'integer') return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  if (type === 'string') return text;
  throw new Refusal('unknown', `OptionParser with ${type}`);
}

/** `[live: false, web: "Admin"]` as `--no-live --web Admin`. */
function toArguments(options: readonly Value[]): string[] {
  return options.flatMap((item) => {
    const [key, value] = pairArg(item);
    const name = atomArg(key).name.replaceAll('_', '-');
    if (value === nil) return [];
    if (value === yes) return [`--${name}`];
    return value === no ? [`--no-${name}`] : [`--${name}`, typeof value === 'number' ? String(value) : textArg(value)];
  });
}

export const optionParserModule: HostModule = {
  name: 'OptionParser',
  functions: {
    'to_argv/1': ([options]) => toArguments(listArg(options)),
    'to_argv/2': ([options]) => toArguments(listArg(options)),
    'parse/2': ([argv, settings]) => {
      const { options, rest, invalid } = parse(listArg(argv), settings as Value);
      const wrong = invalid.map(([name, value]) => new Tuple<Value>([name, value ?? Atom.of('nil')]));
      return new Tuple<Value>([options, rest, wrong]);
    },
    'parse!/2': ([argv, settings]) => {
      const { options, rest, invalid } = parse(listArg(argv), settings as Value);
      const [wrong] = invalid;
      if (wrong) throw exception('OptionParser.ParseError', `${wrong[0]} : Unknown option`);
      return new Tuple<Value>([options, rest]);
    },
  },
};
