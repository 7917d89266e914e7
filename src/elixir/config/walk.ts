import type { CallExpr, ClauseExpr, DoBlock, Expr, Range } from '../ast.ts';
import { type Bindings, display } from '../canonical.ts';
import { contains } from '../children.ts';
import { bound, boundNames } from './bindings.ts';
import { calledName } from './called.ts';
import { isConfigCall, isHeader, isImportCall, mentionsConfig } from './calls.ts';
import { clauseOutcome, isEnvironment, type Outcome, outcome } from './environment.ts';
import type { ConfigCondition } from './model.ts';

/** What holds at a statement of a config file. */
export interface Surroundings {
  /** The environments in which the statement is reached. */
  readonly environments: readonly string[];
  readonly conditions: readonly ConfigCondition[];
  readonly bindings: Bindings;
  /** The innermost `do … end`. */
  readonly block: Range | null;
}

/** What a walk through a config file comes upon. */
export interface Visitor {
  config(call: CallExpr, at: Surroundings): void;
  importConfig(call: CallExpr, at: Surroundings): void;
  header(call: CallExpr): void;
  /** A statement with config in it that only running it would tell. */
  unknown(statement: Expr): void;
  /** A statement that calls something else, which may configure by itself. */
  other?(call: CallExpr): void;
  /** A body is entered: the file's, or a branch's. */
  enter?(body: readonly Expr[], at: Surroundings): void;
  /** The paths that an expression lists, for `for file <- Path.wildcard(…)`; null for other expressions. */
  files(generator: Expr, at: Surroundings): readonly string[] | null;
}

/** Walks the statements of a block in order, into every branch, once for each outcome that differs by environment. */
export function walk(body: readonly Expr[], at: Surroundings, visitor: Visitor): void {
  let bindings = at.bindings;
  visitor.enter?.(body, at);
  for (const statement of body) {
    visit(statement, { ...at, bindings }, visitor);
    bindings = bound(statement, bindings);
  }
}

function visit(statement: Expr, at: Surroundings, visitor: Visitor): void {
  if (statement.kind === 'block') walk(statement.body, at, visitor);
  else if (statement.kind === 'call') visitCall(statement, at, visitor);
  else if (!mentionsConfig(statement)) return;
  else if (statement.kind === 'binary' && ['&&', 'and'].includes(statement.operator)) {
    branch({ test: statement.left, body: [statement.right], otherwise: [], statement }, at, visitor);
  } else visitor.unknown(statement);
}

function visitCall(call: CallExpr, at: Surroundings, visitor: Visitor): void {
  if (isConfigCall(call)) visitor.config(call, at);
  else if (isImportCall(call)) visitor.importConfig(call, at);
  else if (isHeader(call)) visitor.header(call);
  else visitConstruct(call, at, visitor);
}

function visitConstruct(statement: CallExpr, at: Surroundings, visitor: Visitor): void {
  const [first] = statement.args;
  const inside = { ...at, block: statement.block?.range ?? at.block };
  const [then, otherwise] = branches(statement);
  const name = calledName(statement);
  if (name === 'if' && first) branch({ test: first, body: then, otherwise, statement }, inside, visitor);
  else if (name === 'unless' && first) {
    branch({ test: first, body: otherwise, otherwise: then, statement }, inside, visitor);
  } else if (name === 'case' && first) cases(first, then, statement, inside, visitor);
  else if (name === 'cond') conditions(then, statement, inside, visitor);
  else if (!mentionsConfig(statement)) visitor.other?.(statement);
  else if (name === 'for' && first) comprehension(first, then, statement, inside, visitor);
  else visitor.unknown(statement);
}

/** The bodies of `do` and `else`, as a block or as keywords. */
function branches(call: CallExpr): [readonly Expr[], readonly Expr[]] {
  const block: DoBlock | null = call.block;
  if (block) return [block.body, block.sections.find((section) => section.name === 'else')?.body ?? []];
  const last = call.args.at(-1);
  const pairs = last?.kind === 'keywords' ? last.pairs : [];
  const value = (name: string) => pairs.filter((pair) => pair.name === name).map((pair) => pair.value);
  return [value('do'), value('else')];
}

/** Environments with the same outcome, in order. */
function outcomes(environments: readonly string[], of: (environment: string) => Outcome) {
  const groups = new Map<string, { result: Outcome; environments: string[] }>();
  for (const environment of environments) {
    const result = of(environment);
    const name = typeof result === 'boolean' ? String(result) : display(result);
    const group = groups.get(name) ?? { result, environments: [] };
    group.environments.push(environment);
    groups.set(name, group);
  }
  return groups.values();
}

/** An `if` with both its bodies; an `unless` has them swapped. */
interface Branch {
  readonly test: Expr;
  readonly body: readonly Expr[];
  readonly otherwise: readonly Expr[];
  readonly statement: Expr;
}

function branch({ test, body, otherwise, statement }: Branch, at: Surroundings, visitor: Visitor): void {
  for (const { result, environments } of outcomes(at.environments, (name) => outcome(test, name, at.bindings))) {
    if (typeof result === 'boolean') {
      walk(result ? body : otherwise, { ...at, environments }, visitor);
      continue;
    }
    const inside = { ...at, environments };
    walk(body, withCondition(inside, 'if', result, null, statement.range), visitor);
    walk(otherwise, withCondition(inside, 'unless', result, null, statement.range), visitor);
  }
}

function withCondition(
  at: Surroundings,
  kind: ConfigCondition['kind'],
  expr: Expr,
  pattern: Expr | null,
  range: Range,
): Surroundings {
  const test = display(expr, at.bindings);
  const condition = { kind, test, pattern: pattern && display(pattern, at.bindings), expr, range };
  return { ...at, conditions: [...at.conditions, condition] };
}

function cases(subject: Expr, clauses: readonly Expr[], statement: Expr, at: Surroundings, visitor: Visitor): void {
  let open = at.environments;
  const ofEnvironment = isEnvironment(subject, at.bindings);
  for (const clause of clauses) {
    const pattern = clause.kind === 'clause' ? guardedPattern(clause) : undefined;
    if (clause.kind !== 'clause' || !pattern) continue;
    const bindings = new Map(at.bindings);
    for (const name of boundNames(pattern)) bindings.delete(name);
    const inside = { ...at, bindings };
    if (!ofEnvironment) {
      walk(clause.body, withCondition(inside, 'case', subject, pattern, statement.range), visitor);
      continue;
    }
    const taken = open.filter((name) => clauseOutcome(subject, pattern, name, at.bindings) === true);
    open = open.filter((name) => !taken.includes(name));
    walk(clause.body, { ...inside, environments: taken }, visitor);
  }
}

/** What a `case` clause asks for, as one expression: `pattern`, or `pattern when guard`. */
function guardedPattern({ args, guard, range }: ClauseExpr): Expr | undefined {
  const [pattern] = args;
  return pattern && guard ? { kind: 'binary', operator: 'when', left: pattern, right: guard, range } : pattern;
}

function conditions(clauses: readonly Expr[], statement: Expr, at: Surroundings, visitor: Visitor): void {
  let open = at.environments;
  for (const clause of clauses) {
    const [test] = clause.kind === 'clause' ? clause.args : [];
    if (clause.kind !== 'clause' || !test) continue;
    for (const { result, environments } of outcomes(open, (name) => outcome(test, name, at.bindings))) {
      if (result === false) continue;
      if (result === true) open = open.filter((name) => !environments.includes(name));
      const inside = { ...at, environments };
      const under = result === true ? inside : withCondition(inside, 'cond', result, null, statement.range);
      walk(clause.body, under, visitor);
    }
  }
}

/** `for file <- Path.wildcard("…") do import_config file end`; other comprehensions cannot be read. */
function comprehension(
  generator: Expr,
  body: readonly Expr[],
  statement: CallExpr,
  at: Surroundings,
  visitor: Visitor,
): void {
  const arrow = generator.kind === 'binary' && generator.operator === '<-' ? generator : null;
  const files = arrow && visitor.files(arrow.right, at);
  if (!files || arrow?.left.kind !== 'identifier' || body.some((one) => contains(one, isConfigCall))) {
    visitor.unknown(statement);
    return;
  }
  const { name, range } = arrow.left;
  for (const file of files) {
    const value: Expr = { kind: 'string', parts: [file], heredoc: false, range };
    walk(body, { ...at, bindings: new Map([...at.bindings, [name, value]]) }, visitor);
  }
}
