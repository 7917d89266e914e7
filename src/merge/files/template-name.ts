/** A template's path without its engine, as `templates/page/index.html`; null for another file. */
export function templateName(path: string): string | null {
  return /\.h?(?:eex|leex)$/.test(path) ? path.slice(0, path.lastIndexOf('.')) : null;
}
