import type { MergeOperation } from '../text/operation.ts';

/** Edits of whole files of text. */
export type FileOperation =
  | { readonly kind: 'create-file'; readonly path: string; readonly text: string; readonly executable: boolean }
  | { readonly kind: 'delete-file'; readonly path: string }
  | { readonly kind: 'rename-file'; readonly from: string; readonly path: string }
  | { readonly kind: 'replace-file'; readonly path: string; readonly text: string };

/** Writes a file that is no text; whatever stands there goes. */
export interface WriteBytes {
  readonly kind: 'write-bytes';
  readonly path: string;
  readonly base64: string;
  readonly executable: boolean;
}

/** Makes a file executable, or no longer. */
export interface SetMode {
  readonly kind: 'set-mode';
  readonly path: string;
  readonly executable: boolean;
}

/** Every edit that a plan for whole files consists of. */
export type WholeFileOperation = FileOperation | MergeOperation | WriteBytes | SetMode;
