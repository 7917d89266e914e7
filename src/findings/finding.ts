/** Something a person should look at; lines count from 1. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** Orders findings by path and line. */
export function byPlace(a: Finding, b: Finding): number {
  return a.path < b.path ? -1 : Number(a.path > b.path) || a.line - b.line;
}

/** Each finding once, in the order in which they came first. */
export function eachOnce(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [`${one.path}:${one.line}:${one.message}`, one])).values()];
}
