/** How a document begins: the values that `heading` describes. */
export function opening<Name extends string>(name: Name) {
  return { $schema: schemaAddress(name), schema: `phx-upgrade/${name}@1` as const };
}

/** The published package's own file; the same file ships in `schema/`. */
export function schemaAddress(name: string): string {
  return `https://unpkg.com/phx-upgrade/schema/${name}-1.json`;
}
