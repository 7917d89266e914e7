/** A published package's files by their paths in it. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** Where a package lies for the code that is evaluated; its templates are found from there. */
export const packageRoot = '/packages/package/installer';
/** Where a task writes. */
export const workRoot = '/work';
