import type { Names } from '../elixir/names.ts';
import { grouped } from '../facts/grouped.ts';
import type { GeneratedHistories } from '../pristine/generated-history.ts';
import type { FileTree } from '../project/tree.ts';
import { callNamesIn } from './call-names.ts';
import { type IndexedFile, indexedFiles, type SchemaModule, schemasIn } from './code-index.ts';
import { type Dating, dated } from './dated.ts';
import { type Generator, generators } from './generators.ts';
import { GeneratedHistory } from './history.ts';
import { type CallNames, ownNameOf } from './names.ts';
import { type Candidate, isOfCall, isTelling, partsReader, partsWritten, type WrittenCode } from './parts.ts';
import { type Resource, resourcesIn } from './resources.ts';

/** Generated code that is dated and brought up as one: a login, or all that a context keeps with its pages, LiveViews and JSON. */
export interface GeneratedCode extends Dating {
  readonly codes: readonly [WrittenCode, ...WrittenCode[]];
}

const known = new WeakMap<FileTree, { readonly histories: GeneratedHistories; readonly found: GeneratedCode[] }>();

/** Everything in a project that a known generator wrote, whatever it is called and wherever it lies; looked for once in a tree. */
export function findGenerated(tree: FileTree, app: Names, histories: GeneratedHistories): GeneratedCode[] {
  const last = known.get(tree);
  if (last?.histories === histories) return last.found;
  const found = new Search(tree, app, histories).all();
  known.set(tree, { histories, found });
  return found;
}

/** What is read of a project only once it is known to have generated code, and then once. */
class Search {
  readonly #tree: FileTree;
  readonly #app: Names;
  readonly #histories: GeneratedHistories;
  readonly #read = new Map<string, GeneratedHistory | null>();
  #files: readonly IndexedFile[] | null = null;
  #schemas: ReadonlyMap<string, readonly SchemaModule[]> | null = null;

  constructor(tree: FileTree, app: Names, histories: GeneratedHistories) {
    this.#tree = tree;
    this.#app = app;
    this.#histories = histories;
  }

  all(): GeneratedCode[] {
    const schemas = () => {
      this.#schemas ??= schemasIn(this.#tree);
      return this.#schemas;
    };
    const logins = generators.flatMap((generator) => {
      const calls = generator.marks === null ? [] : callNamesIn(this.#tree, generator.marks, schemas);
      return calls.flatMap((names) => this.#unit(this.#codes([generator], names)));
    });
    // Who logs in is kept by the login.
    const own = new Set(logins.map(({ codes: [{ names }] }) => `${names.context} ${names.singular}`));
    const resources = resourcesIn(this.#tree, schemas);
    return [
      ...logins,
      ...this.#contexts(resources.filter(({ names }) => !own.has(`${names.context} ${names.singular}`))),
    ];
  }

  /** All resources of a context together; what several contexts share belongs to the first. */
  #contexts(resources: readonly Resource[]): GeneratedCode[] {
    const ofResources = generators.filter(({ marks }) => marks === null);
    const shared = new Set<string>();
    return [...grouped(resources, ({ owner }) => owner).values()].flatMap((own) => {
      if (!own.some(({ names }) => this.#isShown(names))) return [];
      const codes = own.flatMap(({ names }) => this.#codes(ofResources, names));
      const mine = codes.map((code) => {
        const parts = code.parts.filter(({ role, path }) => isOfCall(role) || !shared.has(path));
        for (const { role, path } of parts) if (!isOfCall(role)) shared.add(path);
        return { ...code, parts };
      });
      return this.#unit(mine);
    });
  }

  /** Whether the web has a file by the name of a resource: of a context without any nothing changed that somebody may want. */
  #isShown(names: CallNames): boolean {
    const shown = generators.filter(({ call }) => call.includes('--no-context'));
    const roles = shown.flatMap(({ task }) => this.#history(task)?.roles ?? []).filter(isOfCall);
    const own = new Set(roles.map((role) => ownNameOf(role, names)));
    return this.#indexed().some((file) => file.names.some((name) => own.has(name)));
  }

  #indexed(): readonly IndexedFile[] {
    this.#files ??= indexedFiles(this.#tree);
    return this.#files;
  }

  /** What some generators wrote under the same names: each file belongs to the one that it is most like. */
  #codes(of: readonly Generator[], names: CallNames): WrittenCode[] {
    const read = partsReader(this.#app, names);
    const found = of.flatMap((generator) => {
      const history = this.#history(generator.task);
      return history === null
        ? []
        : [{ generator, names, history, parts: partsWritten(this.#indexed(), read, names, history) }];
    });
    const most = new Map<string, number>();
    for (const { path, score } of found.flatMap(({ parts }) => parts))
      most.set(path, Math.max(score, most.get(path) ?? 0));
    const taken = new Set<string>();
    return found.flatMap((code) => {
      const parts = code.parts.filter((part: Candidate) => part.score === most.get(part.path) && !taken.has(part.path));
      for (const { path } of parts) taken.add(path);
      const own = parts.map(({ role, path, definitions }) => ({ role, path, definitions }));
      return own.some((part) => isOfCall(part.role) && isTelling(part)) ? [{ ...code, parts: own }] : [];
    });
  }

  #history(task: string): GeneratedHistory | null {
    const read = this.#read.get(task);
    if (read !== undefined) return read;
    const document = this.#histories(task);
    const history = document === null ? null : new GeneratedHistory(document);
    this.#read.set(task, history);
    return history;
  }

  #unit(codes: readonly WrittenCode[]): GeneratedCode[] {
    const [first, ...others] = codes;
    const locked = /"phoenix": \{:hex, :phoenix, "([\d.]+)"/.exec(this.#tree.read('mix.lock') ?? '')?.[1] ?? null;
    const dating = dated(codes, locked);
    return first === undefined || dating === null ? [] : [{ codes: [first, ...others], ...dating }];
  }
}
