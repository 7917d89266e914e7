import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import { lineAt } from '../../elixir/position.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { alteration, type Judgement, type MigrationContext, tableName, validated } from './migration-columns.ts';
import { sqlText, unsafeSql } from './migration-sql.ts';

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
  const postgres = oldestPostgres(build);
  return sighting(migrations.flatMap((path) => migrationFindings(path, build, { lockOption, postgres })));
}

/** The oldest Postgres among the images that YAML files name; null where none does. */
function oldestPostgres({ tree }: BuildFiles): number | null {
  const texts = tree.paths.filter((path) => /\.ya?ml$/.test(path)).map((path) => tree.read(path) ?? '');
  const versions = texts.flatMap((text) =>
    [...text.matchAll(/\b(?:postgres|postgis):(\d+)/g)].map(([, version]) => Number(version)),
  );
  return versions.length === 0 ? null : Math.min(...versions);
}

interface Database {
  readonly lockOption: boolean;
  readonly postgres: number | null;
}

function migrationFindings(path: string, build: BuildFiles, { lockOption, postgres }: Database): Finding[] {
  const source = build.elixir(path);
  return modulesOf(source).flatMap(({ body }) => {
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
      postgres,
      unlocked: lockOption || sets(body, 'disable_migration_lock'),
    };
    const found = calls.flatMap((call) =>
      judge(call, context).map(({ at, message }) => ({ path, line: lineAt(source.text, at.range.start), message })),
    );
    return [...found, ...mixedData(calls, source.text, path)];
  });
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
      return first && callName(first) === 'table'
        ? [`drops the table ${tableName(first)}: the old code still reads it`]
        : [];
    case 'rename':
      return renaming(call, context);
    case 'create':
    case 'create_if_not_exists':
      return first ? creation(first, context) : [];
    case 'execute':
      return first ? unsafeSql(sqlText(first), context.created) : [];
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

function creation(made: Expr, { created, lockFree: free, unlocked }: MigrationContext): string[] {
  if (made.kind !== 'call') return [];
  const table = tableName(made.args[0]);
  if (table === null || created.has(table)) return [];
  const name = callName(made);
  if (name === 'constraint') return constraining(made, table);
  if (name !== 'index' && name !== 'unique_index') return [];
  if (!isConcurrent(made)) return [`indexes ${table} without concurrently: true: writes wait until it is done`];
  if (!free)
    return [
      `indexes ${table} concurrently without @disable_ddl_transaction true: Postgres refuses that in a transaction`,
    ];
  return unlocked
    ? []
    : [
        `indexes ${table} concurrently without @disable_migration_lock true: it waits for the transaction that holds the lock`,
      ];
}

function constraining(made: CallExpr, table: string): string[] {
  const has = (name: string) => everyExpr(made.args).some((expr) => expr.kind === 'pair' && expr.name === name);
  if (has('check')) return validated(made, `adds a check constraint to ${table}`);
  return has('exclude')
    ? [`adds an exclusion constraint to ${table}: reads and writes wait until every row is checked`]
    : [];
}

function isConcurrent({ args }: CallExpr): boolean {
  return everyExpr(args).some(
    (expr) =>
      expr.kind === 'pair' && expr.name === 'concurrently' && expr.value.kind === 'atom' && expr.value.name === 'true',
  );
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
  const [sql] = call.args;
  return name === 'execute' && sql !== undefined && /^\s*(?:update|insert|delete)\b/i.test(sqlText(sql));
}
