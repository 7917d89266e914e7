import type { CallExpr, Expr, Range } from '../ast.ts';
import { display } from '../canonical.ts';
import type { Statement } from '../condition.ts';
import { type Aliases, callName, moduleName } from '../module.ts';
import { keywordPairs, type Option, optionsOf } from '../options.ts';
import { lineAt } from '../position.ts';

/** A plug or a socket. */
export interface EndpointEntry {
  readonly kind: 'plug' | 'socket';
  /** Tells entries of one kind and condition apart: `Plug.Static`, `Plug.Static@/uploads`, `Plug.Head#2`, `/live`. */
  readonly name: string;
  /** Full module name or `:function` of a plug; path of a socket. */
  readonly subject: string;
  /** `code_reloading?`, or whatever else must hold; null where the entry always counts. */
  readonly condition: string | null;
  /** Arguments between the subject and the options; for a socket its module comes first. */
  readonly positional: readonly Expr[];
  /** Leaves of the options in order. */
  readonly options: readonly Option[];
  /** The call as `display` writes it. */
  readonly display: string;
  readonly call: CallExpr;
  readonly range: Range;
  readonly line: number;
}

type Unnamed = Omit<EndpointEntry, 'name'>;

/** The `plug` and `socket` calls among statements. */
export function readEntries(text: string, statements: readonly Statement[], aliases: Aliases): EndpointEntry[] {
  const unnamed = statements.flatMap((statement) => entryOf(text, statement, aliases));
  const groups = new Map<string, Unnamed[]>();
  for (const entry of unnamed) {
    const key = [entry.kind, entry.condition, entry.subject].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const names = new Map([...groups.values()].flatMap((group) => namesOf(group)));
  return unnamed.map((entry) => ({ ...entry, name: names.get(entry) ?? entry.subject }));
}

function entryOf(text: string, { expr, condition }: Statement, aliases: Aliases): Unnamed[] {
  const kind = callName(expr);
  if (expr.kind !== 'call' || (kind !== 'plug' && kind !== 'socket')) return [];
  const [first, ...rest] = expr.args;
  if (first === undefined) return [];
  const last = rest.at(-1);
  const hasOptions = keywordPairs(last) !== null;
  return [
    {
      kind,
      subject: subjectOf(first, aliases),
      condition,
      positional: hasOptions ? rest.slice(0, -1) : rest,
      options: hasOptions ? optionsOf(text, last) : [],
      display: display(expr),
      call: expr,
      range: expr.range,
      line: lineAt(text, expr.range.start),
    },
  ];
}

function subjectOf(expr: Expr, aliases: Aliases): string {
  if (expr.kind === 'string') return display(expr).slice(1, -1);
  return moduleName(expr, aliases) ?? display(expr);
}

/**
 * Names of the entries of one subject. The one served at `/` keeps the plain name, so that an upload
 * directory put before it does not take its place.
 */
function namesOf(group: readonly Unnamed[]): [Unnamed, string][] {
  const [only] = group;
  if (group.length === 1 && only) return [[only, only.subject]];
  const taken = new Set<string>();
  const plain = group.find((entry) => mountOf(entry) === '/') ?? group.find((entry) => mountOf(entry) === undefined);
  if (plain) taken.add(plain.subject);
  return group.map((entry, index) => {
    const mount = mountOf(entry);
    const wished = mount === undefined ? `${entry.subject}#${index + 1}` : `${entry.subject}@${mount}`;
    const name = entry === plain ? entry.subject : taken.has(wished) ? `${entry.subject}#${index + 1}` : wished;
    taken.add(name);
    return [entry, name];
  });
}

/** Path of `at:`, display text where it is no literal. */
function mountOf(entry: Unnamed): string | undefined {
  const at = entry.options.find(({ path }) => path.length === 1 && path[0] === 'at');
  return at && (at.value.kind === 'string' ? at.display.slice(1, -1) : at.display);
}
