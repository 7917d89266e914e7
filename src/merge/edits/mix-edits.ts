import type { MixSection } from '../../elixir/mix/model.ts';
import { allowsLowest } from '../../elixir/requirement.ts';
import { type Address, addressOf } from '../../facts/address.ts';
import type { Member } from '../../facts/area.ts';
import { appOf, membersOf } from '../../facts/extract/project.ts';
import type { Operation } from '../operation.ts';
import type { EditContext, FactEdit } from './edit-context.ts';

/** Edits of `mix.exs` for one address of area `mix`. */
export function mixEdits(edit: FactEdit, context: EditContext): Operation[] {
  const { member, path: keys } = edit.address;
  const path = mixPath(member, context);
  const [part = '', ...rest] = keys;
  const value = edit.result;
  if (part === 'module') return value === null ? [] : [{ kind: 'rename-mix-module', path, name: value }];
  if (part === 'aliases') {
    const alias = rest.join('.');
    if (value === null) return [{ kind: 'remove-alias', path, alias }];
    return [{ kind: 'set-alias', path, alias, value, order: namesBelow(edit.address, 1, context) }];
  }
  if (part === 'project' || part === 'application' || part === 'cli') {
    const section: MixSection = part;
    if (value === null) return [{ kind: 'remove-mix-key', path, section, keys: rest }];
    return [{ kind: 'set-mix-key', path, section, keys: rest, value, order: missingLevel(edit, rest, context) }];
  }
  if (value === null) return [{ kind: 'remove-clause', path, head: part }];
  return [{ kind: 'set-clause', path, head: part, body: value }];
}

/** Path of the `mix.exs` that a member's facts belong to. */
function mixPath(member: Member | null, { project }: EditContext): string {
  return appOf(project, member).path;
}

/** Names of the target's keys beside the first key of the path that the project does not have yet. */
function missingLevel(edit: FactEdit, keys: readonly string[], context: EditContext): string[] {
  const { member, path } = edit.address;
  const depth = keys.findIndex((_, index) => {
    const prefix = path.slice(0, index + 2);
    return !context.yours.addresses.some(
      (one) => one.area === 'mix' && one.member === member && prefix.every((key, at) => one.path[at] === key),
    );
  });
  return namesBelow(edit.address, (depth === -1 ? keys.length - 1 : depth) + 1, context);
}

/** The target's names at one depth of a path, among siblings of the address. */
function namesBelow(address: Address, depth: number, { target }: EditContext): string[] {
  const { area, member, path } = address;
  const names = target.addresses
    .filter((one) => one.area === area && one.member === member)
    .filter((one) => path.slice(0, depth).every((key, index) => one.path[index] === key))
    .flatMap((one) => one.path[depth] ?? []);
  return [...new Set(names)];
}

/** Edits of the deps for one address of area `deps`. Options of a new or leaving dep come and go with it. */
export function depEdits(edit: FactEdit, context: EditContext): Operation[] {
  const { member, path: keys } = edit.address;
  const [dep = '', ...options] = keys;
  const path = mixPath(member, context);
  const base = edit.address.beside(dep);
  const [mine, theirs] = [context.yours.get(base)?.value, context.target.get(base)];
  if (options.length > 0) return optionEdits(edit, { path, dep, option: options.join('.'), mine, theirs });
  if (edit.result === null) return [{ kind: 'remove-dep', path, dep }];
  // The requirement stands; the lock is what holds the dep back.
  if (mine === edit.result) return [];
  const text = depTuple(dep, edit.address, edit.result, context);
  if (mine === undefined && !isListed(dep, member, context))
    return [{ kind: 'add-dep', path, text, order: depOrder(member, context) }];
  // From a package to a checkout, or back: another tuple altogether.
  if (mine === 'nil' || edit.result === 'nil') return [{ kind: 'replace-dep', path, text }];
  const requirement = edit.result.slice(1, -1);
  return [path, ...alsoStated(dep, requirement, path, context)].map((one) => {
    return { kind: 'set-requirement', path: one, dep, requirement };
  });
}

/** Whether the file has the dep, be it as another member's: an umbrella of one app has all in that one. */
function isListed(dep: string, member: Member | null, { project }: EditContext): boolean {
  return appOf(project, member).mixfile.deps.some(({ name }) => name === dep);
}

/**
 * Other `mix.exs` files of an umbrella whose own requirement of the dep shuts out what is asked for now: all of them share one lock,
 * so a second web app, or a root that lists the dep for its formatter, moves along or nothing can be resolved. One that the generator
 * gives the dep to has an edit of its own, unless the generator would take any version there.
 */
function alsoStated(dep: string, requirement: string, path: string, { project, target }: EditContext): string[] {
  const generated = membersOf(project)
    .filter(({ member }) => ![undefined, '">= 0.0.0"'].includes(target.get(addressOf('deps', member, [dep]))))
    .map(({ app }) => app.path);
  return [...new Set([project.root, ...project.apps])]
    .filter((app) => app.path !== path && !generated.includes(app.path))
    .filter(({ mixfile }) => {
      const stated = mixfile.deps.find(({ name }) => name === dep)?.requirement;
      return stated ? !allowsLowest(stated, requirement) : false;
    })
    .map((app) => app.path);
}

interface DepPlace {
  readonly path: string;
  readonly dep: string;
  readonly option: string;
  readonly mine: string | undefined;
  readonly theirs: string | undefined;
}

function optionEdits({ result }: FactEdit, { path, dep, option, mine, theirs }: DepPlace): Operation[] {
  if (mine === undefined || theirs === undefined || (mine === 'nil') !== (theirs === 'nil')) return [];
  if (result === null) return [{ kind: 'remove-dep-option', path, dep, option }];
  return [{ kind: 'set-dep-option', path, dep, option, value: result }];
}

function depTuple(dep: string, address: Address, requirement: string, { target }: EditContext): string {
  const options = [...target].flatMap(([one, value]) =>
    one.isBelow(address) ? `${one.textBelow(address)}: ${value}` : [],
  );
  return `{${[`:${dep}`, ...(requirement === 'nil' ? [] : [requirement]), ...options].join(', ')}}`;
}

function depOrder(member: Member | null, { target }: EditContext): string[] {
  return target.addresses
    .filter((one) => one.area === 'deps' && one.member === member && one.path.length === 1)
    .map(({ path }) => path[0] ?? '');
}
