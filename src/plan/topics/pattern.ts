import { withoutMember } from '../../facts/address.ts';

/** The address as topics write it: without an umbrella's member and without the folder of one of its apps. */
function plainAddress(address: string): string {
  return withoutMember(address).address.replace(/^file\/apps\/\{app\}(?:_web)?\//, 'file/');
}

interface Pattern {
  /** What every address that fits begins with: most are told apart by it. */
  readonly start: string;
  readonly expression: RegExp;
  /** Whether it names an umbrella's member. */
  readonly member: boolean;
}

const patterns = new Map<string, Pattern>();

/** Whether an address fits a pattern of `Matcher.address`. */
export function fits(pattern: string, address: string): boolean {
  const { start, expression, member } = patterns.get(pattern) ?? read(pattern);
  // The area in front of a member or a folder of an umbrella is the same in both forms.
  if (!address.startsWith(start)) return false;
  return expression.test(member ? address : plainAddress(address));
}

function read(text: string): Pattern {
  const member = text.includes('@');
  const pattern = { start: /^\w*/.exec(text)?.[0] ?? '', expression: expressionOf(text), member };
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
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`);
}
