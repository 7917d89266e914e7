import type { Finding } from '../../plan/plan.ts';
import { selectedStep } from './list.ts';
import { type Turn, turn } from './state.ts';

/** Lines of the project shown above and below the line of a finding. */
export const around = 2;
/** A step with more findings shows the lines of the first ones. */
const limit = 50;

export function excerptKey({ path, line }: Pick<Finding, 'path' | 'line'>): string {
  return `${path}:${line}`;
}

/** Asks for the lines around the selected step's findings that are not there yet. */
export function withExcerpts({ state, effects }: Turn): Turn {
  if (state.screen !== 'steps') return { state, effects };
  const findings = selectedStep(state)?.findings.slice(0, limit) ?? [];
  const missing = findings.filter((finding) => state.excerpts[excerptKey(finding)] === undefined);
  if (missing.length === 0) return { state, effects };
  const asked = Object.fromEntries(missing.map((finding) => [excerptKey(finding), null]));
  const wanted = new Map(missing.map((finding) => [excerptKey(finding), finding]));
  return turn(
    { ...state, excerpts: { ...state.excerpts, ...asked } },
    ...effects,
    ...[...wanted.values()].map(({ path, line }) => ({ kind: 'lines' as const, path, line })),
  );
}
