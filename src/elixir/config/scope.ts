import type { Expr } from '../ast.ts';
import { calledName } from './called.ts';

/** When a file is read: while building, or whenever the app starts. */
export type Phase = 'build' | 'runtime' | 'release';

/** The scopes of what is set for some of all environments. */
export function scopesOf(environments: readonly string[], all: readonly string[], phase: Phase): string[] {
  if (phase === 'build') return environments.length === all.length ? ['all'] : [...environments];
  if (environments.length === all.length) return ['runtime'];
  return environments.map((environment) => `runtime:${environment}`);
}

/** `config` for `config/dev.exs`, empty for a file of the root. */
export function directoryOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Whether an expression asks for a file: a guard of an import. */
export function looksForFile(expr: Expr): boolean {
  return ['File.exists?', 'File.regular?'].includes(calledName(expr) ?? '');
}
