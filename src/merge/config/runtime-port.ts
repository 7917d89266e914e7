import { type Address, AddressMap, addressOf, fileAddress } from '../../facts/address.ts';
import { fileHash } from '../../facts/extract/file.ts';
import type { History } from '../../facts/history.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/**
 * The port of production goes only where one for all environments takes its place: with neither, the server would listen
 * on a port of its own and the variable would be read by nobody. One of the user's own stays.
 */
export function replacedPorts(comparisons: readonly Comparison[]): Comparison[] {
  const outcomes = new AddressMap(comparisons.map(({ address, outcome }) => [address, outcome] as const));
  return comparisons.map((comparison) => {
    const { address, outcome, target } = comparison;
    if ((outcome !== 'pending' && outcome !== 'manual') || target !== null) return comparison;
    if (address.scope !== 'runtime:prod' || !isPort(address)) return comparison;
    // A port of the user's own for production has the last word there, beside one for all environments.
    if (outcome === 'manual') return { ...comparison, outcome: 'yours' };
    const general = address.inScope('runtime');
    const set = ['pending', 'done', 'agreed', 'yours'].includes(outcomes.get(general) ?? '');
    return set
      ? comparison
      : { ...comparison, outcome: 'manual', note: 'it stays until runtime.exs sets the port for all' };
  });
}

/**
 * runtime.exs has the last word on a port: the tests keep theirs beside one for all environments. Not where nothing is
 * served in them and all is as generated: the generator itself lets it go.
 */
export function keptPorts(
  comparisons: readonly Comparison[],
  { yours, history, project }: Pick<RulingContext, 'yours' | 'history' | 'project'>,
): Comparison[] {
  return comparisons.map((comparison) => {
    const { address, outcome, yours: present, movedFrom } = comparison;
    if (
      address.scope !== 'runtime' ||
      !isPort(address) ||
      outcome !== 'pending' ||
      (present !== null && movedFrom === undefined)
    )
      return comparison;
    const test = yours.get(address.inScope('test'));
    if (!test || (isAsGenerated(address, test.value, yours, history) && !isNamed(test.value, project, history)))
      return comparison;
    return { ...comparison, restores: [...(comparison.restores ?? []), { environment: 'test', value: test.value }] };
  });
}

/** The port of an endpoint, in whatever scope. */
function isPort({ keyPath }: Address): boolean {
  const [, module = '', ...keys] = keyPath;
  return module.endsWith('.Endpoint') && keys.join('.') === 'http.port';
}

/** Whether an endpoint serves is set beside its `http`. */
function serverBeside({ scope, keyPath }: Address): Address {
  return addressOf('config', null, [scope, ...keyPath.slice(0, -2), 'server']);
}

function isAsGenerated(address: Address, value: string, yours: FactMap, history: History): boolean {
  const test = address.inScope('test');
  const server = yours.get(serverBeside(test));
  return server?.value === 'false' && history.wrote(test, value) !== 0n;
}

/** Whether the user wrote to runtime.exs, or a test names the port. */
function isNamed(value: string, { tree, names }: Project, history: History): boolean {
  const runtime = 'config/runtime.exs';
  const hash = fileHash(tree, runtime, names);
  if (hash !== undefined && history.wrote(fileAddress(runtime), hash) === 0n) return true;
  const tests = tree.paths.filter((path) => /(^|\/)test\/.*\.exs?$/.test(path));
  return tests.some((path) => tree.read(path)?.includes(value));
}
