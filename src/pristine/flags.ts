import { nearest } from '../errors/did-you-mean.ts';
import { UpgradeError } from '../errors/error.ts';
import {
  adapters,
  databases,
  type GeneratorFlag,
  generatorFlags,
  quietSwitches,
  runSwitches,
  synonyms,
} from './flag-data.ts';
import { isWithin } from './versions.ts';

/** A flag that a version does not take, and why. */
export interface DroppedFlag {
  readonly flag: string;
  readonly reason: string;
}

/** What a command line after `--` says. */
export interface ParsedFlags {
  /** Canonical spelling and order. */
  readonly flags: readonly string[];
  readonly names: { readonly app?: string; readonly module?: string; readonly webModule?: string };
  readonly dropped: readonly DroppedFlag[];
}

/** The flags of one version. */
export interface VersionFlags {
  /** Canonical flags that make a difference in this version; names its project in packs and in the cache. */
  readonly flags: readonly string[];
  /** Arguments of `mix phx.new`, in that version's spelling. */
  readonly args: readonly string[];
  readonly dropped: readonly DroppedFlag[];
}

const byFlag = new Map(generatorFlags.map((entry) => [entry.flag, entry]));
const namings = new Map<string, 'app' | 'module' | 'webModule'>([
  ['--app', 'app'],
  ['--module', 'module'],
  ['--web-module', 'webModule'],
]);
const choices = new Map<string, readonly string[]>([
  ['--database', databases],
  ['--adapter', adapters],
]);

/**
 * Reads flags as `mix phx.new` spells them, `--database=mysql` and spellings of older versions too. The last of
 * two that contradict each other counts. Throws `unknown-flag` with the nearest known one, and `bad-flag-value`.
 */
export function parseFlags(argv: readonly string[]): ParsedFlags {
  const given = new Set<string>();
  const names: Record<string, string> = {};
  const dropped: DroppedFlag[] = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [name = '', joined] = splitOnce(argument);
    const takesValue = namings.has(name) || choices.has(name);
    const value = joined ?? (takesValue ? rest.shift() : undefined);
    const naming = namings.get(name);
    if (naming) names[naming] = needed(name, value);
    else if (choices.has(name)) choose(given, name, needed(name, value));
    else if (isRunSwitch(name)) dropped.push({ flag: name, reason: 'it changes the run, not what is written' });
    else toggle(given, name);
  }
  return { flags: canonicalFlags([...given]), names, dropped };
}

function splitOnce(argument: string): [string, string?] {
  const equals = argument.indexOf('=');
  return equals === -1 ? [argument] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

function needed(flag: string, value: string | undefined): string {
  if (value === undefined || value === '' || value.startsWith('-')) {
    throw new UpgradeError('bad-flag-value', {
      flag,
      value: value ?? '',
      choices: choices.get(flag)?.join(', ') ?? 'a name',
    });
  }
  return value;
}

function choose(given: Set<string>, flag: string, value: string): void {
  const allowed = choices.get(flag) ?? [];
  if (!allowed.includes(value)) throw new UpgradeError('bad-flag-value', { flag, value, choices: allowed.join(', ') });
  for (const other of allowed) given.delete(`${flag} ${other}`);
  const chosen = `${flag} ${value}`;
  if (byFlag.has(chosen)) given.add(chosen);
}

function isRunSwitch(name: string): boolean {
  return runSwitches.has(name) || runSwitches.has(name.replace(/^--no-/, '--'));
}

/** Sets a switch, or takes its opposite back: `--ecto` after `--no-ecto`. */
function toggle(given: Set<string>, written: string): void {
  const flag = synonyms.get(written) ?? written;
  const opposite = synonyms.get(oppositeOf(written)) ?? oppositeOf(flag);
  if (!byFlag.has(flag) && !byFlag.has(opposite)) throw unknownFlag(written);
  given.delete(opposite);
  if (byFlag.has(flag)) given.add(flag);
}

function oppositeOf(flag: string): string {
  return flag.startsWith('--no-') ? `--${flag.slice(5)}` : `--no-${flag.slice(2)}`;
}

function unknownFlag(flag: string): UpgradeError {
  const words = [...byFlag.keys(), ...namings.keys(), ...runSwitches].map((known) => known.split(' ')[0] ?? known);
  const near = nearest(flag, words);
  return new UpgradeError('unknown-flag', near === undefined ? { flag } : { flag, hint: `Did you mean ${near}?` });
}

/**
 * Known flags in canonical order, each once; both halves of `--no-assets` become it, and what another flag
 * implies is left out. Throws `unknown-flag`.
 */
export function canonicalFlags(flags: readonly string[]): string[] {
  const given = new Set(flags.map((flag) => synonyms.get(flag) ?? flag));
  for (const flag of given) if (!byFlag.has(flag)) throw unknownFlag(flag);
  if (given.has('--no-esbuild') && given.has('--no-tailwind')) given.add('--no-assets');
  const implied = [
    ...(given.has('--no-assets') ? ['--no-esbuild', '--no-tailwind'] : []),
    ...(given.has('--no-html') ? ['--no-live', '--live'] : []),
  ];
  for (const flag of implied) given.delete(flag);
  return generatorFlags.map(({ flag }) => flag).filter((flag) => given.has(flag));
}

/** What of the flags a version takes, how it spells them, and what is left out for which reason. */
export function flagsFor(version: string, flags: readonly string[]): VersionFlags {
  const taken: string[] = [];
  const args: string[] = [];
  const dropped: DroppedFlag[] = [];
  for (const flag of canonicalFlags(flags)) {
    const entry = byFlag.get(flag);
    const spelling = entry?.spellings.find(({ since, until }) => isWithin(version, since, until));
    if (!entry) continue;
    if (!spelling) {
      if (!isUsual(entry, version)) dropped.push({ flag, reason: entry.lacking });
      continue;
    }
    if (entry.replaced && spelling.as !== flag) dropped.push({ flag, reason: entry.replaced });
    taken.push(entry.replaced ? spelling.as : flag);
    args.push(...spelling.as.split(' '));
  }
  return { flags: canonicalFlags(taken), args: [...new Set(args)], dropped };
}

function isUsual(entry: GeneratorFlag, version: string): boolean {
  return entry.usual?.some(({ since, until }) => isWithin(version, since, until)) ?? false;
}

/** Switches that make a run of that version ask nothing and depend on no machine. */
export function quietArgs(version: string): string[] {
  return quietSwitches.filter(({ since, until }) => isWithin(version, since, until)).map(({ as }) => as);
}

/** Name of the project with these flags in a pack: `default`, `no-ecto`, or several joined by `+`. */
export function variantOf(flags: readonly string[]): string {
  const variants = canonicalFlags(flags).map((flag) => byFlag.get(flag)?.variant ?? flag);
  return variants.length === 0 ? 'default' : variants.join('+');
}

const byVariant = new Map(generatorFlags.map(({ variant, flag }) => [variant, flag]));

/** Flags of a name that `variantOf` makes, or of an older spelling (`no-webpack`); null for any other. */
export function flagsOfVariant(variant: string): string[] | null {
  if (variant === 'default') return [];
  const flags = variant.split('+').map((part) => byVariant.get(part) ?? synonyms.get(`--${part}`));
  return flags.every((flag) => flag !== undefined) ? canonicalFlags(flags) : null;
}
