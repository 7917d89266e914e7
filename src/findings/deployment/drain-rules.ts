import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { lineAt } from '../../elixir/position.ts';
import type { Operation } from '../../merge/operation.ts';
import { nestedValue } from '../../toml/nested-value.ts';
import { readToml } from '../../toml/toml.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { isPhoenix, pod, workloadKinds } from './container-rules.ts';
import { doable } from './docker-file.ts';
import { lineEdit, withValue } from './line-edits.ts';

/** Where an instance wants longer to end what is under way than the platform lets it. Only what both say counts. */
export const drainRules: readonly ProjectRule[] = [
  { kind: 'project', id: 'drain-time-fly', topic: 'fly-stop', look: (context) => onDrain(context, flyTimes) },
  { kind: 'project', id: 'drain-time', topic: 'kubernetes-grace', look: (context) => onDrain(context, otherTimes) },
];

/** The longest time that the app asks for, in seconds, and where it does. */
interface Drain {
  readonly path: string;
  readonly line: number;
  readonly seconds: number;
}

/** A time that a platform gives, and what to write there. */
interface Grace {
  readonly path: string;
  readonly line: number;
  readonly seconds: number;
  readonly instead: (seconds: number) => string;
  readonly operations: (seconds: number) => readonly Operation[];
}

/** What an instance needs beside draining: to hear of the end, and to stop the rest. */
const margin = 5;

function onDrain(context: FindingContext, times: (context: FindingContext) => readonly Grace[]): Sighting[] {
  if (!context.build.hasDep('phoenix')) return [];
  const given = times(context);
  const [longest] = given.length === 0 ? [] : [...drains(context)].sort((a, b) => b.seconds - a.seconds);
  if (longest === undefined) return [];
  return given
    .filter(({ seconds }) => seconds < longest.seconds)
    .flatMap(({ path, line, seconds, instead, operations }) => {
      const enough = longest.seconds + margin;
      const message = `killed after ${seconds} s, and ${longest.path}:${longest.line} takes up to ${longest.seconds} s to drain: ${instead(enough)}`;
      return sighting([{ path, line, message }], operations(enough));
    });
}

function drains({ build, config }: FindingContext): Drain[] {
  const configured = config.entries
    .filter(({ scope }) => scope !== 'dev' && scope !== 'test')
    .filter(({ keyPath }) => /^(?:shutdown_timeout|shutdown_grace_period)$/.test(keyPath.at(-1) ?? ''))
    .flatMap(({ path, line, value }) => drain(path, line, value));
  const coded = build.libFiles(/drainer|Drainer|shutdown_grace_period|shutdown_timeout/).flatMap(({ path, source }) =>
    everyExpr(source.body)
      .flatMap(drainTimes)
      .flatMap((value) => drain(path, lineAt(source.text, value.range.start), value)),
  );
  return [...configured, ...coded];
}

/** `drainer: [shutdown: 60_000]` of a socket, `{Plug.Cowboy.Drainer, shutdown: 60_000}`, `shutdown_grace_period: 60_000` of Oban. */
function drainTimes(expr: Expr): Expr[] {
  if (expr.kind === 'pair' && expr.name === 'drainer') return shutdownOf(expr.value);
  if (expr.kind === 'pair' && /^(?:shutdown_grace_period|shutdown_timeout)$/.test(expr.name)) return [expr.value];
  const [module, options] = expr.kind === 'tuple' ? expr.items : [];
  return module?.kind === 'alias' && module.name === 'Plug.Cowboy.Drainer' ? shutdownOf(options) : [];
}

function shutdownOf(options: Expr | undefined): Expr[] {
  return (keywordPairs(options) ?? []).filter(({ name }) => name === 'shutdown').map(({ value }) => value);
}

function drain(path: string, line: number, value: Expr): Drain[] {
  const seconds = secondsOf(value);
  return seconds === null ? [] : [{ path, line, seconds }];
}

/** `60_000`, `:timer.seconds(60)`; null for what is not written out. */
function secondsOf(value: Expr): number | null {
  if (value.kind === 'number') return Number(value.text.replaceAll('_', '')) / 1000;
  const name = value.kind === 'call' && value.target.kind === 'dot' ? value.target.right : callName(value);
  const [amount] = value.kind === 'call' ? value.args : [];
  const factor = name === 'seconds' ? 1 : name === 'minutes' ? 60 : null;
  return factor === null || amount?.kind !== 'number' ? null : Number(amount.text) * factor;
}

function flyTimes({ tree }: FindingContext): Grace[] {
  return tree.paths
    .filter((path) => /(?:^|\/)fly[\w.-]*\.toml$/.test(path))
    .flatMap((path) => {
      const text = tree.read(path) ?? '';
      const toml = readToml(text);
      const seconds = plainSeconds(nestedValue(toml?.value, ['kill_timeout']));
      if (seconds === null) return [];
      const edit = (value: number) => ({
        kind: 'fly-set' as const,
        path,
        table: [],
        key: 'kill_timeout',
        value: `${value}s`,
      });
      return [
        {
          path,
          line: toml?.line(['kill_timeout']) ?? 1,
          seconds,
          instead: (value: number) => `kill_timeout = "${value}s"`,
          operations: (value: number) => doable(text, edit(value)),
        },
      ];
    });
}

function otherTimes(context: FindingContext): Grace[] {
  return context.tree.paths.flatMap((path) => {
    if (/(?:^|\/)(?:test|tests|deps|node_modules)\//.test(path)) return [];
    if (path.endsWith('.service')) return unitTimes(path, context.tree.read(path) ?? '');
    return /\.ya?ml$/.test(path) ? yamlTimes(path, context) : [];
  });
}

function unitTimes(path: string, text: string): Grace[] {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => /^\s*TimeoutStopSec\s*=/.test(line));
  const seconds = plainSeconds(lines[at]?.replace(/^.*=\s*/, '').trim());
  const isOwn = /^\s*ExecStart\s*=.*\bbin\//m.test(text);
  if (seconds === null || !isOwn) return [];
  return [grace(path, at + 1, seconds, (value) => ['TimeoutStopSec=', `${value}`], text)];
}

function yamlTimes(path: string, { build }: FindingContext): Grace[] {
  const text = build.tree.read(path) ?? '';
  return build.yaml(path).flatMap(({ value, line }) => {
    const keys = [...pod, 'terminationGracePeriodSeconds'];
    const given = plainSeconds(nestedValue(value, keys));
    const containers = nestedValue(value, [...pod, 'containers']);
    const isOwn = Array.isArray(containers) && containers.some(isPhoenix);
    if (workloadKinds.includes(String(nestedValue(value, ['kind']))))
      return given === null || !isOwn
        ? []
        : [grace(path, line(keys), given, (enough) => ['terminationGracePeriodSeconds: ', `${enough}`], text)];
    const services = nestedValue(value, ['services']);
    if (typeof services !== 'object' || services === null) return [];
    return Object.entries(services).flatMap(([name, service]) => {
      const seconds = isPhoenix(service) ? plainSeconds(nestedValue(service, ['stop_grace_period'])) : null;
      const at = ['services', name, 'stop_grace_period'];
      return seconds === null
        ? []
        : [grace(path, line(at), seconds, (enough) => ['stop_grace_period: ', `${enough}s`], text)];
    });
  });
}

/** `write` gives the key as it is written, and the value behind it. */
function grace(
  path: string,
  line: number,
  seconds: number,
  write: (seconds: number) => readonly [string, string],
  text: string,
): Grace {
  return {
    path,
    line,
    seconds,
    instead: (enough) => write(enough).join(''),
    operations: (enough) => lineEdit({ path, line }, text, (own) => withValue(own, write(enough)[1])),
  };
}

/** `30`, `"30s"`, `"5m"`; null for any other value. */
function plainSeconds(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const [, number, unit = 's'] = typeof value === 'string' ? (/^(\d+)\s*(ms|s|sec|m|min)?$/.exec(value) ?? []) : [];
  if (number === undefined) return null;
  return Number(number) * (unit === 'ms' ? 0.001 : unit.startsWith('m') ? 60 : 1);
}
