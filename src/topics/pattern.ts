import { escapeRegExp } from '../elixir/escape-reg-exp.ts';
import { withoutMember } from '../facts/address.ts';

/** The last address and its plain form: one address is held against many patterns. */
let last = { address: '', plain: '' };

/** The address as topics write it: without an umbrella's member and without the folder of one of its apps. */
function plainAddress(address: string): string {
  if (last.address === address) return last.plain;
  const plain = withoutMember(address).address.replace(/^file\/apps\/\{app\}(?:_web)?\//, 'file/');
  last = { address, plain };
  return plain;
}

interface Pattern {
  /** What every address that fits begins with: most are told apart by it. */
  readonly start: string;
  /** Made when an address with that beginning comes; null where the beginning is the whole pattern. */
  expression: RegExp | null | undefined;
  /** Whether it names an umbrella's member. */
  readonly member: boolean;
}

const patterns = new Map<string, Pattern>();

/** Whether an address fits a pattern of `Matcher.address`. */
export function fits(pattern: string, address: string): boolean {
  const known = patterns.get(pattern) ?? read(pattern);
  const { start, member } = known;
  const seen = member ? address : plainAddress(address);
  if (!seen.startsWith(start)) return false;
  if (known.expression === undefined) known.expression = start === pattern ? null : expressionOf(pattern);
  return known.expression === null ? seen === start : known.expression.test(seen);
}

/** The word that a pattern or an address begins with, up to a member or a path. */
export function areaOf(text: string): string {
  return /^\w*/.exec(text)?.[0] ?? '';
}

function read(text: string): Pattern {
  const start = /^(?:[^*{./]|[./](?!\*\*$)|\{(?!app\}))*/.exec(text)?.[0] ?? '';
  const pattern = { start, expression: undefined, member: text.includes('@') };
  patterns.set(text, pattern);
  return pattern;
}

/** How exact a pattern is: the number of its characters that stand for themselves. */
export function exactness(pattern: string): number {
  return pattern.replace(/[./]\*\*$/, '').replaceAll('*', '').length;
}

function expressionOf(pattern: string): RegExp {
  // In a path a dot is a character like any other; elsewhere it divides keys.
  const one = pattern.startsWith('file/') ? '[^/]*' : '[^/.]*';
  const source = pattern.split(/([./]\*\*$|\*\*|\*|\{app\})/).map((part) => {
    if (part === '.**' || part === '/**') return `(?:[./].*)?`;
    if (part === '**') return '.*';
    if (part === '*') return one;
    if (part === '{app}') return '\\{app\\}(?:_web)?';
    return escapeRegExp(part);
  });
  return new RegExp(`^${source.join('')}$`);
}
