import type { Expr } from '../../elixir/ast.ts';

/** The SQL of an `execute`, as far as it is written out. */
export function sqlText(expr: Expr): string {
  if (expr.kind !== 'string' && expr.kind !== 'sigil') return '';
  return expr.parts.filter((part) => typeof part === 'string').join('');
}

/** A statement of SQL that the old code, or a busy table, does not bear. */
interface UnsafeStatement {
  /** Its first group is the table where the statement names one. */
  readonly pattern: RegExp;
  readonly message: string;
  /** Where only Postgres waits for it. */
  readonly ofPostgres?: true;
}

const table = String.raw`(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?"?([\w.]+)"?`;
const altered = (rest: string) => new RegExp(String.raw`^\s*alter\s+table\s+${table}[^;]*?\b${rest}`, 'i');

/** What the calls of Ecto.Migration are judged for, written by hand. */
const statements: readonly UnsafeStatement[] = [
  {
    pattern: new RegExp(String.raw`^\s*drop\s+table\s+${table}`, 'i'),
    message: 'drops a table: the old code still reads it; drop it in the deploy after the one that stops using it',
  },
  {
    pattern: altered(String.raw`drop\s+column\b`),
    message:
      'drops a column: the old code still selects it; drop it in the deploy after the one that takes the field out',
  },
  {
    pattern: altered(String.raw`rename\s+(?:column\b|to\b|\w+\s+to\b)`),
    message: 'renames: the old code uses the old name; keep it, and write schema "old" or source: :old in the code',
  },
  {
    pattern: altered(String.raw`alter\s+(?:column\s+)?"?\w+"?\s+(?:set\s+data\s+)?type\b`),
    message:
      'changes the type of a column: the table may be rewritten under a lock; add a column of the new type, write both, fill it in batches, and drop the old one last',
  },
  {
    pattern: altered(String.raw`set\s+not\s+null\b`),
    message:
      'sets NOT NULL: every row is checked under a lock; add CHECK (… IS NOT NULL) NOT VALID and validate it before, in migrations of their own',
  },
  {
    pattern: altered(
      String.raw`add\s+(?:column\s+)?(?!constraint|foreign|check|unique|primary|exclude)"?\w+"?[^;,]*\bnot\s+null\b(?![^;,]*\bdefault\b)(?<!default[^;,]*)`,
    ),
    message:
      'adds a column with NOT NULL and no DEFAULT: inserts of the old code fail; add it without, and require it later',
  },
  {
    pattern: altered(String.raw`add\s+(?:constraint\s+"?\w+"?\s+)?(?:foreign\s+key|check)\b(?![^;]*\bnot\s+valid\b)`),
    message:
      'adds a constraint and validates it at once: NOT VALID first, then VALIDATE CONSTRAINT in a migration of its own',
    ofPostgres: true,
  },
  {
    pattern: altered(
      String.raw`add\s+(?:constraint\s+"?\w+"?\s+)?(?:unique|primary\s+key)\b(?![^;]*\busing\s+index\b)`,
    ),
    message: 'builds an index under a lock: create the index CONCURRENTLY, then add the constraint USING INDEX',
    ofPostgres: true,
  },
  {
    pattern: new RegExp(String.raw`^\s*create\s+(?:unique\s+)?index\s+(?!concurrently\b)[^;]*?\bon\s+${table}`, 'i'),
    message: 'indexes without CONCURRENTLY: writes wait until it is done; write it, with @disable_ddl_transaction true',
    ofPostgres: true,
  },
  {
    pattern: /^\s*drop\s+index\s+(?!concurrently\b)/i,
    message: 'drops an index without CONCURRENTLY: reads and writes wait; write it, with @disable_ddl_transaction true',
    ofPostgres: true,
  },
  {
    pattern: /^\s*(?:lock\s+table|vacuum\s+full|cluster|reindex(?!\s[^;]*concurrently))\b/i,
    message: 'locks the table against reads and writes: REINDEX CONCURRENTLY, or do it while nobody uses it',
  },
  {
    pattern: new RegExp(String.raw`^\s*truncate\s+(?:table\s+)?${table}`, 'i'),
    message: 'empties a table under a lock: delete its rows in batches, in a migration of its own',
  },
];

/** What is wrong with statements of SQL, apart from tables that the migration makes itself. */
export function unsafeSql(sql: string, created: ReadonlySet<string>, isPostgres: boolean): string[] {
  return statements.flatMap(({ pattern, message, ofPostgres }) => {
    const match = sql.length > longest || (ofPostgres && !isPostgres) ? null : pattern.exec(sql);
    return match === null || created.has(match[1] ?? '') ? [] : [message];
  });
}

/** Longer texts define functions and views: what they alter, if anything, stands somewhere inside. */
const longest = 2000;
