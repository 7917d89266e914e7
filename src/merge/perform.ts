import { dockerEditors } from '../docker/edit.ts';
import { findExpr } from '../elixir/children.ts';
import { commentsInCalls, withCommentsAbove } from '../elixir/config/carried-comments.ts';
import { configEditors, performConfig } from '../elixir/config/edit.ts';
import { type ConfigMove, performConfigMove } from '../elixir/config/move.ts';
import { lostComments } from '../elixir/config/remove.ts';
import { setsNothing, withoutImport } from '../elixir/config/retire.ts';
import { type Edited, performer } from '../elixir/edited.ts';
import { endpointEditors } from '../elixir/endpoint/edit.ts';
import { mixEditors } from '../elixir/mix/edit.ts';
import { parse } from '../elixir/parse.ts';
import { releaseEditors } from '../elixir/release/edit.ts';
import { routerEditors } from '../elixir/router/edit.ts';
import { supervisionEditors } from '../elixir/supervision/edit.ts';
import { webEditors } from '../elixir/web/edit.ts';
import type { RewriteOperation } from '../rewrites/operation.ts';
import { performRewrite } from '../rewrites/perform.ts';
import { isLeft, type Place } from '../rewrites/place.ts';
import { importStyles } from '../templates/script-imports.ts';
import { changeServedPath } from '../templates/served-path.ts';
import { tomlEditors } from '../toml/toml.ts';
import type { FileOperation, SetMode, WriteBytes } from './files/operation.ts';
import type { CreateDockerfile, Operation, RetireConfig } from './operation.ts';
import { adoptedReleases, inRuntime } from './release/releases-config.ts';
import { performMerge } from './text/perform.ts';
import { versionEditors } from './versions/edit.ts';
import type { Workspace } from './workspace.ts';

type Performed = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const bom = '\uFEFF';

/** The places of a rewrite in a file, as it was before. */
export interface RewrittenFile {
  readonly path: string;
  readonly text: string;
  readonly places: readonly Place[];
}

type OnRewritten = (file: RewrittenFile) => void;

/**
 * Carries operations out one after another: all of them, or none and the reason of the first refusal. Performing
 * again what is already done changes nothing. `told` hears of the places of every rewrite.
 */
export function performAll(
  workspace: Workspace,
  operations: readonly Operation[],
  rewritten?: OnRewritten,
): Workspace | { reason: string } {
  const next = workspace.branch();
  for (const planned of operations) {
    const operation = inRuntime(next, planned);
    const before = operation.kind === 'remove-config' ? next.text(operation.path) : undefined;
    const result = perform(next, operation, rewritten);
    if (!result.ok) return { reason: `${operation.path}: ${result.reason}` };
    if (before !== undefined) carryComments(next, operation, before, operations);
  }
  return next;
}

/** What the user wrote above a key that the same step sets in another file goes there with it. */
function carryComments(workspace: Workspace, operation: Operation, before: string, all: readonly Operation[]): void {
  if (operation.kind !== 'remove-config') return;
  const { path, keyPath } = operation;
  // What stands above a whole call may head the file, and be the generator's.
  const inside = commentsInCalls(before, keyPath, operation.environment);
  const lost = lostComments(before, workspace.text(path) ?? '').filter((comment) => inside.includes(comment));
  const key = keyPath.join('\n');
  const set = all.find((one) => one.kind === 'set-config' && one.path !== path && one.keyPath.join('\n') === key);
  if (lost.length === 0 || set?.kind !== 'set-config') return;
  const { environment } = set;
  edit(workspace, set.path, (text) => withCommentsAbove(text, keyPath, environment, lost));
}

/** A template that an earlier step gave the ending of HEEx goes under that name. */
function deletedPath(workspace: Workspace, path: string): string {
  const renamed = workspace.movedTo(path);
  return renamed !== undefined && renamed === path.replace(/\.l?eex$/, '.heex') ? renamed : path;
}

/** Carries one operation out in place. */
function perform(workspace: Workspace, operation: Operation, rewritten: OnRewritten | undefined): Performed {
  switch (operation.kind) {
    case 'create-file':
      return create(workspace, operation.path, operation.text, operation.executable);
    case 'create-dockerfile':
      return createDockerfile(workspace, operation);
    case 'replace-file':
      return replace(workspace, operation.path, operation.text);
    case 'delete-file':
      workspace.delete(deletedPath(workspace, operation.path));
      return { ok: true };
    case 'rename-file':
      return rename(workspace, operation.from, operation.path);
    case 'move-config':
      return move(workspace, operation);
    case 'create-runtime-config': {
      const adopted = adoptedReleases(workspace, operation.path);
      return adopted.ok ? edit(workspace, operation.path, (text) => performConfig(text, operation)) : adopted;
    }
    case 'retire-config':
      return retire(workspace, operation);
    case 'rewrite':
      return rewrite(workspace, operation, rewritten);
    case 'write-bytes':
      workspace.writeBytes(operation.path, Buffer.from(operation.base64, 'base64'), operation.executable);
      return { ok: true };
    case 'set-mode':
      workspace.setMode(operation.path, operation.executable);
      return { ok: true };
    case 'served-path': {
      const path = workspace.has(operation.path) ? operation.path : workspace.movedTo(operation.path);
      return path === undefined ? { ok: true } : edit(workspace, path, (text) => rememberedEdit(text, operation));
    }
    default:
      return edit(workspace, operation.path, (text) => rememberedEdit(text, operation));
  }
}

/** Texts edited before, by the operation: a plan carries the same steps out in many orders, mostly on the same texts. */
const known = new WeakMap<TextOperation, Map<string, Edited>>();

function rememberedEdit(text: string, operation: TextOperation): Edited {
  const results = known.get(operation) ?? new Map<string, Edited>();
  known.set(operation, results);
  const result = results.get(text) ?? performText(text, operation);
  results.set(text, result);
  return result;
}

function create(workspace: Workspace, path: string, text: string, executable: boolean): Performed {
  const present = workspace.text(path);
  if (workspace.has(path) && present !== text) return { ok: false, reason: 'it exists already' };
  workspace.write(path, text, executable);
  return { ok: true };
}

function createDockerfile(workspace: Workspace, operation: CreateDockerfile): Performed {
  const { path, text, otherwise, manifests, creates } = operation;
  const present = workspace.text(path);
  const deploys = manifests.some((one) => definesKey(workspace.text(one) ?? '', 'assets.deploy'));
  if (present === undefined && creates) return create(workspace, path, deploys ? text : otherwise, false);
  if (present === otherwise && deploys) workspace.write(path, text);
  const isOwn = present !== undefined && present !== text && present !== otherwise;
  return isOwn && creates ? { ok: false, reason: 'it exists already' } : { ok: true };
}

function definesKey(text: string, name: string): boolean {
  return findExpr(parse(text).body, (expr) => expr.kind === 'pair' && expr.name === name) !== undefined;
}

function replace(workspace: Workspace, path: string, text: string): Performed {
  workspace.write(path, text);
  return { ok: true };
}

function rename(workspace: Workspace, from: string, path: string): Performed {
  if (!workspace.has(from)) return workspace.has(path) ? { ok: true } : { ok: false, reason: `${from} is gone` };
  if (workspace.has(path)) return { ok: false, reason: 'it exists already' };
  workspace.rename(from, path);
  return { ok: true };
}

function move(workspace: Workspace, operation: ConfigMove): Performed {
  const adopted = adoptedReleases(workspace, operation.to);
  if (!adopted.ok) return adopted;
  const from = workspace.text(operation.path);
  if (from === undefined) return { ok: true };
  const result = performConfigMove(from, workspace.text(operation.to) ?? null, operation);
  if (!result.from.ok) return result.from;
  if (!result.to.ok) return result.to;
  workspace.write(operation.path, result.from.text);
  if (workspace.has(operation.to) || result.to.text !== '') workspace.write(operation.to, result.to.text);
  return { ok: true };
}

/** What still sets something stays: another step, or a person, has to see to it first. */
function retire(workspace: Workspace, { path, importing }: RetireConfig): Performed {
  const text = workspace.text(path);
  if (text === undefined || !setsNothing(text)) return { ok: true };
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (const one of importing) {
    const result = edit(workspace, one, (importer) => withoutImport(importer, name));
    if (!result.ok) return result;
  }
  workspace.delete(path);
  return { ok: true };
}

/** Rewrites a file, where an earlier step moved it to; one that is gone has nothing to rewrite. */
function rewrite(
  workspace: Workspace,
  { path: planned, task, to }: RewriteOperation,
  rewritten: OnRewritten | undefined,
): Performed {
  const path = workspace.has(planned) ? planned : workspace.movedTo(planned);
  if (path === undefined) return { ok: true };
  const read = (other: string) => workspace.text(other);
  return edit(workspace, path, (text) => {
    const outcome = performRewrite({ path, text, read }, task);
    const moves = to !== undefined && path === planned && !workspace.has(to) && !outcome.places.some(isLeft);
    if (moves) workspace.rename(path, to);
    rewritten?.({ path, text, places: outcome.places });
    return { ok: true, text: outcome.text, ...(moves ? { path: to } : {}) };
  });
}

/** Edits a text without its byte order mark, which stays. A file that is gone is not made anew by an edit of nothing. */
function edit(workspace: Workspace, path: string, change: (text: string) => MovingEdit): Performed {
  const text = workspace.text(path);
  if (workspace.has(path) && text === undefined) return { ok: false, reason: 'it is no text file' };
  const marked = text?.startsWith(bom) ?? false;
  const result = change(marked ? (text ?? '').slice(1) : (text ?? ''));
  if (!result.ok) return result;
  const written = (marked ? bom : '') + result.text;
  if (written !== (text ?? '')) workspace.write(result.path ?? path, written);
  return { ok: true };
}

/** The new text of a file, and its new path where it has been moved. */
type MovingEdit = Edited & { readonly path?: string };

type TextOperation = Exclude<
  Operation,
  FileOperation | ConfigMove | RetireConfig | CreateDockerfile | WriteBytes | SetMode | RewriteOperation
>;

/** How each kind is carried out, by subject. */
const performText = performer<TextOperation>({
  'merge-file': performMerge,
  'served-path': (text, { from, to }) => changeServedPath(text, from, to),
  'script-imports': (text, { imports }) => importStyles(text, imports),
  ...mixEditors,
  ...configEditors,
  ...supervisionEditors,
  ...endpointEditors,
  ...routerEditors,
  ...webEditors,
  ...releaseEditors,
  ...dockerEditors,
  ...tomlEditors,
  ...versionEditors,
});
