import { runtimeOfReleases } from '../../elixir/config/releases.ts';
import type { Edited } from '../../elixir/edited.ts';
import type { Operation } from '../operation.ts';
import type { Workspace } from '../workspace.ts';

/**
 * A new `runtime.exs` starts from the `releases.exs` beside it, which goes: a release reads one of them, and once there is
 * a `runtime.exs` nothing that only `releases.exs` sets would hold.
 */
export function adoptedReleases(workspace: Workspace, runtime: string): Edited {
  const releases = runtime.replace(/[^/]*$/, 'releases.exs');
  const text = workspace.text(releases);
  if (workspace.has(runtime) || text === undefined || !isRuntime(runtime)) return { ok: true, text: '' };
  const result = runtimeOfReleases(text);
  if (!result.ok) return result;
  workspace.rename(releases, runtime);
  workspace.write(runtime, result.text);
  return result;
}

/** An edit of a `releases.exs` that has become `runtime.exs` is one of its block for production. */
export function inRuntime(workspace: Workspace, operation: Operation): Operation {
  if (operation.kind !== 'set-config' && operation.kind !== 'remove-config' && operation.kind !== 'rename-config')
    return operation;
  const { path } = operation;
  const runtime = path.replace(/[^/]*$/, 'runtime.exs');
  if (!/(?:^|\/)releases\.exs$/.test(path) || workspace.has(path) || !workspace.has(runtime)) return operation;
  return { ...operation, path: runtime, environment: 'prod' };
}

function isRuntime(path: string): boolean {
  return /(?:^|\/)runtime\.exs$/.test(path);
}
