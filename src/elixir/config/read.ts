import type { CallExpr, Expr } from '../ast.ts';
import { contains } from '../children.ts';
import { callName } from '../module.ts';
import { variablesRead } from './bindings.ts';
import { calledName } from './called.ts';
import { buildEnvironments } from './environments.ts';
import { type Leaf, leaves } from './leaves.ts';
import type {
  ConfigCall,
  ConfigCondition,
  ConfigEntry,
  ConfigFile,
  ConfigHeader,
  ConfigModel,
  ConfigNote,
  MissingImport,
} from './model.ts';
import { withOverrides } from './overrides.ts';
import { fromRoot, isWildcard, matchingFiles, pathText, wildcardPattern } from './paths.ts';
import { directoryOf, looksForFile, type Phase, scopesOf } from './scope.ts';
import { type ConfigSource, configSource } from './source.ts';
import { foldedText } from './text.ts';
import { type Surroundings, type Visitor, walk } from './walk.ts';

export type { ConfigModel } from './model.ts';

type Read = (path: string) => string | undefined;
type List = (directory: string) => readonly string[];

/** The files that Mix starts from, relative to the root. */
export interface ConfigEntryPoints {
  readonly build: string;
  readonly runtime: string;
}

/**
 * Reads a project's whole configuration: the build file with all it imports, runtime.exs or else releases.exs (Elixir
 * 1.9 and 1.10; a release has no use for it beside runtime.exs), each call taken apart into leaves. Runs nothing and throws nothing: what only running would tell is in
 * `unknown`, imports that lead nowhere in `missing`, syntax errors in `problems`.
 *
 * `read` gives the text of a file, `list` the names of the files and directories in a directory; paths are relative
 * to the root, with `/`.
 */
export function readConfig(read: Read, list: List, entry: ConfigEntryPoints): ConfigModel {
  const directory = directoryOf(entry.build);
  const reading = new ConfigReader(read, list, entry.build, buildEnvironments(read, list, directory));
  reading.start(entry.build, 'build');
  reading.start(entry.runtime, 'runtime');
  const releases = `${directory === '' ? '' : `${directory}/`}releases.exs`;
  if (read(entry.runtime) === undefined) reading.start(releases, 'release');
  return reading.model();
}

/** A `list` for `readConfig` from all paths of a tree. */
export function listing(paths: readonly string[]): List {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    const segments = path.split('/');
    segments.forEach((name, index) => {
      const directory = segments.slice(0, index).join('/');
      names.set(directory, (names.get(directory) ?? new Set()).add(name));
    });
  }
  return (directory) => [...(names.get(directory) ?? [])];
}

/** One file as it is being read: for which environments, at which time. */
interface FileVisit {
  readonly file: ConfigSource;
  readonly phase: Phase;
  readonly environments: readonly string[];
  /** What the import of this file stands under. */
  readonly conditions: readonly ConfigCondition[];
  /** Files being read now, to end cycles. */
  readonly open: readonly string[];
}

class ConfigReader {
  readonly #read: Read;
  readonly #list: List;
  readonly #build: string;
  readonly #environments: readonly string[];
  readonly #sources = new Map<string, ConfigSource>();
  readonly #entries: ConfigEntry[] = [];
  readonly #files = new Map<string, ConfigFile>();
  readonly #missing = new Map<string, MissingImport>();
  readonly #unknown = new Map<string, ConfigNote>();
  readonly #calls = new Map<string, ConfigCall>();
  readonly #problems: ConfigNote[] = [];

  constructor(read: Read, list: List, build: string, environments: readonly string[]) {
    this.#read = read;
    this.#list = list;
    this.#build = build;
    this.#environments = environments;
  }

  model(): ConfigModel {
    return {
      build: this.#build,
      entries: withOverrides(this.#entries),
      files: [...this.#files.values()],
      missing: [...this.#missing.values()],
      unknown: [...this.#unknown.values()],
      calls: [...this.#calls.values()],
      problems: this.#problems,
      environments: this.#environments,
    };
  }

  start(path: string, phase: Phase): void {
    const file = this.#source(path);
    // Releases are built for production; releases.exs knows no other environment.
    const environments = phase === 'release' ? ['prod'] : this.#environments;
    if (file) this.#visit({ file, phase, environments, conditions: [], open: [path] });
  }

  #source(path: string): ConfigSource | undefined {
    const known = this.#sources.get(path);
    const text = known ? undefined : this.#read(path);
    if (text === undefined) return known;
    const file = configSource(path, text);
    this.#sources.set(path, file);
    for (const problem of file.source.problems) {
      this.#problems.push({
        path,
        line: problem.line,
        text: file.source.text.split('\n')[problem.line - 1]?.trim() ?? '',
      });
    }
    return file;
  }

  #visit(visit: FileVisit): void {
    const { file, environments, conditions, phase } = visit;
    const scopes = scopesOf(environments, this.#environments, phase);
    const known = this.#files.get(file.path);
    this.#files.set(file.path, {
      path: file.path,
      scopes: [...new Set([...(known?.scopes ?? []), ...scopes])],
      header: known?.header ?? null,
    });
    walk(file.source.body, { environments, conditions, bindings: new Map(), block: null }, this.#visitor(visit));
  }

  #visitor(visit: FileVisit): Visitor {
    return {
      config: (call, at) => this.#config(call, at, visit),
      importConfig: (call, at) => this.#import(call, at, visit),
      header: (call) => this.#header(call, visit.file),
      unknown: (statement) => this.#note(statement, visit.file),
      other: (call) => this.#call(call, visit.file),
      files: (generator, at) => this.#filesOf(generator, at, visit),
    };
  }

  #config(call: CallExpr, at: Surroundings, visit: FileVisit): void {
    const found = leaves(call, at.bindings);
    if (!found) {
      this.#note(call, visit.file);
      return;
    }
    const narrowed = at.environments.length < visit.environments.length;
    const scopes = scopesOf(at.environments, this.#environments, visit.phase);
    for (const leaf of found) {
      const entry = this.#entry(leaf, call, at, visit.file);
      const readsAtBuild = visit.phase === 'build' && entry.variables.length > 0;
      scopes.forEach((scope, index) => {
        const environment = narrowed ? (at.environments[index] ?? null) : null;
        this.#entries.push({ ...entry, scope, environment, readsAtBuild, overridden: false });
      });
    }
  }

  #entry(leaf: Leaf, call: CallExpr, at: Surroundings, file: ConfigSource) {
    const read = [leaf.value, ...at.conditions.map((condition) => condition.expr)];
    return {
      keyPath: leaf.keyPath,
      value: leaf.value,
      text: foldedText(leaf, at.conditions, at.bindings),
      conditions: at.conditions,
      path: file.path,
      line: file.line((leaf.pair ?? call.range).start),
      ranges: { pair: leaf.pair, key: leaf.key, value: leaf.value.range, call: call.range, block: at.block },
      variables: [...new Set(read.flatMap((expr) => variablesRead(expr, at.bindings)))].sort(),
    };
  }

  #import(call: CallExpr, at: Surroundings, visit: FileVisit): void {
    const [argument] = call.args;
    if (!argument) return;
    const byPath = new Map<string | null, string[]>();
    for (const environment of at.environments) {
      const text = pathText(argument, { directory: directoryOf(visit.file.path), environment, bindings: at.bindings });
      const path = text === null ? null : fromRoot(text, directoryOf(visit.file.path));
      byPath.set(path, [...(byPath.get(path) ?? []), environment]);
    }
    for (const [path, environments] of byPath) {
      if (path === null || visit.phase !== 'build') this.#note(call, visit.file);
      else if (isWildcard(path)) this.#follow(matchingFiles(path, this.#list), call, { ...at, environments }, visit);
      else this.#follow([path], call, { ...at, environments }, visit);
    }
  }

  #follow(paths: readonly string[], call: CallExpr, at: Surroundings, visit: FileVisit): void {
    for (const path of paths) {
      if (visit.open.includes(path)) continue;
      const file = this.#source(path);
      // A guard of the import says nothing about the values.
      const conditions = at.conditions.filter((condition) => !contains(condition.expr, looksForFile));
      const open = [...visit.open, path];
      if (file) this.#visit({ ...visit, file, environments: at.environments, conditions, open });
      else this.#miss(path, call, at, visit.file);
    }
  }

  #miss(imported: string, call: CallExpr, at: Surroundings, file: ConfigSource): void {
    const guarded = at.conditions.some((condition) => contains(condition.expr, looksForFile));
    const line = file.line(call.range.start);
    this.#missing.set(`${file.path}:${line} ${imported}`, { path: file.path, line, imported, guarded });
  }

  #header(call: CallExpr, file: ConfigSource): void {
    const known = this.#files.get(file.path);
    if (!known || known.header) return;
    const kind: ConfigHeader['kind'] = calledName(call) === 'use' ? 'use Mix.Config' : 'import Config';
    const header = { kind, line: file.line(call.range.start), range: call.range };
    this.#files.set(file.path, { ...known, header });
  }

  #note(statement: Expr, file: ConfigSource): void {
    const line = file.line(statement.range.start);
    const text = file.source.text.slice(statement.range.start, statement.range.end).split('\n')[0] ?? '';
    this.#unknown.set(`${file.path}:${line}`, { path: file.path, line, text });
  }

  #call(call: CallExpr, { path, line }: ConfigSource): void {
    const [, module, name] = /^([A-Z].*)\.(\w+[?!]?)$/.exec(callName(call) ?? '') ?? [];
    if (module === undefined || name === undefined) return;
    const at = line(call.range.start);
    this.#calls.set(`${path}:${at}`, { path, line: at, module, name });
  }

  #filesOf(generator: Expr, at: Surroundings, visit: FileVisit): readonly string[] | null {
    const environment = at.environments[0] ?? '';
    const place = { directory: directoryOf(visit.file.path), environment, bindings: at.bindings };
    const pattern = wildcardPattern(generator, place);
    // Path.wildcard is relative to where Mix runs, the root.
    const path = pattern === null ? null : fromRoot(pattern, '');
    return path === null ? null : matchingFiles(path, this.#list).map((file) => `/${file}`);
  }
}
