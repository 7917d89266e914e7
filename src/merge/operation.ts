/**
 * An edit as a value. Carried out on the file as it is then (`perform`), so that any subset of steps can be
 * applied: places are found by syntax, never by offsets remembered from planning.
 */
export type Operation = FileOperation;

export type FileOperation =
  | { readonly kind: 'create-file'; readonly path: string; readonly text: string; readonly executable: boolean }
  | { readonly kind: 'delete-file'; readonly path: string }
  | { readonly kind: 'rename-file'; readonly from: string; readonly path: string }
  | { readonly kind: 'replace-file'; readonly path: string; readonly text: string };
