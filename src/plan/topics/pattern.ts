import { withoutMember } from '../../facts/address.ts';

/** The address as topics write it: without an umbrella's member and without the folder of one of its apps. */
function plainAddress(address: string): string {
  return withoutMember(address).address.replace(/^file\/apps\/\{app\}(?:_web)?\//, 'file/');
}

const expressions = new Map<string, RegExp>();

/** Whether an address fits a pattern of `Matcher.address`. */
export function fits(pattern: string, address: string): boolean {
  const expression = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, expression);
  return expression.test(pattern.includes('@') ? address : plainAddress(address));
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
