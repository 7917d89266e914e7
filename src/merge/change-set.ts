/** What one step does to one path. A rename is a deletion and a creation that name each other. */
export interface FileChange {
  readonly path: string;
  /** Bytes that must stand there before; null when nothing may stand there. */
  readonly before: Uint8Array | null;
  /** Bytes afterwards; null deletes the file. */
  readonly after: Uint8Array | null;
  readonly executable: boolean;
  readonly renamedFrom?: string;
}

/** The files one step touches, given the steps before it. */
export interface StepChange {
  readonly step: string;
  readonly files: readonly FileChange[];
}
