import { Address } from '../../facts/address.ts';
import { type Draft, operationsOf } from '../draft.ts';
import type { DraftContext } from '../draft-pass.ts';
import { withPrerequisites } from '../order.ts';
import { mustMove } from './moving.ts';
import { type Requirements, requirementsAfter, requirementsOf } from './requirements.ts';
import { domainsFor } from './resolution.ts';

const updating = 'mix deps.update';
const getting = 'mix deps.get';
const forced = /^mix deps\.compile --force /;

/**
 * The Mix commands of each step, in an order that works in a fresh clone: `mix deps.update` names every package that has to move and no
 * other, `mix deps.get` fetches all the rest, and what compiles one dep by force comes once all are compiled.
 */
export function withDepCommands(
  drafts: readonly Draft[],
  { project, packages }: Pick<DraftContext, 'project' | 'packages'>,
): Draft[] {
  const start = requirementsOf(project);
  const { packages: locked } = project.lock;
  const names = new Set(locked.map(({ name }) => name));
  const moves = (draft: Draft) => {
    const moving = movingDeps(draft, start, names);
    if (moving.length === 0 || locked.length === 0) return moving;
    const closure = withPrerequisites(drafts, new Set([draft.id]));
    const after = requirementsAfter(start, closure.flatMap(operationsOf));
    return mustMove(moving, locked, domainsFor(after, { packages, locked: names }), packages);
  };
  return drafts.map((draft) => ({ ...draft, commands: inFreshClone(draft, moves(draft)) }));
}

/** The deps that a draft moves and that the project has already, in the order of its topic's commands. */
function movingDeps({ items, commands }: Draft, start: Requirements, locked: ReadonlySet<string>): string[] {
  const changed = items.flatMap(({ change }) => {
    const { area, path } = new Address(change.address);
    const [name = ''] = path;
    const moves = area === 'deps' && path.length === 1 && change.verdict === 'pending' && change.target !== null;
    return moves && (locked.has(name) || (start.get(name)?.length ?? 0) > 0) ? [name] : [];
  });
  const order = commands.filter((one) => one.startsWith(updating)).flatMap((one) => one.split(' ').slice(2));
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...new Set(changed)].sort((a, b) => rank(a) - rank(b));
}

function inFreshClone({ commands }: Draft, moving: readonly string[]): string[] {
  const rest = commands.filter((one) => !one.startsWith(`${updating} `) && one !== getting);
  const update = moving.length === 0 ? [] : [`${updating} ${moving.join(' ')}`];
  const fetches = update.length > 0 || commands.includes(getting);
  const compile = rest.some((one) => forced.test(one)) ? ['mix deps.compile'] : [];
  return [...update, ...(fetches ? [getting] : []), ...compile, ...rest];
}

/** The commands of several steps as one list: each package is named once, deps come first and tests last. */
export function joinedCommands(all: readonly string[]): string[] {
  const updated = all.filter((one) => one.startsWith(`${updating} `)).flatMap((one) => one.split(' ').slice(2));
  const update = updated.length === 0 ? [] : [`${updating} ${[...new Set(updated)].join(' ')}`];
  const others = new Set(all.filter((one) => !one.startsWith(`${updating} `)));
  const rank = (command: string) =>
    [getting, 'mix deps.compile'].indexOf(command) + 1 || (forced.test(command) ? 3 : 4);
  return [...update, ...[...others].sort((a, b) => rank(a) - rank(b))];
}

/** The commands of several steps as one list that ends in the tests; empty where no step has any. */
export function endingInTests(all: readonly string[]): string[] {
  const asked = joinedCommands(all);
  return asked.length === 0 ? [] : [...asked.filter((one) => one !== 'mix test'), 'mix test'];
}
