import { Atom, Tuple } from '../../quoted/term.ts';
import type { HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { putKey, structName, structOf } from '../values/map.ts';
import { isoText, numberOf, padded, precisionOf } from '../values/moment.ts';
import type { ElixirMap, Value } from '../values/value.ts';
import { atomArg, mapArg, numberArg, textArg } from './arguments.ts';

/** Stands for now, so that one package writes the same every day: noon of a day without daylight saving. */
const today = Date.UTC(2020, 0, 2, 12, 0, 0);
const day = 86_400_000;

const iso = Atom.of('Elixir.Calendar.ISO');

function dateFields(time: Date): Record<string, Value> {
  return { calendar: iso, year: time.getUTCFullYear(), month: time.getUTCMonth() + 1, day: time.getUTCDate() };
}

function timeFields(time: Date, precision: number): Record<string, Value> {
  return {
    hour: time.getUTCHours(),
    minute: time.getUTCMinutes(),
    second: time.getUTCSeconds(),
    microsecond: new Tuple<Value>([0, precision]),
  };
}

/** A struct of a moment, `Date`, `NaiveDateTime` or `DateTime` in UTC. */
function momentOf(module: string, milliseconds: number, precision: number): ElixirMap {
  const time = new Date(milliseconds);
  if (module === 'Date') return structOf(module, dateFields(time));
  const fields = { ...dateFields(time), ...timeFields(time, precision) };
  if (module !== 'DateTime') return structOf(module, fields);
  return structOf(module, { ...fields, time_zone: 'Etc/UTC', zone_abbr: 'UTC', utc_offset: 0, std_offset: 0 });
}

function millisecondsOf(map: ElixirMap): number {
  return Date.UTC(
    numberOf(map, 'year'),
    numberOf(map, 'month') - 1,
    numberOf(map, 'day'),
    numberOf(map, 'hour'),
    numberOf(map, 'minute'),
    numberOf(map, 'second'),
  );
}

function added([moment, seconds]: readonly Value[], unit: number): Value {
  const map = mapArg(moment);
  return momentOf(structName(map) ?? '', millisecondsOf(map) + numberArg(seconds) * unit, precisionOf(map));
}

function truncated([moment, to]: readonly Value[]): Value {
  if (atomArg(to).name !== 'second') throw new Refusal('unknown', `truncating to ${atomArg(to).name}`);
  return putKey(mapArg(moment), Atom.of('microsecond'), new Tuple<Value>([0, 0]));
}

function momentFunctions(name: string): HostModule['functions'] {
  return {
    'add/2': (args) => added(args, 1000),
    'add/3': (args) => added(args, 1000),
    'add/4': (args) => added(args, 1000),
    'to_iso8601/1': ([moment]) => isoText(mapArg(moment)) ?? '',
    'truncate/2': truncated,
    'utc_now/0': () => momentOf(name, today, 6),
  };
}

export const calendarModules: readonly HostModule[] = [
  {
    name: 'Date',
    struct: ['calendar', 'year', 'month', 'day'],
    functions: {
      'add/2': (args) => added(args, day),
      'to_iso8601/1': ([date]) => isoText(mapArg(date)) ?? '',
      'utc_today/0': () => momentOf('Date', today, 0),
    },
  },
  {
    name: 'Time',
    struct: ['calendar', 'hour', 'minute', 'second', 'microsecond'],
    functions: { 'to_iso8601/1': ([time]) => isoText(mapArg(time)) ?? '' },
  },
  { name: 'NaiveDateTime', functions: momentFunctions('NaiveDateTime') },
  { name: 'DateTime', functions: momentFunctions('DateTime') },
  { name: 'Calendar', functions: { 'strftime/2': ([moment, form]) => formatted(mapArg(moment), textArg(form)) } },
  {
    name: ':calendar',
    functions: {
      'universal_time/0': () => new Tuple<Value>([new Tuple<Value>([2020, 1, 2]), new Tuple<Value>([12, 0, 0])]),
    },
  },
];

const parts: Readonly<Record<string, (map: ElixirMap) => string>> = {
  Y: (map) => padded(map, 'year', 4),
  m: (map) => padded(map, 'month'),
  d: (map) => padded(map, 'day'),
  H: (map) => padded(map, 'hour'),
  M: (map) => padded(map, 'minute'),
  S: (map) => padded(map, 'second'),
};

function formatted(map: ElixirMap, form: string): string {
  return form.replace(/%(.)/g, (_, letter: string) => {
    const part = parts[letter];
    if (!part) throw new Refusal('unknown', `Calendar.strftime with %${letter}`);
    return part(map);
  });
}

/** `~T[14:00:00]`, `14:00:00.000000`. */
export function timeOf(text: string): ElixirMap {
  const [, hour, minute, second, fraction = ''] = /^(\d\d):(\d\d):(\d\d)(?:\.(0+))?$/.exec(text) ?? [];
  if (second === undefined) throw new Refusal('unknown', `~T[${text}]`);
  const microsecond = new Tuple<Value>([0, fraction.length]);
  return structOf('Time', {
    calendar: iso,
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    microsecond,
  });
}
