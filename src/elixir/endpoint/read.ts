import type { CallExpr, Expr, Range, Source } from '../ast.ts';
import { display } from '../canonical.ts';
import { statementsOf } from '../condition.ts';
import { aliasesOf, callName, findUse, type ModuleDefinition, modulesOf, usesModule } from '../module.ts';
import { keywordPairs, type Option, optionsOf } from '../options.ts';
import { lineAt } from '../position.ts';
import { type EndpointEntry, readEntries } from './entry.ts';

/** `@session_options [store: :cookie]` */
export interface Attribute {
  readonly name: string;
  readonly value: Expr;
  readonly display: string;
  /** The entries of a keyword list; empty for any other value. */
  readonly options: readonly Option[];
  readonly range: Range;
  readonly line: number;
}

/** A module with `use Phoenix.Endpoint`. */
export interface Endpoint {
  readonly module: string;
  /** `otp_app:` of the `use` line, without colon; null where it is no literal. */
  readonly otpApp: string | null;
  readonly attributes: readonly Attribute[];
  /** Plugs and sockets in the order of the file. */
  readonly entries: readonly EndpointEntry[];
  /** What the session is made of: the attribute that `Plug.Session` takes, or else its own options. */
  readonly session: readonly Option[];
  /** Name of that attribute; null where the options are the plug's own or there is no session. */
  readonly sessionAttribute: string | null;
}

/** The module that a file defines with `use Phoenix.Endpoint`; null for any other file. */
export function endpointModule(source: Source): string | null {
  return endpointOf(source)?.name ?? null;
}

/** The endpoint of a file, as the editors need it too. */
export function endpointOf(source: Source): ModuleDefinition | undefined {
  return modulesOf(source).find((module) => usesModule(module.body, 'Phoenix.Endpoint'));
}

/** Reads the endpoint that a file defines; null where it defines none. */
export function readEndpoint(source: Source): Endpoint | null {
  const module = endpointOf(source);
  if (module === undefined) return null;
  const entries = readEntries(source.text, statementsOf(module.body), aliasesOf(module));
  const attributes = module.body.flatMap((expr) => attributeOf(source, expr));
  const session = sessionOf(entries, attributes);
  return { module: module.name, otpApp: otpAppOf(module), attributes, entries, ...session };
}

function otpAppOf(module: ModuleDefinition): string | null {
  const pairs = keywordPairs(findUse(module.body, 'Phoenix.Endpoint')?.args[1]) ?? [];
  const app = pairs.find((pair) => pair.name === 'otp_app')?.value;
  return app?.kind === 'atom' ? app.name : null;
}

const documentation = new Set(['doc', 'moduledoc', 'impl', 'spec']);

function attributeOf(source: Source, expr: Expr): Attribute[] {
  const call: CallExpr | null =
    expr.kind === 'unary' && expr.operator === '@' && expr.operand.kind === 'call' ? expr.operand : null;
  const name = call ? callName(call) : undefined;
  const value = call?.args[0];
  if (name === undefined || value === undefined || documentation.has(name)) return [];
  const options = optionsOf(source.text, value);
  return [
    { name, value, display: display(value), options, range: expr.range, line: lineAt(source.text, expr.range.start) },
  ];
}

/** `session_options` of `@session_options`; undefined for anything else. */
function attributeName(expr: Expr | undefined): string | undefined {
  const name = expr?.kind === 'unary' && expr.operator === '@' ? expr.operand : undefined;
  return name?.kind === 'identifier' ? name.name : undefined;
}

function sessionOf(
  entries: readonly EndpointEntry[],
  attributes: readonly Attribute[],
): Pick<Endpoint, 'session' | 'sessionAttribute'> {
  const plug = entries.find((entry) => entry.kind === 'plug' && entry.subject === 'Plug.Session');
  const name = attributeName(plug?.positional[0]) ?? 'session_options';
  const attribute = attributes.find((one) => one.name === name);
  if (attribute) return { session: attribute.options, sessionAttribute: name };
  return { session: plug?.options ?? [], sessionAttribute: null };
}
