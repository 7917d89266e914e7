import type { CallExpr, DoBlock, Expr, Range, Source } from '../ast.ts';
import { contains, everyExpr } from '../children.ts';
import { withNewlines } from '../edit/members.ts';
import { type Body, bodyOf } from '../edit/statements.ts';
import { type Edited, edited, type TextChange } from '../edited.ts';
import { parse } from '../parse.ts';
import { calledName } from './called.ts';
import { type Leaf, leaves } from './leaves.ts';
import type { ConfigHeader } from './model.ts';
import { type Surroundings, walk } from './walk.ts';

/** A `config` call as it stands in one file. */
export interface PlacedCall {
  readonly call: CallExpr;
  readonly at: Surroundings;
  /** What it sets; null where that cannot be read. */
  readonly leaves: readonly Leaf[] | null;
}

/** A body that statements can be put into, with what holds in it. */
export interface PlacedBody extends Body {
  readonly at: Surroundings;
}

/** One config file by itself, imports not followed, for editing. */
export interface ConfigText {
  readonly source: Source;
  readonly calls: readonly PlacedCall[];
  /** The file's body first; bodies of `do` blocks behind it. */
  readonly bodies: readonly PlacedBody[];
  readonly imports: readonly CallExpr[];
  readonly header: ConfigHeader['kind'] | null;
  /** Every environment that the file could tell apart. */
  readonly environments: readonly string[];
}

/** Stands for all environments that a file does not name. */
const anyOther = '*';

/** Reads a file for editing; `environment` is one that must be told apart even if the file does not name it. */
export function configText(text: string, environment: string | null): ConfigText {
  const source = parse(text);
  const named = source.body.flatMap(testedNames);
  const environments = [...new Set(['dev', 'test', 'prod', ...(environment ? [environment] : []), ...named, anyOther])];
  const calls: PlacedCall[] = [];
  const imports: CallExpr[] = [];
  const entered = new Map<readonly Expr[], Surroundings>();
  let header: ConfigHeader['kind'] | null = null;
  const start = { environments, conditions: [], bindings: new Map(), block: null };
  walk(source.body, start, {
    config: (call, at) => void calls.push({ call, at, leaves: leaves(call, at.bindings) }),
    importConfig: (call) => void imports.push(call),
    header: (call) => {
      header ??= calledName(call) === 'use' ? 'use Mix.Config' : 'import Config';
    },
    unknown: () => undefined,
    enter: (body, at) => void entered.set(body, at),
    files: () => null,
  });
  const file: PlacedBody = { statements: source.body, range: { start: 0, end: text.length }, at: start };
  const blocks = bodiesIn(source.body).flatMap((body) => {
    const at = entered.get(body.statements);
    return at ? [{ ...body, at }] : [];
  });
  return { source, calls, bodies: [file, ...blocks], imports, header, environments };
}

/** Atoms in the tests of `if`, `unless`, `case` and `cond`: every environment named is among them. */
function testedNames(statement: Expr): string[] {
  const names: string[] = [];
  contains(statement, (inner) => {
    for (const test of testsOf(inner)) contains(test, (part) => part.kind === 'atom' && names.push(part.name) < 0);
    return false;
  });
  return names;
}

function testsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === 'clause') return expr.guard ? [...expr.args, expr.guard] : expr.args;
  return expr.kind === 'call' && expr.block ? expr.args : [];
}

function bodiesIn(statements: readonly Expr[]): Body[] {
  return everyExpr(statements).flatMap((expr) =>
    expr.kind === 'call' && expr.block ? [bodyOf(expr.block), ...sectionsOf(expr.block)] : [],
  );
}

function sectionsOf(block: DoBlock): Body[] {
  return block.sections.map((section, index) => {
    const end = block.sections[index + 1]?.range.start ?? block.range.end - 'end'.length;
    return { statements: section.body, range: { start: section.range.start + section.name.length, end } };
  });
}

/** Whether a place is reached in exactly this environment; null asks for the file as a whole. */
export function isFor(environment: string | null, at: Surroundings, all: readonly string[]): boolean {
  if (environment === null) return at.environments.length === all.length;
  return at.environments.length === 1 && at.environments[0] === environment;
}

/** Whether a place is reached in this environment among others, but not in all. */
export function isShared(environment: string | null, at: Surroundings, all: readonly string[]): boolean {
  const { length } = at.environments;
  return environment !== null && length > 1 && length < all.length && at.environments.includes(environment);
}

/** The statement of a body that holds a range. */
export function statementAt(body: Body, range: Range): Expr | undefined {
  return body.statements.find((statement) => covers(statement.range, range));
}

/** The innermost body that holds a range. */
export function bodyAt(text: ConfigText, range: Range): PlacedBody | undefined {
  return text.bodies.filter((body) => covers(body.range, range)).at(-1);
}

/** Whether the first range holds the second. */
export function covers(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Applies changes, with the line breaks that the file has. */
export function changed({ source }: ConfigText, changes: readonly TextChange[]): Edited {
  return edited(
    source.text,
    changes.map((change) => withNewlines(source.text, change)),
  );
}
