import type { Expr } from '../../elixir/ast.ts';

/** The SQL of an `execute`, as far as it is written out. */
export function sqlText(expr: Expr): string {
  if (expr.kind !== 'string') return '';
  return expr.parts.filter((part) => typeof part === 'string').join('');
}

/** A statement of SQL that the old code, or a busy table, does not bear. */
interface UnsafeStatement {
  /** Its first group is the table where the statement names one. */
  readonly pattern: RegExp;
  readonly message: string;
}

const table = String.raw`(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?"?([\w.]+)"?`;
const altered = (rest: string) => new RegExp(String.raw`^\s*alter\s+table\s+${table}[^;]*?\b${rest}`, 'i');

/** What the calls of Ecto.Migration are judged for, written by hand. */
const statements: readonly UnsafeStatement[] = [
  {
    pattern: new RegExp(String.raw`^\s*drop\s+table\s+${table}`, 'i'),
    message: 'drops a table: the old code still reads it',
  },
  { pattern: altered(String.raw`drop\s+column\b`), message: 'drops a column: the old code still selects it' },
  {
    pattern: altered(String.raw`rename\s+(?:column\b|to\b|\w+\s+to\b)`),
    message: 'renames: the old code uses the old name',
  },
  {
    pattern: altered(String.raw`alter\s+(?:column\s+)?"?\w+"?\s+(?:set\s+data\s+)?type\b`),
    message: 'changes the type of a column: the table may be rewritten under a lock',
  },
  {
    pattern: altered(String.raw`set\s+not\s+null\b`),
    message: 'sets NOT NULL: every row is checked under a lock; validate a check constraint first',
  },
  {
    pattern: altered(String.raw`add\s+(?:constraint\s+"?\w+"?\s+)?(?:foreign\s+key|check)\b(?![^;]*\bnot\s+valid\b)`),
    message: 'adds a constraint and validates it at once: NOT VALID first, then VALIDATE CONSTRAINT',
  },
  {
    pattern: new RegExp(String.raw`^\s*create\s+(?:unique\s+)?index\s+(?!concurrently\b)[^;]*?\bon\s+${table}`, 'i'),
    message: 'indexes without CONCURRENTLY: writes wait until it is done',
  },
  {
    pattern: /^\s*(?:lock\s+table|vacuum\s+full|cluster|reindex(?!\s[^;]*concurrently))\b/i,
    message: 'locks the table against reads and writes',
  },
];

/** What is wrong with statements of SQL, apart from tables that the migration makes itself. */
export function unsafeSql(sql: string, created: ReadonlySet<string>): string[] {
  return statements.flatMap(({ pattern, message }) => {
    const match = sql.length > longest ? null : pattern.exec(sql);
    return match === null || created.has(match[1] ?? '') ? [] : [message];
  });
}

/** Longer texts define functions and views: what they alter, if anything, stands somewhere inside. */
const longest = 2000;
