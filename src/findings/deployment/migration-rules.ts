import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { lineAt } from '../../elixir/position.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import {
  alteration,
  type ColumnType,
  columnType,
  type Judgement,
  type MigrationContext,
  tableName,
  validated,
} from './migration-columns.ts';
import { sqlText, unsafeSql } from './migration-sql.ts';
import { compareVersions } from './requirement.ts';

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

function unsafeMigrations({ migrations, build, config }: FindingContext): Sighting[] {
  // Such a lock is no transaction that a concurrent index would wait for.
  const lockOption = config.entries.some(({ keyPath }) => keyPath.at(-1) === 'migration_lock');
  const isOther = ['myxql', 'tds', 'exqlite', 'ecto_sqlite3'].some((name) => build.hasDep(name));
  const isPostgres = build.hasDep('postgrex') || !isOther;
  const database = { lockOption, isPostgres, rewriting: rewritingDatabase(build) };
  return sighting(migrations.flatMap((path) => migrationFindings(path, build, database)));
}

/** Databases that rewrite a table for a default, by the image's name: versions before these do. */
const defaultsSince: readonly { readonly image: RegExp; readonly name: string; readonly version: string }[] = [
  { image: /\b(?:postgres|postgis):(\d+(?:\.\d+)*)/g, name: 'Postgres', version: '11' },
  { image: /\bmysql:(\d+(?:\.\d+)*)/g, name: 'MySQL', version: '8' },
  { image: /\bmariadb:(\d+(?:\.\d+)*)/g, name: 'MariaDB', version: '10.3' },
];

/** The oldest of those that YAML files name; null where none does. */
function rewritingDatabase({ tree }: BuildFiles): string | null {
  const texts = tree.paths.filter((path) => /\.ya?ml$/.test(path)).map((path) => tree.read(path) ?? '');
  const [oldest] = defaultsSince.flatMap(({ image, name, version }) =>
    texts
      .flatMap((text) => [...text.matchAll(image)].map(([, found = '']) => found))
      .filter((found) => compareVersions(found, version) < 0)
      .sort(compareVersions)
      .slice(0, 1)
      .map((found) => `${name} ${found}`),
  );
  return oldest ?? null;
}

interface Database {
  readonly lockOption: boolean;
  readonly isPostgres: boolean;
  readonly rewriting: string | null;
}

function migrationFindings(
  path: string,
  build: BuildFiles,
  { lockOption, isPostgres, rewriting }: Database,
): Finding[] {
  const source = build.elixir(path);
  const isAssured = assuredLines(source.text);
  return modulesOf(source).flatMap(({ body }) => {
    if (sets(body, 'safety_assured')) return [];
    // What rolls back runs when nobody expects the old code to work.
    const forward = functionsOf(body).filter(
      ({ name, kind }) => name !== 'down' && (kind === 'def' || kind === 'defp'),
    );
    const calls = forward
      .flatMap((clause) => everyExpr(clause.body))
      .filter((expr): expr is CallExpr => expr.kind === 'call');
    const context = {
      created: createdTables(calls),
      lockFree: sets(body, 'disable_ddl_transaction'),
      isPostgres,
      rewriting,
      unlocked: lockOption || sets(body, 'disable_migration_lock'),
      formerType: (table: string, column: string) => formerType({ table, column, path }, build),
    };
    const judged = [
      ...calls.flatMap((call) => judge(call, context)),
      ...besideIndexes(calls, context),
      ...changedData(calls, context),
    ];
    const found = judged.map(({ at, message }) => ({ path, line: lineAt(source.text, at.range.start), message }));
    return found.filter(({ line }) => !isAssured(line));
  });
}

/** Lines that comments of excellent_migrations vouch for: the next one, or the whole file. */
function assuredLines(text: string): (line: number) => boolean {
  const lines = text.split('\n');
  if (lines.some((line) => /#\s*excellent_migrations\s*:\s*safety-assured-for-this-file/.test(line))) return () => true;
  return (line) => /#\s*excellent_migrations\s*:\s*safety-assured-for-next-line/.test(lines[line - 2] ?? '');
}

/** The type that the last migration before one gave a column. */
function formerType(
  { table, column, path }: { readonly table: string; readonly column: string; readonly path: string },
  build: BuildFiles,
): ColumnType | null {
  const directory = path.replace(/[^/]*$/, '');
  const earlier = migrationPaths(build.tree.paths).filter((one) => one.startsWith(directory) && one < path);
  const types = [...earlier].sort().flatMap((one) => {
    if (!build.tree.read(one)?.includes(`:${column}`)) return [];
    const calls = everyExpr(build.elixir(one).body).filter((expr): expr is CallExpr => expr.kind === 'call');
    return calls
      .filter(
        (call) =>
          /^(?:create(?:_if_not_exists)?|alter)$/.test(callName(call) ?? '') && tableName(call.args[0]) === table,
      )
      .flatMap((call) => everyExpr(call.block?.body ?? []))
      .filter((expr): expr is CallExpr => expr.kind === 'call' && /^(?:add|modify)/.test(callName(expr) ?? ''))
      .filter(({ args: [name] }) => name?.kind === 'atom' && name.name === column)
      .flatMap(({ args: [, type, options] }) => columnType(type, keywordPairs(options) ?? []) ?? []);
  });
  return types.at(-1) ?? null;
}

function createdTables(calls: readonly CallExpr[]): Set<string> {
  const tables = calls
    .filter((call) => /^create(?:_if_not_exists)?$/.test(callName(call) ?? ''))
    .map(({ args: [table] }) => tableName(table));
  return new Set(tables.filter((name) => name !== null));
}

/** `@disable_ddl_transaction true` */
function sets(body: readonly Expr[], attribute: string): boolean {
  return body.some(
    (expr) =>
      expr.kind === 'unary' &&
      expr.operator === '@' &&
      expr.operand.kind === 'call' &&
      callName(expr.operand) === attribute,
  );
}

function judge(call: CallExpr, context: MigrationContext): Judgement[] {
  if (callName(call) === 'alter')
    return context.created.has(tableName(call.args[0]) ?? '') ? [] : alteration(call, context);
  return statement(call, context).map((message) => ({ at: call, message }));
}

function statement(call: CallExpr, context: MigrationContext): string[] {
  const [first] = call.args;
  switch (callName(call)) {
    case 'drop':
    case 'drop_if_exists':
      return first ? dropping(first, context) : [];
    case 'rename':
      return renaming(call, context);
    case 'create':
    case 'create_if_not_exists':
      return first ? creation(first, context) : [];
    case 'execute':
    case 'execute_file':
      return first ? executed(first, context) : [];
    default:
      return [];
  }
}

function executed(sql: Expr, { created, isPostgres }: MigrationContext): string[] {
  const isWritten = sql.kind === 'string' || sql.kind === 'sigil';
  if (isWritten) return unsafeSql(sqlText(sql), created, isPostgres);
  return [
    'runs SQL that is not written here: see that it takes no lock on a table in use, and leaves the old code what it reads',
  ];
}

function dropping(dropped: Expr, { created, lockFree, isPostgres }: MigrationContext): string[] {
  if (dropped.kind !== 'call') return [];
  const name = tableName(dropped.kind === 'call' && callName(dropped) !== 'table' ? dropped.args[0] : dropped);
  if (callName(dropped) === 'table' && name !== null && created.has(name)) return [];
  if (callName(dropped) === 'table')
    return [
      `drops the table ${name}: the old code still reads it; take out what uses it, deploy that, and drop the table in the deploy after it`,
    ];
  const isIndex = /^(?:unique_)?index$/.test(callName(dropped) ?? '');
  if (!isIndex || !isPostgres || (isConcurrent(dropped) && lockFree)) return [];
  return [`drops an index of ${name} without concurrently: true: reads and writes wait for the lock; ${concurrently}`];
}

function renaming({ args: [table, second, options] }: CallExpr, { created }: MigrationContext): string[] {
  const name = tableName(table);
  if (name === null || created.has(name)) return [];
  const isTable = second?.kind === 'keywords' && second.pairs.some((pair) => pair.value.kind === 'call');
  if (isTable)
    return [
      `renames the table ${name}: the old code uses its old name; keep it in the database, and write schema "${name}" in the module that gets a new name`,
    ];
  const to = options?.kind === 'keywords' ? options.pairs.find((pair) => pair.name === 'to')?.value : undefined;
  const [before, after] = [second, to].map((one) => (one?.kind === 'atom' ? one.name : '…'));
  return [
    `renames a column of ${name}: the old code uses its old name; keep it in the database, and write field :${after}, …, source: :${before} in the schema`,
  ];
}

const concurrently =
  'write concurrently: true, with @disable_ddl_transaction true and @disable_migration_lock true, in a migration of its own';

/** Above that, an index is seldom used as a whole, and slows down every write. */
const mostColumns = 3;

function creation(made: Expr, { created, lockFree: free, unlocked, isPostgres }: MigrationContext): string[] {
  if (made.kind !== 'call') return [];
  const table = tableName(made.args[0]);
  if (table === null) return [];
  const name = callName(made);
  const columns = made.args[1]?.kind === 'list' ? made.args[1].items.length : 0;
  const many =
    name === 'index' && columns > mostColumns && !has(made, 'unique')
      ? [
          `indexes ${columns} columns of ${table}: more than three slow down writes and help few queries; keep the first ones`,
        ]
      : [];
  if (created.has(table)) return many;
  if (name === 'constraint') return isPostgres ? constraining(made, table) : [];
  if ((name !== 'index' && name !== 'unique_index') || !isPostgres) return many;
  if (!isConcurrent(made))
    return [...many, `indexes ${table} without concurrently: true: writes wait until it is done; ${concurrently}`];
  if (!free)
    return [
      ...many,
      `indexes ${table} concurrently without @disable_ddl_transaction true: Postgres refuses that in a transaction; set it above def change`,
    ];
  const locked = `indexes ${table} concurrently without @disable_migration_lock true: it waits for the transaction that holds the lock; set it above def change, or migration_lock: :pg_advisory_lock for the repo`;
  return unlocked ? many : [...many, locked];
}

/** Changes beside an index that is built without a transaction: they stay where it fails. */
function besideIndexes(calls: readonly CallExpr[], { lockFree, created }: MigrationContext): Judgement[] {
  const changes = calls.filter((call) => schemaCalls.test(callName(call) ?? ''));
  const isOfIndex = ({ args: [first] }: CallExpr) => first !== undefined && isConcurrent(first);
  const [other] = changes.filter((call) => !isOfIndex(call) && !created.has(tableName(call.args[0]) ?? ''));
  if (!lockFree || !other || !changes.some(isOfIndex)) return [];
  const message =
    'changes more than a concurrent index: without a transaction it stays as it is where the index fails; put it in a migration of its own';
  return [{ at: other, message }];
}

function has(made: CallExpr, name: string): boolean {
  return everyExpr(made.args).some((expr) => expr.kind === 'pair' && expr.name === name);
}

function constraining(made: CallExpr, table: string): string[] {
  const [, name] = made.args;
  const shown = name?.kind === 'atom' ? name.name : 'NAME';
  if (has(made, 'check'))
    return validated(made, `adds a check constraint to ${table}`, `ALTER TABLE ${table} VALIDATE CONSTRAINT ${shown}`);
  return has(made, 'exclude')
    ? [
        `adds an exclusion constraint to ${table}: reads and writes wait until every row is checked, and it cannot be checked later; do it while nobody writes, behind execute "SET LOCAL lock_timeout = '5s'"`,
      ]
    : [];
}

function isConcurrent(made: Expr): boolean {
  return everyExpr([made]).some(
    (expr) =>
      expr.kind === 'pair' && expr.name === 'concurrently' && expr.value.kind === 'atom' && expr.value.name === 'true',
  );
}

const schemaCalls = /^(?:create|alter|drop|rename|create_if_not_exists|drop_if_exists)$/;
const manyRows = /^(?:update_all|delete_all|insert_all|query)!?$/;
const rowCalls = /^(?:insert|update|delete|insert_or_update|insert_all|update_all|delete_all|query)!?$/;

/** Rows that are changed along with the schema, all in one transaction, or by the schema modules of a later day. */
function changedData(calls: readonly CallExpr[], { lockFree, created }: MigrationContext): Judgement[] {
  const data = calls.filter((call) => dataCall(call, created) !== null);
  const [first] = data;
  if (!first) return [];
  const changesSchema = calls.some((call) => {
    const [table] = call.args;
    return schemaCalls.test(callName(call) ?? '') && !created.has(tableName(table) ?? '');
  });
  if (changesSchema)
    return [
      {
        at: first,
        message:
          'changes data and schema in one migration: locks are held until the data is done; put the data in a migration of its own behind it, in batches, with @disable_ddl_transaction true',
      },
    ];
  const many = data.find((call) => manyRows.test(dataCall(call, created) ?? ''));
  const message =
    'changes rows in one transaction: they stay locked until the last one is done; set @disable_ddl_transaction true and change some thousand rows at a time';
  return many && !lockFree ? [{ at: many, message }] : [];
}

/** The function of a repo that writes rows, or `query` for SQL that does; null for any other call. */
function dataCall(call: CallExpr, created: ReadonlySet<string>): string | null {
  const { target } = call;
  const name = callName(call) ?? '';
  const ofRepo =
    (target.kind === 'dot' &&
      target.left.kind === 'call' &&
      callName(target.left) === 'repo' &&
      (target.right ?? '')) ||
    (/(?:^|\.)\w*Repo\.(\w+[!?]?)$/.exec(name)?.[1] ?? '');
  const [sql] = call.args;
  const isQuery = /^query!?$/.test(ofRepo);
  if (isQuery || name === 'execute') return sql !== undefined && changesRows(sqlText(sql), created) ? 'query' : null;
  return rowCalls.test(ofRepo) ? ofRepo : null;
}

function changesRows(sql: string, created: ReadonlySet<string>): boolean {
  const [, table] = /^\s*(?:update|insert\s+into|delete\s+from)\s+(?:only\s+)?"?([\w.]+)/i.exec(sql) ?? [];
  return table !== undefined && !created.has(table);
}
