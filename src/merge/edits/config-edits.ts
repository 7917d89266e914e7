import { sameValue } from '../../elixir/canonical.ts';
import type { ConfigEntry } from '../../elixir/config/model.ts';
import type { Address } from '../../facts/address.ts';
import type { Project } from '../../project/project.ts';
import type { Operation } from '../operation.ts';
import type { EditContext, FactEdit, KeyRename } from './edit-context.ts';

/** Edits of the config files for one address of area `config`. */
export function configEdits(edit: FactEdit, context: EditContext): Operation[] {
  const { scope, keyPath } = edit.address;
  if (edit.rename) return renameEdits(edit, edit.rename, context);
  if (edit.movedFrom) return moveEdits(edit, edit.movedFrom, context);
  if (edit.result === null) return removals(edit.address, context);
  const entries = context.entries.get(edit.address) ?? [];
  const place = entries.at(-1) ?? besideSiblings(edit.address, context) ?? newPlace(scope, context.project);
  const order = orderOf(scope, context);
  const salt = context.salt(edit.address);
  const set: Operation = {
    kind: 'set-config',
    path: place.path,
    keyPath,
    environment: place.environment,
    value: edit.result,
    order,
    salt,
  };
  const start = started(place.path, context);
  // A file that nothing imports would set nothing.
  if (!context.project.tree.has(place.path) && start.length === 0) return [];
  const former = edit.replaces === undefined ? [] : removals(edit.replaces, context);
  return [...former, ...start, set, ...restored(edit, place.path)];
}

/** The start of the file for runtime configuration, where there is none. */
function started(path: string, { project }: EditContext): Operation[] {
  const isMissing = path.endsWith('runtime.exs') && !project.tree.has(path);
  return isMissing ? [{ kind: 'create-runtime-config', path }] : [];
}

/** What one environment keeps stands behind what holds for all. */
function restored({ address, restores = [] }: FactEdit, path: string): Operation[] {
  const { keyPath } = address;
  return restores.map((kept) => ({ kind: 'set-config', path, keyPath, ...kept }));
}

function removals(address: Address, { entries }: EditContext): Operation[] {
  const { keyPath } = address;
  const places = entries.get(address) ?? [];
  return places.map(({ path, environment }) => ({ kind: 'remove-config', path, keyPath, environment }));
}

/** The rename where the key stands, then the new value where it differs. */
function renameEdits(edit: FactEdit, rename: KeyRename, context: EditContext): Operation[] {
  const entries = context.entries.get(rename.address) ?? [];
  const place = entries.at(-1);
  if (!place) return [];
  // What a later call overrides would come back to life once that call goes by another name.
  const { path, environment } = place;
  const before = place.conditions.length === 0 ? entries.slice(0, -1) : [];
  const overridden = before.map(({ keyPath, ...at }): Operation => {
    const isBeside = at.path === path && at.environment === environment;
    const removal = { kind: 'remove-config', path: at.path, keyPath, environment: at.environment } as const;
    return isBeside ? { ...removal, overridden: true } : removal;
  });
  const { from, to, keys } = rename;
  const renaming: Operation = { kind: 'rename-config', path, from, to, environment, ...(keys ? { keys } : {}) };
  const { result, yours, address } = edit;
  if (result === null || (yours !== null && sameValue(result, yours.value))) return [...overridden, renaming];
  const { scope, keyPath } = address;
  const order = orderOf(scope, context);
  return [...overridden, renaming, { kind: 'set-config', path, keyPath, environment, value: result, order }];
}

/** The move from one file to the other, with what the value needs; then the new value where it differs. */
function moveEdits(edit: FactEdit, movedFrom: Address, context: EditContext): Operation[] {
  const { address, yours, result } = edit;
  const entry = context.entries.get(movedFrom)?.at(-1);
  if (!entry || result === null) return [];
  const { scope, keyPath } = address;
  const place = newPlace(scope, context.project);
  const order = orderOf(scope, context);
  const { path, environment } = place;
  const set: Operation = { kind: 'set-config', path, keyPath, environment, value: result, order };
  const kept = restored(edit, path);
  // What one environment keeps stands behind what holds for all, and nowhere else.
  if (edit.restores?.some((one) => one.environment === movedFrom.scope)) {
    return [...removals(movedFrom, context), ...started(path, context), set, ...kept];
  }
  const move: Operation = {
    kind: 'move-config',
    path: entry.path,
    to: path,
    keyPaths: [keyPath, ...restOfUrl(entry, context)],
    environment: entry.environment,
    toEnvironment: environment,
  };
  return yours !== null && sameValue(result, yours.value) ? [move, ...kept] : [move, set, ...kept];
}

/** The other keys of a URL beside one of them: apart, no place says what the URL is. */
function restOfUrl(entry: ConfigEntry, { entries }: EditContext): (readonly string[])[] {
  const parent = entry.keyPath.slice(0, -1);
  if (parent.at(-1) !== 'url') return [];
  return entries.values.flatMap((alike) =>
    alike
      .filter(({ keyPath, path, environment }) => {
        const beside = keyPath.slice(0, -1).join('.') === parent.join('.') && keyPath.length > parent.length;
        return (
          beside && path === entry.path && environment === entry.environment && keyPath.at(-1) !== entry.keyPath.at(-1)
        );
      })
      .map(({ keyPath }) => keyPath),
  );
}

interface ConfigPlace {
  readonly path: string;
  /** Environment within the file; null for the file as a whole. */
  readonly environment: string | null;
}

/** Where the project sets other keys of the same thing in the same scope: people split their config over files. */
function besideSiblings({ scope, keyPath }: Address, { entries }: EditContext): ConfigPlace | undefined {
  let best: { place: ConfigPlace; shared: number } | undefined;
  for (const alike of entries.values) {
    for (const entry of alike) {
      if (entry.scope !== scope || entry.conditions.length > 0) continue;
      const shared = entry.keyPath.findIndex((key, index) => key !== keyPath[index]);
      if (shared >= 2 && shared > (best?.shared ?? 0)) best = { place: entry, shared };
    }
  }
  return best?.place;
}

/** The file that a scope belongs into: the one that the generator uses for it, beside the project's build file. */
function newPlace(scope: string, { config: { build } }: Project): ConfigPlace {
  if (scope === 'all') return { path: build, environment: null };
  const directory = build.replace(/[^/]*$/, '');
  const [kind = '', environment = null] = scope.split(':');
  return kind === 'runtime'
    ? { path: `${directory}runtime.exs`, environment }
    : { path: `${directory}${kind}.exs`, environment: null };
}

/** The target's key paths of one scope, in its order. */
function orderOf(scope: string, { target }: EditContext): (readonly string[])[] {
  return target.addresses.filter((address) => address.scope === scope).map(({ keyPath }) => keyPath);
}
