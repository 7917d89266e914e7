import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { lineAt } from '../../elixir/position.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';

/** Migrations of a project: the files that a repo's `migrations` directory holds. */
export function migrationPaths(paths: readonly string[]): string[] {
  return paths.filter((path) => /(?:^|\/)priv\/[^/]*repo[^/]*\/migrations\/.*\.exs$/.test(path));
}

/** What in the given migrations breaks the old code that still runs while the new one starts. */
export const migrationRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'unsafe-migration',
    topic: 'unsafe-migration',
    look: unsafeMigrations,
  },
];

function unsafeMigrations({ migrations, build }: FindingContext): Sighting[] {
  return sighting(migrations.flatMap((path) => migrationFindings(path, build)));
}

function migrationFindings(path: string, build: BuildFiles): Finding[] {
  const source = build.elixir(path);
  return modulesOf(source).flatMap(({ body }) => {
    // What rolls back runs when nobody expects the old code to work.
    const forward = functionsOf(body).filter(
      ({ name, kind }) => name !== 'down' && (kind === 'def' || kind === 'defp'),
    );
    const calls = forward
      .flatMap((clause) => everyExpr(clause.body))
      .filter((expr): expr is CallExpr => expr.kind === 'call');
    const context = { created: createdTables(calls), lockFree: lockFree(body), path };
    const found = calls.flatMap((call) =>
      judge(call, context).map(({ at, message }) => ({ path, line: lineAt(source.text, at.range.start), message })),
    );
    return [...found, ...mixedData(calls, source.text, path)];
  });
}

interface MigrationContext {
  /** Tables that this migration makes: nobody uses them yet. */
  readonly created: ReadonlySet<string>;
  readonly lockFree: boolean;
}

function createdTables(calls: readonly CallExpr[]): Set<string> {
  const tables = calls
    .filter((call) => /^create(?:_if_not_exists)?$/.test(callName(call) ?? ''))
    .map(({ args: [table] }) => tableName(table));
  return new Set(tables.filter((name) => name !== null));
}

/** `table(:orders)` and `"orders"`, `:orders`. */
function tableName(expr: Expr | undefined): string | null {
  if (expr?.kind === 'atom') return expr.name;
  if (expr?.kind === 'string') return expr.parts.filter((part) => typeof part === 'string').join('');
  return expr?.kind === 'call' && callName(expr) === 'table' ? tableName(expr.args[0]) : null;
}

function lockFree(body: readonly Expr[]): boolean {
  return body.some(
    (expr) =>
      expr.kind === 'unary' &&
      expr.operator === '@' &&
      expr.operand.kind === 'call' &&
      callName(expr.operand) === 'disable_ddl_transaction',
  );
}

/** What is wrong, and the call that says so. */
interface Judgement {
  readonly at: CallExpr;
  readonly message: string;
}

function judge(call: CallExpr, context: MigrationContext): Judgement[] {
  if (callName(call) === 'alter') return context.created.has(tableName(call.args[0]) ?? '') ? [] : alteration(call);
  return statement(call, context).map((message) => ({ at: call, message }));
}

function statement(call: CallExpr, context: MigrationContext): string[] {
  const [first] = call.args;
  switch (callName(call)) {
    case 'drop':
    case 'drop_if_exists':
      return first && callName(first) === 'table'
        ? [`drops the table ${tableName(first)}: the old code still reads it`]
        : [];
    case 'rename':
      return renaming(call, context);
    case 'create':
    case 'create_if_not_exists':
      return first ? creation(first, context) : [];
    default:
      return [];
  }
}

function renaming({ args: [table, second] }: CallExpr, { created }: MigrationContext): string[] {
  const name = tableName(table);
  if (name === null || created.has(name)) return [];
  return [
    second?.kind === 'keywords' && second.pairs.some((pair) => pair.value.kind === 'call')
      ? `renames the table ${name}: the old code uses its old name`
      : `renames a column of ${name}: the old code uses its old name`,
  ];
}

function alteration(call: CallExpr): Judgement[] {
  const inline = call.args.flatMap((arg) => (keywordPairs(arg) ?? []).filter(({ name }) => name === 'do'));
  const body = [...(call.block?.body ?? []), ...inline.map(({ value }) => value)];
  const changes = everyExpr(body).filter((expr): expr is CallExpr => expr.kind === 'call');
  const table = tableName(call.args[0]) ?? 'the table';
  return changes.flatMap((change) => columnChange(change, table).map((message) => ({ at: change, message })));
}

function columnChange(change: CallExpr, table: string): string[] {
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
      const retyped = `changes the type of ${name}: the old code writes the old one, and the table may be rewritten under a lock`;
      const strict = `${name} becomes null: false: the old code may still write nil, and every row is checked under a lock`;
      return [...(changesType(type, pairs) ? [retyped] : []), ...(required ? [strict] : [])];
    }
    case 'add':
    case 'add_if_not_exists': {
      const bare = required && !pairs.some(({ name: key }) => key === 'default');
      const message = `adds ${name} with null: false and no default: inserts of the old code fail, and so do existing rows`;
      return [...(bare ? [message] : []), ...(isReference(type) ? validated(type, `adds the reference ${name}`) : [])];
    }
    default:
      return [];
  }
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
function validated(call: CallExpr, what: string): string[] {
  const later = call.args.some((arg) =>
    (keywordPairs(arg) ?? []).some(
      (pair) => pair.name === 'validate' && pair.value.kind === 'atom' && pair.value.name === 'false',
    ),
  );
  return later ? [] : [`${what} and validates it at once: both tables stay locked meanwhile; validate: false first`];
}

function creation(made: Expr, { created, lockFree: free }: MigrationContext): string[] {
  if (made.kind !== 'call') return [];
  const table = tableName(made.args[0]);
  if (table === null || created.has(table)) return [];
  const name = callName(made);
  if (name === 'constraint')
    return everyExpr(made.args).some((expr) => expr.kind === 'pair' && expr.name === 'check')
      ? validated(made, `adds a check constraint to ${table}`)
      : [];
  if (name !== 'index' && name !== 'unique_index') return [];
  const concurrent = everyExpr(made.args).some(
    (expr) =>
      expr.kind === 'pair' && expr.name === 'concurrently' && expr.value.kind === 'atom' && expr.value.name === 'true',
  );
  if (!concurrent) return [`indexes ${table} without concurrently: true: writes wait until it is done`];
  return free
    ? []
    : [`indexes ${table} concurrently without @disable_ddl_transaction true: Postgres refuses that in a transaction`];
}

const dataCalls = /^(?:repo\(\)|[\w.]*Repo)\.(?:insert|update|delete|insert_all|update_all|delete_all|query)!?$/;
const schemaCalls = /^(?:create|alter|drop|rename|create_if_not_exists|drop_if_exists)$/;

function mixedData(calls: readonly CallExpr[], text: string, path: string): Finding[] {
  const changesSchema = calls.some((call) => schemaCalls.test(callName(call) ?? ''));
  const data = calls.filter(changesData);
  if (!changesSchema) return [];
  const message = 'changes data and schema in one migration: locks are held until the data is done';
  return data.slice(0, 1).map((call) => ({ path, line: lineAt(text, call.range.start), message }));
}

function changesData(call: CallExpr): boolean {
  const { target } = call;
  if (target.kind === 'dot' && target.left.kind === 'call' && callName(target.left) === 'repo')
    return dataCalls.test(`repo().${target.right}`);
  const name = callName(call) ?? '';
  if (dataCalls.test(name)) return true;
  const sql =
    name === 'execute' && call.args[0]?.kind === 'string'
      ? call.args[0].parts.filter((part) => typeof part === 'string').join('')
      : '';
  return /^\s*(?:update|insert|delete)\b/i.test(sql);
}
