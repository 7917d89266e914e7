import type { Expr } from '../ast.ts';
import { comparable } from '../canonical.ts';
import { indented } from '../edit/margin.ts';
import { type Edited, refused } from '../edited.ts';
import { parse } from '../parse.ts';
import { isHeader } from './calls.ts';

/**
 * The text of `releases.exs` as `runtime.exs`: this is read in every environment, so all of it stands under production.
 * Refused where the indentation would change a value, or something stands before `import Config`.
 */
export function runtimeOfReleases(text: string): Edited {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const { body } = parse(text);
  const [first, ...rest] = body;
  const header = first && isHeader(first) ? first : null;
  const statements = header ? rest : body;
  if (statements.some(isHeader)) return refused('releases.exs computes something before it imports Config');
  if (statements.length === 0) return { ok: true, text };
  const start = header ? text.slice(0, header.range.start) : '';
  const inside = text.slice(header?.range.end ?? 0).replace(/\r\n/g, '\n');
  const block = `if config_env() == :prod do\n${indented(inside.replace(/^\s*\n|\s+$/g, ''), '  ')}\nend\n`;
  const written = `${start}import Config\n\n${block}`;
  const moved = parse(written).body.at(-1);
  const kept = moved?.kind === 'call' ? (moved.block?.body ?? []) : [];
  if (meaning(statements) !== meaning(kept))
    return refused('releases.exs has text that another indentation would change');
  return { ok: true, text: written.replace(/\r?\n/g, newline) };
}

function meaning(statements: readonly Expr[]): string {
  return statements.map((statement) => comparable(statement)).join('\n');
}
