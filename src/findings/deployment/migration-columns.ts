import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';

/** What a migration is judged by. */
export interface MigrationContext {
  /** Tables that this migration makes: nobody uses them yet. */
  readonly created: ReadonlySet<string>;
  readonly lockFree: boolean;
  /** The oldest database that the project names, where it rewrites a table for a default: `Postgres 10`. */
  readonly rewriting: string | null;
  /** Whether the database is Postgres, which has locks and words of its own. */
  readonly isPostgres: boolean;
  /** Whether no transaction holds the lock of the migrations table. */
  readonly unlocked: boolean;
  /** The type that earlier migrations gave a column; null where they do not say. */
  readonly formerType: (table: string, column: string) => ColumnType | null;
}

/** A column's type as migrations write it. */
export interface ColumnType {
  readonly name: string;
  readonly size: number | null;
}

/** What is wrong, and the call that says so. */
export interface Judgement {
  readonly at: CallExpr;
  readonly message: string;
}

/** `table(:orders)` and `"orders"`, `:orders`. */
export function tableName(expr: Expr | undefined): string | null {
  if (expr?.kind === 'atom') return expr.name;
  if (expr?.kind === 'string') return expr.parts.filter((part) => typeof part === 'string').join('');
  return expr?.kind === 'call' && callName(expr) === 'table' ? tableName(expr.args[0]) : null;
}

/** What an `alter` of a table that is in use does to the code that still runs. */
export function alteration(call: CallExpr, context: MigrationContext): Judgement[] {
  const inline = call.args.flatMap((arg) => (keywordPairs(arg) ?? []).filter(({ name }) => name === 'do'));
  const body = [...(call.block?.body ?? []), ...inline.map(({ value }) => value)];
  const changes = everyExpr(body).filter((expr): expr is CallExpr => expr.kind === 'call');
  const table = tableName(call.args[0]) ?? 'the table';
  return changes.flatMap((change) => columnChange(change, table, context).map((message) => ({ at: change, message })));
}

function columnChange(change: CallExpr, table: string, context: MigrationContext): string[] {
  const [column, type, options] = change.args;
  const pairs = keywordPairs(options) ?? [];
  switch (callName(change)) {
    case 'remove':
    case 'remove_if_exists':
      return [
        `drops ${table}.${nameOf(column)}: the old code still selects it; take the field out of the schema, deploy that, and drop the column in the deploy after it`,
      ];
    case 'modify':
      return modification({ table, column: nameOf(column), type, pairs }, context);
    case 'add':
    case 'add_if_not_exists':
      return addition({ table, column: nameOf(column), type, pairs }, context);
    default:
      return [];
  }
}

type Pairs = NonNullable<ReturnType<typeof keywordPairs>>;

interface ChangedColumn {
  readonly table: string;
  readonly column: string;
  readonly type: Expr | undefined;
  readonly pairs: Pairs;
}

function nameOf(column: Expr | undefined): string {
  return column?.kind === 'atom' ? column.name : '?';
}

function isRequired(pairs: Pairs): boolean {
  return pairs.some(({ name, value }) => name === 'null' && value.kind === 'atom' && value.name === 'false');
}

function modification({ table, column, type, pairs }: ChangedColumn, context: MigrationContext): string[] {
  const name = `${table}.${column}`;
  const { isPostgres } = context;
  const referenced =
    isReference(type) && isPostgres ? validated(type, `makes ${name} a reference`, fkey(table, column)) : [];
  const retyped = changesType({ table, column, type, pairs }, context)
    ? [
        `changes the type of ${name}: the old code writes the old one, and the table may be rewritten under a lock; add a column of the new type, write both, fill it in batches, read the new one, and drop the old one last`,
      ]
    : [];
  const strict = isRequired(pairs)
    ? [
        `${name} becomes null: false: the old code may still write nil, and every row is checked under a lock; create constraint(:${table}, :${column}_not_null, check: "${column} IS NOT NULL", validate: false), validate it in the next migration, then ALTER COLUMN ${column} SET NOT NULL`,
      ]
    : [];
  const restated =
    retyped.length === 0 && pairs.some((pair) => pair.name === 'default')
      ? [
          `changes the default of ${name} by modify, which states the type again and locks the table for it; execute "ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT …" changes the default alone`,
        ]
      : [];
  return [...referenced, ...retyped, ...strict, ...restated];
}

function addition(
  { table, column, type, pairs }: ChangedColumn,
  { rewriting: old, isPostgres }: MigrationContext,
): string[] {
  const name = `${table}.${column}`;
  const value = pairs.find(({ name: key }) => key === 'default')?.value;
  const bare =
    isRequired(pairs) && value === undefined
      ? [
          `adds ${name} with null: false and no default: inserts of the old code fail, and so do existing rows; give it a default, or add it without null: false, fill it, and require it in a later deploy`,
        ]
      : [];
  const json =
    isPostgres && type?.kind === 'atom' && type.name === 'json'
      ? [`adds ${name} as json, which has no equality: SELECT DISTINCT of the old code fails; use :jsonb or :map`]
      : [];
  const referenced =
    isReference(type) && isPostgres ? validated(type, `adds the reference ${name}`, fkey(table, column)) : [];
  return [...bare, ...json, ...rewriting(name, value, old), ...referenced];
}

/** What Ecto calls the constraint of a reference. */
function fkey(table: string, column: string): string {
  return `ALTER TABLE ${table} VALIDATE CONSTRAINT ${table}_${column}_fkey`;
}

/** A default that the database writes into every row at once. */
function rewriting(name: string, value: Expr | undefined, old: string | null): string[] {
  if (value === undefined || (value.kind === 'atom' && value.name === 'nil')) return [];
  const later = 'add it without, set the default in a migration of its own, and fill the rows in batches';
  if (isVolatile(value))
    return [`adds ${name} with a default that differs for each row: the table is rewritten under a lock; ${later}`];
  return old === null ? [] : [`adds ${name} with a default: ${old} rewrites the table under a lock; ${later}`];
}

/** `fragment("gen_random_uuid()")`: what the database computes anew for each row. */
function isVolatile(value: Expr): boolean {
  return everyExpr([value]).some((expr) =>
    /\b(?:gen_random_uuid|uuid_generate_v\w+|random|clock_timestamp|nextval)\(/i.test(plainText(expr) ?? ''),
  );
}

/** `from:`, or an earlier migration, with the same type says that only other properties change; some types only grow. */
function changesType({ table, column, type, pairs }: ChangedColumn, { formerType }: MigrationContext): boolean {
  if (!type || isReference(type)) return false;
  const from = pairs.find((pair) => pair.name === 'from')?.value;
  const [before = from, options] = from?.kind === 'tuple' ? from.items : [from];
  const former = before?.kind === 'atom' ? columnType(before, keywordPairs(options) ?? []) : formerType(table, column);
  const now = columnType(type, pairs);
  return !(former !== null && now !== null && onlyGrows(former, now));
}

/** `:string, size: 40` */
export function columnType(type: Expr | undefined, pairs: Pairs): ColumnType | null {
  if (type?.kind !== 'atom') return null;
  const size = pairs.find(({ name }) => name === 'size')?.value;
  return { name: type.name, size: size?.kind === 'number' ? Number(size.text) : null };
}

/** Whether values of one type are those of another without being written anew: text may become longer. */
function onlyGrows(from: ColumnType, to: ColumnType): boolean {
  const length = ({ name, size }: ColumnType) => (name === 'text' ? Number.POSITIVE_INFINITY : (size ?? 255));
  const isText = ({ name }: ColumnType) => name === 'string' || name === 'text';
  if (isText(from) && isText(to)) return length(to) >= length(from);
  return from.name === to.name && from.size === to.size;
}

function isReference(expr: Expr | undefined): expr is CallExpr {
  return expr?.kind === 'call' && callName(expr) === 'references';
}

/** A constraint is checked against every row at once unless `validate: false` says otherwise. */
export function validated(call: CallExpr, what: string, later: string): string[] {
  const isLater = call.args.some((arg) =>
    (keywordPairs(arg) ?? []).some(
      (pair) => pair.name === 'validate' && pair.value.kind === 'atom' && pair.value.name === 'false',
    ),
  );
  return isLater
    ? []
    : [
        `${what} and validates it at once: the tables stay locked meanwhile; write validate: false, and execute "${later}" in a migration of its own`,
      ];
}
