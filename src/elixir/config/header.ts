import type { Expr, Range } from '../ast.ts';
import { childrenOf, contains } from '../children.ts';
import { type Edited, edited, type TextChange } from '../edited.ts';
import { parse } from '../parse.ts';
import { calledName } from './called.ts';
import { isHeader } from './calls.ts';
import type { ConfigText } from './place.ts';

/** What a new runtime.exs begins with. */
const runtimeStart = `# Read whenever the app starts, in a release too, after everything has been compiled: what is set
# here may come from environment variables of the machine that runs it.
import Config
`;

/** The text of a new file for runtime configuration; one that has content stays as it is. */
export function withRuntimeStart(text: string): Edited {
  return { ok: true, text: text.trim() === '' ? runtimeStart : text };
}

/** `use Mix.Config` becomes `import Config`, and `Mix.env()` becomes `config_env()` with it. */
export function withImportConfig(text: string): Edited {
  const { body } = parse(text);
  // Some files have it twice; with one of each, calls of config would be ambiguous.
  const headers = body.filter((statement) => isHeader(statement) && calledName(statement) === 'use');
  if (headers.length === 0) return { ok: true, text };
  const calls = body.flatMap(environmentCalls);
  const changes: TextChange[] = calls.map((range) => ({ ...range, text: 'config_env()' }));
  return edited(text, [...changes, ...headers.map(({ range }) => ({ ...range, text: 'import Config' }))]);
}

function environmentCalls(expr: Expr): Range[] {
  if (expr.kind === 'call' && calledName(expr) === 'Mix.env') return [expr.range];
  return childrenOf(expr).flatMap(environmentCalls);
}

/** How a file asks for the environment: as it does already, else as what it imports provides. */
export function environmentSpelling({ source, header }: ConfigText): 'config_env()' | 'Mix.env()' {
  const asks = (name: string) => source.body.some((one) => contains(one, (inner) => calledName(inner) === name));
  if (asks('config_env')) return 'config_env()';
  return header === 'use Mix.Config' || asks('Mix.env') ? 'Mix.env()' : 'config_env()';
}
