import type { Stand } from '../findings/rule.ts';
import { templateName } from '../merge/files/template-name.ts';
import type { Operation } from '../merge/operation.ts';
import { type Draft, type DraftItem, operationsOf } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';
import { heldByStands } from './held.ts';

const note = 'the bundler does more than esbuild would';

/**
 * Ties what pages ask for, what a bundler of npm copied and what calls it to the dep that brings the other bundler: without it,
 * where it is declined or waits for generated text, nothing would write what the pages then ask for. What cannot be carried
 * over holds the whole step, so that the old bundler goes on writing all of it.
 */
export function withBundlerMoved(drafts: readonly Draft[], context?: Pick<DraftContext, 'project'>): readonly Draft[] {
  const draft = drafts.find(({ id }) => id === 'esbuild');
  const dep = draft?.items.find(isBundlerDep);
  if (!draft || !dep)
    return drafts.map((one) => (one === draft ? withoutWatcher({ ...one, operations: [] }, context) : one));
  const leaving = leavingPaths(drafts);
  const stands = [
    ...(draft.stands ?? []).filter((stand) => stillStands(stand, leaving)),
    ...unlinkedSheets(draft, drafts, leaving),
  ];
  if (stands.length > 0) return drafts.map((one) => (one === draft ? heldByStands(draft, stands, note) : one));
  const own = ownSheets(draft, drafts);
  const styles = keptStyles(draft, leaving, own.length > 0);
  const edits = ownOperations(draft, drafts, styles !== null);
  const moved = withOperations(draft, dep, [...edits, ...aliasesWithoutTailwind(drafts, context)], styles);
  if (styles !== null) return drafts.map((one) => (one === draft ? moved : withoutStyles(one, styles)));
  return withPartners(drafts, moved, renewingPages(draft, drafts));
}

/** The steps that put other pages, and another style sheet, in place of those that the old bundler's was for. */
function renewingPages({ operations, stands = [] }: Draft, drafts: readonly Draft[]): string[] {
  const linked = operations.flatMap((one) => (one.kind === 'served-path' && isSheet(one.from) ? [one.path] : []));
  const asking = [...linked, ...stands.flatMap(({ whileStaying = [] }) => whileStaying)];
  const renewing = drafts.filter((one) => asking.some((path) => leavingPaths([one]).has(path)));
  const ids = [...drafts.filter(({ id }) => ofTailwind.test(id)), ...renewing].map(({ id }) => id);
  return renewing.length === 0 ? [] : [...new Set(ids)].filter((id) => id !== 'esbuild');
}

const ofTailwind = /^tailwind-\d/;

function withPartners(drafts: readonly Draft[], moved: Draft, ids: readonly string[]): Draft[] {
  const along = (draft: Draft, more: readonly string[]): Draft =>
    more.length === 0 ? draft : { ...draft, together: [...new Set([...(draft.together ?? []), ...more])] };
  return drafts.map((one) => {
    if (one.id === moved.id) return along(moved, ids);
    return ids.includes(one.id) ? along(one, [moved.id]) : one;
  });
}

/** A watcher that calls a dep nobody has would keep the app from starting. */
function withoutWatcher(draft: Draft, context?: Pick<DraftContext, 'project'>): Draft {
  const apps = context?.project.apps ?? [];
  if (apps.length === 0 || apps.some(({ mixfile }) => mixfile.deps.some(({ name }) => name === 'esbuild')))
    return draft;
  const items = draft.items.map((item) =>
    /\.watchers\.esbuild$/.test(item.change.address) && item.change.verdict === 'pending'
      ? staying(item, 'the app does not have esbuild')
      : item,
  );
  return { ...draft, items };
}

function isBundlerDep({ change, operations }: DraftItem): boolean {
  return /^deps(?:@\w+)?\/esbuild$/.test(change.address) && change.verdict === 'pending' && operations.length > 0;
}

/** Files that other changes take away or write anew. */
function leavingPaths(drafts: readonly Draft[]): Set<string> {
  return new Set(
    drafts.flatMap(operationsOf).flatMap((operation) => {
      if (operation.kind === 'rename-file') return stays(operation) ? [] : [operation.from];
      return operation.kind === 'delete-file' || operation.kind === 'replace-file' ? [operation.path] : [];
    }),
  );
}

/** A style sheet, and a template that only gets another ending, are still there afterwards. */
function stays({ from, path }: { readonly from: string; readonly path: string }): boolean {
  return isSheet(from) || (templateName(from) !== null && templateName(from) === templateName(path));
}

function stillStands({ whileStaying }: Stand, leaving: ReadonlySet<string>): boolean {
  return whileStaying === undefined || whileStaying.some((path) => !leaving.has(path));
}

const sheet = /\.(?:css|s[ac]ss|less)$/;

function isSheet(path: string): boolean {
  return sheet.test(path);
}

interface KeptStyles {
  /** Paths of all of them, as they are before. */
  readonly sheets: ReadonlySet<string>;
  /** New paths of those that get another name. */
  readonly renamed: ReadonlySet<string>;
}

/** Sheets of the generator's that the user changed, where the script imports them. */
function ownSheets({ operations }: Draft, drafts: readonly Draft[]): string[] {
  const sheets = new Set(operations.flatMap((one) => (one.kind === 'script-imports' ? one.sheets : [])));
  const changes = drafts.flatMap(({ items }) => items.map(({ change }) => change));
  return changes
    .filter(({ verdict, yours }) => /^(?:manual|conflict)$/.test(verdict) && yours !== 'as generated')
    .map(({ address }) => address.replace(/^file\//, ''))
    .filter((path) => sheets.has(path));
}

/** The same where all pages become new ones, which link what Tailwind writes and nothing else. */
function unlinkedSheets(draft: Draft, drafts: readonly Draft[], leaving: ReadonlySet<string>): Stand[] {
  const tailwind = drafts.some(({ id }) => ofTailwind.test(id));
  if (!tailwind || keptStyles(draft, leaving, false) !== null) return [];
  const linked = draft.operations.find((one) => one.kind === 'served-path' && isSheet(one.from));
  const path = linked?.kind === 'served-path' ? linked.to : 'what esbuild writes of it';
  const message = `its rules are your own, and the new layouts link the sheet of Tailwind alone: move them into the new assets/css/app.css, or import it in app.js and link ${path} in the new root layout, too`;
  return ownSheets(draft, drafts).map((sheet) => ({ path: sheet, line: 1, message }));
}

/** The style sheets that esbuild goes on to bundle, null where no page of the app's own asks for them. */
function keptStyles({ operations }: Draft, leaving: ReadonlySet<string>, hasOwn: boolean): KeptStyles | null {
  const asking = operations.filter((one) => one.kind === 'served-path' && isSheet(one.from));
  const stays = asking.some(({ path }) => !leaving.has(path));
  const imports = operations.filter((one) => one.kind === 'script-imports');
  if (!stays && !hasOwn) return null;
  const renamed = operations.flatMap((one) => (one.kind === 'rename-file' && isSheet(one.from) ? [one.path] : []));
  return { sheets: new Set(imports.flatMap(({ sheets }) => sheets)), renamed: new Set(renamed) };
}

/** The draft's own edits, but for what the generator's changes do as well. */
function ownOperations(draft: Draft, drafts: readonly Draft[], keepsStyles: boolean): Operation[] {
  const others = drafts.flatMap((one) =>
    one === draft ? one.items.flatMap((item) => item.operations) : operationsOf(one),
  );
  const written = new Set(others.flatMap(writtenPath));
  const hasIgnore = draft.items.some(isIgnoreFile);
  const aliases = new Set(
    draft.items.flatMap(({ operations }) => operations.flatMap((one) => (one.kind === 'set-alias' ? [one.alias] : []))),
  );
  return draft.operations.filter((one) => {
    if (one.kind === 'ignore-add' || one.kind === 'ignore-remove') return !hasIgnore;
    if (one.kind === 'set-alias') return !aliases.has(one.alias);
    if (one.kind === 'rename-file' && isSheet(one.from)) return keepsStyles;
    if (one.kind === 'rename-file') return !written.has(one.path) && !isDropped(one, draft);
    return keepsStyles || !(one.kind === 'script-imports' || (one.kind === 'served-path' && isSheet(one.from)));
  });
}

/** A file that the generator dropped, and that nothing of the app uses. */
function isDropped({ from, path }: { readonly from: string; readonly path: string }, { items }: Draft): boolean {
  const verdict = (address: string) => items.find(({ change }) => change.address === address)?.change.verdict;
  return verdict(`file/${from}`) === 'pending' && verdict(`file/${path}`) === undefined;
}

function writtenPath(operation: Operation): string[] {
  return /^(?:create-file|write-bytes|rename-file)$/.test(operation.kind) ? [operation.path] : [];
}

/** The generator's own change of the file says the same. */
function isIgnoreFile({ change }: DraftItem): boolean {
  return /^file\/(?:apps\/\w+\/)?\.gitignore$/.test(change.address) && change.verdict === 'pending';
}

/** The script's imports come behind what a merge makes of it, all else along with the dep. */
function withOperations(
  draft: Draft,
  dep: DraftItem,
  operations: readonly Operation[],
  styles: KeptStyles | null,
): Draft {
  const imports = operations.filter(({ kind }) => kind === 'script-imports');
  const rest = operations.filter(({ kind }) => kind !== 'script-imports');
  const script = draft.items.find(
    ({ change, operations: edits }) =>
      edits.length > 0 && imports.some(({ path }) => change.address === `file/${path}`),
  );
  const items = draft.items.map((item): DraftItem => {
    const to = operations.find((one) => one.kind === 'rename-file' && item.change.address === `file/${one.from}`);
    if (to && item.change.verdict === 'manual') return staying(item, `moves to ${to.path}`);
    const added = [...(item === dep ? rest : []), ...(item === (script ?? dep) ? imports : [])];
    return added.length === 0 ? item : { ...item, operations: [...item.operations, ...added] };
  });
  const moved = { ...draft, items, operations: [] };
  return styles === null ? moved : withoutStyles(moved, styles);
}

/** Changes of files that esbuild bundles, and that another step would take away. */
function withoutStyles(draft: Draft, { sheets, renamed }: KeptStyles): Draft {
  const items = draft.items.map((item): DraftItem => {
    const path = item.change.address.replace(/^file\//, '');
    const goes = item.operations.every(({ kind }) => kind === 'delete-file');
    if (renamed.has(path) && item.operations.length > 0) return staying(item, 'your own takes its place');
    const isKept = sheets.has(path) && goes && /^(?:pending|manual)$/.test(item.change.verdict);
    return isKept ? staying(item, 'esbuild bundles it') : written(item, sheets);
  });
  return { ...draft, items };
}

function staying(item: DraftItem, why: string): DraftItem {
  return { ...item, operations: [], change: { ...item.change, verdict: 'declined', note: why } };
}

/** A sheet of the generator's that the app's own made room for is written anew, and not merged with it. */
function written(item: DraftItem, styles: ReadonlySet<string>): DraftItem {
  const operations = item.operations.map(
    (one): Operation =>
      one.kind === 'merge-file' && styles.has(one.path)
        ? { kind: 'create-file', path: one.path, text: one.target, executable: false }
        : one,
  );
  return { ...item, operations };
}

const ofAssets = /^assets\.(?:setup|build|deploy)$/;

/** The aliases that build assets, as they are until Tailwind comes: its step sets them as a whole. */
function aliasesWithoutTailwind(drafts: readonly Draft[], context?: Pick<DraftContext, 'project'>): Operation[] {
  const present = new Set(context?.project.apps.flatMap(({ mixfile }) => mixfile.aliases.map(({ name }) => name)));
  const bundler = drafts.find(({ id }) => id === 'esbuild');
  const set = (draft: Draft | undefined) =>
    (draft?.items ?? []).flatMap((item) => item.operations).filter((one) => one.kind === 'set-alias');
  const own = new Set(set(bundler).map(({ alias }) => alias));
  return drafts
    .filter(({ id }) => ofTailwind.test(id))
    .flatMap(set)
    .filter(({ alias }) => ofAssets.test(alias) && !own.has(alias) && !present.has(alias))
    .map((one) => ({ ...one, value: one.value.replace(/"tailwind[^"]*",?\s*/g, '') }));
}
