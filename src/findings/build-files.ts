import { posix } from 'node:path';
import type { Dockerfile } from '../docker/model.ts';
import { readDockerfile } from '../docker/read.ts';
import type { CallExpr, Expr, Source } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import type { Mixfile } from '../elixir/mix/model.ts';
import { callName } from '../elixir/module.ts';
import { parse } from '../elixir/parse.ts';
import type { SourceFiles } from '../project/source-files.ts';
import type { FileTree } from '../project/tree.ts';
import { nestedValue } from '../toml/nested-value.ts';
import { readToml } from '../toml/toml.ts';
import { readYaml, type YamlDocument } from './deployment/yaml.ts';

/** An Elixir file and its tree. */
export interface ElixirFile {
  readonly path: string;
  readonly source: Source;
}

/** A dep of a `mix.exs`. */
export interface Dep {
  readonly name: string;
  /** `~> 1.1.0`; null where it has none. */
  readonly requirement: string | null;
  readonly path: string;
  readonly line: number;
}

/** The files of a project that say how it is built and run. */
export class BuildFiles {
  readonly tree: FileTree;
  readonly sources: SourceFiles;
  readonly dockerfiles: readonly { readonly path: string; readonly dockerfile: Dockerfile }[];
  readonly scripts: readonly { readonly path: string; readonly text: string }[];
  /** Every `mix.exs`, fixtures aside, as `SourceFiles` reads it. */
  readonly mixfiles: readonly { readonly path: string; readonly mixfile: Mixfile }[];
  readonly deps: readonly Dep[];
  readonly #yaml = new Map<string, readonly YamlDocument[]>();

  constructor(sources: SourceFiles) {
    const { tree } = sources;
    this.tree = tree;
    this.sources = sources;
    this.dockerfiles = dockerfilePaths(tree).flatMap((path) => {
      const text = tree.read(path);
      return text === undefined ? [] : [{ path, dockerfile: readDockerfile(text) }];
    });
    this.scripts = tree.paths.flatMap((path) => {
      const text = isScriptPath(path) ? tree.read(path) : undefined;
      return text !== undefined && (isShell(path, text) || startsCommand(path, text, tree)) ? [{ path, text }] : [];
    });
    this.mixfiles = tree.paths
      .filter((path) => /(?:^|\/)mix\.exs$/.test(path) && !isFixture(path))
      .map((path) => ({ path, mixfile: sources.mixfile(path) }));
    this.deps = this.mixfiles.flatMap(({ path, mixfile }) =>
      mixfile.deps.map(({ name, requirement, line }) => ({ name, requirement, path, line })),
    );
  }

  dep(name: string): Dep | undefined {
    return this.deps.find((dep) => dep.name === name);
  }

  hasDep(name: string): boolean {
    return this.deps.some((dep) => dep.name === name);
  }

  /** The `mix.exs` of the root and of every app of an umbrella. */
  get manifests(): BuildFiles['mixfiles'] {
    return this.mixfiles.filter(({ path }) => /^(?:apps\/[^/]+\/)?mix\.exs$/.test(path));
  }

  /** A file's syntax tree, an empty one where it is absent or no text. */
  elixir(path: string): Source {
    return this.sources.get(path) ?? parse('');
  }

  /** The documents of a YAML file, read once for all rules; none where it is absent or does not parse. */
  yaml(path: string): readonly YamlDocument[] {
    const documents = this.#yaml.get(path) ?? readYaml(this.tree.read(path) ?? '');
    this.#yaml.set(path, documents);
    return documents;
  }

  /** The modules that run, those under `lib` of every app, as far as their text has what is looked for. */
  libFiles(mentions: RegExp): ElixirFile[] {
    return this.tree.paths
      .filter(isLibrary)
      .filter((path) => mentions.test(this.tree.read(path) ?? ''))
      .map((path) => ({ path, source: this.elixir(path) }));
  }
}

/** Every call of a tree by its name: `System.get_env`. */
export function callsOf(roots: readonly Expr[], names: readonly string[]): CallExpr[] {
  return everyExpr(roots).filter(
    (expr): expr is CallExpr => expr.kind === 'call' && names.includes(callName(expr) ?? ''),
  );
}

/** Whether a file holds modules that run, those of `lib` or `web` of an app. */
export function isLibrary(path: string): boolean {
  return /^(?:apps\/[^/]+\/)?(?:lib|web)\/.*\.ex$/.test(path);
}

function isFixture(path: string): boolean {
  return /(?:^|\/)(?:test|tests|fixtures?|priv\/templates|examples?)\//.test(path);
}

/** The Dockerfiles of a project: by their names, and those that `fly.toml` or a compose file names. */
function dockerfilePaths(tree: FileTree): string[] {
  const named = tree.paths
    .filter((path) => /(?:^|\/)(?:fly[\w.-]*\.toml|(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(path))
    .flatMap((path) => namedDockerfiles(tree, path));
  const own = tree.paths.filter((path) =>
    /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$|\.[Dd]ockerfile$/.test(path),
  );
  return [
    ...new Set([
      ...own.filter((path) => !/\.(?:dockerignore|md|eex)$/.test(path) && !/^\.devcontainer\//.test(path)),
      ...named,
    ]),
  ]
    .filter((path) => tree.has(path) && !isFixture(path) && !isOfAnotherProject(tree, path))
    .sort();
}

/** Whether a file stands in a directory with a `mix.exs` that is neither the project's own nor one of its apps'. */
function isOfAnotherProject(tree: FileTree, path: string): boolean {
  const directories = path.split('/').slice(0, -1);
  return directories.some((_, index) => {
    const directory = directories.slice(0, index + 1).join('/');
    return !/^apps\/[^/]+$/.test(directory) && tree.has(`${directory}/mix.exs`);
  });
}

function namedDockerfiles(tree: FileTree, path: string): string[] {
  const text = tree.read(path) ?? '';
  const from = path.replace(/[^/]*$/, '');
  if (path.endsWith('.toml')) {
    const name = nestedValue(readToml(text)?.value, ['build', 'dockerfile']);
    return typeof name === 'string' ? [posix.resolve('/', from + name).slice(1)] : [];
  }
  const names = readYaml(text).flatMap(({ value }) => {
    const services = nestedValue(value, ['services']);
    return typeof services === 'object' && services !== null ? Object.values(services) : [];
  });
  return names.flatMap((service) => {
    const name = nestedValue(service, ['build', 'dockerfile']);
    const context = nestedValue(service, ['build', 'context']);
    return typeof name === 'string'
      ? [posix.resolve('/', `${from}${typeof context === 'string' ? `${context}/` : ''}${name}`).slice(1)]
      : [];
  });
}

function isScriptPath(path: string): boolean {
  return (
    !isFixture(path) &&
    (isScriptName(path) ||
      (/(?:^|\/)[\w-]+$/.test(path) && !/(?:^|\/)(?:Dockerfile|Procfile|Makefile|LICENSE)$/.test(path)))
  );
}

/** What is a script by its name, edeliver's settings included: these hold functions that run on servers. */
function isScriptName(path: string): boolean {
  return /\.(?:sh|bash)$|(?:^|\/)\.deliver\/config$/.test(path);
}

function isShell(path: string, text: string): boolean {
  return isScriptName(path) || /^#!.*\b(?:ba|da|a|z)?sh\b/.test(text);
}

/** A program without a first line that names its shell: it may be run, and begins with a command or sets a variable. */
function startsCommand(path: string, text: string, tree: FileTree): boolean {
  const [first = ''] = text.split('\n').filter((line) => !/^\s*(?:#.*)?$/.test(line));
  return tree.executable(path) && !text.startsWith('#!') && commandLine.test(first);
}

const commandLine = /^\s*(?:\w+=\S*|(?:set|export|cd|mix|docker|kubectl|apk|apt|apt-get|echo|exec|source)\s+\S)/;
