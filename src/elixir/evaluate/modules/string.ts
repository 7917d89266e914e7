import { charlist } from '../../quoted/strings.ts';
import { Atom, nil, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { HostModule } from '../evaluator.ts';
import { replaceAll, splitBy } from '../regex/text.ts';
import { keywordValue } from '../values/map.ts';
import { bool, isList, type Value } from '../values/value.ts';
import { atomArg, listArg, numberArg, textArg } from './arguments.ts';
import { isRegex, regexArg } from './regex.ts';

/** One text or a list of them. */
function choices(value: Value | undefined): readonly string[] {
  return isList(value ?? nil) ? listArg(value).map(textArg) : [textArg(value)];
}

function split(text: string, pattern: Value, options: Value): Value {
  const parts = isRegex(pattern) ? splitBy(regexArg(pattern), text) : separated(text, choices(pattern));
  const limit = keywordValue(options, 'parts');
  const separator = choices(isRegex(pattern) ? '' : pattern)[0] ?? '';
  const kept =
    typeof limit === 'number' && parts.length > limit
      ? [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)]
      : parts;
  return keywordValue(options, 'trim') === Atom.of('true') ? kept.filter((part) => part !== '') : kept;
}

function separated(text: string, separators: readonly string[]): string[] {
  const [only = '', ...others] = separators;
  if (others.length > 0) return separators.reduce((parts, one) => parts.flatMap((part) => part.split(one)), [text]);
  return only === '' ? ['', ...text, ''] : text.split(only);
}

function replace(args: readonly Value[], isAll: boolean): Value {
  const [text, pattern, replacement] = args;
  if (isRegex(pattern)) return replaceAll(regexArg(pattern), textArg(text), () => textArg(replacement), isAll);
  const [whole, part, other] = [textArg(text), textArg(pattern), textArg(replacement)];
  return isAll ? whole.split(part).join(other) : whole.replace(part, () => other);
}

function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

function integerOf(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw exception('ArgumentError', 'not a textual representation of an integer');
  return Number(text);
}

export const stringModule: HostModule = {
  name: 'String',
  functions: {
    'at/2': ([text, at]) => [...textArg(text)].at(numberArg(at)) ?? nil,
    'capitalize/1': ([text]) => capitalized(textArg(text)),
    'contains?/2': ([text, parts]) => bool(choices(parts).some((part) => textArg(text).includes(part))),
    'downcase/1': ([text]) => textArg(text).toLowerCase(),
    'duplicate/2': ([text, count], machine) => {
      machine.budget.made(textArg(text).length * numberArg(count));
      return textArg(text).repeat(numberArg(count));
    },
    'ends_with?/2': ([text, ends]) => bool(choices(ends).some((end) => textArg(text).endsWith(end))),
    'first/1': ([text]) => [...textArg(text)][0] ?? nil,
    'graphemes/1': ([text]) => [...textArg(text)],
    'length/1': ([text]) => [...textArg(text)].length,
    'replace/3': (args) => replace(args, true),
    'replace_prefix/3': ([text, prefix, other]) =>
      textArg(text).startsWith(textArg(prefix))
        ? textArg(other) + textArg(text).slice(textArg(prefix).length)
        : textArg(text),
    'replace_suffix/3': ([text, suffix, other]) =>
      textArg(text).endsWith(textArg(suffix))
        ? textArg(text).slice(0, textArg(text).length - textArg(suffix).length) + textArg(other)
        : textArg(text),
    'slice/3': ([text, start, count]) => {
      const characters = [...textArg(text)];
      const from = numberArg(start) < 0 ? Math.max(0, characters.length + numberArg(start)) : numberArg(start);
      return characters.slice(from, from + numberArg(count)).join('');
    },
    'split/1': ([text]) =>
      textArg(text)
        .split(/\s+/)
        .filter((part) => part !== ''),
    'split/2': ([text, pattern]) => split(textArg(text), pattern as Value, []),
    'split/3': ([text, pattern, options]) => split(textArg(text), pattern as Value, options as Value),
    'starts_with?/2': ([text, starts]) => bool(choices(starts).some((start) => textArg(text).startsWith(start))),
    'strip/1': ([text]) => textArg(text).trim(),
    'to_atom/1': ([text]) => Atom.of(textArg(text)),
    'to_charlist/1': ([text]) => charlist(textArg(text)),
    'to_existing_atom/1': ([text]) => Atom.of(textArg(text)),
    'to_integer/1': ([text]) => integerOf(textArg(text)),
    'trim/1': ([text]) => textArg(text).trim(),
    'trim_leading/1': ([text]) => textArg(text).trimStart(),
    'trim_leading/2': ([text, part]) => trimmed(textArg(text), textArg(part), true),
    'trim_trailing/1': ([text]) => textArg(text).trimEnd(),
    'trim_trailing/2': ([text, part]) => trimmed(textArg(text), textArg(part), false),
    'upcase/1': ([text]) => textArg(text).toUpperCase(),
    'valid?/1': ([text]) => bool(typeof text === 'string'),
  },
};

function trimmed(text: string, part: string, isLeading: boolean): string {
  let rest = text;
  while (part !== '' && (isLeading ? rest.startsWith(part) : rest.endsWith(part)))
    rest = isLeading ? rest.slice(part.length) : rest.slice(0, rest.length - part.length);
  return rest;
}

export const integerModule: HostModule = {
  name: 'Integer',
  functions: {
    'parse/1': ([text]) => {
      const [found] = /^[+-]?\d+/.exec(textArg(text)) ?? [];
      if (found === undefined) return Atom.of('error');
      return new Tuple<Value>([Number(found), textArg(text).slice(found.length)]);
    },
    'to_string/1': ([value]) => String(numberArg(value)),
  },
};

export const atomModule: HostModule = {
  name: 'Atom',
  functions: { 'to_string/1': ([value]) => atomArg(value).name },
};
