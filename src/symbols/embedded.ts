import type { ModuleSymbols } from './model.ts';

/** What finding the owners of templates asks an index. */
interface Lookup {
  readonly paths: readonly string[];
  file(path: string): { readonly modules: readonly ModuleSymbols[] };
  mentioning(words: readonly string[]): string[];
}

/** A template that a module takes in, and the name that it has there. */
export interface EmbeddedFile {
  readonly path: string;
  /** Name of the module. */
  readonly module: string;
  /** `home` for `home.html.heex` of `embed_templates`, with its suffix; `home.html` for a view. */
  readonly name: string;
}

/** Whether a change of a file's text may change which module takes in which template. */
export function changesOwners(path: string, before: string | undefined, after: string | undefined): boolean {
  if ((before === undefined) !== (after === undefined)) return true;
  return (
    path.endsWith('_view.ex') ||
    [before, after].some((text) => text?.includes('embed_templates') && path.endsWith('.ex'))
  );
}

/** Which module takes in which template: by `embed_templates`, by the name of a view, or as a LiveView's own. */
export class EmbeddedFiles {
  readonly #byPath = new Map<string, EmbeddedFile>();
  readonly #byModule = new Map<string, EmbeddedFile[]>();

  constructor(index: Lookup) {
    const templates = index.paths.filter((path) => /\.(?:heex|leex|eex)$|\/templates\/.*\.html\.\w+$/.test(path));
    if (templates.length === 0) return;
    const modules = index.mentioning(['embed_templates']).flatMap((path) => index.file(path).modules);
    for (const module of modules) this.#embed(module, templates);
    for (const path of templates) if (!this.#byPath.has(path)) this.#adopt(path, index);
  }

  /** Name of the module that takes a template in; undefined where none is known. */
  moduleOf(path: string): string | undefined {
    return this.#byPath.get(path)?.module;
  }

  /** The templates that a module takes in. */
  of(module: string): readonly EmbeddedFile[] {
    return this.#byModule.get(module) ?? [];
  }

  #add(file: EmbeddedFile): void {
    this.#byPath.set(file.path, file);
    this.#byModule.set(file.module, [...(this.#byModule.get(file.module) ?? []), file]);
  }

  #embed(module: ModuleSymbols, templates: readonly string[]): void {
    const directory = module.path.slice(0, module.path.lastIndexOf('/') + 1);
    for (const { pattern, suffix } of module.embeds) {
      const matches = patternOf(directory, pattern);
      for (const path of templates) {
        if (matches.test(path)) this.#add({ path, module: module.name, name: functionName(path) + suffix });
      }
    }
  }

  /** `templates/page/home.html.eex` is `PageView`'s, `page_live.html.heex` that of the module in `page_live.ex`. */
  #adopt(path: string, index: Lookup): void {
    const [, stem] = /^(.*)\.html\.\w+$/.exec(path) ?? [];
    const [own] = stem === undefined ? [] : index.file(`${stem}.ex`).modules;
    if (own) {
      this.#add({ path, module: own.name, name: functionName(path) });
      return;
    }
    const match = /^(.*)\/templates\/(.+)\/([^/]+)\.\w+$/.exec(path);
    if (!match) return;
    const [, root = '', folder = '', name = ''] = match;
    const view = `${root}/views/${folder}_view.ex`;
    const module = index.file(view).modules.find((one) => one.name.endsWith('View'));
    if (module) this.#add({ path, module: module.name, name });
  }
}

function functionName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');
}

/** `*` stands for one segment, `**` for any; the ending is that of a template. */
function patternOf(directory: string, pattern: string): RegExp {
  const parts = `${directory}${pattern}`.split(/(\*\*\/?|\*)/).map((part) => {
    if (part.startsWith('**')) return '(?:[^/]+/)*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}${pattern.endsWith('*') ? '' : String.raw`(?:\.[^/]*)?`}$`);
}
