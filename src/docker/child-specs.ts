import type { CallExpr, Expr } from '../elixir/ast.ts';
import { type Edited, edited, refused, type TextChange } from '../elixir/edited.ts';
import { callName, childrenOf, modulesOf } from '../elixir/module.ts';
import { keywordPairs } from '../elixir/options.ts';
import { parse } from '../elixir/parse.ts';
import { lineStart } from '../elixir/position.ts';

/**
 * Writes `worker(Mod, args, opts)` and `supervisor(…)` of `Supervisor.Spec` as the child specification map that they
 * stand for, and drops the import. Refused where options are computed.
 */
export function withChildSpecs(text: string): Edited {
  const source = parse(text);
  const calls = modulesOf(source).flatMap(({ body }) => body.flatMap(specCalls));
  const imports = modulesOf(source).flatMap(({ body }) => body.flatMap(specImports));
  if (imports.length === 0 && !calls.some((call) => callName(call)?.startsWith('Supervisor.Spec.')))
    return { ok: true, text };
  const changes: TextChange[] = [];
  for (const call of calls) {
    const spec = specText(text, call);
    if (spec === null) return refused('a child has options that are computed');
    changes.push({ ...call.range, text: spec });
  }
  return edited(text, [...changes, ...imports.map((one) => lineOf(text, one))]);
}

function specCalls(expr: Expr): CallExpr[] {
  const name = callName(expr) ?? '';
  const own =
    expr.kind === 'call' && /^(?:Supervisor\.Spec\.)?(?:worker|supervisor)$/.test(name) && expr.args.length > 1;
  return own ? [expr] : childrenOf(expr).flatMap(specCalls);
}

function specImports(expr: Expr): CallExpr[] {
  const [module] = expr.kind === 'call' ? expr.args : [];
  const own =
    expr.kind === 'call' &&
    callName(expr) === 'import' &&
    module?.kind === 'alias' &&
    module.name === 'Supervisor.Spec';
  return own ? [expr] : childrenOf(expr).flatMap(specImports);
}

function specText(text: string, call: CallExpr): string | null {
  const [module, args, options] = call.args;
  const pairs = options === undefined ? [] : keywordPairs(options);
  if (module?.kind !== 'alias' || !args || pairs === null) return null;
  const slice = ({ range }: Expr) => text.slice(range.start, range.end);
  const given = (name: string) => pairs.find((pair) => pair.name === name)?.value;
  const functionName = given('function');
  const supervises = callName(call)?.endsWith('supervisor') ?? false;
  const rest = pairs
    .filter(({ name }) => name === 'restart' || name === 'shutdown')
    .map((pair) => `${pair.name}: ${slice(pair.value)}`);
  const id = given('id');
  const parts = [
    `id: ${id ? slice(id) : module.name}`,
    `start: {${module.name}, ${functionName ? slice(functionName) : ':start_link'}, ${slice(args)}}`,
    ...(supervises ? ['type: :supervisor'] : []),
    ...rest,
  ];
  return `%{${parts.join(', ')}}`;
}

function lineOf(text: string, { range }: Expr): TextChange {
  const newline = text.indexOf('\n', range.end);
  const end = newline === -1 ? text.length : newline + 1;
  const blank = /^[ \t]*\n/.exec(text.slice(end))?.[0].length ?? 0;
  return { start: lineStart(text, range.start), end: end + blank, text: '' };
}
