import type { Expr } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import { callName, modulesOf } from '../elixir/module.ts';
import { lineAt } from '../elixir/position.ts';
import type { Finding } from '../findings/finding.ts';
import type { Operation } from '../merge/operation.ts';
import type { Project } from '../project/project.ts';
import { type Draft, operationsOf } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

/** A key that a step takes out of the configuration: `logger console`, `shop ShopWeb.Endpoint pubsub`. */
interface LeavingKey {
  readonly app: string;
  readonly module: string | null;
  readonly key: string;
}

/**
 * Code of the project's own that reads a key which a step takes out of the configuration is named with that step: nothing
 * breaks before it runs. A key that stays or comes to stand somewhere, whatever the step, is still read.
 */
export function withReadersNamed(
  drafts: readonly Draft[],
  { project }: Pick<DraftContext, 'project'>,
): readonly Draft[] {
  const operations = drafts.flatMap(operationsOf);
  const given = new Set(operations.flatMap(pathsGiven).flatMap(leavingKey).map(nameOf));
  const leaves = (key: LeavingKey) => !given.has(nameOf(key)) && !stays(key, operations, project);
  return drafts.map((draft) => {
    const taken = operationsOf(draft).flatMap((one) => leavingKey(pathTaken(one) ?? []));
    const leaving = new Map(taken.map((key) => [nameOf(key), key]));
    const findings = [...leaving.values()].filter(leaves).flatMap((key) => readersOf(key, project));
    if (findings.length === 0) return draft;
    const risk = draft.risk === 'safe' ? 'review' : draft.risk;
    return { ...draft, findings: [...draft.findings, ...findings], risk };
  });
}

function pathTaken(operation: Operation): readonly string[] | undefined {
  if (operation.kind === 'remove-config') return operation.keyPath;
  return operation.kind === 'rename-config' ? operation.from : undefined;
}

function pathsGiven(operation: Operation): readonly (readonly string[])[] {
  if (operation.kind === 'set-config') return [operation.keyPath];
  return operation.kind === 'move-config' ? operation.keyPaths : [];
}

/** Whether some file goes on setting a key once all operations are carried out. */
function stays(key: LeavingKey, operations: readonly Operation[], { config }: Project): boolean {
  return config.entries.some(
    ({ path, keyPath }) =>
      leavingKey(keyPath).some((one) => nameOf(one) === nameOf(key)) &&
      !operations.some((one) => {
        const taken = pathTaken(one);
        if (taken === undefined || !('path' in one) || one.path !== path) return false;
        const goesAlong = one.kind !== 'rename-config' || one.keys?.includes(keyPath[taken.length] ?? '') !== false;
        return goesAlong && taken.every((part, at) => part === keyPath[at]);
      }),
  );
}

function leavingKey([app, second, third]: readonly string[]): LeavingKey[] {
  if (app === undefined || second === undefined) return [];
  if (!/^[A-Z]/.test(second)) return [{ app, module: null, key: second }];
  return third === undefined ? [] : [{ app, module: second, key: third }];
}

function nameOf({ app, module, key }: LeavingKey): string {
  return [app, ...(module === null ? [] : [module]), key].join(' ');
}

const readers = /^Application\.(?:get_env|fetch_env!?|compile_env!?|get_all_env)$/;

function readersOf(key: LeavingKey, { tree, sources }: Project): Finding[] {
  return tree.paths.flatMap((path) => {
    const text = /(?:^|\/)(?:lib|web|test|priv)\/.*\.exs?$/.test(path) ? tree.read(path) : undefined;
    if (!text?.includes(key.key) || !/\bApplication\.|\.config\(/.test(text)) return [];
    const source = sources.get(path);
    const definitions = source ? modulesOf(source).flatMap(({ body }) => body) : [];
    const found = definitions.flatMap((definition) => readsKey(definition, key) ?? []);
    const message = `reads ${nameOf(key)} from the configuration, where it no longer stands`;
    return found.slice(0, 1).map((at) => ({ path, line: lineAt(source?.text ?? '', at.range.start), message }));
  });
}

/** The call that reads a key in a definition: of the environment of its app, or of the endpoint's `config/1`. */
function readsKey(definition: Expr, { app, module, key }: LeavingKey): Expr | undefined {
  const every = everyExpr([definition]);
  const atoms = new Set(every.flatMap((expr) => (expr.kind === 'atom' ? [expr.name] : [])));
  if (!atoms.has(key)) return undefined;
  return every.find((expr) => {
    const name = callName(expr) ?? '';
    if (readers.test(name)) return atoms.has(app);
    const [first] = expr.kind === 'call' ? expr.args : [];
    return (
      module !== null &&
      /\bEndpoint\.config$/.test(name) &&
      module.endsWith('.Endpoint') &&
      first?.kind === 'atom' &&
      first.name === key
    );
  });
}
