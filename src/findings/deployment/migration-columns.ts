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
  /** Its major version as far as the project says it. */
  readonly postgres: number | null;
  /** Whether no transaction holds the lock of the migrations table. */
  readonly unlocked: boolean;
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

function columnChange(change: CallExpr, table: string, { postgres }: MigrationContext): string[] {
  const [column, type, options] = change.args;
  const name = `${table}.${column?.kind === 'atom' ? column.name : '?'}`;
  const pairs = keywordPairs(options) ?? [];
  const required = pairs.some(
    ({ name: key, value }) => key === 'null' && value.kind === 'atom' && value.name === 'false',
  );
  switch (callName(change)) {
    case 'remove':
    case 'remove_if_exists':
      return [`drops ${name}: the old code still selects it`];
    case 'modify': {
      const referenced = isReference(type) ? validated(type, `makes ${name} a reference`) : [];
      const retyped = `changes the type of ${name}: the old code writes the old one, and the table may be rewritten under a lock`;
      const strict = `${name} becomes null: false: the old code may still write nil, and every row is checked under a lock`;
      return [...referenced, ...(changesType(type, pairs) ? [retyped] : []), ...(required ? [strict] : [])];
    }
    case 'add':
    case 'add_if_not_exists': {
      const bare = required && !pairs.some(({ name: key }) => key === 'default');
      const message = `adds ${name} with null: false and no default: inserts of the old code fail, and so do existing rows`;
      const json =
        type?.kind === 'atom' && type.name === 'json'
          ? [`adds ${name} as json, which has no equality: SELECT DISTINCT of the old code fails; use :jsonb or :map`]
          : [];
      const computed = rewriting(name, pairs.find(({ name: key }) => key === 'default')?.value, postgres);
      const referenced = isReference(type) ? validated(type, `adds the reference ${name}`) : [];
      return [...(bare ? [message] : []), ...json, ...computed, ...referenced];
    }
    default:
      return [];
  }
}

/** A default that the database writes into every row at once. */
function rewriting(name: string, value: Expr | undefined, postgres: number | null): string[] {
  if (value === undefined || (value.kind === 'atom' && value.name === 'nil')) return [];
  const later = 'add it without, then fill it in batches';
  if (isVolatile(value))
    return [`adds ${name} with a default that differs for each row: the table is rewritten under a lock; ${later}`];
  const isOld = postgres !== null && postgres < 11;
  return isOld ? [`adds ${name} with a default: Postgres ${postgres} rewrites the table under a lock; ${later}`] : [];
}

/** `fragment("gen_random_uuid()")`: what the database computes anew for each row. */
function isVolatile(value: Expr): boolean {
  return everyExpr([value]).some((expr) =>
    /\b(?:gen_random_uuid|uuid_generate_v\w+|random|clock_timestamp|nextval)\(/i.test(plainText(expr) ?? ''),
  );
}

/** `from:` with the same type says that only other properties change. */
function changesType(type: Expr | undefined, pairs: NonNullable<ReturnType<typeof keywordPairs>>): boolean {
  if (!type || isReference(type)) return false;
  const from = pairs.find((pair) => pair.name === 'from')?.value;
  const before = from?.kind === 'tuple' ? from.items[0] : from;
  return !(before && type.kind === 'atom' && before.kind === 'atom' && before.name === type.name);
}

function isReference(expr: Expr | undefined): expr is CallExpr {
  return expr?.kind === 'call' && callName(expr) === 'references';
}

/** A constraint is checked against every row at once unless `validate: false` says otherwise. */
export function validated(call: CallExpr, what: string): string[] {
  const later = call.args.some((arg) =>
    (keywordPairs(arg) ?? []).some(
      (pair) => pair.name === 'validate' && pair.value.kind === 'atom' && pair.value.name === 'false',
    ),
  );
  return later ? [] : [`${what} and validates it at once: both tables stay locked meanwhile; validate: false first`];
}
