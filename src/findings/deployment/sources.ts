import type { Dockerfile } from '../../docker/dockerfile.ts';
import { readToml } from '../../docker/fly.ts';
import { nestedValue } from '../../docker/nested-value.ts';
import { readDockerfile } from '../../docker/read-dockerfile.ts';
import type { CallExpr, Expr, Source } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import { parse } from '../../elixir/parse.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { lineAt } from '../../elixir/position.ts';
import type { FileTree } from '../../project/tree.ts';
import { readYaml } from './yaml.ts';

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

/** The files of a project that say how it is built and run, each parsed once. */
export class Sources {
  readonly tree: FileTree;
  readonly dockerfiles: readonly { readonly path: string; readonly dockerfile: Dockerfile }[];
  readonly deps: readonly Dep[];
  readonly scripts: readonly { readonly path: string; readonly text: string }[];
  readonly #parsed = new Map<string, Source>();

  constructor(tree: FileTree) {
    this.tree = tree;
    this.dockerfiles = dockerfilePaths(tree).flatMap((path) => {
      const text = tree.read(path);
      return text === undefined ? [] : [{ path, dockerfile: readDockerfile(text) }];
    });
    this.scripts = tree.paths.flatMap((path) => {
      const text = isScriptPath(path) ? tree.read(path) : undefined;
      return text !== undefined && isShell(path, text) ? [{ path, text }] : [];
    });
    this.deps = tree.paths
      .filter((path) => /(?:^|\/)mix\.exs$/.test(path) && !isFixture(path))
      .flatMap((path) => this.#deps(path));
  }

  dep(name: string): Dep | undefined {
    return this.deps.find((dep) => dep.name === name);
  }

  hasDep(name: string): boolean {
    return this.deps.some((dep) => dep.name === name);
  }

  elixir(path: string): Source {
    const known = this.#parsed.get(path);
    if (known) return known;
    const source = parse(this.tree.read(path) ?? '');
    this.#parsed.set(path, source);
    return source;
  }

  /** The modules that run, those under `lib` of every app, as far as their text has what is looked for. */
  libFiles(mentions: RegExp): ElixirFile[] {
    return this.tree.paths
      .filter((path) => /^(?:apps\/[^/]+\/)?(?:lib|web)\/.*\.ex$/.test(path))
      .filter((path) => mentions.test(this.tree.read(path) ?? ''))
      .map((path) => ({ path, source: this.elixir(path) }));
  }

  #deps(path: string): Dep[] {
    const source = this.elixir(path);
    const clauses = modulesOf(source).flatMap(({ body }) => functionsOf(body));
    const lists = clauses.filter(({ name }) => name === 'deps').flatMap(({ body }) => body);
    return everyExpr(lists).flatMap((expr) => {
      const name = depName(expr);
      const line = lineAt(source.text, expr.range.start);
      return name === null ? [] : [{ name, requirement: requirementOf(expr), path, line }];
    });
  }
}

function depName(expr: Expr): string | null {
  if (expr.kind === 'pair' && expr.value.kind === 'string') return expr.name;
  const [first] = expr.kind === 'tuple' ? expr.items : [];
  if (first?.kind === 'keywords') return null;
  return first?.kind === 'atom' ? first.name : null;
}

function requirementOf(expr: Expr): string | null {
  const second = expr.kind === 'pair' ? expr.value : expr.kind === 'tuple' ? expr.items[1] : undefined;
  return second?.kind === 'string' ? plainText(second) : null;
}

/** Every call of a tree by its name: `System.get_env`. */
export function callsOf(roots: readonly Expr[], names: readonly string[]): CallExpr[] {
  return everyExpr(roots).filter(
    (expr): expr is CallExpr => expr.kind === 'call' && names.includes(callName(expr) ?? ''),
  );
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
    .filter((path) => tree.has(path) && !isFixture(path))
    .sort();
}

function namedDockerfiles(tree: FileTree, path: string): string[] {
  const text = tree.read(path) ?? '';
  const from = path.replace(/[^/]*$/, '');
  if (path.endsWith('.toml')) {
    const name = nestedValue(readToml(text)?.value, ['build', 'dockerfile']);
    return typeof name === 'string' ? [normal(from + name)] : [];
  }
  const names = readYaml(text).flatMap(({ value }) => {
    const services = nestedValue(value, ['services']);
    return typeof services === 'object' && services !== null ? Object.values(services) : [];
  });
  return names.flatMap((service) => {
    const name = nestedValue(service, ['build', 'dockerfile']);
    const context = nestedValue(service, ['build', 'context']);
    return typeof name === 'string'
      ? [normal(`${from}${typeof context === 'string' ? `${context}/` : ''}${name}`)]
      : [];
  });
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function isScriptPath(path: string): boolean {
  return (
    !isFixture(path) &&
    (/\.(?:sh|bash)$/.test(path) ||
      (/(?:^|\/)[\w-]+$/.test(path) && !/(?:^|\/)(?:Dockerfile|Procfile|Makefile|LICENSE)$/.test(path)))
  );
}

function isShell(path: string, text: string): boolean {
  return /\.(?:sh|bash)$/.test(path) || /^#!.*\b(?:ba|da|a|z)?sh\b/.test(text);
}
