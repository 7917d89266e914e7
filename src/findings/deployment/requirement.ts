/**
 * Versions as images, `.tool-versions` and CI files write them, `26` and `1.15` among them, which Elixir's own rules
 * (`elixir/requirement.ts`) take for no version at all: here a part that is not written is open.
 */

/** Numbers of a version or a requirement: `[1, 15]` of `~> 1.15-rc`. */
export function parts(version: string): number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}

/** Less, equal or greater as numbers, missing parts being zero. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)];
  for (let index = 0; index < Math.max(x.length, y.length); index += 1) {
    const difference = (x[index] ?? 0) - (y[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a text names several versions: `~> 1.14`, and as npm writes it `^18`, `>=16.14`, `16 || 18`. */
export function isRequirement(text: string): boolean {
  return /^\s*[<>=~^]|\|\|/.test(text);
}

/** Whether a version meets `~> 1.14`, `>= 1.12 and < 2.0`, `^18`, or one of several joined by `or` or `||`. */
export function meets(version: string, requirement: string): boolean {
  return requirement.split(/\s+or\s+|\|\|/).some((all) =>
    all
      .trim()
      .split(/\s+and\s+|\s+(?=[<>=~^])/)
      .every((one) => meetsOne(version, one.trim())),
  );
}

function meetsOne(version: string, requirement: string): boolean {
  const [, operator = '==', wanted = ''] = /^(~>|>=|<=|>|<|==|!=|~|\^|=)?\s*(.*)$/.exec(requirement) ?? [];
  // `1.15` stands for any 1.15.x: it meets whatever its newest patch meets.
  const open = parts(version).length < parts(wanted).length;
  const difference =
    open && parts(version).every((part, index) => part === parts(wanted)[index]) ? 0 : compareVersions(version, wanted);
  const begins = (count: number) => parts(wanted).every((part, at) => at >= count || parts(version)[at] === part);
  if (operator === '~>') return difference >= 0 && begins(parts(wanted).length - 1);
  if (operator === '^') return difference >= 0 && begins(1);
  if (operator === '~') return difference >= 0 && begins(2);
  if (operator === '>=') return difference >= 0;
  if (operator === '<=') return difference <= 0;
  if (operator === '>') return difference > 0;
  if (operator === '<') return difference < 0;
  return operator === '!=' ? difference !== 0 : difference === 0;
}
