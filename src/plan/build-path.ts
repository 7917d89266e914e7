import type { Draft, DraftItem } from './draft.ts';
import type { DraftContext } from './draft-pass.ts';

const hooks = 'colocated-hooks';

/**
 * What LiveView's compiler writes is found by a bundler that looks into the build. Where that setting changes along with the name of
 * the bundler's profile, it is made under the old name as well, so that hooks need not wait for the step that renames it; that one comes
 * behind.
 */
export function withBuildPath(drafts: readonly Draft[], { project }: Pick<DraftContext, 'project'>): readonly Draft[] {
  const draft = drafts.find(({ id }) => id === hooks);
  const compiler = draft?.items.find(({ change, operations }) => isCompilers(change.address) && operations.length > 0);
  const renaming = drafts.find((one) => one !== draft && one.items.some(bringsBuildPath));
  const target = renaming?.items.find(bringsBuildPath)?.change.target;
  if (!compiler || !renaming || !target) return drafts;
  const entries = project.config.entries.filter(({ keyPath }) => keyPath[0] === 'esbuild' && keyPath[2] === 'env');
  const [entry, other] = entries;
  if (entry === undefined || other !== undefined || entry.text.includes('build_path')) return drafts;
  const { path, keyPath } = entry;
  const item: DraftItem = {
    ...compiler,
    operations: [...compiler.operations, { kind: 'set-config', path, keyPath, environment: null, value: target }],
  };
  return drafts.map((one) => {
    if (one.id === hooks) return { ...one, items: one.items.map((own) => (own === compiler ? item : own)) };
    return one === renaming ? { ...one, after: [...new Set([...one.after, hooks])] } : one;
  });
}

function isCompilers(address: string): boolean {
  return /^mix(?:@\w+)?\/project\.compilers$/.test(address);
}

/** The bundler's directories under a new name of its profile. */
function bringsBuildPath({ change, operations }: DraftItem): boolean {
  const isEnv = /^config\/all\/esbuild\.\w+\.env$/.test(change.address);
  return (
    isEnv && operations.length > 0 && change.verdict === 'pending' && (change.target?.includes('build_path') ?? false)
  );
}
